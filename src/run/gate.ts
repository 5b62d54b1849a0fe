import type { RunContext } from '../event/run-context.ts'
import { carriesPullRequest, trustOf } from '../event/trust.ts'
import { EXIT } from './exit-codes.ts'
import type { Refusal } from './refusal.ts'

/** The permitted actions of a command in this run. */
export type Gate =
  | {
      readonly kind: 'go'
      /** `ignored`: no value is read, and the ledger's key is not used even where there is one. */
      readonly values: 'resolved' | 'ignored'
      /** The branch that `apply` applies; undefined outside GitHub Actions and for other commands. */
      readonly branch: string | undefined
    }
  /** `plan` checks the configuration offline instead, and prints the note. */
  | { readonly kind: 'validate'; readonly note: string }
  | ({ readonly kind: 'refused' } & Refusal)

export interface GateOptions {
  /** `apply` where a command changes GitHub, or reads what no pull request may have read for it, under another name. */
  readonly rules?: 'apply' | undefined
  /** The guards that `--allow` goes past. */
  readonly allow: { readonly fork?: boolean }
  /** `--branch`: the branch that `apply` applies in place of the default one. */
  readonly branch?: string | undefined
  /** Asks GitHub; called only where the event does not name the default branch. */
  defaultBranch(): Promise<string>
}

/** Commands that send no request, under every configuration. */
const OFFLINE: ReadonlySet<string> = new Set(['validate', 'show', 'sandbox'])

/** Events that run merged code: an outsider cannot start them. */
const APPLIES: ReadonlySet<string> = new Set(['push', 'schedule', 'workflow_dispatch'])

/**
 * Decides before any request whether a command may run. On a configuration from elsewhere (a fork's pull request, or
 * one of unknown origin) `plan` becomes `validate` and all else is refused. On GitHub Actions `apply` runs for `push`,
 * `schedule` and `workflow_dispatch` on one branch only.
 * @param context undefined outside GitHub Actions, where there is no gate
 * @throws GitHubError where the default branch is needed and cannot be read
 */
export async function gate(command: string, context: RunContext | undefined, options: GateOptions): Promise<Gate> {
  if (context === undefined || OFFLINE.has(command)) return { kind: 'go', values: 'resolved', branch: undefined }
  // Never for an event that carries a pull request, of any author: no flag goes past that.
  if (command === 'apply' || options.rules === 'apply') return gateApply(command, context, options)
  if (command === 'ledger' && carriesPullRequest(context)) {
    const why = 'The ledger records what was merged, and this event carries a pull request'
    return refused(`${why}. Nothing was sent; run it for the default branch, or on a machine of your own.`)
  }
  const trust = trustOf(context)
  if (trust.kind === 'foreign' && !options.allow.fork) {
    const who = `This configuration is not this repository's own: ${trust.why}`
    if (command === 'plan') {
      const note = `${who}. octoform sends no request and checks it offline; --allow fork plans it all the same.`
      return { kind: 'validate', note }
    }
    return refused(`${who}. Nothing was sent; --allow fork goes past it.`)
  }
  return { kind: 'go', values: carriesPullRequest(context) ? 'ignored' : 'resolved', branch: undefined }
}

async function gateApply(command: string, context: RunContext, options: GateOptions): Promise<Gate> {
  const { event, ref, pullRequest } = context
  if (!APPLIES.has(event) || pullRequest !== undefined) {
    const ran = event === '' ? 'an event without a name' : `\`${event}\``
    const message = `On GitHub Actions ${command} runs for push, schedule and workflow_dispatch only, not for ${ran} on ${ref}.`
    return refused(`${message} Nothing was sent; plan runs for every event.`)
  }
  const branch = options.branch ?? context.defaultBranch ?? (await options.defaultBranch())
  if (ref === `refs/heads/${branch}`) return { kind: 'go', values: 'resolved', branch }
  const which = options.branch === undefined ? 'the default branch' : 'the branch that --branch names'
  const message = `On GitHub Actions ${command} runs on ${branch} only (${which}), and this run is on ${ref || 'no branch'}.`
  return refused(`${message} Nothing was written; --branch NAME names another branch.`)
}

function refused(message: string): Gate {
  return { kind: 'refused', code: EXIT.guarded, message }
}
