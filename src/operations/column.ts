import { sizeText } from '../core/size-text.ts'

/** One column of a table, or one line of what is shown of a single thing. */
export interface Column {
  readonly head: string
  /** The fields of GitHub's that it is made of, by path. */
  readonly reads: readonly string[]
  /** @param now milliseconds since 1970, for how long ago something was */
  readonly value: (item: unknown, now: number) => string
  readonly align?: 'right'
  /** Which of the words are good or bad, for colour. */
  readonly tone?: (text: string) => 'good' | 'bad' | 'busy' | 'plain'
  /** Cut first where a line is too long; names and ids never. */
  readonly gives?: true
}

/** A field of GitHub's, by its path: `workflow_run.head_branch`. Lists are joined, what is missing is empty. */
export function field(head: string, path: string, more: Omit<Column, 'head' | 'reads' | 'value'> = {}): Column {
  return { head, reads: [path], value: (item) => wordOf(valueAt(item, path)), ...more }
}

/** A time of GitHub's, as how long ago it was: `3 h`. */
export function age(head: string, path: string): Column {
  return { head, reads: [path], value: (item, now) => agoOf(valueAt(item, path), now), align: 'right' }
}

/** A number of bytes, as people read it: `1.2 GB`. */
export function bytes(head: string, path: string): Column {
  return { head, reads: [path], value: (item) => bytesOf(valueAt(item, path)), align: 'right' }
}

/** The time between two of GitHub's, as `1m 20s`; to now where the second is missing. */
export function took(head: string, from: string, to: string): Column {
  const value = (item: unknown, now: number): string => {
    const [began, ended] = [timeOf(valueAt(item, from)), timeOf(valueAt(item, to))]
    return began === undefined ? '' : lengthOf((ended ?? now) - began)
  }
  return { head, reads: [from, to], value, align: 'right' }
}

/** A number of milliseconds, as `1m 20s`. */
export function length(head: string, path: string): Column {
  const value = (item: unknown): string => {
    const ms = valueAt(item, path)
    return typeof ms === 'number' ? lengthOf(ms) : ''
  }
  return { head, reads: [path], value, align: 'right' }
}

/** The value at the end of a path of field names. */
export function valueAt(item: unknown, path: string): unknown {
  let at = item
  for (const name of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined
    at = (at as Readonly<Record<string, unknown>>)[name]
  }
  return at
}

function wordOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.map(wordOf).join(', ')
  if (typeof value === 'object') {
    const { name, login } = value as { readonly name?: unknown; readonly login?: unknown }
    return wordOf(name ?? login ?? JSON.stringify(value))
  }
  return String(value)
}

const STEPS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const

function timeOf(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}

/** In its two greatest units. */
function lengthOf(ms: number): string {
  const whole = Math.max(0, ms)
  const first = STEPS.findIndex(([, each]) => whole >= each)
  if (first === -1) return '0s'
  const parts = STEPS.slice(first, first + 2).map(([unit, each], index) => {
    const before = index === 0 ? Number.POSITIVE_INFINITY : (STEPS[first]?.[1] ?? 1)
    return [Math.floor((whole % before) / each), unit] as const
  })
  return parts.flatMap(([count, unit]) => (count > 0 ? [`${count}${unit}`] : [])).join(' ')
}

function agoOf(value: unknown, now: number): string {
  const time = timeOf(value)
  if (time === undefined) return wordOf(value)
  const past = Math.max(0, now - time)
  const [unit, ms] = STEPS.find(([, length]) => past >= length) ?? ['s', 1000]
  return `${Math.floor(past / ms)}${unit}`
}

/** Bytes in words; what is no number as it is. */
export function bytesOf(value: unknown): string {
  return typeof value === 'number' && Number.isFinite(value) ? sizeText(value) : wordOf(value)
}

/** The colour of a run's or job's status and conclusion. */
export function outcomeTone(text: string): 'good' | 'bad' | 'busy' | 'plain' {
  if (/^(success|active|online|approved)$/.test(text)) return 'good'
  if (/^(failure|timed_out|startup_failure|offline|action_required|rejected)$/.test(text)) return 'bad'
  if (/^(queued|in_progress|waiting|requested|pending)$/.test(text)) return 'busy'
  return 'plain'
}
