import type { Io } from '../run/io.ts'

/**
 * A comment or an issue without secret values. Its first line, the marker that finds it again, stays as it is: it holds
 * names of the configuration, and a value that is a part of one must not make a second thread.
 */
export function cleanedText(io: Pick<Io, 'cleaned'>, text: string): string {
  const end = text.indexOf('\n')
  return text.slice(0, end) + io.cleaned(text.slice(end))
}
