import { readFile } from 'node:fs/promises'
import { readRunContext } from '../event/read-context.ts'
import { carriesPullRequest } from '../event/trust.ts'
import type { Io } from './io.ts'

const MINUTE_MS = 60_000

/**
 * How long a run may wait for GitHub's limits in all, in milliseconds: the value of `--max-wait`, else without an end
 * at a terminal, a quarter of an hour for a pull request, and an hour elsewhere.
 */
export async function maxWaitOf(io: Pick<Io, 'env' | 'ask'>, given: number | undefined): Promise<number> {
  if (given !== undefined) return given
  if (io.ask !== undefined) return Number.POSITIVE_INFINITY
  const context = await readRunContext(io.env, (path) => readFile(path, 'utf8'))
  return (carriesPullRequest(context) ? 15 : 60) * MINUTE_MS
}
