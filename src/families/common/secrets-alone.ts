import { placed } from '../../core/place-params.ts'
import { pickRoute } from '../../core/routes.ts'
import type { Params } from '../../core/send.ts'
import { type ListedSecret, type SecretLevel, type SecretsAt, secretRoutes } from './secret.ts'

/** The same for all: there are as many as secrets. */
const VALUE = ['value']
const NOTHING = {}
const NO_LIST = { repositories: {} }

/** The secrets of a repository or an environment: a value, without a choice of who may use it. */
export function secretsAlone({ path, most }: SecretsAt): SecretLevel<'repository' | 'environment'> {
  const { list, key, get, put, remove } = secretRoutes(path)
  return {
    value: { route: put, as: 'encrypted_value', publicKey: key, single: get },
    entry: {
      presence: list,
      reads: [list],
      writes: [key, get, put, remove],
      ...(most === undefined ? {} : { most }),
      async read(scope, ask, known) {
        const { route, params } = placed(list, scope, known)
        const listed = await ask.list<ListedSecret>(route, params)
        return listed.map(({ name, updated_at }) => {
          return { key: name.toUpperCase(), spec: NOTHING, ref: NO_LIST, updated_at }
        })
      },
      write({ action, scope, key: name, known }) {
        const { route, params } = placed(action === 'delete' ? remove : put, scope, known)
        const named = (): Params => ({ ...params, secret_name: name })
        if (action === 'delete') return [{ route, params: named, fields: [] }]
        const publicKey = pickRoute(key, known.product)
        return [{ route, params: named, fields: VALUE, seals: { publicKey } }]
      },
    },
  }
}
