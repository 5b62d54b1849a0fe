import { required } from '../../http/body.ts'
import { type Answer, bodyOf, type Call, NO_CONTENT, type Route } from '../../http/call.ts'
import { byName, type Part } from '../../world/part.ts'
import { named } from '../../world/seed-reader.ts'
import { type Holder, slot } from '../../world/slot.ts'
import { timestamp } from '../../world/store.ts'
import { keysOf } from './keys.ts'
import { secretRoutes } from './secret-routes.ts'
import {
  created,
  dumpSecret,
  openedValue,
  type Permission,
  presentSecret,
  refuseSecretName,
  refuseTooMany,
  SECRET_KEYS,
  type Secret,
  secretName,
  seedSecret,
} from './values.ts'

/** The path of the list, the permission without its access or that of reads and writes, and the products that have the routes. */
interface SecretsPath {
  readonly template: string
  readonly permission: Permission
  readonly on?: Partial<Route>
}

/** GitHub's description: at most so many in a repository, and in an environment. */
const ACTIONS = { kind: 'secrets', most: 100 } as const

/**
 * Secrets that their holder alone uses: those of a repository, and of an environment
 * (https://docs.github.com/rest/actions/secrets).
 * @param holderOf of a request
 * @param kind the key of a seed, and how many GitHub takes where it says so
 */
export function secretsAlone<Of extends Holder>(
  holderOf: (call: Call) => Of,
  places: readonly SecretsPath[],
  { kind, most = Number.POSITIVE_INFINITY }: { readonly kind: string; readonly most?: number } = ACTIONS,
): { readonly routes: readonly Route[]; readonly part: Part<Of> } {
  /** By name in upper case, as GitHub stores it. */
  const secretsOf = slot<Of, Map<string, Secret>>(() => new Map())
  /** Demands a value: the newer descriptions mark it required, and the older servers did so too. */
  const putSecret = (call: Call): Answer => {
    const holder = holderOf(call)
    const name = secretName(call)
    refuseSecretName(name)
    const value = required(openedValue(call, bodyOf(call), keysOf(holder, kind)), 'encrypted_value')
    const now = timestamp(call.now)
    const stored = secretsOf(holder).get(name)
    if (stored) {
      Object.assign(stored, { value, updatedAt: now })
      return NO_CONTENT
    }
    refuseTooMany(secretsOf(holder), most)
    secretsOf(holder).set(name, { name, value, createdAt: now, updatedAt: now })
    return created(call)
  }
  const routes = places.flatMap(({ template, permission, on = {} }) =>
    secretRoutes<Of, Secret>({
      ...{ kind, template, permission, on },
      holderOf,
      secretsOf,
      present: (_, secret) => presentSecret(secret),
      put: putSecret,
    }),
  )
  const part: Part<Of> = {
    keys: [kind],
    seed(holder, given) {
      for (const [name, one] of named(given, kind, SECRET_KEYS)) {
        const secret = seedSecret(name, one)
        secretsOf(holder).set(secret.name, secret)
      }
    },
    dump: (holder) => ({ [kind]: byName(secretsOf(holder).values(), dumpSecret) }),
  }
  return { routes, part }
}
