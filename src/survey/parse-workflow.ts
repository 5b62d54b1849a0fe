import { type Alias, Composer, isAlias, isMap, isScalar, isSeq, type ParsedNode, visit, type YAMLMap } from 'yaml'
import { startLexemes } from '../config/lexemes.ts'
import { type Fault, syntaxProblems } from '../config/syntax.ts'
import { readTokens } from '../config/tokens.ts'
import { append } from '../core/append.ts'

/** A problem of a file, with its place; both counted from 1. */
export interface FileFault {
  readonly line: number
  readonly col: number
  readonly message: string
}

/** A YAML file that is asked for single keys, so that aliases are followed and never expanded. */
export interface WorkflowYaml {
  readonly root: ParsedNode | null
  /** The values of a key: none where the node is no map, or has it not; several where the key stands there again. */
  get(node: ParsedNode | null | undefined, key: string): readonly ParsedNode[]
  /** The values of a map, in its order. */
  values(node: ParsedNode | null | undefined): readonly ParsedNode[]
  /** The entries of a list. */
  items(node: ParsedNode | null | undefined): readonly ParsedNode[]
  /** The text of a scalar. */
  text(node: ParsedNode): string | undefined
  place(node: ParsedNode): { readonly line: number; readonly col: number }
}

/**
 * Parses a workflow or the metadata of an action within the limits of configurations. No content makes it throw.
 * @returns no `yaml` where its structure is unreliable
 */
export function parseWorkflow(text: string): { readonly yaml?: WorkflowYaml; readonly faults: readonly FileFault[] } {
  const { tokens, lines, stopped } = readTokens(text, startLexemes())
  const fault = (at: number, message: string): FileFault => ({ ...lines.place(at), message })
  if (stopped !== undefined) return { faults: [fault(stopped.at, stopped.why)] }
  const nul = text.indexOf('\0')
  if (nul !== -1) return { faults: [fault(nul, 'a NUL character stands here, which no text holds')] }
  const composer = new Composer<ParsedNode>({ schema: 'core', resolveKnownTags: false, uniqueKeys: false })
  const [document, second] = composer.compose(tokens, true, text.length)
  const errors: Fault[] = [document, second].flatMap((each) =>
    (each?.errors ?? []).map(({ code, pos }) => ({ at: pos[0], code })),
  )
  if (second !== undefined) errors.push({ at: second.contents?.range[0] ?? second.range[0], code: 'MULTIPLE_DOCS' })
  if (errors.length > 0) {
    return { faults: syntaxProblems(errors, text, tokens).map(({ at, message }) => fault(at, message)) }
  }
  const root = document?.contents ?? null
  const { targets, merges, repeated, dangling } = linksIn(root)
  const follow = (node: ParsedNode | null | undefined): ParsedNode | undefined =>
    (isAlias(node) ? targets.get(node) : node) ?? undefined
  const pairsOf = (node: ParsedNode | null | undefined) => {
    const map = follow(node)
    return isMap<ParsedNode, ParsedNode | null>(map) ? map.items : []
  }
  return {
    faults: [
      ...merges.map((at) => fault(at, '`<<` is not followed: GitHub takes anchors and no merge keys')),
      ...repeated.map((at) => fault(at, 'this key stands twice in its map, so that GitHub refuses the file')),
      ...dangling.map((at) => fault(at, 'no anchor above has the name of this alias')),
    ],
    yaml: {
      root,
      get: (node, key) =>
        pairsOf(node).flatMap((pair) => {
          const name = follow(pair.key)
          return isScalar(name) && name.value === key ? (follow(pair.value) ?? []) : []
        }),
      values: (node) => pairsOf(node).flatMap(({ value }) => follow(value) ?? []),
      items: (node) => {
        const list = follow(node)
        return isSeq<ParsedNode>(list) ? list.items.flatMap((item) => follow(item) ?? []) : []
      },
      text: (node) => {
        if (!isScalar(node)) return undefined
        return typeof node.value === 'string' ? node.value : (node.source ?? undefined)
      },
      place: (node) => lines.place(node.range[0]),
    },
  }
}

/** The node that each alias stands for, the last of its anchor above it, and the places of merge keys, of repeated keys, and of aliases without one. */
function linksIn(root: ParsedNode | null): {
  readonly targets: ReadonlyMap<Alias, ParsedNode>
  readonly merges: readonly number[]
  readonly repeated: readonly number[]
  readonly dangling: readonly number[]
} {
  const anchors = new Map<string, ParsedNode>()
  const targets = new Map<Alias, ParsedNode>()
  const merges: number[] = []
  const repeated: number[] = []
  const dangling: number[] = []
  visit(root, {
    Node: (key, node) => {
      const parsed = node as ParsedNode
      if (isAlias(node)) {
        const target = anchors.get(node.source)
        if (target !== undefined) targets.set(node, target)
        else dangling.push(parsed.range[0])
        return
      }
      if (node.anchor !== undefined) anchors.set(node.anchor, parsed)
      if (key === 'key' && isScalar(parsed) && parsed.source === '<<') merges.push(parsed.range[0])
      if (isMap<ParsedNode>(node)) append(repeated, repeatedIn(node))
    },
  })
  return { targets, merges, repeated, dangling }
}

/** The places of keys that stand above in the same map. */
function repeatedIn({ items }: YAMLMap<ParsedNode>): readonly number[] {
  const seen = new Set<string>()
  return items.flatMap(({ key }) => {
    const text = isScalar(key) ? String(key.value) : undefined
    if (text === undefined) return []
    if (seen.has(text)) return [key.range[0]]
    seen.add(text)
    return []
  })
}
