import { writesByName } from '../core/by-name.ts'
import type { Family } from '../core/family.ts'
import type { PlanInput, Planned } from '../core/make-plan.ts'
import type { Outcome, OutcomeError } from '../core/outcome.ts'
import type { Send } from '../core/send.ts'
import type { Work } from '../core/work.ts'
import type { Answer } from '../github/answer.ts'
import type { Client } from '../github/client.ts'
import { type Clock, systemClock } from '../github/clock.ts'
import { endpoint } from '../github/endpoints.ts'
import { GitHubError } from '../github/errors.ts'
import { type AnswerLog, createAnswerLog } from './answer-log.ts'
import { awaitComing, NotYetShown } from './await-coming.ts'
import { awaitGone, StillDeleting } from './await-gone.ts'
import { expectedOf } from './expected-of.ts'
import { heldAboveText } from './held-above.ts'
import { hiddenRefusal } from './hidden-refusal.ts'
import { createNotetaker, type NameNotes, type Notes, type Notetaker } from './notes.ts'
import { outcomeOf, type Progress } from './outcome-of.ts'
import { createValuePutter, type Sealer, type ValuePutter } from './put-value.ts'
import { type Step, schedule } from './schedule.ts'
import { sendPlain } from './send-plain.ts'
import { ChangedMeanwhile, stillPlanned } from './still-planned.ts'
import { createStopped } from './stopped.ts'
import { takeWaves } from './take-waves.ts'
import { createEnds, type OnEnded } from './tell-ended.ts'
import { watchWrites } from './watch-writes.ts'
import { whatFailed } from './what-failed.ts'
import { createWitness, type Witness } from './witness.ts'
import { assertNotStopped, guardedClient, type WriteGuard, WriteStopped } from './write-guard.ts'
import { writtenAt } from './written-at.ts'

export interface ApplyInput extends WriteGuard {
  readonly planned: Planned
  readonly families: readonly Family[]
  /** Writes with the credential of the owner that the change is in. */
  client(work: Work): Client
  readonly notes: Notes
  readonly names: NameNotes
  readonly sealer: Sealer
  /** The plan's input, and how long the run has waited for limits so far, in milliseconds. */
  readonly since?: { readonly sections: PlanInput['sections']; waitedMs(): number } | undefined
  /** How many requests may be in flight. */
  readonly atOnce: number
  /** Times the waits for what GitHub does later; this machine's where it is left out. */
  readonly clock?: Clock
  /** Called after each request. */
  onProgress?(done: number, address: string): void
  readonly onEnded?: OnEnded
}

/**
 * Sends the requests of the plan's changes, and reports the result of each. A change whose request is refused stops
 * there, the others go on; a server that cannot be reached, or whose limit is not waited out, stops the run.
 */
export async function applyPlan(input: ApplyInput): Promise<Outcome> {
  const { planned } = input
  const putter = createValuePutter(input.sealer)
  const notes = createNotetaker(input.notes, (work, index, answer) =>
    writtenAt(work, index, answer, input.client(work)),
  )
  const answers = createAnswerLog()
  const witness = createWitness()
  const since = input.since && stillPlanned({ ...input.since, client: input.client })
  if (input.mayWrite) input.notes.guard(input.mayWrite)
  await notes.prepare(planned.works, input.names)
  const progress = new Map<Work, Progress>(planned.works.map((work) => [work, { done: [], sent: 0, ref: work.ref }]))
  const run = { done: 0, stopped: false }
  const stopped = createStopped(planned.works)
  const put = (work: Work, reached: Progress): void => {
    progress.set(work, reached)
    stopped.note(work, reached)
  }
  const fail = (work: Work, error: unknown): void => {
    const reached = progress.get(work)
    if (reached) put(work, { ...reached, error: reached.error ?? failureOf(work, error) })
    run.stopped = run.stopped || stopsRun(error)
  }
  const tellEnd = createEnds(progress, input.onEnded)
  const take = async ({ work, index }: Step): Promise<void> => {
    const state = progress.get(work)
    if (!state || state.error || state.held || run.stopped) return
    const missed = whatFailed(work, work.phases[index] ?? 'widen', stopped, work.sends[index])
    if (missed !== undefined) {
      const message = `held back: ${missed.work.change.address} was not written, and ${missed.why}`
      put(work, { ...state, held: { message } })
      return
    }
    input.onProgress?.(run.done, work.change.address)
    try {
      assertNotStopped(input)
      const sending = { input, putter, notes, answers, witness, since, fail }
      const ref = await refOf(sending, work, state)
      const answer = await sendStep(sending, work, index, { ...state, ref })
      const shortfall = work.sends[index]?.shortfall?.(answer.body)
      if (shortfall !== undefined) throw notDone(work, index, answer, shortfall)
      const learnt = work.sends[index]?.learn?.(answer.body)
      put(work, { done: [...state.done, index], sent: state.sent + 1, ref: learnt ?? ref })
      await notes.note(work, { index, answer, learnt }, (error) => fail(work, error))
    } catch (error) {
      if (error instanceof WriteStopped || (input.signal?.aborted && isUnsent(error))) {
        put(work, { ...(progress.get(work) ?? state), held: { message: error.message } })
        run.stopped = true
        return
      }
      // GitHub has processed the request even where its note failed.
      const { sent } = progress.get(work) ?? state
      if (error instanceof NotYetShown) put(work, { ...state, waits: error })
      else if (sent === state.sent && !isUnsent(error)) {
        put(work, { ...state, sent: sent + 1, ...waitsFor(work.sends[index], error) })
      }
      fail(work, error)
    }
    run.done += 1
    tellEnd(work)
    input.onProgress?.(run.done, work.change.address)
  }
  await takeWaves(schedule(planned.works, input.families), input.atOnce, take)
  await notes.settle()
  return outcomeOf(planned, progress, answers)
}

/** The state of one run. */
interface Sending {
  readonly input: ApplyInput
  readonly putter: ValuePutter
  readonly notes: Notetaker
  readonly answers: AnswerLog
  readonly witness: Witness
  readonly since: ReturnType<typeof stillPlanned> | undefined
  fail(work: Work, error: unknown): void
}

/** The data that the requests of a change need: of a member that another change brings, once GitHub shows it. */
async function refOf({ input, answers }: Sending, work: Work, { ref }: Progress): Promise<object | undefined> {
  if (ref !== undefined || work.comesBy === undefined) return ref
  const { clock = systemClock, signal } = input
  return awaitComing({ client: answers.through(work, input.client(work)), clock, signal }, work, work.comesBy)
}

async function sendStep(sending: Sending, work: Work, index: number, state: Progress): Promise<Answer> {
  const { input, putter, notes, answers, witness, since, fail } = sending
  const send = work.sends[index]
  if (!send) throw new Error(`bug: ${work.change.address} has no request ${index}`)
  const begun = state.done.length > 0
  const logged = answers.through(work, input.client(work))
  const before = async (): Promise<void> => since?.(work, begun)
  const afterWait = async (): Promise<void> => {
    if (writesByName(send.route)) await witness.again(logged, work)
    await before()
  }
  const watched = watchWrites(logged)
  const client = guardedClient(watched.client, input, { before, afterWait })
  const params = send.params(state.ref)
  const body = (): Promise<object | undefined> => bodyOf(client, work, send, state.ref)
  const isSame = async (): Promise<void> => {
    if (writesByName(send.route)) await witness.once(client, work)
  }
  const plain = async (ready: () => Promise<void>): Promise<Answer> => {
    const made = await body()
    await isSame()
    await ready()
    const answer = await sendPlain({ client, work, send, params, body: made, ref: state.ref }, witness)
    const { clock = systemClock, signal } = input
    if (send.goneAt && answer.status === 202) await awaitGone({ client, clock, signal }, send.goneAt, state.ref)
    return answer
  }
  const isHidden = work.document !== undefined
  const { seals, meanwhile } = send
  if (!seals && !isHidden && !meanwhile) return plain(async () => {})
  try {
    if (meanwhile) return await plain(() => notes.beginClosing(work, meanwhile.field))
    if (isHidden) return await plain(() => (begun ? Promise.resolve() : notes.begin(work)))
    return await putter.put(client, work, send, params, {
      ready: async () => {
        await isSame()
        await notes.begin(work)
      },
      again: () => witness.again(client, work),
      body: async () => (await body()) ?? {},
    })
  } catch (error) {
    // Once another run has the lock, the ledger is not ours to write either.
    const isOurs = !(error instanceof WriteStopped)
    const undoes = isOurs && !(isHidden && begun) && !watched.mayHaveWritten()
    if (undoes) await notes.undone(work, (why) => fail(work, why))
    throw error
  }
}

/** The body, with the present values of fields that it keeps from GitHub. */
async function bodyOf(client: Client, work: Work, send: Send, ref: object | undefined): Promise<object | undefined> {
  const reread: unknown[] = []
  for (const { route, params } of send.rereads ?? []) {
    const { list, envelope, perPage } = endpoint(route)
    const answer = list
      ? await client.paginate(route, params(ref), envelope, perPage, expectedOf(work))
      : await client.request(route, params(ref), undefined, expectedOf(work))
    reread.push(list ? answer : (answer as Answer).body)
  }
  return send.body?.(ref, reread)
}

/** GitHub took the request, and its answer shows that it did less. */
function notDone(work: Work, index: number, { status, date }: Answer, message: string): GitHubError {
  const route = work.sends[index]?.route ?? ''
  return new GitHubError(message, { kind: 'refused', route, status, date })
}

function failureOf(work: Work, error: unknown): OutcomeError {
  if (!(error instanceof GitHubError)) return { message: error instanceof Error ? error.message : String(error) }
  return {
    message: `${error.message}${heldAboveText(work, error)}${hiddenRefusal(work, error)}`,
    // An answer about another thing than the path names has a successful status, which is left out.
    ...(error.status === undefined || error.status < 300 ? {} : { status: error.status }),
    ...(error.requestId === undefined ? {} : { request_id: error.requestId }),
    route: error.route,
    ...(error.limited ? { limited: true } : {}),
  }
}

/** The obstacle that GitHub's answers show, where the family knows one. */
function waitsFor(send: Send | undefined, error: unknown): Pick<Progress, 'waits'> {
  if (error instanceof StillDeleting) return { waits: error }
  const { heldBackAt } = send ?? {}
  if (!heldBackAt || !(error instanceof GitHubError)) return {}
  const isIt = error.status === heldBackAt.status && error.route === send?.route
  return isIt ? { waits: { message: heldBackAt.message, help: heldBackAt.help } } : {}
}

/** Whether the request that it stopped never left. */
function isUnsent(error: unknown): error is GitHubError | ChangedMeanwhile {
  if (error instanceof ChangedMeanwhile) return true
  return error instanceof GitHubError && error.limited && error.status === undefined
}

/** No connection, a limit on requests that is not waited out, a token that is not taken: the next request would fare no better. */
function stopsRun(error: unknown): boolean {
  const isOfOne = [ChangedMeanwhile, StillDeleting, NotYetShown].some((kind) => error instanceof kind)
  if (isOfOne) return false
  if (!(error instanceof GitHubError)) return true
  const { kind, status, route } = error
  if (status === 401) return true
  // A malformed answer to a read for one change does not stop the others.
  const ofOne = route.startsWith('GET ') && status !== undefined && status < 300
  return kind === 'unavailable' && !ofOne && (status === undefined || status < 500)
}
