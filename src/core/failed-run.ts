import type { Diagnostic, Source } from './diagnostic.ts'
import type { Failure } from './failure.ts'
import { kindOfPlace } from './kind-of-place.ts'
import type { Plan } from './plan.ts'

/** One thing that made a run fail. */
export interface Reason {
  readonly message: string
  /** The same without a name from the administered organization; left out where none was written. */
  readonly brief?: string
  /** The place in the YAML. */
  readonly source?: Source
  /** `error`: of the configuration; `other`: of GitHub, of how octoform was started, of octoform itself. */
  readonly kind: 'error' | 'other'
  /** `files`: the message quotes only the configuration; `elsewhere`: it may contain names that only GitHub shows. */
  readonly from: 'files' | 'elsewhere'
  /** How many it represents, where that is not one. */
  readonly number?: number
}

/** How many there are. */
export function countReasons(reasons: readonly Reason[]): number {
  return reasons.reduce((sum, { number = 1 }) => sum + number, 0)
}

/** The reason why a run has no plan, or no reliable one. */
export interface FailedRun {
  readonly failure: Failure
  /** The failed act, where neither the failure nor an error of the configuration names it. */
  readonly what?: string
  /** The most important first. */
  readonly reasons: readonly Reason[]
}

/** The errors among problems, as the reasons of a failure. */
export function errorsIn(problems: readonly Diagnostic[], from: Reason['from']): readonly Reason[] {
  return problems.filter(({ severity }) => severity === 'error').map((problem) => reasonOf(problem, 'error', from))
}

/** One of the problems that were found, as a reason. */
export function reasonOf(
  { message, source, stands_for }: Diagnostic,
  kind: Reason['kind'],
  from: Reason['from'],
): Reason {
  return {
    message,
    kind,
    from,
    ...(source === undefined ? {} : { source }),
    ...(stands_for === undefined ? {} : { number: stands_for }),
  }
}

/** The reason why a plan is unreliable; undefined for a reliable one. */
export function failedPlan(plan: Pick<Plan, 'complete' | 'diagnostics' | 'not_read'>): FailedRun | undefined {
  const errors = errorsIn(plan.diagnostics, 'elsewhere')
  if (errors.length === 0 && plan.complete) return undefined
  const unread = plan.not_read.map((place): Reason => {
    const { scope, reason } = place
    return {
      message: `${scope}: ${reason}`,
      brief: `${kindOfPlace(place)}: could not be read`,
      kind: 'other',
      from: 'elsewhere',
    }
  })
  return { failure: errors.length > 0 ? 'invalid_configuration' : 'unread', reasons: [...errors, ...unread] }
}
