import pLimit from 'p-limit'

/** The one seam that every request passes, each attempt and each page by itself. */
export interface Pace {
  /** Runs the task when its turn comes. A task must not ask for another turn: with all places taken it would wait for ever. */
  run<T>(task: () => Promise<T>): Promise<T>
}

/**
 * Bounds how many requests are in flight.
 * @param parallelism at least 1; GitHub allows 100 (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api)
 */
export function boundedPace(parallelism: number): Pace {
  const limit = pLimit(parallelism)
  return { run: (task) => limit(task) }
}
