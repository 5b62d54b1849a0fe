import { getPath, type Json } from '../core/json.ts'
import type { Client } from '../github/client.ts'
import { GitHubError } from '../github/errors.ts'

/** Asks whose token it is. REST has no such question for the token of an App. */
export const VIEWER = 'query { viewer { login } }'

/** An account as REST shows authors. */
export interface Author {
  readonly login: string
  /** Undefined where GitHub does not show it: then it matches no bot. */
  readonly type: string | undefined
}

/** The account behind a client; `unknown` with the reason where GitHub does not show it. */
export type Writer = { readonly known: true; readonly login: string } | { readonly known: false; readonly why: string }

/**
 * Whose comments and issues are ours.
 * https://docs.github.com/graphql/reference/queries#viewer
 * @throws GitHubError where GitHub could not be reached
 */
export async function writerOf(client: Pick<Client, 'graphql'>): Promise<Writer> {
  try {
    const { viewer } = await client.graphql<{ readonly viewer?: { readonly login?: unknown } }>(VIEWER, {})
    const login = viewer?.login
    if (typeof login === 'string' && login !== '') return { known: true, login }
    return { known: false, why: 'GraphQL does not say whose the token is' }
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    return { known: false, why: error.message }
  }
}

/** The author of something that REST shows; undefined for a deleted account. */
export function authorOf(item: object): Author | undefined {
  const login = getPath(item, 'user.login')
  return typeof login === 'string' ? { login, type: text(getPath(item, 'user.type')) } : undefined
}

/**
 * Whether the author is certainly the account behind the client. GraphQL may leave out the `[bot]` of an App, which
 * REST always shows, and GitHub does not register names that end so: with it, REST must say `Bot`; without it, any
 * other type.
 */
export function isWrittenBy(author: Author | undefined, login: string): boolean {
  if (author === undefined) return false
  const [own, written] = [login.toLowerCase(), author.login.toLowerCase()]
  if (author.type === 'Bot') return written.endsWith(BOT) && written === `${slugOf(own)}${BOT}`
  return !own.endsWith(BOT) && written === own
}

/** Whether two are certainly one account. */
export function isSameAuthor(left: Author | undefined, right: Author | undefined): boolean {
  return left !== undefined && left.login === right?.login && left.type === right.type
}

/** The name of an App without `[bot]`. */
function slugOf(login: string): string {
  const name = login.toLowerCase()
  return name.endsWith(BOT) ? name.slice(0, -BOT.length) : name
}

const BOT = '[bot]'

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}
