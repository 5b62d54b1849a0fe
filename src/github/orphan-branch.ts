import { repositoryParams } from '../core/repository-name.ts'
import type { Route } from '../core/routes.ts'
import type { Params } from '../core/send.ts'
import type { Client } from './client.ts'
import { malformed } from './errors.ts'
import type { FileAt } from './repository-text.ts'

/**
 * Begins a branch that holds one file and shares no history with any other.
 * https://docs.github.com/rest/git/refs#create-a-reference
 * @throws GitHubError 422 "Reference already exists" where another process began it meanwhile
 */
export async function createBranch(client: Client, at: FileAt, text: string, message: string): Promise<void> {
  const repository = repositoryParams(at.repository)
  const tree = await createObject(client, 'POST /repos/{owner}/{repo}/git/trees', repository, {
    tree: [{ path: at.path, mode: '100644', type: 'blob', content: text }],
  })
  const sha = await createObject(client, 'POST /repos/{owner}/{repo}/git/commits', repository, {
    message,
    tree,
    parents: [],
  })
  await client.request('POST /repos/{owner}/{repo}/git/refs', repository, { ref: `refs/heads/${at.branch}`, sha })
}

/** Creates a tree or commit and returns its `sha`; it stays unreachable until a reference leads to it. */
async function createObject(client: Client, route: Route, repository: Params, content: object): Promise<string> {
  const { body } = await client.request(route, repository, content)
  const { sha } = (body ?? {}) as { readonly sha?: unknown }
  if (typeof sha === 'string') return sha
  throw malformed(route, 'sha')
}
