import type { CST, ErrorCode } from 'yaml'
import { MAX_DEPTH } from './tokens.ts'

/** Something wrong at an offset of the text. */
export interface Fault {
  readonly at: number
  readonly code: ErrorCode
}

/** The parser's own words quote the file, which may hold a secret value: each code has words of ours. */
const WORDS = {
  ALIAS_PROPS: 'an alias can have neither anchor nor tag',
  BAD_ALIAS: 'this cannot be the name of an anchor or alias; text that starts with `*` or `&` belongs in quotes',
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

/** After one of these the parser misreads the rest of the text. */
const DERAILS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'BAD_INDENT',
  'BLOCK_AS_IMPLICIT_KEY',
  'BLOCK_IN_FLOW',
  'IMPOSSIBLE',
  'MISSING_CHAR',
  'MULTILINE_IMPLICIT_KEY',
  'MULTIPLE_DOCS',
  'TAB_AS_INDENT',
  'UNEXPECTED_TOKEN',
])

/** Messages about the faults of a text: each place once, without faults that follow from earlier ones. */
export function syntaxProblems(
  faults: readonly Fault[],
  text: string,
  tokens: readonly CST.Token[],
): readonly { readonly at: number; readonly message: string }[] {
  const problems: { at: number; message: string }[] = []
  let last = -1
  for (const fault of [...faults].sort((left, right) => left.at - right.at)) {
    if (fault.at === last) continue
    last = fault.at
    problems.push(describe(fault, text, tokens))
    if (DERAILS.has(fault.code)) break
  }
  return problems
}

function describe({ at, code }: Fault, text: string, tokens: readonly CST.Token[]): { at: number; message: string } {
  const start = text.lastIndexOf('\n', at - 1) + 1
  if (/^(<{7}|={7}|>{7})(\s|$)/.test(text.slice(start, start + 8))) {
    return { at: start, message: 'a merge conflict stands here: choose one side' }
  }
  if (!DERAILS.has(code)) return { at, message: WORDS[code] }
  if (code === 'BAD_INDENT' && /^ *\t/.test(text.slice(start, at))) return { at, message: WORDS.TAB_AS_INDENT }
  const quote = code === 'MISSING_CHAR' ? openedQuote(tokens, at) : undefined
  if (quote !== undefined) return { at: quote, message: 'this quote is not closed' }
  if (/[\]}]/.test(text[at] ?? '')) {
    return {
      at,
      message: 'this bracket does not fit the one that is open: one is missing before it, or it is one too many',
    }
  }
  const bracket = code === 'BAD_INDENT' || code === 'MISSING_CHAR' ? openBracket(tokens, at) : undefined
  return bracket === undefined ? { at, message: WORDS[code] } : { at: bracket, message: 'this bracket is not closed' }
}

/** The beginning of the quoted text that reaches to `end` without its closing quote. */
function openedQuote(tokens: readonly CST.Token[], end: number): number | undefined {
  let found: number | undefined
  walk(tokens, (token) => {
    const isQuoted = token.type === 'double-quoted-scalar' || token.type === 'single-quoted-scalar'
    if (isQuoted && token.offset + token.source.length === end) found = token.offset
  })
  return found
}

/** The innermost bracket before `end` that nothing closes. */
function openBracket(tokens: readonly CST.Token[], end: number): number | undefined {
  let found: number | undefined
  walk(tokens, (token) => {
    if (token.type !== 'flow-collection' || token.start.offset >= end) return
    const closed = token.end.some(({ type }) => type === 'flow-map-end' || type === 'flow-seq-end')
    if (!closed) found = Math.max(found ?? 0, token.start.offset)
  })
  return found
}

/** Without recursion, because a text nests as deep as it likes. */
function walk(tokens: readonly CST.Token[], look: (token: CST.Token) => void): void {
  const stack: (CST.Token | null | undefined)[] = [...tokens]
  while (stack.length > 0) {
    const token = stack.pop()
    if (token === null || token === undefined) continue
    look(token)
    if ('items' in token) for (const { key, value } of token.items) stack.push(key, value)
    if (token.type === 'document') stack.push(token.value)
  }
}
