import type { Route } from '../core/routes.ts'
import type { Client } from '../github/client.ts'
import { property } from '../github/shape.ts'

/** The audit logs of an organization and of an enterprise. */
export const AUDIT_LOGS = {
  organization: 'GET /orgs/{org}/audit-log',
  enterprise: 'GET /enterprises/{enterprise}/audit-log',
} as const satisfies Readonly<Record<string, Route>>

/** The most events of one request. */
export const MOST_EVENTS = 100

/** One act of the log. */
export interface AuditEvent {
  readonly action: string
  readonly actor: string
  /** Milliseconds since 1970. */
  readonly at: number
  /** `owner/name`, folded; undefined for an act on no repository. */
  readonly repository: string | undefined
  /** Names of its subject: of a secret or variable, of a runner group. Empty where GitHub does not say. */
  readonly names: readonly string[]
  readonly environment: string | undefined
}

/**
 * The newest events of one action, the newest first: one request.
 * https://docs.github.com/enterprise-cloud@latest/rest/orgs/orgs#get-the-audit-log-for-an-organization
 * @param phrase as the log's search takes it
 * @throws GitHubError
 */
export async function newestEvents(
  client: Pick<Client, 'request'>,
  { route, params }: { readonly route: Route; readonly params: Readonly<Record<string, string>> },
  phrase: string,
): Promise<readonly AuditEvent[]> {
  const { body } = await client.request(route, { ...params, phrase, order: 'desc', per_page: MOST_EVENTS })
  if (!Array.isArray(body)) return []
  return body.flatMap(eventOf).sort((one, other) => other.at - one.at)
}

function eventOf(item: unknown): readonly AuditEvent[] {
  const [action, actor, repository] = ['action', 'actor', 'repo'].map((name) => textIn(item, name))
  const at = property(item, 'created_at') ?? property(item, '@timestamp')
  if (action === undefined || actor === undefined || typeof at !== 'number') return []
  const names = NAMES.flatMap((name) => textIn(item, name) ?? textIn(property(item, 'data'), name) ?? [])
  const environment = textIn(item, ENVIRONMENT) ?? textIn(property(item, 'data'), ENVIRONMENT)
  return [{ action, actor, at, repository: repository?.toLowerCase(), names, environment }]
}

/** Fields that stand beside the described ones, or in `data`, by release. */
const NAMES = ['key', 'runner_group_name', 'name']
const ENVIRONMENT = 'environment_name'

function textIn(item: unknown, name: string): string | undefined {
  const value = property(item, name)
  return typeof value === 'string' && value !== '' ? value : undefined
}
