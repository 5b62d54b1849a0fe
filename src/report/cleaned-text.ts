import type { Io } from '../run/io.ts'

/**
 * A comment or an issue with nothing in it that is to be hidden. Its first line, the marker that finds it again, stays as
 * it is: it names what the configuration names, and a value that is a part of that must not make a second thread.
 */
export function cleanedText(io: Pick<Io, 'cleaned'>, text: string): string {
  const end = text.indexOf('\n')
  return text.slice(0, end) + io.cleaned(text.slice(end))
}
