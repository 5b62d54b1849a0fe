import { formatScope } from '../core/address.ts'
import type { Family, Params, Route, Send } from '../core/family.ts'
import { secretLeaf } from '../core/leaves.ts'
import type { Planned } from '../core/make-plan.ts'
import type { Outcome, OutcomeError } from '../core/outcome.ts'
import type { ValueAt, Work } from '../core/work.ts'
import type { Answer } from '../github/answer.ts'
import type { Client } from '../github/client.ts'
import { endpoint } from '../github/endpoints.ts'
import { GitHubError } from '../github/errors.ts'
import { outcomeOf, type Progress } from './outcome-of.ts'
import { createValuePutter, type Sealer } from './put-value.ts'
import { type Step, schedule } from './schedule.ts'

/** What an apply notes down about secrets and repositories. See secrets/ledger.ts. */
export interface Notes {
  begin(address: string, value: ValueAt): Promise<void>
  complete(address: string, date: string): Promise<void>
  touched(address: string, date: string): Promise<void>
  forget(address: string): Promise<void>
  rememberRepository(scope: string, id: number): Promise<void>
}

export interface ApplyInput {
  readonly planned: Planned
  readonly families: readonly Family[]
  /** Writes with the credential of the owner that the change is in. */
  client(work: Work): Client
  readonly notes: Notes
  readonly sealer: Sealer
  /** Told after each request. */
  onProgress?(done: number, total: number): void
}

/**
 * Sends what the plan's changes are made of, and reports what became of each. A change whose request is refused stops
 * there, the others go on; a server that cannot be reached or that limits us stops the run.
 */
export async function applyPlan(input: ApplyInput): Promise<Outcome> {
  const { planned } = input
  const putter = createValuePutter(input.sealer)
  const progress = new Map<Work, Progress>(planned.works.map((work) => [work, { done: [], sent: 0, ref: work.ref }]))
  const total = planned.works.reduce((sum, { sends }) => sum + sends.length, 0)
  const run = { done: 0, stopped: false }
  const take = async ({ work, index }: Step): Promise<void> => {
    const state = progress.get(work)
    if (!state || state.error || run.stopped) return
    const missed = work.phases[index] === 'last' ? whatFailed(work, progress) : undefined
    if (missed !== undefined) {
      const message = `held back: ${missed.change.address} was not written, and might have taken up what this lets go of`
      progress.set(work, { ...state, held: { message } })
      return
    }
    try {
      const answer = await sendStep(input, putter, work, index, state)
      const learnt = work.sends[index]?.learn?.(answer.body)
      progress.set(work, { done: [...state.done, index], sent: state.sent + 1, ref: learnt ?? state.ref })
      await noteStep(input.notes, work, index, answer)
    } catch (error) {
      const reached = progress.get(work) ?? state
      // Where noting it down failed, GitHub has taken the request all the same.
      const sent = state.sent + 1
      progress.set(work, { ...reached, sent, error: failureOf(error) })
      run.stopped = run.stopped || stopsRun(error)
    }
    run.done += 1
    input.onProgress?.(run.done, total)
  }
  for (const wave of schedule(planned.works, input.families)) {
    await Promise.all(
      wave.map(async (steps) => {
        for (const step of steps) await take(step)
      }),
    )
  }
  return outcomeOf(planned, progress)
}

/** A change of the same section that stopped before the last phase: nothing may fall through what it did not get to. */
function whatFailed(work: Work, progress: ReadonlyMap<Work, Progress>): Work | undefined {
  for (const [other, { done, error }] of progress) {
    if (other.family !== work.family || formatScope(other.scope) !== formatScope(work.scope)) continue
    if (error && other.phases[done.length] !== 'last') return other
  }
  return undefined
}

async function sendStep(
  input: ApplyInput,
  putter: ReturnType<typeof createValuePutter>,
  work: Work,
  index: number,
  state: Progress,
): Promise<Answer> {
  const send = work.sends[index]
  if (!send) throw new Error(`bug: ${work.change.address} has no request ${index}`)
  const client = input.client(work)
  const params = send.params(state.ref)
  const body = (): Promise<object | undefined> => bodyOf(client, send, state.ref)
  if (!send.seals) return sendPlain(client, work, send.route, params, await body())
  if (work.value) await input.notes.begin(work.change.address, work.value)
  return putter.put(client, work, send, params, async () => (await body()) ?? {})
}

/** The body, with what it carries of GitHub's own as GitHub has it now. */
async function bodyOf(client: Client, send: Send, ref: object | undefined): Promise<object | undefined> {
  const reread: unknown[] = []
  for (const { route, params } of send.rereads ?? []) {
    const { list, envelope, perPage } = endpoint(route)
    const whole = list ? client.paginate(route, params(ref), envelope, perPage) : client.request(route, params(ref))
    const answer = await whole
    reread.push(list ? answer : (answer as Answer).body)
  }
  return send.body?.(ref, reread)
}

/** GitHub has it no more: with the list read whole before, that is what a delete wants. */
async function sendPlain(
  client: Client,
  work: Work,
  route: Route,
  params: Params,
  body: object | undefined,
): Promise<Answer> {
  try {
    return await client.request(route, params, body)
  } catch (error) {
    const gone = error instanceof GitHubError && error.status === 404 && work.change.action === 'delete'
    if (!gone) throw error
    return { status: 404, headers: {}, body: undefined, date: undefined }
  }
}

async function noteStep(notes: Notes, work: Work, index: number, answer: Answer): Promise<void> {
  const { repository_id } = work.change
  if (repository_id !== null) await notes.rememberRepository(formatScope(work.scope), repository_id)
  const wrote = work.sends[index]?.seals ? 'value' : 'access'
  if (secretLeaf(work.family) !== undefined) await noteSecret(notes, work, answer, wrote)
}

/** An access-only write moves `updated_at` too, so the entry is completed anew; but only one that held before. */
async function noteSecret(notes: Notes, work: Work, answer: Answer, wrote: 'value' | 'access'): Promise<void> {
  const { address, action } = work.change
  if (action === 'delete') return notes.forget(address)
  if (answer.date === undefined) return
  if (wrote === 'value') return notes.complete(address, answer.date)
  if (work.ledgerHolds) await notes.touched(address, answer.date)
}

function failureOf(error: unknown): OutcomeError {
  if (!(error instanceof GitHubError)) return { message: error instanceof Error ? error.message : String(error) }
  const held = error.status === 409 ? ' GitHub answers so where the level above holds it by policy.' : ''
  return {
    message: `${error.message}${held}`,
    ...(error.status === undefined ? {} : { status: error.status }),
    ...(error.requestId === undefined ? {} : { request_id: error.requestId }),
    route: error.route,
  }
}

/** No connection, a limit on requests, a token that is not taken: the next request would fare no better. */
function stopsRun(error: unknown): boolean {
  if (!(error instanceof GitHubError)) return true
  if (error.status === 401) return true
  return error.kind === 'unavailable' && (error.status === undefined || error.status < 500)
}
