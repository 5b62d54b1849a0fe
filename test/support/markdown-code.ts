/**
 * A text of GitHub's markdown in two parts: the content of fences and code spans, and the text that is read as
 * markdown.
 */
export interface MarkdownParts {
  readonly code: readonly string[]
  readonly outside: string
}

/**
 * Tells code from the rest, as GitHub Flavored Markdown does, for the little that reports use: fences at the start of a
 * line, and code spans within one line. Written apart from the code under test, on purpose.
 * https://github.github.com/gfm/#fenced-code-blocks
 */
export function splitMarkdown(markdown: string): MarkdownParts {
  const code: string[] = []
  const outside: string[] = []
  let fence: string | undefined
  for (const line of markdown.split('\n')) {
    const [, ticks = '', info = ''] = /^ {0,3}(`{3,})(.*)$/.exec(line) ?? []
    if (fence === undefined && ticks !== '' && !info.includes('`')) {
      fence = ticks
      outside.push(`<fence ${info}>`)
    } else if (fence !== undefined && ticks.length >= fence.length && info.trim() === '') fence = undefined
    else if (fence !== undefined) code.push(line)
    else outside.push(withoutSpans(line, code))
  }
  if (fence !== undefined) throw new Error('a fence is left open')
  return { code, outside: outside.join('\n') }
}

/** A run of backticks opens a span if a run of the same length follows; else it is text. */
function withoutSpans(line: string, code: string[]): string {
  const runs = [...line.matchAll(/`+/g)]
  let rest = ''
  let from = 0
  for (let index = 0; index < runs.length; index += 1) {
    const open = runs[index]
    if (!open || open.index < from) continue
    const close = runs.slice(index + 1).find(([run]) => run.length === open[0].length)
    if (!close) continue
    code.push(line.slice(open.index + open[0].length, close.index))
    rest += `${line.slice(from, open.index)}<span>`
    from = close.index + close[0].length
  }
  return rest + line.slice(from)
}
