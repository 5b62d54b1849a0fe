import { pathOf } from '../core/address.ts'
import type { Get } from '../core/family.ts'
import type { NotRead } from '../core/plan.ts'
import { indexRepositories, type Repository } from '../core/repository.ts'
import type { Route } from '../core/routes.ts'
import { foldedName } from '../core/shown-names.ts'
import { GitHubError } from '../github/errors.ts'
import { ACCOUNT_ROUTES } from '../github/product.ts'
import type { Listing } from './repositories.ts'

/** An organization that the run reads by itself; undefined for any other. */
export type KnownOrganization = (name: string) => Promise<OrganizationAnswer | undefined>

interface OrganizationAnswer {
  readonly id: number
  readonly login: string
}

/** GitHub's cloud lists the organizations of all the world there. */
export const SERVER_ORGANIZATIONS: Route = 'GET /organizations'

/** All organizations of a server, which has one enterprise. @throws GitHubError where they could not be listed whole */
export async function listOrganizations(get: Get): Promise<Listing> {
  const answers = await get.list<OrganizationAnswer>(SERVER_ORGANIZATIONS, {})
  return listingOf(answers.map(organizationOf), [])
}

/**
 * The organizations that an enterprise's lists choose from, one by one: no listing tells which ones an enterprise has. They
 * stand where an organization's repositories stand otherwise, so that lists resolve, plan and write alike. One that GitHub
 * does not have is left out; its entry is then reported where it is written.
 */
export async function readOrganizations(
  get: Get,
  names: readonly string[],
  known: KnownOrganization = async () => undefined,
): Promise<Listing> {
  const found: Repository[] = []
  const notRead: NotRead[] = []
  await Promise.all(
    names.map(async (org) => {
      try {
        const answer = await known(org)
        found.push(organizationOf(answer ?? (await get.one<OrganizationAnswer>(ACCOUNT_ROUTES.organization, { org }))))
      } catch (error) {
        if (!(error instanceof GitHubError)) throw error
        if (error.status !== 404) notRead.push({ scope: pathOf('organization', [org]), reason: error.message })
      }
    }),
  )
  return listingOf(found, notRead)
}

function organizationOf({ id, login }: OrganizationAnswer): Repository {
  return { id, ...foldedName(login), visibility: 'private', fork: false, archived: false, topics: [] }
}

function listingOf(found: readonly Repository[], notRead: readonly NotRead[]): Listing {
  const sorted = found.toSorted((left, right) => (left.name < right.name ? -1 : 1))
  return { repositories: indexRepositories(sorted, 'complete'), notRead, redirects: new Map() }
}
