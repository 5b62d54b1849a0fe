/** How far a run is. */
export interface Step {
  /** Such as `reading acme`. */
  readonly label: string
  readonly done: number
  /** Undefined while it is not known. */
  readonly total: number | undefined
}

/** The work that was done in a time, which tells how fast it goes on. */
interface Pace {
  readonly ms: number
  readonly done: number
}

/** @example `reading acme 1,240/3,012 · 18/s · about 2 min` */
export function progressText({ label, done, total }: Step, pace: Pace): string {
  const of = total === undefined ? '' : `/${Math.max(total, done).toLocaleString('en')}`
  const count = `${label} ${done.toLocaleString('en')}${of}`
  const rate = pace.ms > 0 ? (pace.done * 1000) / pace.ms : 0
  if (rate === 0) return count
  const left = total === undefined ? undefined : Math.max(0, total - done) / rate
  return [count, rateText(rate), ...(left === undefined || left < 1 ? [] : [`about ${timeText(left)}`])].join(' · ')
}

/** Slow work is counted by the minute. */
function rateText(aSecond: number): string {
  return aSecond < 1 ? `${Math.max(1, Math.round(aSecond * 60))}/min` : `${Math.round(aSecond).toLocaleString('en')}/s`
}

function timeText(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const rest = minutes % 60
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`
}
