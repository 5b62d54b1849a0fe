import { printable, withoutCommand } from './printable.ts'

/**
 * Text from GitHub, a file or a command line as a code span: in it nothing is a mention, a link, a reference, HTML or
 * markup. https://github.github.com/gfm/#code-spans
 */
export function code(text: string): string {
  const shown = printable(text)
  const ticks = '`'.repeat(longestRun([shown]) + 1)
  // Without the blanks a backtick at the rim would lengthen the delimiter, and blanks of its own would be stripped.
  const padded = shown === '' || /^[ `]|[ `]$/.test(shown) ? ` ${shown} ` : shown
  return `${ticks}${padded}${ticks}`
}

/** A row of a table of texts, each as a code span. */
export function tableRow(texts: readonly string[]): string {
  return markdownRow(texts.map((text) => (text === '' ? '' : partsAtBars(printable(text)).map(code).join('<wbr>'))))
}

/** A row of cells. A bar ends a cell even in a code span, and is escaped there: https://github.github.com/gfm/#example-200 */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

/** A text in parts, none of which has a bar behind a backslash of its own: renderers of tables differ on these. */
export function partsAtBars(text: string): readonly string[] {
  return text.split(/(?<=\\)(?=\|)/)
}

/**
 * Lines as a fenced block, each as it comes; the fence is longer than any run of backticks inside.
 * @param language `diff` colours a line by its first character
 * https://github.github.com/gfm/#fenced-code-blocks
 */
export function fenced(lines: readonly string[], language: 'diff' | 'text'): string {
  const fence = fenceFor(longestRun(lines))
  return [`${fence}${language}`, ...lines, fence].join('\n')
}

/** The fence of lines in which so many backticks follow one another at most. */
export function fenceFor(longest: number): string {
  return '`'.repeat(Math.max(longest, 2) + 1)
}

/** A line that is safe in a fenced block. */
export function fencedLine(text: string): string {
  return withoutCommand(printable(text))
}

/** Enough characters of a line to recognize its subject. */
const CLIPPED = 400

/** Cuts a line short, and no character in half. */
export function clip(line: string): string {
  return line.length <= CLIPPED ? line : `${line.slice(0, CLIPPED).replace(/[\ud800-\udbff]$/, '')} …`
}

/** A block that a reader unfolds. The summary is our own words. */
export function details(summary: string, body: string, folds: 'folded' | 'unfolded' = 'folded'): string {
  return `${detailsBegin(summary, folds)}${body}\n\n${DETAILS_END}`
}

/** The lines before the body of such a block. */
export function detailsBegin(summary: string, folds: 'folded' | 'unfolded' = 'folded'): string {
  return `<details${folds === 'folded' ? '' : ' open'}>\n<summary>${summary}</summary>\n\n`
}

export const DETAILS_END = '</details>'

/** A link with words of ours; the words alone where the address is none of the web. */
export function link(words: string, url: string | undefined): string {
  const address = url === undefined ? undefined : webAddress(url)
  return address === undefined ? words : `[${words}](<${address}>)`
}

/** The length as GitHub counts it. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text)
}

function webAddress(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, href } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:') return undefined
  return printable(href).replace(/[<>\\`\s]/g, encodeURIComponent)
}

/** So many backticks follow one another at most. */
export function longestRun(texts: readonly string[]): number {
  let longest = 0
  for (const text of texts) {
    for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length)
  }
  return longest
}
