const UNITS = { s: 1000, m: 60_000, h: 3_600_000 } as const
/** No job of GitHub Actions lasts longer. */
const MOST_MS = 5 * 24 * UNITS.h

/** Parses a duration such as `90s`, `10m` or `1h` into milliseconds; undefined for other text, and above five days. */
export function parseDuration(text: string): number | undefined {
  const [, digits, unit] = /^(\d{1,7})([smh])$/.exec(text) ?? (text === '0' ? ['0', '0', 's'] : [])
  if (digits === undefined) return undefined
  const ms = Number(digits) * UNITS[unit as keyof typeof UNITS]
  return ms <= MOST_MS ? ms : undefined
}
