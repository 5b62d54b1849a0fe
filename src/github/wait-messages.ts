import { GitHubError } from './errors.ts'
import type { Turn } from './turn.ts'

/** Describes a wait for a limit. */
export function waitText({ from, until, forMs }: { from: string; until: number; forMs: number }): string {
  return `Waiting until ${timeText(until)} (${durationText(forMs)}) for GitHub's rate limit of ${from}.`
}

/** Describes a wait for GitHub's points per minute. */
export function paceText(until: number): string {
  return `Keeping GitHub's pace of 900 points a minute (a write is 5): going on at ${timeText(until)}.`
}

/** For a request that would have had to wait longer than the run may. */
export function gaveUp(turn: Turn, { until, maxWaitMs }: { until: number; maxWaitMs: number }): GitHubError {
  const may =
    maxWaitMs === 0 ? 'this run does not wait' : `this run waits no longer than ${durationText(maxWaitMs)} in all`
  return notSent(turn, `the rate limit of ${turn.from} is reached until ${timeText(until)}, and ${may} (--max-wait).`)
}

/** For a request that waited when the run was asked to stop. */
export function stopped(turn: Turn): GitHubError {
  return notSent(turn, `octoform was asked to stop while it waited for the rate limit of ${turn.from}.`)
}

function notSent({ what, route }: Turn, why: string): GitHubError {
  return new GitHubError(`${what} was not sent: ${why}`, { kind: 'unavailable', route, limited: true })
}

/** Such as `2026-11-21T12:00:05Z`. */
function timeText(ms: number): string {
  return new Date(Math.ceil(ms / 1000) * 1000).toISOString().replace('.000', '')
}

/** Such as `45 s` or `12 min`. */
function durationText(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}
