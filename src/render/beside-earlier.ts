import { formatMarker, parseMarker } from './marker.ts'

/** GitHub takes at most 65,536 characters of an issue. */
const MOST = 65_000

/**
 * The text of an issue about a part of what an earlier text tells of, followed by that text as it is: of it only the
 * units of the marker in its first line are read.
 * @returns undefined where the earlier one tells of all of it already, or names no units, or where both are too long
 */
export function besideEarlier(text: string, earlier: string): string | undefined {
  const [now, then] = [firstLine(text), firstLine(earlier)]
  const [marker, before] = [parseMarker(now.line), parseMarker(then.line)]
  if (marker?.units === undefined || before?.units === undefined) return undefined
  const told = new Set(unitsIn(before.units))
  if (unitsIn(marker.units).every((unit) => told.has(unit))) return undefined
  const units = [...new Set([...told, ...unitsIn(marker.units)])].sort().join(' ')
  const both = [
    formatMarker({ ...marker, units }),
    now.rest,
    '',
    '<details><summary>Told before, and not all read again since</summary>',
    '',
    then.rest,
    '',
    '</details>',
  ].join('\n')
  return both.length > MOST ? undefined : both
}

function unitsIn(units: string): readonly string[] {
  return units.split(' ').filter((unit) => unit !== '')
}

function firstLine(text: string): { readonly line: string; readonly rest: string } {
  const [line = '', ...rest] = text.replaceAll('\r\n', '\n').split('\n')
  return { line: line.trimEnd(), rest: rest.join('\n').trim() }
}
