import { spendWindow } from './spend-window.ts'

/**
 * GitHub's limits on requests that create content, in a minute and in an hour.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
export interface Creations {
  /** When there is room for one more: 0 where there is, undefined where those on their way must end first. */
  free(now: number): number | undefined
  /** At least so many can go before then. */
  room(now: number, until: number): number
  begin(): void
  end(now: number): void
  /** It was not sent after all. */
  cancel(): void
}

const A_MINUTE = 80
const AN_HOUR = 500
const MINUTE_MS = 60_000

export function openCreations(): Creations {
  const minute = spendWindow(A_MINUTE, MINUTE_MS)
  const hour = spendWindow(AN_HOUR, 60 * MINUTE_MS)
  return {
    free(now) {
      const [ofMinute, ofHour] = [minute.free(1, now), hour.free(1, now)]
      return ofMinute === undefined || ofHour === undefined ? undefined : Math.max(ofMinute, ofHour)
    },
    room(now, until) {
      const minutes = Math.max(Math.floor((until - now) / MINUTE_MS), 0)
      return Math.min(hour.left(now), minute.left(now) + minutes * A_MINUTE)
    },
    begin() {
      minute.begin(1)
      hour.begin(1)
    },
    end(now) {
      minute.end(1, now)
      hour.end(1, now)
    },
    cancel() {
      minute.cancel(1)
      hour.cancel(1)
    },
  }
}
