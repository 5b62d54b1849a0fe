import type { Waiting } from '../core/finding.ts'
import { type HeldBack, sortHeldBack } from '../core/held-back.ts'
import type { Planned } from '../core/make-plan.ts'
import type { ChangeOutcome, Outcome, OutcomeError } from '../core/outcome.ts'
import type { Action } from '../core/plan.ts'
import type { Work } from '../core/work.ts'
import type { AnswerLog, NotedAnswer } from './answer-log.ts'

/** How far a change has come. */
export interface Progress {
  /** Indexes of the requests that GitHub took. */
  readonly done: readonly number[]
  /** How many requests were sent, taken or not. */
  readonly sent: number
  /** The result that later requests of the change need. */
  readonly ref: object | undefined
  readonly error?: OutcomeError
  /** The reason why its remaining requests were not sent. */
  readonly held?: OutcomeError
  /** Why GitHub's refusal, which is its error, holds it back. */
  readonly waits?: Waiting
}

/** The result of each change of a plan. Pure. */
export function outcomeOf(
  planned: Planned,
  progress: ReadonlyMap<Work, Progress>,
  answers: Pick<AnswerLog, 'of'>,
): Outcome {
  const changes = planned.works.map((work) => changeOutcome(work, progress.get(work), answers.of(work)))
  const applied = (action: Action): number =>
    changes.filter((change) => change.action === action && change.status === 'applied').length
  return {
    format_version: '1.0',
    host: planned.plan.host,
    digest: planned.plan.digest,
    changes,
    held_back: sortHeldBack([...planned.plan.held_back, ...planned.works.flatMap((work) => heldBy(work, progress))]),
    counts: { added: applied('create'), changed: applied('update'), deleted: applied('delete') },
    complete: changes.every(({ status }) => status === 'applied' || status === 'held back'),
  }
}

function heldBy(work: Work, progress: ReadonlyMap<Work, Progress>): readonly HeldBack[] {
  const { address, source } = work.change
  const waits = progress.get(work)?.waits
  return waits ? [{ address, field: null, reason: waits.message, source, help: waits.help }] : []
}

function changeOutcome(work: Work, progress: Progress | undefined, answers: readonly NotedAnswer[]): ChangeOutcome {
  const { address, action } = work.change
  const sent = new Set(progress?.done ?? [])
  const error = progress?.error ?? progress?.held
  // A request whose answer was lost may have been done.
  const isLost = error !== undefined && error.status === undefined && (progress?.sent ?? 0) > sent.size
  const next = work.sends.findIndex((_, index) => !sent.has(index))
  const meanwhile = meanwhileOf(work, sent, isLost ? next : undefined)
  const stopped = error ?? (meanwhile.length > 0 ? { message: 'The run ended before.' } : undefined)
  const why = stopped && { ...stopped, message: [stopped.message, ...meanwhile].join(' ') }
  const left = new Set(work.sends.flatMap((send, index) => (sent.has(index) ? [] : send.fields)))
  const made = work.sends.flatMap((send, index) => (sent.has(index) ? send.fields : []))
  return {
    address,
    action,
    status: statusOf(sent.size, work.sends.length, progress),
    done: [...new Set(made)].filter((field) => !left.has(field)).sort(),
    not_done: [...left].sort(),
    requests: progress?.sent ?? 0,
    request_ids: answers.flatMap(({ requestId }) => requestId ?? []),
    ...timeOf(answers),
    ...(why ? { error: why } : {}),
  }
}

/** Writes that were meant only for the time until the last request, which was not sent. */
function meanwhileOf({ sends }: Work, sent: ReadonlySet<number>, lost: number | undefined): readonly string[] {
  return sent.has(sends.length - 1)
    ? []
    : sends.flatMap(({ meanwhile }, index) => {
        return meanwhile && (sent.has(index) || index === lost) ? meanwhile.message : []
      })
}

/** The last answer's. A date that is none is left out. */
function timeOf(answers: readonly NotedAnswer[]): Pick<ChangeOutcome, 'at'> {
  const time = Date.parse(answers.at(-1)?.date ?? '')
  return Number.isNaN(time) ? {} : { at: new Date(time).toISOString() }
}

/**
 * The result of a change by what was sent for it.
 * @param sent how many of its requests GitHub took
 */
export function statusOf(sent: number, all: number, progress: Progress | undefined): ChangeOutcome['status'] {
  const error = progress?.error
  if (sent === all && !error) return 'applied'
  if (progress?.waits) return 'held back'
  if (sent > 0) return 'partial'
  return error ? 'failed' : 'not tried'
}
