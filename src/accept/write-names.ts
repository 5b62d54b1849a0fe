import { type FormerName, formerNames } from '../config/former-names.ts'
import type { Checks } from '../config/load.ts'
import type { TextFile } from '../config/text-file.ts'
import type { KnownNames } from '../core/known-names.ts'
import type { Repositories } from '../core/repository.ts'
import { ownerOf } from '../core/scope.ts'
import { alteredBeside, begin, newErrors, type TakenOver } from './attempt.ts'

/**
 * Replaces former names by the present ones, everywhere in the files. A name stays where it cannot be rewritten, or
 * where that would change another owner's configuration.
 */
export function writeNames(taken: TakenOver, checks: Checks): TakenOver {
  let now = taken
  for (const [owner, { names, byName }] of namesOf(taken)) {
    const former = formerNames(now.configuration, owner, names, now.input.families)
    const all = former.map((each) => ({ ...each, to: byName.get(each.to)?.shown ?? each.to }))
    const whole = tried(now, owner, all, checks)
    if (whole !== undefined) {
      now = whole
      continue
    }
    for (const each of all) now = tried(now, owner, [each], checks) ?? now
  }
  return now
}

type NamesKnown = Pick<Repositories, 'byName'> & { readonly names: KnownNames }

function namesOf({ sections }: TakenOver): ReadonlyMap<string, NamesKnown> {
  return new Map(
    sections.flatMap(({ section, facts }) => {
      const { names, byName } = facts.known.repositories
      return names === undefined ? [] : [[ownerOf(section.scope), { names, byName }] as const]
    }),
  )
}

function tried(taken: TakenOver, owner: string, names: readonly FormerName[], checks: Checks): TakenOver | undefined {
  if (names.length === 0) return taken
  const files = taken.files.map((file) => ({
    ...file,
    text: rewritten(
      file,
      names.filter(({ source }) => source.file === file.name),
    ),
  }))
  const next = begin(files, taken.input, checks)
  if (next === undefined || newErrors(taken.plan, next.plan).length > 0) return undefined
  return alteredBeside(taken, next, owner) ? undefined : next
}

/** Two lists may share one entry through an anchor: each place is rewritten once. */
function rewritten({ text }: TextFile, names: readonly FormerName[]): string {
  const starts = [0]
  for (const { index } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + (text.startsWith('\r\n', index) ? 2 : 1))
  const places = new Map(names.map((name) => [(starts[name.source.line - 1] ?? 0) + name.source.col - 1, name]))
  let result = text
  for (const [at, { written, to }] of [...places].sort(([left], [right]) => right - left)) {
    const token = /^["']?!?(?:[\w-]+\/)?/.exec(result.slice(at))?.[0] ?? ''
    const from = at + token.length
    if (result.slice(from, from + written.length).toLowerCase() !== written.toLowerCase()) continue
    result = result.slice(0, from) + to + result.slice(from + written.length)
  }
  return result
}
