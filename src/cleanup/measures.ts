const AGES = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 } as const
/** Units of 1,000, as GitHub shows sizes. */
const SIZES = { KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 } as const

/** An age such as `30d`, `12h` or `2w`, in milliseconds; undefined for other text. */
export function parseAge(text: string): number | undefined {
  const [, digits, unit] = /^([1-9]\d{0,4})([hdw])$/.exec(text) ?? []
  return digits === undefined ? undefined : Number(digits) * AGES[unit as keyof typeof AGES]
}

/** A size such as `500MB` or `1GB`, in bytes; undefined for other text. */
export function parseSize(text: string): number | undefined {
  const [, digits, unit] = /^([1-9]\d{0,5}(?:\.\d{1,3})?)(KB|MB|GB|TB)$/.exec(text) ?? []
  return digits === undefined ? undefined : Math.round(Number(digits) * SIZES[unit as keyof typeof SIZES])
}

/** Nothing younger is deleted, unless a flag says so: it may still be wanted by the people who made it. */
export const RECENT_MS = 7 * AGES.d

/**
 * After this time at the latest a run has ended for good: an attempt ends after 35 days, and the last one begins within 30
 * days of the first, of which artifacts stay.
 * https://docs.github.com/actions/reference/limits
 * https://docs.github.com/actions/how-tos/manage-workflow-runs/re-run-workflows-and-jobs
 */
export const LONGEST_RUN_MS = 66 * AGES.d
