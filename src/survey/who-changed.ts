import { parseAddress } from '../core/address.ts'
import type { Route } from '../core/routes.ts'
import { isEnterprise, namesOf, ownerOf, repositoryIn } from '../core/scope.ts'
import type { Client } from '../github/client.ts'
import { GitHubError } from '../github/errors.ts'
import { type AuditEvent, MOST_EVENTS, newestEvents } from './audit-events.ts'
import { AUDITED, NAMED } from './audited-families.ts'

/** The most requests for one owner: the log has a budget of its own, of 1,750 requests an hour. */
const MOST_REQUESTS = 30
/** With more repositories, the log is asked for one action in all of them. */
const MOST_REPOSITORIES = 3

/** One changed address, as the log speaks of it. */
interface Question {
  readonly address: string
  /** Whole names of actions. */
  readonly actions: readonly string[]
  /** `owner/name`, folded. */
  readonly repository: string | undefined
  readonly environment: string | undefined
  /** Folded; undefined where events do not name their subject. */
  readonly key: string | undefined
}

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
  const phrases = phrasesOf(questions)
  const events = new Map<string, readonly AuditEvent[]>()
  let unread: string | undefined
  for (const phrase of phrases.slice(0, MOST_REQUESTS)) {
    try {
      events.set(phrase, await newestEvents(client, log, phrase))
    } catch (error) {
      if (!(error instanceof GitHubError)) throw error
      unread = error.message
      break
    }
  }
  const found = [...events.values()].flat().sort((one, other) => other.at - one.at)
  const asked = new Set(events.keys())
  const notes = new Map(questions.map((question) => [question.address, noteOf(question, found, asked, unread)]))
  return { notes, unread }
}

function noteOf(
  question: Question,
  events: readonly AuditEvent[],
  asked: ReadonlySet<string>,
  unread: string | undefined,
): string {
  if (question.actions.length === 0) return 'who changed it is not known: the audit log has no event for it'
  const about = events.filter((event) => isAbout(event, question))
  const certain = about.find((event) => question.key === undefined || isNamed(event, question.key))
  if (certain !== undefined) return `last changed by ${actText(certain)}`
  // Newer than what is certain, an event that names nothing may be about it.
  const perhaps = about.find(({ names }) => names.length === 0)
  if (perhaps !== undefined) return `perhaps changed by ${actText(perhaps)}, which names no member`
  const isWhole = question.actions.every((action) =>
    [`action:${action}`, phraseIn(`action:${action}`, question)].some((phrase) => asked.has(phrase)),
  )
  if (isWhole) return `who changed it is not in the newest ${MOST_EVENTS} such events of the audit log`
  if (unread !== undefined) return 'who changed it is not known: the audit log could not be read'
  return `who changed it was not looked for: --who sends at most ${MOST_REQUESTS} requests for an owner`
}

function actText({ actor, at, action }: AuditEvent): string {
  return `${actor} at ${new Date(at).toISOString().replace(/\.\d+/, '')} (${action})`
}

function isAbout(event: AuditEvent, { actions, repository, environment }: Question): boolean {
  if (!actions.includes(event.action)) return false
  if (repository !== undefined && event.repository !== repository) return false
  return environment === undefined || event.environment === undefined || event.environment.toLowerCase() === environment
}

function isNamed({ names }: AuditEvent, key: string): boolean {
  return names.some((name) => name.toLowerCase() === key)
}

function questionOf(address: string): Question | undefined {
  const parsed = parseAddress(address)
  if (parsed === undefined) return undefined
  const { scope, family, key } = parsed
  const names = namesOf(scope)
  const { owner, repo } = repositoryIn(scope) ?? {}
  const below = ['repo', 'environment'][names.length - 2]
  const above = isEnterprise(ownerOf(scope)) ? ['business', 'enterprise'] : ['org']
  const categories = below === undefined ? above : [below]
  const actions = (Object.hasOwn(AUDITED, family) ? (AUDITED[family] ?? []) : []).flatMap((action) =>
    action.includes('.') ? [action] : categories.map((category) => `${category}.${action}`),
  )
  return {
    address,
    actions,
    repository: repo === undefined ? undefined : `${owner}/${repo}`.toLowerCase(),
    environment: names[2]?.toLowerCase(),
    key: NAMED.has(family) ? key.toLowerCase() : undefined,
  }
}

/** Each action by itself, since GitHub does not document what several in one search mean. */
function phrasesOf(questions: readonly Question[]): readonly string[] {
  const repositories = new Map<string, Map<string, Question>>()
  for (const question of questions) {
    for (const action of question.actions) {
      const own = repositories.get(action) ?? new Map<string, Question>()
      own.set(question.repository ?? '', question)
      repositories.set(action, own)
    }
  }
  return [...repositories].flatMap(([action, own]) => {
    if (own.size > MOST_REPOSITORIES) return [`action:${action}`]
    return [...own.values()].map((question) => phraseIn(`action:${action}`, question))
  })
}

function phraseIn(action: string, { repository }: Question): string {
  return repository === undefined ? action : `${action} repo:${repository}`
}
