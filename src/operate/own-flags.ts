import type { Route } from '../core/routes.ts'
import { SetupError } from '../core/setup-error.ts'
import { required } from '../github/endpoints.ts'
import { fitsPath } from '../github/guard.ts'
import { type FlagValues, nameOf, type Operation } from '../operations/operation.ts'
import type { Session } from './session.ts'

type Sent = Readonly<Record<string, string | number>>

/**
 * The flags of an operation as parameters of GitHub's.
 * @throws SetupError for one that the product does not know: it would be ignored without a word
 */
export function ownFlags(session: Session, operation: Operation, route: Route): Sent {
  const knows = route.startsWith('GET ') ? session.filters : session.accepts
  const given = givenFlags(session, operation, (field) => knows(route, field))
  return Object.fromEntries(given.map(([field, value]) => [field, typeof value === 'number' ? value : String(value)]))
}

/**
 * The same for a body, whose lists and truths are kept as they are.
 * @throws SetupError also for one that the product wants and that was left out
 */
export function ownBody(session: Session, operation: Operation, route: Route): object {
  const { flags, product } = session
  const wanted = required(product, route)
  const missing = (operation.flags ?? []).filter(
    ({ field }) => wanted.includes(field) && flags.own[field] === undefined,
  )
  if (missing.length > 0) {
    const names = missing.map(({ flag }) => flag).join(' and ')
    throw new SetupError(`${nameOf(operation)} takes ${names} on ${product}. Nothing was sent.`)
  }
  return Object.fromEntries(givenFlags(session, operation, (field) => session.accepts(route, field)))
}

/** The flags that were given and go to GitHub under their own names. */
function givenFlags(
  { flags, product, taken }: Session,
  operation: Operation,
  knows: (field: string) => boolean,
): readonly (readonly [field: string, value: NonNullable<FlagValues[string]>])[] {
  return (operation.flags ?? []).flatMap(({ flag, field, own, way, inPath }) => {
    const value = flags.own[field]
    if (value === undefined || own || way || inPath) return []
    if (!knows(field)) {
      throw new SetupError(`${taken.name}: ${product} does not know ${flag.split(' ')[0]} here. Nothing was sent.`)
    }
    return [[field, value] as const]
  })
}

/**
 * The parameters of the path that flags give.
 * @throws SetupError for one that was left out
 */
export function pathFlags({ flags }: Session, operation: Operation): Sent {
  const entries = (operation.flags ?? []).flatMap(({ flag, field, inPath }) => {
    if (!inPath) return []
    const value = flags.own[field]
    if (typeof value !== 'string' && typeof value !== 'number') {
      throw new SetupError(`${nameOf(operation)} takes ${flag}.`)
    }
    if (fitsPath(field, String(value))) return [[field, value] as const]
    throw new SetupError(`${nameOf(operation)}: ${JSON.stringify(value)} is no ${field}. Nothing was sent.`)
  })
  return Object.fromEntries(entries)
}
