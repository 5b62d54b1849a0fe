import { GitHubError } from '../errors.ts'
import type { Wait } from './account.ts'
import type { Turn } from './turn.ts'

/** Describes a wait: its reason, and its end. */
export function waitText({ until, why, allowed }: Wait, { from }: Pick<Turn, 'from'>, now: number): string {
  const end = `Waiting until ${timeText(until)} (${durationText(until - now)})`
  switch (why) {
    case 'refusal':
      return `${end} for GitHub's rate limit of ${from}.`
    case 'hour':
      return `${end} for GitHub's rate limit of ${from}: ${hourText(allowed)}.`
    case 'points':
      return `Keeping GitHub's pace of 900 points a minute (a write is 5): going on at ${timeText(until)}.`
    case 'content':
      return `Keeping GitHub's pace of 80 comments, issues, check runs and commits a minute and 500 an hour: going on at ${timeText(until)}.`
  }
}

function hourText(allowed: number | undefined): string {
  const which = allowed === undefined ? 'the requests' : `the ${allowed.toLocaleString('en-US')} requests`
  return `${which} of this hour are used up`
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
  return new GitHubError(`${what()} was not sent: ${why}`, { kind: 'unavailable', route, limited: true })
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
