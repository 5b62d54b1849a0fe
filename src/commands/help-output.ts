import { wrapText } from '../render/wrap-text.ts'
import type { Io } from '../run/io.ts'

/**
 * The ways out of commander, which below some seventy columns wraps nothing: the terminal would break lines inside of words.
 */
export function helpOutput(io: Pick<Io, 'stdout' | 'stderr' | 'columns'>): {
  writeOut(text: string): void
  writeErr(text: string): void
} {
  return { writeOut: (text) => io.stdout(wrapText(text, io.columns)), writeErr: (text) => io.stderr(text) }
}
