import type { Get } from '../core/family.ts'
import type { Route } from '../core/routes.ts'
import type { Params } from '../core/send.ts'
import type { Support } from '../core/support.ts'
import type { Client } from '../github/client.ts'
import { accepts, elsewhere, has, isBefore, listingOf, type Product, returns } from '../github/endpoints.ts'
import { GitHubError } from '../github/errors.ts'
import type { Expected } from '../github/outgoing.ts'

/** The features of a product, from the one endpoint table. */
export function supportOf(product: Product): Support {
  const known = new Map<Route, boolean>()
  return {
    has(route) {
      // Asked several times of each section, and the same for all.
      const before = known.get(route)
      if (before !== undefined) return before
      const found = has(product, route)
      known.set(route, found)
      return found
    },
    accepts: (route, field, value) => accepts(product, route, field, value),
    returns: (route, field) => returns(product, route, field),
    name: product,
    elsewhere: (routes, field, value) => elsewhere(product, routes, field, value),
    isBefore: (release) => isBefore(product, release),
  }
}

/** Offline, with no product given: everything any product has. */
export const ANY_PRODUCT: Support = { has: () => true, accepts: () => true, returns: () => true }

/**
 * Reads of one owner. A request that any family sent before is not sent again.
 * @param idOf the id of the repository or owner that parameters name, where it is known: an answer about another is
 * none
 */
export function createGet(client: Client, idOf?: IdOf): Get {
  const answers: Answers = new Map()
  return getThrough(client, idOf, () => answers)
}

/**
 * The same for an owner with many repositories: each gets its own reader, with which the answers about it are let go. The
 * owner's answers are shared by all.
 */
export function createGets(client: Client, idOf?: IdOf): { readonly get: Get; readonly ofRepository: () => Get } {
  const answers: Answers = new Map()
  return {
    get: getThrough(client, idOf, () => answers),
    ofRepository: () => {
      const own: Answers = new Map()
      return getThrough(client, idOf, ({ repo, repository_id: id }) => ((repo ?? id) === undefined ? answers : own))
    },
  }
}

type IdOf = (params: Params) => number | undefined
type Answers = Map<string, Promise<unknown>>

/** The text of a question, the same in any order of its parameters. */
function questionOf(kind: string, route: Route, params: Params): string {
  let key = `${kind} ${route}`
  // A name has no line end, and a value none that JSON leaves as it is.
  for (const name of inOrder(Object.keys(params))) key += `\n${name} ${JSON.stringify(params[name])}`
  return key
}

/** Most are in order as they are. */
function inOrder(names: string[]): readonly string[] {
  for (let index = 1; index < names.length; index += 1) {
    if ((names[index - 1] ?? '') > (names[index] ?? '')) return names.sort()
  }
  return names
}

function getThrough(client: Client, idOf: IdOf = () => undefined, answersFor: (params: Params) => Answers): Get {
  const once = <T>(kind: string, route: Route, params: Params, ask: () => Promise<T>): Promise<T> => {
    const answers = answersFor(params)
    const key = questionOf(kind, route, params)
    const known = answers.get(key)
    if (known !== undefined) return known as Promise<T>
    const answer = ask()
    answers.set(key, answer)
    return answer
  }
  const expected = (route: Route, params: Params): Expected => {
    const id = idOf(params)
    // A caller that reads a repository by its name alone needs its present name.
    return route === 'GET /repos/{owner}/{repo}' ? { id, names: 'compared by the caller' } : { id }
  }
  const one = <T>(route: Route, params: Params) =>
    once(
      'one',
      route,
      params,
      async () => (await client.request(route, params, undefined, expected(route, params))).body as T,
    )
  const list = <T>(route: Route, params: Params) =>
    once('list', route, params, () => {
      const { envelope, perPage } = listingOf(route)
      return client.paginate<T>(route, params, envelope, perPage, expected(route, params))
    })
  return {
    one,
    oneIfAny: <T>(route: Route, params: Params) =>
      one<T>(route, params).catch((error: unknown) => {
        if (error instanceof GitHubError && error.status === 422) return undefined
        throw error
      }),
    list,
    listIfShown: <T>(route: Route, params: Params) =>
      list<T>(route, params).catch((error: unknown) => {
        if (error instanceof GitHubError && !error.limited && (error.status === 403 || error.status === 404))
          return undefined
        throw error
      }),
  }
}
