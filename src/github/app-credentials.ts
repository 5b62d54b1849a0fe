import { appSigner } from './app-jwt.ts'
import type { AppKey } from './app-key.ts'
import type { Client } from './client.ts'
import { APP_VARIABLE, type Credential, type Credentials, isToken } from './credentials.ts'
import { GitHubError, malformed } from './errors.ts'
import { findInstallation, type Installation } from './installation.ts'
import { formatPermissions, lackingOf, type Permissions } from './permissions.ts'
import type { Needed } from './permissions-needed.ts'

export interface AppOptions {
  /**
   * Makes a client of the run, in the mode `token-exchange`: the App's requests are paced and scrubbed like all others.
   */
  readonly client: (credential: () => Promise<string>) => Client
  /** The command's needs for an owner; undefined requests all permissions that the App was granted. */
  readonly needs: (owner: string) => Pick<Needed, 'permissions' | 'optional'> | undefined
  /** Milliseconds that only ever grow; for tests. */
  readonly now?: () => number
}

export interface AppCredentials extends Credentials {
  /** The App's installation on an owner, with every permission that it was granted; requested once for each owner. */
  installation(owner: string): Promise<Installation>
}

/** With fewer left, a token is replaced: a request that was let wait must not arrive with one that has run out. */
const RENEWED_MS = 5 * 60_000

const EXCHANGE = 'POST /app/installations/{installation_id}/access_tokens'

/**
 * Credentials of a GitHub App: a token of its installation on each owner, with only the permissions that are needed.
 * https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-an-installation-access-token-for-a-github-app
 */
export function appCredentials(key: AppKey, options: AppOptions): AppCredentials {
  const signer = appSigner(key)
  const client = options.client(() => signer.sign())
  const now = options.now ?? (() => performance.now())
  const installations = new Map<string, Promise<Installation>>()
  const credentials = new Map<string, Promise<Credential>>()
  const installation = (owner: string): Promise<Installation> =>
    once(installations, owner, () => signer.withClock(() => findInstallation(client, owner)))
  const credential = async (owner: string): Promise<Credential> => {
    const found = await installation(owner)
    const needs = options.needs(owner)
    checkInstallation(found, owner, needs?.permissions ?? {})
    const body = needs === undefined ? {} : { permissions: askedFor(found.permissions, needs) }
    const mint = (): Promise<Minted> => signer.withClock(() => exchangeFor(client, found.id, body, now))
    return {
      from: APP_VARIABLE,
      repositories: found.repositories,
      permissions: found.permissions,
      account: `installation ${found.id}`,
      token: renewed(mint, now),
    }
  }
  return { installation, for: (owner) => once(credentials, owner, () => credential(owner)) }
}

function once<T>(known: Map<string, Promise<T>>, owner: string, ask: () => Promise<T>): Promise<T> {
  const name = owner.toLowerCase()
  const asked = known.get(name) ?? ask()
  known.set(name, asked)
  return asked
}

/** @throws GitHubError that names the missing permissions, which GitHub's own refusal does not */
function checkInstallation({ app, state, page, permissions }: Installation, owner: string, needed: Permissions): void {
  const forbidden = (message: string, hint: string): GitHubError =>
    new GitHubError(message, { kind: 'forbidden', route: EXCHANGE, hint })
  if (state === 'suspended') {
    throw forbidden(`The GitHub App ${app} is suspended on ${owner}.`, `An owner of ${owner} can unsuspend it: ${page}`)
  }
  const lacking = lackingOf(permissions, needed)
  if (Object.keys(lacking).length === 0) return
  throw forbidden(
    `The GitHub App ${app} lacks a permission on ${owner}: ${formatPermissions(lacking)}.`,
    `Add it in the App's settings, under Permissions; then have an owner of ${owner} approve it: ${page}`,
  )
}

function askedFor(granted: Permissions, needs: Pick<Needed, 'permissions' | 'optional'>): Permissions {
  const optional = Object.entries(needs.optional).filter(([name]) => Object.hasOwn(granted, name))
  const asked: Permissions = { ...Object.fromEntries(optional), ...needs.permissions }
  // None at all is not known to mean none.
  return Object.keys(asked).length === 0 ? { metadata: 'read' } : asked
}

interface Minted {
  readonly token: string
  /** By the run's clock. */
  readonly endsMs: number
}

async function exchangeFor(client: Client, id: number, body: object, now: () => number): Promise<Minted> {
  const started = now()
  const answer = await client.request(EXCHANGE, { installation_id: id }, body)
  const { token, expires_at } = (answer.body ?? {}) as { readonly token?: unknown; readonly expires_at?: unknown }
  const ends = Date.parse(typeof expires_at === 'string' ? expires_at : '')
  if (typeof token !== 'string' || !isToken(token) || Number.isNaN(ends)) {
    throw malformed(EXCHANGE, 'token and expires_at')
  }
  // Both by the server's clock: ours may be wrong.
  const issued = Date.parse(answer.date ?? '')
  return { token, endsMs: started + ends - (Number.isNaN(issued) ? Date.now() : issued) }
}

/**
 * Reuses the current token while it is valid for long enough, else mints another. Concurrent callers share one mint.
 */
function renewed(mint: () => Promise<Minted>, now: () => number): Credential['token'] {
  let current: Minted | undefined
  let minting: Promise<Minted> | undefined
  const renew = async (): Promise<string> => {
    minting ??= mint().finally(() => {
      minting = undefined
    })
    try {
      current = await minting
    } catch (error) {
      const passing = error instanceof GitHubError && error.kind === 'unavailable'
      if (!passing || current === undefined || current.endsMs <= now()) throw asRead(error)
    }
    return current.token
  }
  return () => (current !== undefined && current.endsMs - now() >= RENEWED_MS ? current.token : renew())
}

/** The exchange is a POST, but it changes nothing: a refusal of it is a refusal of access. */
function asRead(error: unknown): unknown {
  if (!(error instanceof GitHubError) || error.kind !== 'refused') return error
  const { message, route, status, requestId, date, body } = error
  return new GitHubError(message, { kind: 'forbidden', route, status, requestId, date, body })
}
