import { type Body, fieldsOf, required, text } from '../../http/body.ts'
import { type Answer, bodyOf, type Call, type Route } from '../../http/call.ts'
import { invalidRequest, unprocessable } from '../../http/errors.ts'
import type { Repository } from '../../world/store.ts'
import { filledRepository, gitUrl } from './data.ts'
import { addBlob, addTree, FILE_MODE, type GitObjects, isFolder, type TreeEntry } from './objects.ts'
import { isGitPath, treeWith } from './paths.ts'
import { gitOf } from './state.ts'

/** The modes that a tree may hold here: files, programs, links, folders. */
const MODES = ['100644', '100755', '120000', '040000']

/** Trees (https://docs.github.com/rest/git/trees). */
export const GIT_TREE_ROUTES: readonly Route[] = [
  { method: 'POST', template: '/repos/{owner}/{repo}/git/trees', permission: 'contents=write', handle: createTree },
]

/** Files by path, each with its content or the SHA of a blob; a SHA that is null takes one out of `base_tree`. */
function createTree(call: Call): Answer {
  const repository = filledRepository(call)
  const git = gitOf(repository).objects
  const body = bodyOf(call)
  const items = required(body.tree, 'tree')
  if (!Array.isArray(items)) throw invalidRequest("For 'properties/tree', the value is not an array.")
  const base = text(body, 'base_tree')
  let tree = base === undefined ? addTree(git, []) : treeBehind(git, base)
  for (const item of items) tree = withItem(git, tree, fieldsOf(item))
  return { status: 201, body: presentTree(call, repository, tree) }
}

function withItem(git: GitObjects, tree: string, item: Body): string {
  const path = required(text(item, 'path'), 'tree.path')
  if (!isGitPath(path)) throw unprocessable('tree.path contains a malformed path component')
  if (item.sha === null) return treeWith(git, tree, path, undefined)
  const mode = text(item, 'mode') ?? FILE_MODE
  if (!MODES.includes(mode)) throw unprocessable('Must supply a valid tree.mode')
  const content = text(item, 'content')
  const sha = content === undefined ? text(item, 'sha') : addBlob(git, Buffer.from(content))
  if (sha === undefined) throw unprocessable('Must supply either tree.sha or tree.content')
  if (!git.blobs.has(sha) && !git.trees.has(sha)) throw unprocessable(`tree.sha ${sha} is not a valid blob`)
  return treeWith(git, tree, path, { mode, sha })
}

/** The tree with this SHA, or of the commit with this SHA. */
function treeBehind(git: GitObjects, sha: string): string {
  const tree = git.commits.get(sha)?.tree ?? sha
  if (!git.trees.has(tree)) throw unprocessable(`base_tree ${sha} is not a valid tree`)
  return tree
}

function presentTree(call: Call, repository: Repository, sha: string): object {
  const url = gitUrl(call, repository)
  const entries = gitOf(repository).objects.trees.get(sha) ?? []
  const present = (entry: TreeEntry): object => {
    const { name, mode } = entry
    const [type, folder] = isFolder(entry) ? ['tree', 'trees'] : ['blob', 'blobs']
    const size = isFolder(entry) ? {} : { size: gitOf(repository).objects.blobs.get(entry.sha)?.length ?? 0 }
    return { path: name, mode, type, sha: entry.sha, ...size, url: `${url}/${folder}/${entry.sha}` }
  }
  return { sha, url: `${url}/trees/${sha}`, tree: entries.map(present), truncated: false }
}
