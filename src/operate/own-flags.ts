import type { Route } from '../core/routes.ts'
import { SetupError } from '../core/setup-error.ts'
import { nameOf, type Operation } from '../operations/operation.ts'
import type { Session } from './session.ts'

type Sent = Readonly<Record<string, string | number>>

/**
 * The flags of an operation as parameters of GitHub's.
 * @throws SetupError for one that the product does not know: it would be ignored without a word
 */
export function ownFlags(
  { flags, filters, accepts, product, taken }: Session,
  operation: Operation,
  route: Route,
): Sent {
  const isRead = route.startsWith('GET ')
  const sent: Record<string, string | number> = {}
  for (const { flag, field, own, way, inPath } of operation.flags ?? []) {
    const value = flags.own[field]
    if (value === undefined || own || way || inPath) continue
    if (!(isRead ? filters(route, field) : accepts(route, field))) {
      throw unknownFlag(taken.name, product, flag)
    }
    sent[field] = typeof value === 'number' ? value : String(value)
  }
  return sent
}

/** The same for a body, whose lists and truths are kept as they are. */
export function ownBody({ flags, accepts, product, taken }: Session, operation: Operation, route: Route): object {
  const sent: Record<string, unknown> = {}
  for (const { flag, field, own, way, inPath } of operation.flags ?? []) {
    const value = flags.own[field]
    if (value === undefined || own || way || inPath) continue
    if (!accepts(route, field)) throw unknownFlag(taken.name, product, flag)
    sent[field] = value
  }
  return sent
}

/**
 * The parameters of the path that flags give.
 * @throws SetupError for one that was left out
 */
export function pathFlags({ flags }: Session, operation: Operation): Sent {
  const entries = (operation.flags ?? []).flatMap(({ flag, field, inPath }) => {
    if (!inPath) return []
    const value = flags.own[field]
    if (typeof value === 'string' || typeof value === 'number') return [[field, value] as const]
    throw new SetupError(`${nameOf(operation)} takes ${flag}.`)
  })
  return Object.fromEntries(entries)
}

function unknownFlag(name: string, product: string, flag: string): SetupError {
  return new SetupError(`${name}: ${product} does not know ${flag.split(' ')[0]} here. Nothing was sent.`)
}
