import { Composer, type ErrorCode, type ParsedNode } from 'yaml'
import type { Diagnostic, Source } from '../core/diagnostic.ts'
import type { Json } from '../core/json.ts'
import { MAX_DEPTH, readTokens } from './tokens.ts'
import { plantTree, type Tree } from './tree.ts'

/** Keys and list indexes from the top of a file. */
export type Path = readonly (string | number)[]

/** A file as plain values, each with its place. */
export interface YamlFile {
  /** As it is shown to people. */
  readonly name: string
  readonly value: Json
  /** The place of a key, or of a list's entry; of the nearest one above where the path leads nowhere. */
  place(path: Path): Source
  /** The place of what stands under a key. */
  valuePlace(path: Path): Source
}

/** A file as far as it could be understood. */
export interface ParsedYaml {
  /** Undefined where its structure cannot be relied upon. */
  readonly file: YamlFile | undefined
  readonly problems: readonly Diagnostic[]
}

/** The parser's own words quote the file, which may hold a value that nobody may see: each code has words of ours. */
const SYNTAX = {
  ALIAS_PROPS: 'an alias can have neither anchor nor tag',
  BAD_ALIAS: 'this is no name for an anchor or alias',
  BAD_DIRECTIVE: 'this directive is not known',
  BAD_DQ_ESCAPE: 'this escape is not known in double quotes; write the text in single quotes',
  BAD_INDENT: 'the indentation does not fit what stands above',
  BAD_PROP_ORDER: 'anchor or tag stand at the wrong place',
  BAD_SCALAR_START: 'text cannot start with this character; put it in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a map or list cannot start here; it belongs on a line of its own',
  BLOCK_IN_FLOW: 'inside [ ] and { } there can be no indented map or list',
  DUPLICATE_KEY: 'a key stands twice in the same map',
  IMPOSSIBLE: 'this cannot be read',
  KEY_OVER_1024_CHARS: 'a key is too long',
  MISSING_CHAR: 'something is missing here: a `:`, a quote, or a closing bracket',
  MULTILINE_IMPLICIT_KEY: 'a key must stand on one line, with a `:` after it',
  MULTIPLE_ANCHORS: 'only one anchor can stand here',
  MULTIPLE_DOCS: 'a file holds one document; put the second one into a file of its own',
  MULTIPLE_TAGS: 'only one tag can stand here',
  NON_STRING_KEY: 'a key must be text',
  RESOURCE_EXHAUSTION: `nested deeper than ${MAX_DEPTH} levels`,
  TAB_AS_INDENT: 'indent with spaces, not with tabs',
  TAG_RESOLVE_FAILED: 'this tag is not known; text that starts with `!` belongs in quotes',
  UNEXPECTED_TOKEN: 'this is not expected here',
  BAD_COLLECTION_TYPE: 'this tag does not fit what it stands before',
} satisfies Record<ErrorCode, string>

/**
 * Reads the text of a YAML file. Whatever its content, this neither throws nor takes the process down. Warnings of the
 * parser are errors: `[web, !legacy]` would lose its exclusion with a mere warning.
 * @returns no file where its structure cannot be relied upon
 */
export function parseYaml(text: string, name: string): ParsedYaml {
  const problems: Diagnostic[] = []
  const { tokens, lines, stopped } = readTokens(text)
  const at = (offset: number): Source => ({ file: name, ...lines.linePos(offset) })
  const report = (offset: number, message: string): void => {
    problems.push({ severity: 'error', message, source: at(offset) })
  }
  if (stopped !== undefined) {
    report(stopped.at, stopped.why)
    return { file: undefined, problems }
  }
  // Duplicate keys are found while planting: the composer compares every key with every other.
  const composer = new Composer<ParsedNode>({ schema: 'core', resolveKnownTags: false, uniqueKeys: false })
  const [document, second] = [...composer.compose(tokens, true, text.length)]
  const faults = [document, second].flatMap((each) => each?.errors ?? [])
  for (const { code, pos } of [...faults, ...(document?.warnings ?? [])]) report(pos[0], SYNTAX[code])
  if (second !== undefined) report(second.contents?.range[0] ?? second.range[0], SYNTAX.MULTIPLE_DOCS)
  if (document === undefined || faults.length > 0 || second !== undefined) return { file: undefined, problems }

  const tree = plantTree(document.contents, report)
  if (tree === undefined) return { file: undefined, problems }
  if (tree.value === null) {
    report(0, 'the file holds nothing; it starts with `version: 1`')
    return { file: undefined, problems }
  }
  return { file: fileOf(name, tree, at), problems }
}

function fileOf(name: string, root: Tree, at: (offset: number) => Source): YamlFile {
  const find = (path: Path): { readonly key: number; readonly value: number } => {
    let found = { key: root.at, value: root.at }
    let tree: Tree | undefined = root
    for (const step of path) {
      const entry: { keyAt: number; tree: Tree } | undefined =
        typeof step === 'string' ? tree.entries?.get(step) : entryOf(tree.items?.[step])
      if (entry === undefined) break
      found = { key: entry.keyAt, value: entry.tree.at }
      tree = entry.tree
    }
    return found
  }
  return {
    name,
    value: root.value,
    place: (path) => at(find(path).key),
    valuePlace: (path) => at(find(path).value),
  }
}

function entryOf(tree: Tree | undefined): { keyAt: number; tree: Tree } | undefined {
  return tree === undefined ? undefined : { keyAt: tree.at, tree }
}
