const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** A number of bytes as people read it, in units of 1,000: `1.2 GB`. */
export function sizeText(bytes: number): string {
  let left = bytes
  let unit = 0
  while (left >= 1000 && unit < UNITS.length - 1) {
    left /= 1000
    unit += 1
  }
  return `${unit === 0 || left >= 100 ? Math.round(left) : left.toFixed(1)} ${UNITS[unit]}`
}
