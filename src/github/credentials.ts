import { SetupError } from '../core/setup-error.ts'

/** What requests about one owner are authenticated with. */
export interface Credential {
  readonly token: string
  /** Where it came from, such as `OCTOFORM_TOKEN`; printed. */
  readonly from: string
  /**
   * `selected` where it is known not to see every repository of the owner, as an App installed on a selection: exact lists
   * and `prune` are held back there. Of a token nothing is known: `all`.
   */
  readonly repositories: 'all' | 'selected'
}

/** Asked for each owner by itself: an App has another installation, and so another token, for each. */
export interface Credentials {
  for(owner: string): Promise<Credential>
}

const VARIABLES = ['OCTOFORM_TOKEN', 'GITHUB_TOKEN', 'GH_TOKEN'] as const

/**
 * One token for every owner: `OCTOFORM_TOKEN`, else `GITHUB_TOKEN`, else `GH_TOKEN`. An empty variable counts as unset.
 * @throws SetupError without any (octoform never asks anonymously), or where it cannot be a token
 */
export function tokenCredentials(env: Readonly<Record<string, string | undefined>>): Credentials {
  for (const from of VARIABLES) {
    const token = env[from]
    if (token === undefined || token === '') continue
    if (!isToken(token)) {
      throw new SetupError(`${from} holds a blank, a line end or another character that no token has. Set it anew.`)
    }
    const credential: Credential = { token, from, repositories: 'all' }
    return { for: async () => credential }
  }
  throw new SetupError(
    'No token: set OCTOFORM_TOKEN (else GITHUB_TOKEN or GH_TOKEN is taken). ' +
      'With the gh command: OCTOFORM_TOKEN=$(gh auth token).',
  )
}

/** Whether it can stand in an Authorization header. */
export function isToken(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text)
}
