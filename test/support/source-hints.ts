import { readdirSync, readFileSync } from 'node:fs'
import { parseAst } from 'rolldown/parseAst'

const SRC = new URL('../../src/', import.meta.url)

/** The command lines that the source prints, each as `file: text`. */
interface SourceHints {
  /** Up to the closing backtick; without one, as far as names and flags go. An expression in it stands in braces. */
  readonly written: readonly string[]
  /** Calls of functions that make a command line of words. */
  readonly made: readonly string[]
}

/** The examples of help, each of which `test/site/command-reference.test.ts` parses. */
const EXAMPLES = 'commands/command-examples.ts'

/**
 * Every hint in a text of the source. The sandbox is another program, and prints none.
 * @param commands their names; of one that has subcommands, with these
 */
export function sourceHints(commands: readonly string[]): SourceHints {
  const [written, made] = [new Set<string>(), new Set<string>()]
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  const isRead = (name: string): boolean => name.endsWith('.ts') && !name.startsWith('sandbox/') && name !== EXAMPLES
  for (const file of files.filter(isRead).sort()) {
    const code = readFileSync(new URL(file, SRC), 'utf8')
    walk(parseAst(code, { lang: 'ts' }, file).body, (node) => {
      const text = textOf(node, code)
      for (const found of text === undefined ? [] : hintsIn(text, commands))
        written.add(`${file}: ${found.replaceAll('${', '{')}`)
      const { callee } = node
      if (node.type === 'CallExpression' && isNode(callee) && MAKERS.includes(String(callee.name))) {
        made.add(`${file}: ${sliceOf(node, code).replace(/\s+/g, ' ').replaceAll('${', '{')}`)
      }
    })
  }
  return { written: [...written], made: [...made] }
}

const MAKERS = ['commandLine', 'shellWords']

/** A backtick begins a line that is to be pasted whole; elsewhere words of prose follow it. */
function hintsIn(text: string, commands: readonly string[]): readonly string[] {
  const words = '(?: (?:--?[a-z][\\w-]*|[A-Z][A-Z/|]+\\b|\\$\\{[^}]*\\}))*'
  const bare = `(?<!\`)octoform (?:${commands.join('|')})\\b${words}`
  return [...text.matchAll(new RegExp(`(?<=\`)octoform [^\`]+(?=\`)|${bare}`, 'g'))].map(([hint]) => hint)
}

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value
}

function walk(value: unknown, see: (node: Node) => void): void {
  if (Array.isArray(value)) for (const each of value) walk(each, see)
  else if (isNode(value)) {
    see(value)
    for (const each of Object.values(value)) walk(each, see)
  }
}

function textOf(node: Node, code: string): string | undefined {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node.type !== 'TemplateLiteral') return undefined
  const quasis = node.quasis as readonly { readonly value: { readonly cooked: string } }[]
  const expressions = node.expressions as readonly Node[]
  return quasis
    .map(({ value }, index) => {
      const next = expressions[index]
      return value.cooked + (next === undefined ? '' : `\${${sliceOf(next, code)}}`)
    })
    .join('')
}

function sliceOf({ start, end }: Node, code: string): string {
  return code.slice(start, end)
}
