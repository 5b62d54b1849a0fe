import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseAst } from 'rolldown/parseAst'

const ROOT = resolve(import.meta.dirname, '../..')

/** A text of the source: a string, a template or a sum of both, with `…` for what is put in while it runs. */
export interface SourceText {
  readonly file: string
  readonly line: number
  readonly text: string
  /** What it stands in, the innermost last: `call:complain`, `P:help`, `var:message`. */
  readonly within: readonly string[]
}

interface Node {
  readonly type: string
  readonly start: number
  readonly [key: string]: unknown
}

/** Every text of these files, in their order. */
export function textsIn(folder: string, names: (path: string) => boolean): readonly SourceText[] {
  return readdirSync(resolve(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter(names)
    .sort()
    .flatMap((file) => textsOf(file, readFileSync(resolve(ROOT, folder, file), 'utf8')))
}

function textsOf(file: string, source: string): readonly SourceText[] {
  const found: SourceText[] = []
  const add = (node: Node, text: string, within: readonly string[]): void => {
    const line = source.slice(0, node.start).split('\n').length
    found.push({ file, line, text: text.replaceAll(/\s+/g, ' ').trim(), within: within.slice(-3) })
  }
  walk(parseAst(source, { lang: file.endsWith('.ts') ? 'ts' : 'js' }) as unknown as Node, [], add)
  return found
}

function walk(
  value: unknown,
  within: readonly string[],
  add: (node: Node, text: string, at: readonly string[]) => void,
) {
  if (Array.isArray(value)) for (const each of value) walk(each, within, add)
  if (!isNode(value) || isPlain(value)) return
  const text = flat(value)
  if (text !== undefined) {
    add(value, text, within)
    for (const part of partsOf(value)) walk(part, [...within, 'part'], add)
    return
  }
  const label = labelOf(value)
  for (const [key, child] of Object.entries(value)) {
    if (value.type === 'Property' && key === 'key' && value.computed !== true) continue
    walk(child, [...within, label], add)
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
}

/** Imports and types print nothing. */
function isPlain({ type }: Node): boolean {
  const isCast = /^TS(As|Satisfies|NonNull)Expression$/.test(type)
  return type === 'ImportDeclaration' || (type.startsWith('TS') && !isCast)
}

/** The text of a literal, a template or a sum in which one of the two is a text. */
function flat(node: Node): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined
  if (node.type === 'TemplateLiteral') {
    return (node.quasis as readonly { value: { cooked: string } }[]).map(({ value }) => value.cooked).join('…')
  }
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return undefined
  const [left, right] = [flat(node.left as Node), flat(node.right as Node)]
  return left === undefined && right === undefined ? undefined : `${left ?? '…'}${right ?? '…'}`
}

/** The expressions within a text, which may hold texts of their own. */
function partsOf(node: Node): readonly Node[] {
  if (node.type === 'TemplateLiteral') return node.expressions as readonly Node[]
  if (node.type !== 'BinaryExpression') return []
  return [node.left as Node, node.right as Node].flatMap((side) => (flat(side) === undefined ? [side] : partsOf(side)))
}

function labelOf(node: Node): string {
  const name = (one: unknown): string => {
    const {
      name: own,
      value,
      property,
    } = (one ?? {}) as { name?: string; value?: string; property?: { name?: string } }
    return own ?? value ?? `.${property?.name}`
  }
  if (node.type === 'Property') return `P:${name(node.key)}`
  if (node.type === 'NewExpression') return `new:${name(node.callee)}`
  if (node.type === 'CallExpression') return `call:${name(node.callee)}`
  if (node.type === 'VariableDeclarator') return `var:${name(node.id)}`
  return node.type
}
