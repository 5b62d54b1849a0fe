/** Characters: with fewer a piece, the calls that write them take longer than the writing. */
const PIECE = 2 ** 16

/** The same text in fewer parts, none of them far larger than a piece needs to be. */
export function* inPieces(parts: Iterable<string>): Iterable<string> {
  let held: string[] = []
  let size = 0
  for (const part of parts) {
    held.push(part)
    size += part.length
    if (size < PIECE) continue
    yield held.join('')
    held = []
    size = 0
  }
  if (size > 0) yield held.join('')
}
