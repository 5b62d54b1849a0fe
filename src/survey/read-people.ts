import type { Route } from '../core/routes.ts'
import type { Client } from '../github/client.ts'

const LIST: Route = 'GET /repos/{owner}/{repo}/collaborators'

/** The routes that tell who may push. */
export const PEOPLE_ROUTES: readonly Route[] = [LIST]

/** A person who may push to a repository. */
export interface AccessPerson {
  readonly repository: string
  readonly login: string
  readonly role: string
}

interface Collaborator {
  readonly login: string
  readonly permissions?: { readonly push?: boolean; readonly maintain?: boolean; readonly admin?: boolean }
}

/**
 * The people who may push to a repository, by any way: of these each can change what its workflows do.
 * https://docs.github.com/rest/collaborators/collaborators#list-repository-collaborators
 * @throws GitHubError where GitHub does not show them: it does to those who may push themselves
 */
export async function readPeople(
  client: Client,
  { owner, repo, shown }: { readonly owner: string; readonly repo: string; readonly shown: string },
): Promise<readonly AccessPerson[]> {
  const all = await client.paginate<Collaborator>(LIST, { owner, repo }, null, 100)
  return all
    .filter(({ permissions }) => permissions?.push !== false)
    .map(({ login, permissions }) => ({
      repository: shown,
      login,
      role: permissions?.admin
        ? 'admin'
        : permissions?.maintain
          ? 'maintain'
          : permissions?.push
            ? 'write'
            : 'not shown',
    }))
}
