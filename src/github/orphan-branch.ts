import type { Client } from './client.ts'
import { type FileAt, repositoryParams } from './repository-text.ts'

/**
 * Begins a branch that holds one file and shares no history with any other.
 * https://docs.github.com/rest/git/refs#create-a-reference
 * @throws GitHubError 422 "Reference already exists" where somebody else began it meanwhile
 */
export async function createBranch(client: Client, at: FileAt, text: string, message: string): Promise<void> {
  const repository = repositoryParams(at)
  const tree = await client.request('POST /repos/{owner}/{repo}/git/trees', repository, {
    tree: [{ path: at.path, mode: '100644', type: 'blob', content: text }],
  })
  const commit = await client.request('POST /repos/{owner}/{repo}/git/commits', repository, {
    message,
    tree: shaOf(tree.body),
    parents: [],
  })
  await client.request('POST /repos/{owner}/{repo}/git/refs', repository, {
    ref: `refs/heads/${at.branch}`,
    sha: shaOf(commit.body),
  })
}

function shaOf(body: unknown): string {
  const { sha } = (body ?? {}) as { readonly sha?: unknown }
  if (typeof sha === 'string') return sha
  throw new Error('GitHub answered the making of a tree or commit without its sha: is there a proxy before the API?')
}
