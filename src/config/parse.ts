import { Composer, type LineCounter, type ParsedNode } from 'yaml'
import type { Diagnostic, Source } from '../core/diagnostic.ts'
import type { Json } from '../core/json.ts'
import { withoutExpressions } from './expressions.ts'
import { readSimpleYaml } from './simple-yaml.ts'
import { type Fault, syntaxProblems } from './syntax.ts'
import { type Lexemes, readTokens, startLexemes } from './tokens.ts'
import { plantTree } from './tree.ts'
import type { Tree } from './value-tree.ts'

/** Keys and list indexes from the top of a file. */
export type Path = readonly (string | number)[]

/** A file as plain values, each with its place. */
export interface YamlFile {
  /** As it is shown to people. */
  readonly name: string
  readonly value: Json
  /** The place of a key, or of a list's entry; of the nearest one above where the path leads nowhere. */
  place(path: Path): Source
  /** The place of the value under a key. */
  valuePlace(path: Path): Source
  /** Whether a problem at the path, or on the way to it, is reported already, so that later checks skip it. */
  isFaulty(path: Path): boolean
}

/** A file as far as it could be understood. */
export interface ParsedYaml {
  /** Undefined where its structure cannot be relied upon. */
  readonly file: YamlFile | undefined
  readonly problems: readonly Diagnostic[]
}

/**
 * Reads the text of a YAML file. No content makes it throw or takes the process down. Warnings of the parser are
 * errors: `[web, !legacy]` would lose its exclusion with a mere warning.
 * @returns no file where its structure is unreliable
 */
export function parseYaml(text: string, name: string, lexemes: Lexemes = startLexemes()): ParsedYaml {
  const simple = readSimpleYaml(text, lexemes)
  if (simple !== undefined) {
    const { tree, lines } = simple
    return { file: fileOf(name, tree, (offset) => ({ file: name, ...lines.linePos(offset) })), problems: [] }
  }
  const problems: Diagnostic[] = []
  const { lines, contents, isSound, ...composed } = compose(text, lexemes)
  const at = (offset: number): Source => ({ file: name, ...lines.linePos(offset) })
  const report = (offset: number, message: string): void => {
    problems.push({ severity: 'error', message, source: at(offset) })
  }
  for (const problem of composed.problems) report(problem.at, problem.message)
  if (!isSound) return { file: undefined, problems }
  const tree = plantTree(contents, text, report)
  if (tree === undefined) return { file: undefined, problems }
  if (tree.value === null) {
    report(0, 'the file holds nothing; it starts with `version: 1`')
    return { file: undefined, problems }
  }
  return { file: fileOf(name, tree, at), problems }
}

interface Composed {
  readonly lines: LineCounter
  readonly contents: ParsedNode | null
  readonly problems: readonly { readonly at: number; readonly message: string }[]
  /** Whether the structure can be relied upon. */
  readonly isSound: boolean
}

/** Keeps nothing of the tokens, which take more memory than all else. */
function compose(text: string, lexemes: Lexemes): Composed {
  const { tokens, lines, stopped } = readTokens(withoutExpressions(text), lexemes)
  const refused = (at: number, message: string): Composed => {
    return { lines, contents: null, problems: [{ at, message }], isSound: false }
  }
  if (stopped !== undefined) return refused(stopped.at, stopped.why)
  const nul = text.indexOf('\0')
  if (nul !== -1) return refused(nul, 'a NUL character stands here, which no text holds')
  // Duplicate keys are found while planting: the composer compares every key with every other.
  const composer = new Composer<ParsedNode>({ schema: 'core', resolveKnownTags: false, uniqueKeys: false })
  const [document, second] = composer.compose(tokens, true, text.length)
  const found = [document, second].flatMap((each) => each?.errors ?? [])
  const faults = [...found, ...(document?.warnings ?? [])].map(({ code, pos }): Fault => ({ at: pos[0], code }))
  if (second !== undefined) {
    faults.push({ at: second.contents?.range[0] ?? second.range[0], code: 'MULTIPLE_DOCS' })
  }
  return {
    lines,
    contents: document?.contents ?? null,
    problems: syntaxProblems(faults, text, tokens),
    isSound: document !== undefined && found.length === 0 && second === undefined,
  }
}

function fileOf(name: string, root: Tree, at: (offset: number) => Source): YamlFile {
  const find = (path: Path): { readonly key: number; readonly value: number; readonly faulty: boolean } => {
    let key = root.at
    let tree = root
    let faulty = root.faulty === true
    for (const step of path) {
      const entry = typeof step === 'string' ? tree.entries?.get(step) : undefined
      const below: Tree | undefined = typeof step === 'string' ? entry?.tree : tree.items?.[step]
      if (below === undefined) break
      key = entry === undefined ? below.at : entry.keyAt
      tree = below
      faulty ||= below.faulty === true
    }
    return { key, value: tree.at, faulty }
  }
  return {
    name,
    value: root.value,
    place: (path) => at(find(path).key),
    valuePlace: (path) => at(find(path).value),
    isFaulty: (path) => find(path).faulty,
  }
}
