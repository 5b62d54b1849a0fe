import { type Answer, type Call, NO_CONTENT, ok, type Route } from '../../http/call.ts'
import { notFound } from '../../http/errors.ts'
import { listAnswer } from '../../http/page.ts'
import type { Holder } from '../../world/slot.ts'
import { keysOf } from './keys.ts'
import { accessOf, type Permission, presentPublicKey, type Secret, secretName } from './values.ts'

/** Where secrets of a kind are, and what of them is their holder's own way. */
interface SecretRoutes<Of extends Holder, One extends Secret> {
  /** The key of a seed. */
  readonly kind: string
  /** The path of the list. */
  readonly template: string
  /** The permission without its access, or that of reads and that of writes. */
  readonly permission: Permission
  /** The products that have the routes, and who may ask. */
  readonly on: Partial<Route>
  holderOf(call: Call): Of
  secretsOf(holder: Of): Map<string, One>
  present(call: Call, secret: One): object
  put(call: Call): Answer
}

/** The secret that a request names. @throws Refusal 404 */
export function secretIn<One extends Secret>(call: Call, secrets: ReadonlyMap<string, One>): One {
  const secret = secrets.get(secretName(call))
  if (!secret) throw notFound()
  return secret
}

/** The part of a route that is the same of all reads, and of all writes. */
export function accessesOf({ on, permission }: Pick<SecretRoutes<Holder, Secret>, 'on' | 'permission'>) {
  const granted = accessOf(permission)
  return { read: { ...on, permission: granted.read }, write: { ...on, permission: granted.write } }
}

/** The routes that secrets of every kind have at every level. */
export function secretRoutes<Of extends Holder, One extends Secret>(of: SecretRoutes<Of, One>): readonly Route[] {
  const { kind, template, holderOf, secretsOf, present, put } = of
  const { read, write } = accessesOf(of)
  const one = `${template}/{secret_name}`
  const all = (call: Call): Map<string, One> => secretsOf(holderOf(call))
  const list = (call: Call): Answer => {
    const secrets = [...all(call).values()].sort((a, b) => (a.name < b.name ? -1 : 1))
    return listAnswer(call, 'secrets', secrets, (secret) => present(call, secret))
  }
  const remove = (call: Call): Answer => {
    all(call).delete(secretIn(call, all(call)).name)
    return NO_CONTENT
  }
  const key = (call: Call): Answer => ok(presentPublicKey(keysOf(holderOf(call), kind)))
  return [
    { ...read, method: 'GET', template, handle: list },
    { ...read, method: 'GET', template: `${template}/public-key`, handle: key },
    { ...read, method: 'GET', template: one, handle: (call) => ok(present(call, secretIn(call, all(call)))) },
    { ...write, method: 'PUT', template: one, handle: put },
    { ...write, method: 'DELETE', template: one, handle: remove },
  ]
}
