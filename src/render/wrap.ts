/** A line of a code block is read without scrolling up to about so many characters. */
const WIDTH = 110

/** Breaks a long line behind commas and at double blanks; the rest is indented by `indent`. */
export function wrap(line: string, indent: string): readonly string[] {
  if (line.length <= WIDTH) return [line]
  const lines: string[] = []
  let current = ''
  for (const piece of line.split(/(?<=, )|(?<= {2})(?=\S)/)) {
    if (current.trim() !== '' && current.length + piece.trimEnd().length > WIDTH) {
      lines.push(current.trimEnd())
      current = indent
    }
    current += piece
  }
  return [...lines, current]
}
