import type { Route } from '../core/routes.ts'
import type { Client } from '../github/client.ts'
import { GitHubError } from '../github/errors.ts'
import { type AuditEvent, byNewest, MOST_EVENTS, newestEvents } from './audit-events.ts'
import { type AuditQuestion, phraseIn, questionOf, searchesFor } from './audit-questions.ts'

/** The most requests for one owner: the log has a budget of its own, of 1,750 requests an hour. */
const MOST_REQUESTS = 30

/** The sentence about each address, and what kept the log from being read. */
export interface WhoChanged {
  readonly notes: ReadonlyMap<string, string>
  readonly unread: string | undefined
}

/**
 * Looks up who changed these addresses last, in the newest events of the audit log. The cost is bounded: what would take more
 * requests is not looked for, and says so.
 */
export async function whoChanged(
  client: Pick<Client, 'request'>,
  log: { readonly route: Route; readonly params: Readonly<Record<string, string>> },
  addresses: readonly string[],
): Promise<WhoChanged> {
  const questions = addresses.flatMap((address) => questionOf(address) ?? [])
  const events = new Map<string, readonly AuditEvent[]>()
  let unread: string | undefined
  for (const search of searchesFor(questions).slice(0, MOST_REQUESTS)) {
    try {
      events.set(search.phrase, await newestEvents(client, log, search))
    } catch (error) {
      if (!(error instanceof GitHubError)) throw error
      unread = error.message
      break
    }
  }
  const found = [...events.values()].flat().sort(byNewest)
  const asked = new Set(events.keys())
  const notes = new Map(questions.map((question) => [question.address, noteOf(question, found, asked, unread)]))
  return { notes, unread }
}

function noteOf(
  question: AuditQuestion,
  events: readonly AuditEvent[],
  asked: ReadonlySet<string>,
  unread: string | undefined,
): string {
  const { family, actions } = question
  if (actions.length === 0) return `who changed it is not known: GitHub's audit log has no event for ${family}`
  const about = events.map((event) => ({ event, is: aboutOf(event, question) })).filter(({ is }) => is !== 'no')
  const certain = about.find(({ is }) => is === 'yes')?.event
  const [newest] = about
  if (newest?.is === 'yes') return `last changed by ${actText(newest.event)}`
  // Newer than what is certain, an event that does not say of what it is may be about this.
  if (newest !== undefined) {
    const earlier = certain === undefined ? '' : `; else by ${actText(certain)}`
    return `perhaps changed by ${actText(newest.event)}, which does not say of what${earlier}`
  }
  const isWhole = actions.every((action) =>
    [`action:${action}`, phraseIn(`action:${action}`, question)].some((phrase) => asked.has(phrase)),
  )
  if (isWhole) return `who changed it is not in the newest ${MOST_EVENTS} such events of the audit log`
  if (unread !== undefined) return 'who changed it is not known: the audit log could not be read'
  return `who changed it was not looked for: --who sends at most ${MOST_REQUESTS} requests for an owner`
}

function actText({ actor, at, action }: AuditEvent): string {
  const time = new Date(at ?? Number.NaN)
  const when = Number.isNaN(time.getTime())
    ? 'at a time that GitHub does not show'
    : `at ${time.toISOString().replace(/\.\d+/, '')}`
  return `${actor ?? 'an account that GitHub does not show'} ${when} (${action})`
}

/** Whether an event is of this address; `perhaps` where it leaves out what would tell. */
function aboutOf(event: AuditEvent, question: AuditQuestion): 'yes' | 'perhaps' | 'no' {
  const { actions, repository, environment, key, names } = question
  if (!actions.includes(event.action)) return 'no'
  const given = names.flatMap((field) => event.names[field] ?? [])
  const facts = [
    fits(repository, event.repository === undefined ? [] : [event.repository]),
    fits(environment, event.names.environment_name === undefined ? [] : [event.names.environment_name]),
    fits(key, given),
  ]
  if (facts.includes('no')) return 'no'
  return facts.includes('perhaps') || event.at === undefined ? 'perhaps' : 'yes'
}

function fits(wanted: string | undefined, given: readonly string[]): 'yes' | 'perhaps' | 'no' {
  if (wanted === undefined) return 'yes'
  if (given.length === 0) return 'perhaps'
  return given.some((name) => name.toLowerCase() === wanted) ? 'yes' : 'no'
}
