import type { Route } from '../core/routes.ts'
import type { Client } from '../github/client.ts'
import { GitHubError } from '../github/errors.ts'
import type { HygieneFinding } from './hygiene.ts'
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

interface ListedSecret {
  readonly name: string
  readonly updated_at: string
}

interface ListedRunner {
  readonly name: string
  readonly status: string
}

/**
 * The findings that settings do not show: runners that are offline, and secrets that were not changed for long.
 * @param now milliseconds since 1970
 * @param olderThan days; secrets of any age where it is undefined
 */
export async function listFindings(
  client: Client,
  { address, params, routes }: HygienePlace,
  { now, olderThan }: { readonly now: number; readonly olderThan: number | undefined },
): Promise<{ readonly findings: readonly HygieneFinding[]; readonly notRead: readonly SurveyGap[] }> {
  const findings: HygieneFinding[] = []
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
  for (const { name, status } of await list<ListedRunner>('runners')) {
    if (status !== 'offline') continue
    const how = 'the status that GitHub shows now'
    findings.push({
      kind: 'offline runner',
      place: `${address}/runners/${name}`,
      detail: 'it is offline',
      how,
      sure: true,
    })
  }
  if (olderThan === undefined) return { findings, notRead }
  for (const { name, updated_at } of await list<ListedSecret>('secrets')) {
    const days = Math.floor((now - Date.parse(updated_at)) / DAY_MS)
    if (!(days >= olderThan)) continue
    findings.push({
      kind: 'old secret',
      place: `${address}/secrets/${name}`,
      detail: `not changed for ${days} days`,
      how: `updated_at ${updated_at}; a change of who may use it counts too`,
      sure: true,
    })
  }
  return { findings, notRead }
}
