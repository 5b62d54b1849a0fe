import { encodeName } from '../core/address.ts'
import type { Route } from '../core/routes.ts'
import type { Client } from '../github/client.ts'
import { GitHubError } from '../github/errors.ts'
import type { HygieneFinding } from './hygiene.ts'
import type { HygieneLists, ListedRunner, ListedSecret } from './reading.ts'
import type { SurveyGap } from './survey-files.ts'

/** A place with secrets and runners of its own: the owner, or one of its repositories. */
export interface HygienePlace {
  /** Such as `orgs/acme`. */
  readonly address: string
  readonly params: Readonly<Record<string, string>>
  readonly routes: { readonly secrets: Route; readonly runners: Route }
}

export const OWNER_LISTS = {
  secrets: 'GET /orgs/{org}/actions/secrets',
  runners: 'GET /orgs/{org}/actions/runners',
} as const satisfies HygienePlace['routes']

export const REPOSITORY_LISTS = {
  secrets: 'GET /repos/{owner}/{repo}/actions/secrets',
  runners: 'GET /repos/{owner}/{repo}/actions/runners',
} as const satisfies HygienePlace['routes']

const DAY_MS = 86_400_000

/** Reads the lists of one place. @param ages whether those of secrets are needed */
export async function readLists(
  client: Client,
  { address, params, routes }: HygienePlace,
  ages: 'with ages' | 'without ages',
): Promise<{ readonly lists: HygieneLists; readonly notRead: readonly SurveyGap[] }> {
  const notRead: SurveyGap[] = []
  const list = async <Item>(kind: keyof HygienePlace['routes']): Promise<readonly Item[]> => {
    try {
      return await client.paginate<Item>(routes[kind], params, kind, 100)
    } catch (error) {
      if (!(error instanceof GitHubError)) throw error
      notRead.push({ repository: address, file: kind, reason: error.message })
      return []
    }
  }
  const runners = (await list<Omit<ListedRunner, 'place'>>('runners')).map(
    ({ name, status }): ListedRunner => ({ place: address, name, status }),
  )
  if (ages === 'without ages') return { lists: { runners }, notRead }
  const secrets = (await list<Omit<ListedSecret, 'place'>>('secrets')).map(
    ({ name, updated_at }): ListedSecret => ({ place: address, name, updated_at }),
  )
  return { lists: { runners, secrets }, notRead }
}

/** The lists of a place of which nothing could be read. */
export function emptyLists(ages: 'with ages' | 'without ages'): HygieneLists {
  return ages === 'with ages' ? { runners: [], secrets: [] } : { runners: [] }
}

/** The lists of all places. */
export function joinLists(lists: readonly HygieneLists[]): HygieneLists {
  const secrets = lists.every((each) => each.secrets !== undefined)
    ? { secrets: lists.flatMap((each) => each.secrets ?? []) }
    : {}
  return { runners: lists.flatMap(({ runners }) => runners), ...secrets }
}

/**
 * The findings that settings do not show: runners that are offline, and secrets that were not changed for long.
 * @param now milliseconds since 1970
 * @param olderThan days; secrets of any age where it is undefined
 */
export function listFindings(
  { runners, secrets = [] }: HygieneLists,
  { now, olderThan }: { readonly now: number; readonly olderThan: number | undefined },
): readonly HygieneFinding[] {
  const offline = runners
    .filter(({ status }) => status === 'offline')
    .map(({ place, name }): HygieneFinding => {
      const how = 'the status that GitHub shows now'
      return {
        kind: 'offline runner',
        place: `${place}/runners/${encodeName(name)}`,
        detail: 'it is offline',
        how,
        sure: true,
      }
    })
  if (olderThan === undefined) return offline
  const old = secrets.flatMap(({ place, name, updated_at }): readonly HygieneFinding[] => {
    const days = Math.floor((now - Date.parse(updated_at)) / DAY_MS)
    if (!(days >= olderThan)) return []
    const how = `updated_at ${updated_at}; a change of who may use it counts too`
    const detail = `not changed for ${days} days`
    return [{ kind: 'old secret', place: `${place}/secrets/${encodeName(name)}`, detail, how, sure: true }]
  })
  return [...offline, ...old]
}
