import { SetupError } from '../core/setup-error.ts'
import type { Permissions } from './permissions.ts'

/** The token that authenticates requests about one owner. */
export interface Credential {
  /** The source of the token, such as `OCTOFORM_TOKEN`; printed. */
  readonly from: string
  /**
   * `selected` where it is known not to see every repository of the owner, as an App installed on a selection: exact lists
   * and `prune` are held back there. Of a token nothing is known: `all`.
   */
  readonly repositories: 'all' | 'selected'
  /** The permissions, where they are known: of an App all that its installation was granted. */
  readonly permissions?: Permissions
  /** The account that GitHub's rate limits count by: a token by itself, an App's installation. Never printed. */
  readonly account: string
  /**
   * Gives a token that is good for minutes at least, at once where there is one. Asked before each request, because that of an App
   * runs out.
   */
  token(): string | Promise<string>
}

/** The credential of each owner: an App has another installation, and so another token, for each. */
export interface Credentials {
  /** @throws GitHubError where an App is not installed on the owner, or lacks a permission */
  for(owner: string): Promise<Credential>
}

export type Env = Readonly<Record<string, string | undefined>>

/** The variable with the id of a GitHub App: messages name its credential by it. */
export const APP_VARIABLE = 'OCTOFORM_APP_ID'

const VARIABLES = ['OCTOFORM_TOKEN', 'GITHUB_TOKEN', 'GH_TOKEN'] as const

/**
 * One token for every owner: `OCTOFORM_TOKEN`, else `GITHUB_TOKEN`, else `GH_TOKEN`. An empty variable counts as unset.
 * @throws SetupError without any (octoform never asks anonymously), or where it cannot be a token
 */
export function tokenCredentials(env: Env): Credentials {
  const credential = tokenIn(env, VARIABLES)
  if (credential !== undefined) return { for: async () => credential }
  throw new SetupError(
    'No token: set OCTOFORM_TOKEN (else GITHUB_TOKEN or GH_TOKEN is taken), or OCTOFORM_APP_ID and ' +
      'OCTOFORM_APP_PRIVATE_KEY of a GitHub App. With the gh command: OCTOFORM_TOKEN=$(gh auth token).',
    { failure: 'no_credentials', about: 'the credential' },
  )
}

/**
 * The token in the first of these variables that is set.
 * @throws SetupError where it cannot be a token: no other is taken in its place
 */
export function tokenIn(env: Env, variables: readonly string[]): Credential | undefined {
  const from = variables.find((name) => (env[name] ?? '') !== '')
  if (from === undefined) return undefined
  const token = env[from] ?? ''
  if (!isToken(token)) {
    const message = `${from} holds a blank, a line end or another character that no token has. Set it anew.`
    throw new SetupError(message, { about: 'the credential' })
  }
  return { from, repositories: 'all', account: token, token: () => token }
}

/** Whether it is valid in an Authorization header. */
export function isToken(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text)
}
