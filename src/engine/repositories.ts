import { formatScope } from '../core/address.ts'
import type { Get } from '../core/family.ts'
import type { Redirected } from '../core/known-names.ts'
import type { NotRead } from '../core/plan.ts'
import { indexRepositories, type Repositories, type Repository, type RepositoryVisibility } from '../core/repository.ts'
import type { Route } from '../core/routes.ts'
import { foldedName } from '../core/shown-names.ts'
import { GitHubError } from '../github/errors.ts'

/**
 * The repositories (or organizations) of an owner that a run must know: all of them, or only these names. `patterns`: of
 * organizations all that the server can list, and else these names.
 */
export type ListingNeeds = 'all' | { readonly names: readonly string[]; readonly patterns?: true }

export interface Listing {
  readonly repositories: Repositories
  readonly notRead: readonly NotRead[]
  /** By requested name: GitHub's redirect. */
  readonly redirects: ReadonlyMap<string, Redirected>
}

/** An answer that shows whose the repository is. */
export interface Listed extends RepositoryAnswer {
  readonly owner: { readonly id: number }
}

/** An account as it was read; an enterprise has no id. */
interface ListedOwner {
  readonly name: string
  readonly id: number | null
}

interface RepositoryAnswer {
  readonly id: number
  readonly name: string
  readonly full_name: string
  readonly private: boolean
  readonly visibility?: RepositoryVisibility
  readonly fork?: boolean
  readonly archived?: boolean
  readonly topics?: readonly string[]
}

/**
 * The repositories of one owner, by listing where that serves, else one by one. All that are listed are that account's: its
 * name may have gone to another one since its id was read.
 * @param sees whether the credential is known not to see all of them
 * @param instead whether named ones are looked for in the listing first, which may be on its way, and asked for only where that lacks
 * them
 * @throws GitHubError where the listing could not be read whole
 */
export async function readRepositories(
  get: Get,
  owner: ListedOwner,
  needs: ListingNeeds,
  sees: 'all' | 'selected',
  instead: Instead = 'names alone',
): Promise<Listing> {
  if (needs !== 'all') return readNamed(get, owner, needs.names, instead)
  return listingOf(await listRepositories(get, owner.name), owner, sees)
}

/** All repositories of an organization, as GitHub lists them. @throws GitHubError where the listing could not be read whole */
export function listRepositories(get: Pick<Get, 'list'>, org: string): Promise<readonly Listed[]> {
  return get.list<Listed>(LIST, { org })
}

/** The listing of an account that these answers give. @throws GitHubError where one of them is another account's */
export function listingOf(answers: readonly Listed[], owner: ListedOwner, sees: 'all' | 'selected'): Listing {
  for (const answer of answers) {
    const moved = movedTo(answer, owner)
    if (moved === undefined) continue
    const message = `GET /orgs/${owner.name}/repos: moved since it was read: ${moved}.`
    throw new GitHubError(message, { kind: 'forbidden', route: LIST, hint: 'Plan again.' })
  }
  const complete = sees === 'all' ? 'complete' : 'partial'
  return { repositories: indexRepositories(answers.map(repositoryOf), complete), notRead: [], redirects: new Map() }
}

const LIST: Route = 'GET /orgs/{org}/repos'
const ONE: Route = 'GET /repos/{owner}/{repo}'

/** The account that has a repository, where that is another one than the name was read for. */
function movedTo({ full_name, owner }: Listed, { name, id }: ListedOwner): string | undefined {
  if (id === null || owner.id === id) return undefined
  return `${full_name} belongs to the account with the id ${owner.id}, and ${name} had the id ${id}`
}

type Instead = 'listing of names' | 'names alone' | Promise<readonly Listed[]>

async function readNamed(
  get: Get,
  { name: owner, id }: ListedOwner,
  names: readonly string[],
  instead: Instead,
): Promise<Listing> {
  const listing = instead === 'listing of names' ? listRepositories(get, owner) : instead
  const listed = listing === 'names alone' ? new Map<string, Listed>() : await byListing(listing, { name: owner, id })
  const found = new Map<number, Repository>()
  const redirects = new Map<string, Redirected>()
  const notRead: NotRead[] = []
  await Promise.all(
    names.map(async (repo) => {
      const scope = formatScope({ type: 'repository', owner, repo })
      try {
        const answer = listed.get(repo) ?? (await get.one<RepositoryAnswer>(ONE, { owner, repo }))
        const full = answer.full_name.toLowerCase()
        if (full !== `${owner}/${repo}`) redirects.set(repo, { id: answer.id, fullName: full })
        if (full.startsWith(`${owner}/`)) found.set(answer.id, repositoryOf(answer))
      } catch (error) {
        if (!(error instanceof GitHubError)) throw error
        notRead.push({ scope, reason: error.message })
      }
    }),
  )
  return { repositories: indexRepositories([...found.values()], 'complete'), notRead, redirects }
}

/** Those of the listing that are the owner's, by name; none where it cannot be read, because each can be asked for. */
async function byListing(
  listing: Promise<readonly Listed[]>,
  owner: ListedOwner,
): Promise<ReadonlyMap<string, Listed>> {
  try {
    const answers = await listing
    const its = answers.filter((each) => movedTo(each, owner) === undefined && isCalled(each, owner, each.name))
    return new Map(its.map((each) => [each.name.toLowerCase(), each]))
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    return new Map()
  }
}

/**
 * These repositories of an organization, asked for one by one; undefined where any of the names does not lead to a
 * repository of that name: only the whole listing tells what became of it.
 */
export async function readByName(
  get: Get,
  owner: ListedOwner,
  names: Iterable<string>,
  sees: 'all' | 'selected',
): Promise<Repositories | undefined> {
  const found = await Promise.all(
    [...names].map(async (repo) => {
      try {
        const answer = await get.one<RepositoryAnswer & Partial<Listed>>(ONE, { owner: owner.name, repo })
        const isIts = answer.owner !== undefined && movedTo({ ...answer, owner: answer.owner }, owner) === undefined
        return isIts && isCalled(answer, owner, repo) ? [repositoryOf(answer)] : []
      } catch (error) {
        if (!(error instanceof GitHubError)) throw error
        return []
      }
    }),
  )
  if (found.some((each) => each.length === 0)) return undefined
  return indexRepositories(found.flat(), sees === 'all' ? 'complete' : 'partial')
}

function isCalled({ full_name }: RepositoryAnswer, owner: ListedOwner, repo: string): boolean {
  return full_name.toLowerCase() === `${owner.name}/${repo.toLowerCase()}`
}

/**
 * Before GHES 3 `visibility` is a preview: without it, `private` is enough for a server without internal repositories.
 */
function repositoryOf(answer: RepositoryAnswer): Repository {
  return {
    id: answer.id,
    ...foldedName(answer.name),
    visibility: answer.visibility ?? (answer.private ? 'private' : 'public'),
    fork: answer.fork ?? false,
    archived: answer.archived ?? false,
    topics: answer.topics ?? [],
  }
}
