import { Composer, type ParsedNode } from 'yaml'
import type { Diagnostic } from '../core/diagnostic.ts'
import { withoutExpressions } from './expressions.ts'
import type { Lexemes } from './lexemes.ts'
import type { Lines } from './lines.ts'
import { type Fault, syntaxProblems } from './syntax.ts'
import { readTokens } from './tokens.ts'
import { plantTree } from './tree.ts'
import { type ParsedYaml, placeIn, yamlFile } from './yaml-file.ts'

/** Reads the text of a file with the YAML library, as parse.ts describes it. */
export function parseWholly(text: string, name: string, lexemes: Lexemes): ParsedYaml {
  const problems: Diagnostic[] = []
  const { lines, contents, isSound, ...composed } = compose(text, lexemes)
  const report = (offset: number, message: string): void => {
    problems.push({ severity: 'error', message, source: placeIn(name, lines, offset) })
  }
  for (const problem of composed.problems) report(problem.at, problem.message)
  if (!isSound) return { file: undefined, problems }
  const tree = plantTree(contents, text, report)
  if (tree === undefined) return { file: undefined, problems }
  if (tree.value === null) {
    report(0, 'the file holds nothing; it starts with `version: 1`')
    return { file: undefined, problems }
  }
  return { file: yamlFile(name, tree, lines), problems }
}

interface Composed {
  readonly lines: Lines
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
