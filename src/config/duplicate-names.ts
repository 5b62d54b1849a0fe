import { formatSource } from '../core/diagnostic.ts'
import { isDocument } from '../core/json.ts'
import { shownKey } from '../core/shown-key.ts'
import type { Path, YamlFile } from './yaml-file.ts'

/** A rule that a file breaks, at a path in it. */
export interface RuleProblem {
  readonly message: string
  readonly path: Path
}

/** Reports two names in one map that GitHub takes for one. */
export function* checkDuplicateNames(
  file: YamlFile,
  path: Path,
  fold: (name: string) => string,
): Iterable<RuleProblem> {
  const seen = new Map<string, string>()
  for (const name of keysAt(file, path)) {
    const first = seen.get(fold(name))
    if (first === undefined) {
      seen.set(fold(name), name)
      continue
    }
    const place = formatSource(file.place([...path, first]))
    yield {
      message: `\`${shownKey(name)}\` is the same name as \`${shownKey(first)}\` at ${place}: GitHub ignores case here`,
      path: [...path, name],
    }
  }
}

/** The keys of the map at a path; none where there is no map. */
export function keysAt(file: YamlFile, path: Path): readonly string[] {
  let value: unknown = file.value
  for (const step of path) {
    if (value === null || typeof value !== 'object') return []
    value = (value as Record<string | number, unknown>)[step]
  }
  return isDocument(value) ? Object.keys(value) : []
}
