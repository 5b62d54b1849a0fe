import { type Answer, type Call, enterpriseOf, organizationOf } from '../../http/call.ts'
import { BEGINNING } from '../../world/defaults.ts'
import { organizationsOf } from '../../world/enterprises.ts'
import type { Enterprise, Organization } from '../../world/owners.ts'
import type { Part } from '../../world/part.ts'
import { type Entry, listed, momentAt, textAt } from '../../world/seed-reader.ts'
import { timestamp } from '../../world/store.ts'
import { accountId, actorNamed } from '../accounts/actor.ts'
import type { Resource } from '../resource.ts'
import { type AuditEvent, eventsAbove, eventsIn } from './events.ts'
import { phraseOf } from './phrase.ts'

const SCOPE = { method: 'GET', scope: 'read:audit_log', since: [3, 4], notOn: ['dotcom'] } as const
const KEYS = ['action', 'actor', 'created_at', 'repository', 'key', 'environment']
const LONGEST_PAGE = 100

/** An event, and the organization that it was in. */
interface PlacedEvent {
  readonly event: AuditEvent
  readonly organization: Organization | undefined
  readonly enterprise: Enterprise | undefined
}

/**
 * The audit log (https://docs.github.com/enterprise-cloud@latest/rest/orgs/orgs#get-the-audit-log-for-an-organization): the
 * writes that the sandbox was sent, and those that a seed gives. All of them are events of the web: there are none of git.
 */
export const auditLog: Resource = {
  routes: [
    {
      ...SCOPE,
      permission: 'organization_administration=read',
      template: '/orgs/{org}/audit-log',
      handle: (call) => answer(call, ofOrganization(organizationOf(call))),
    },
    { ...SCOPE, asker: 'classic token', template: '/enterprises/{enterprise}/audit-log', handle: listOfEnterprise },
  ],
  organization: partOf((organization) => eventsIn(organization).events),
  enterprise: partOf((enterprise) => eventsAbove(enterprise).events),
}

function ofOrganization(organization: Organization): PlacedEvent[] {
  const { enterprise } = organization
  return eventsIn(organization).events.map((event) => ({ event, organization, enterprise }))
}

/** Its own and those of its organizations. */
function listOfEnterprise(call: Call): Answer {
  const enterprise = enterpriseOf(call)
  const own = eventsAbove(enterprise).events.map((event) => ({ event, organization: undefined, enterprise }))
  return answer(call, [...own, ...organizationsOf(call.world, enterprise).flatMap(ofOrganization)])
}

/** From new to old unless asked otherwise; paged by the event that the page before ended with. */
function answer(call: Call, all: readonly PlacedEvent[]): Answer {
  const { include = 'web', order, after, per_page: perPage, phrase = '' } = call.query
  const matches = phraseOf(phrase)
  const found = include === 'git' ? [] : all.filter(({ event, organization }) => matches(event, organization?.login))
  const sorted = found.toSorted((one, other) => one.event.at - other.event.at)
  const ordered = order === 'asc' ? sorted : sorted.reverse()
  const size = Math.min(Number(perPage) || 30, LONGEST_PAGE)
  const skipped = size * Math.max(0, (Number(call.query.page) || 1) - 1)
  const start = after === undefined ? skipped : ordered.findIndex((each) => cursorOf(each) === after) + 1
  const page = ordered.slice(start, start + size)
  const last = page.at(-1)
  const hasMore = last !== undefined && start + size < ordered.length
  const { page: _page, ...kept } = call.query
  const query = new URLSearchParams({ ...kept, after: last ? cursorOf(last) : '' })
  const headers = hasMore ? { Link: `<${call.base}${call.path}?${query}>; rel="next"` } : {}
  return { status: 200, body: page.map((each) => present(call, each)), headers }
}

function cursorOf({ event, organization }: PlacedEvent): string {
  return Buffer.from(`${organization?.id ?? ''}|${event.id}`).toString('base64url')
}

/** `audit-log-event`. The name of a secret stands in its `data`. */
function present(call: Call, placed: PlacedEvent): object {
  const { event, organization, enterprise } = placed
  return {
    '@timestamp': event.at,
    _document_id: cursorOf(placed),
    action: event.action,
    actor: event.actor,
    actor_id: accountId(call.world, actorNamed(call.world, event.actor)),
    created_at: event.at,
    operation_type: operationOf(event.action),
    ...(organization ? { org: organization.login, org_id: organization.id } : {}),
    ...(enterprise ? { business: enterprise.slug, business_id: enterprise.id } : {}),
    ...(event.repository === undefined ? {} : { repo: event.repository }),
    ...namesIn(event),
  }
}

/** GitHub's lists of events have one field or another for the name of what was changed, or none. */
function namesIn({ action, key, environment }: AuditEvent): { readonly data?: object } {
  const field = /_(secret|variable)$/.test(action)
    ? 'key'
    : /\.runner_group_(created|updated)$/.test(action)
      ? 'runner_group_name'
      : undefined
  const data = {
    ...(field !== undefined && key !== undefined ? { [field]: key } : {}),
    ...(environment === undefined ? {} : { environment_name: environment }),
  }
  return Object.keys(data).length === 0 ? {} : { data }
}

function operationOf(action: string): 'create' | 'remove' | 'modify' {
  if (/\.(create|add|register|runner_group_created)/.test(action)) return 'create'
  return /\.(remove|delete|destroy|runner_group_removed)/.test(action) ? 'remove' : 'modify'
}

/** The events of a seed; those that requests made are not of the state. */
function partOf<Of>(eventsOf: (holder: Of) => AuditEvent[]): Part<Of> {
  return {
    keys: ['audit_log'],
    seed(holder, given: Entry) {
      for (const one of listed(given, 'audit_log', KEYS)) {
        const events = eventsOf(holder)
        events.push({
          id: `seed-${events.length}`,
          action: textAt(one, 'action') ?? 'org.update_actions_settings',
          actor: textAt(one, 'actor') ?? 'octocat',
          at: Date.parse(momentAt(one, 'created_at') ?? BEGINNING),
          repository: textAt(one, 'repository'),
          key: textAt(one, 'key'),
          environment: textAt(one, 'environment'),
          seeded: true,
        })
      }
    },
    dump(holder) {
      const seeded = eventsOf(holder).filter((event) => event.seeded)
      if (seeded.length === 0) return {}
      const shown = seeded.map(({ action, actor, at, repository, key, environment }) => ({
        ...{ action, actor, created_at: timestamp(new Date(at)) },
        ...(repository === undefined ? {} : { repository }),
        ...(key === undefined ? {} : { key }),
        ...(environment === undefined ? {} : { environment }),
      }))
      return { audit_log: shown }
    },
  }
}
