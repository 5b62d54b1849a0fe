import { formatScope } from '../core/address.ts'
import type { Get } from '../core/family.ts'
import type { Redirected } from '../core/known-names.ts'
import type { NotRead } from '../core/plan.ts'
import { indexRepositories, type Repositories, type Repository, type RepositoryVisibility } from '../core/repository.ts'
import type { Route } from '../core/routes.ts'
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

/** An answer of the listing, which shows whose the repository is. */
interface Listed extends RepositoryAnswer {
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
 * @throws GitHubError where the listing could not be read whole
 */
export async function readRepositories(
  get: Get,
  owner: ListedOwner,
  needs: ListingNeeds,
  sees: 'all' | 'selected',
): Promise<Listing> {
  if (needs !== 'all') return readNamed(get, owner.name, needs.names)
  const answers = await get.list<Listed>(LIST, { org: owner.name })
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

/** The account that has a repository, where that is another one than the name was read for. */
function movedTo({ full_name, owner }: Listed, { name, id }: ListedOwner): string | undefined {
  if (id === null || owner.id === id) return undefined
  return `${full_name} belongs to the account with the id ${owner.id}, and ${name} had the id ${id}`
}

async function readNamed(get: Get, owner: string, names: readonly string[]): Promise<Listing> {
  const found = new Map<number, Repository>()
  const redirects = new Map<string, Redirected>()
  const notRead: NotRead[] = []
  await Promise.all(
    names.map(async (repo) => {
      const scope = formatScope({ type: 'repository', owner, repo })
      try {
        const answer = await get.one<RepositoryAnswer>('GET /repos/{owner}/{repo}', { owner, repo })
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

/**
 * Before GHES 3 `visibility` is a preview: without it, `private` is enough for a server without internal repositories.
 */
function repositoryOf(answer: RepositoryAnswer): Repository {
  return {
    id: answer.id,
    name: answer.name.toLowerCase(),
    visibility: answer.visibility ?? (answer.private ? 'private' : 'public'),
    fork: answer.fork ?? false,
    archived: answer.archived ?? false,
    topics: answer.topics ?? [],
  }
}
