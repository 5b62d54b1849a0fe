import { fieldsOf } from '../../http/body.ts'
import { type Answer, type Call, type Route, repositoryIn } from '../../http/call.ts'
import { enterpriseNamed } from '../../world/enterprises.ts'
import type { Enterprise, Organization } from '../../world/owners.ts'
import { slot } from '../../world/slot.ts'
import { actorOf } from '../accounts/actor.ts'
import { actionOf } from './actions.ts'

/** One act that the log shows. */
export interface AuditEvent {
  readonly id: string
  readonly action: string
  /** A login. */
  readonly actor: string
  /** Milliseconds since 1970. */
  readonly at: number
  /** The full name that the repository had. */
  readonly repository: string | undefined
  /** The name of the secret, variable or environment. */
  readonly key: string | undefined
  /** The environment that it stands in. */
  readonly environment: string | undefined
  /** Whether the seed gave it: only such events are of the state, which is no record of the requests. */
  readonly seeded: boolean
}

interface Log {
  readonly events: AuditEvent[]
}

/** The acts in an organization and its repositories, from old to new. */
export const eventsIn = slot<Organization, Log>(() => ({ events: [] }))
/** The acts in an enterprise itself. */
export const eventsAbove = slot<Enterprise, Log>(() => ({ events: [] }))

/** The route, whose writes come into the log of the organization or the enterprise. */
export function recorded(route: Route): Route {
  const named = actionOf(route)
  if (named === undefined) return route
  const handle = (call: Call): Answer => {
    // Looked up before: the write may rename or delete it.
    const repository = repositoryIn(call)
    const fullName = repository && `${repository.owner.login}/${repository.name}`
    const log = logOf(call)
    const answer = route.handle(call)
    const action = log && answer.status < 300 ? named(call, answer) : undefined
    if (log && action !== undefined) {
      const { environment_name: environment } = call.params
      add(log, call, { action, repository: fullName, key: keyOf(call), environment })
    }
    return answer
  }
  return { ...route, handle }
}

function add(log: Log, call: Call, given: Pick<AuditEvent, 'action' | 'repository' | 'key' | 'environment'>): void {
  const { token } = call
  const user = 'user' in token ? token.user : undefined
  const actor = user ?? actorOf(call).login
  const id = `${call.now.getTime()}-${log.events.length}`
  log.events.push({ ...given, id, actor, at: call.now.getTime(), seeded: false })
}

function logOf(call: Call): Log | undefined {
  const { enterprise, org } = call.params
  if (enterprise !== undefined) {
    const found = enterpriseNamed(call.world, enterprise)
    return found && eventsAbove(found)
  }
  const owner = org === undefined ? repositoryIn(call)?.owner : call.world.owners.get(org.toLowerCase())
  return owner?.type === 'Organization' ? eventsIn(owner) : undefined
}

function keyOf({ params, body }: Call): string | undefined {
  const known = params.secret_name ?? params.name ?? params.environment_name
  const { name } = body === undefined || body === null ? {} : fieldsOf(body)
  return known ?? (typeof name === 'string' ? name : undefined)
}
