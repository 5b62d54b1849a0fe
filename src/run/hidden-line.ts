/** The input that a terminal in raw mode has given so far. */
export type HiddenLine =
  | { readonly state: 'open' | 'ended' | 'several lines'; readonly text: string }
  /** Ctrl-C. */
  | { readonly state: 'stopped' }

export const NOTHING_TYPED: HiddenLine = { state: 'open', text: '' }

// biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences of keys without a letter, such as arrows
const KEYS = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|O[ -~]|[ -~]?)/g

/**
 * Adds typed or pasted input: a line end or Ctrl-D ends the line, backspace takes the last letter back, Ctrl-U all of
 * them. Keys without a letter change nothing.
 */
export function typed(line: HiddenLine, chunk: string): HiddenLine {
  if (line.state === 'stopped' || line.state === 'several lines') return line
  if (line.state === 'ended') return chunk === '' ? line : { ...line, state: 'several lines' }
  let letters = Array.from(line.text)
  // A terminal whose Enter sends both ends one line by it.
  const given = Array.from(chunk.replace(KEYS, '').replaceAll('\r\n', '\r'))
  for (const [index, letter] of given.entries()) {
    if (letter === '\u0003') return { state: 'stopped' }
    if (letter === '\r' || letter === '\n' || letter === '\u0004') {
      return { state: index === given.length - 1 ? 'ended' : 'several lines', text: letters.join('') }
    }
    if (letter === '\u007f' || letter === '\b') letters = letters.slice(0, -1)
    else if (letter === '\u0015') letters = []
    else if (letter >= ' ' || letter === '\t') letters.push(letter)
  }
  return { state: 'open', text: letters.join('') }
}
