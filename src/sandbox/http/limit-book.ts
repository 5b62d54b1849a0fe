import type { World } from '../world/store.ts'
import type { Token } from '../world/token.ts'
import { identify } from './identify.ts'

/** Whom requests are counted for. */
export interface Account {
  readonly name: string
  /** As messages call it. */
  readonly shown: string
  /** Requests an hour. */
  readonly hourly: number
}

interface Spending {
  /** By the sandbox's clock, in milliseconds since 1970. */
  readonly at: number
  readonly cost: number
}

/** The use of one account. */
export interface LimitBook {
  readonly account: Account
  /** Of this hour. */
  used: number
  /** When the hour ends. */
  resets: number
  /** Of the last minute, in order. */
  points: Spending[]
  /** Of the last hour, in order. */
  created: Spending[]
  inFlight: number
  /**
   * The end of the account's wait, if that is still to come. `toldAt` is by this machine's clock; infinite until an
   * answer has stated the wait.
   */
  waits: { readonly kind: 'primary' | 'secondary'; readonly until: number; toldAt: number }
}

export function openBook(account: Account, now: number, used: number): LimitBook {
  const waits = { kind: 'primary', until: 0, toldAt: Number.POSITIVE_INFINITY } as const
  return { account, used, resets: now + 3_600_000, points: [], created: [], inFlight: 0, waits: { ...waits } }
}

/** Those that came later. */
export function remove(spendings: readonly Spending[], until: number): Spending[] {
  return spendings.filter(({ at }) => at > until)
}

export function spent(spendings: readonly Spending[]): number {
  return spendings.reduce((sum, { cost }) => sum + cost, 0)
}

/**
 * Each token of a person counts as another person's here; an App's tokens count together for each installation, and a
 * workflow's for its repository. https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export function accountOf(world: World, authorization: string | undefined, now: Date): Account {
  const token = tokenOf(world, authorization, now)
  switch (token.kind) {
    case 'anonymous':
      return { name: 'anonymous', shown: '127.0.0.1', hourly: 60 }
    case 'installation': {
      const { id } = token.installation
      return { name: `installation ${id}`, shown: `installation ID ${id}`, hourly: 5000 }
    }
    case 'workflow':
      return { name: `workflow ${token.repository ?? ''}`, shown: 'installation ID 1', hourly: 1000 }
    case 'app':
      return { name: `app ${token.app.id}`, shown: `app ID ${token.app.id}`, hourly: 5000 }
    default:
      return { name: `token ${authorization ?? ''}`, shown: `user ID ${world.viewer.id}`, hourly: 5000 }
  }
}

function tokenOf(world: World, authorization: string | undefined, now: Date): Token {
  try {
    return identify(world, authorization, now)
  } catch {
    return { kind: 'anonymous' }
  }
}
