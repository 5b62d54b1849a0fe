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

/** One act of the log. Of each field but the action GitHub says that it may be missing. */
export interface AuditEvent {
  readonly action: string
  readonly actor: string | undefined
  /** Milliseconds since 1970. */
  readonly at: number | undefined
  /** `owner/name`, folded; undefined for an act on no repository, and where GitHub does not say. */
  readonly repository: string | undefined
  /** The names that it gives, by field. */
  readonly names: Readonly<Partial<Record<NameField, string>>>
}

/** The fields that name the subject of an event; they stand beside the described ones or in `data`, by release. */
export type NameField = 'key' | 'runner_group_name' | 'environment_name' | 'name'

const NAME_FIELDS: readonly NameField[] = ['key', 'runner_group_name', 'environment_name', 'name']

/**
 * The newest events of one action, the newest first: one request.
 * https://docs.github.com/enterprise-cloud@latest/rest/orgs/orgs#get-the-audit-log-for-an-organization
 * @param action whole, such as `org.update_actions_secret`
 * @param more further words of the log's search
 * @throws GitHubError
 */
export async function newestEvents(
  client: Pick<Client, 'request'>,
  { route, params }: { readonly route: Route; readonly params: Readonly<Record<string, string>> },
  { action, phrase }: { readonly action: string; readonly phrase: string },
): Promise<readonly AuditEvent[]> {
  const { body } = await client.request(route, { ...params, phrase, order: 'desc', per_page: MOST_EVENTS })
  if (!Array.isArray(body)) return []
  return body.map((item) => eventOf(item, action)).sort(byNewest)
}

/** The newest first; before them those whose time is not shown. */
export function byNewest(one: AuditEvent, other: AuditEvent): number {
  if (one.at === other.at) return 0
  return (other.at ?? Number.POSITIVE_INFINITY) - (one.at ?? Number.POSITIVE_INFINITY)
}

/** @param asked the action that was searched for, where the event itself does not say */
function eventOf(item: unknown, asked: string): AuditEvent {
  const at = property(item, 'created_at') ?? property(item, '@timestamp')
  const data = property(item, 'data')
  const names = NAME_FIELDS.flatMap((field) => {
    const name = textIn(item, field) ?? textIn(data, field)
    return name === undefined ? [] : [[field, name] as const]
  })
  return {
    action: textIn(item, 'action') ?? asked,
    actor: textIn(item, 'actor'),
    at: typeof at === 'number' ? at : undefined,
    repository: textIn(item, 'repo')?.toLowerCase(),
    names: Object.fromEntries(names),
  }
}

function textIn(item: unknown, name: string): string | undefined {
  const value = property(item, name)
  return typeof value === 'string' && value !== '' ? value : undefined
}
