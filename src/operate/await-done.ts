import { GitHubError } from '../github/errors.ts'
import type { Until } from '../operations/operation.ts'
import type { Session } from './session.ts'

/** Between two looks, and how often: some five minutes in all, after which GitHub ends what it can end. */
const PAUSES_MS = [1000, 2000, 4000, 8000, ...Array<number>(19).fill(15_000)]

/** A log gets one line, where it takes so long. */
const LOG_AFTER_MS = 10_000

/** A thing that is waited for. */
export interface Awaited {
  readonly params: Readonly<Record<string, string | number>>
}

/**
 * Waits until a change has happened to each of these, which GitHub makes after its answer: all are looked at in turn.
 * @param noun of one of them, such as `run`
 * @returns those that it has not happened to after the time
 */
export async function awaitDone<One extends Awaited>(
  { io, client, connection }: Session,
  until: Until,
  things: readonly One[],
  noun: string,
): Promise<readonly One[]> {
  let left = things
  let waited = 0
  for (const pause of PAUSES_MS) {
    const looked: One[] = []
    for (const one of left) if (!(await isDone(client, until, one))) looked.push(one)
    left = looked
    if (left.length === 0) break
    const line = `Waiting for ${left.length} ${noun}${left.length === 1 ? '' : 's'} ${until.what}`
    if (io.status) io.status(`${line}, ${Math.round(waited / 1000)} s so far.`)
    else if (waited < LOG_AFTER_MS && waited + pause >= LOG_AFTER_MS) io.stderr(`${line}.\n`)
    await connection.pause(pause)
    waited += pause
  }
  io.status?.('')
  return left
}

async function isDone(client: Session['client'], { route, done }: Until, { params }: Awaited): Promise<boolean> {
  try {
    return done((await client.request(route, params)).body)
  } catch (error) {
    // One that was deleted meanwhile is not there to be waited for; another fault is asked about again.
    if (error instanceof GitHubError) return error.status === 404
    throw error
  }
}
