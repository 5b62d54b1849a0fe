import { createHash } from 'node:crypto'

/** The objects of one repository, by the SHA that git gives them (https://git-scm.com/book/en/v2/Git-Internals-Git-Objects). */
export interface GitObjects {
  readonly blobs: Map<string, Buffer>
  readonly trees: Map<string, readonly TreeEntry[]>
  /** A branch may point to a commit that is not here: one of which only the SHA is known, whose tree is empty. */
  readonly commits: Map<string, Commit>
}

export interface TreeEntry {
  readonly name: string
  /** `100644` for a file, `040000` for a folder. */
  readonly mode: string
  readonly sha: string
}

export interface Commit {
  readonly tree: string
  readonly parents: readonly string[]
  readonly message: string
  readonly author: Signature
  readonly committer: Signature
}

export interface Signature {
  readonly name: string
  readonly email: string
  /** A moment as GitHub writes it. */
  readonly date: string
}

export const FILE_MODE = '100644'
export const FOLDER_MODE = '040000'

/** No objects but the empty tree, which every repository has. */
export function newGitObjects(): GitObjects {
  const git: GitObjects = { blobs: new Map(), trees: new Map(), commits: new Map() }
  addTree(git, [])
  return git
}

/** Keeps a file's content. Returns its SHA. */
export function addBlob(git: GitObjects, content: Buffer): string {
  const sha = objectId('blob', content)
  git.blobs.set(sha, content)
  return sha
}

/** Keeps a folder. Returns its SHA. */
export function addTree(git: GitObjects, entries: readonly TreeEntry[]): string {
  const sorted = [...entries].sort((a, b) => Buffer.compare(sortKey(a), sortKey(b)))
  const lines = sorted.map(({ mode, name, sha }) =>
    Buffer.concat([Buffer.from(`${mode.replace(/^0/, '')} ${name}\0`), Buffer.from(sha, 'hex')]),
  )
  const id = objectId('tree', Buffer.concat(lines))
  git.trees.set(id, sorted)
  return id
}

/** Keeps a commit, under the SHA that git gives it. Returns that SHA. */
export function addCommit(git: GitObjects, commit: Commit): string {
  const text = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${signed(commit.author)}`,
    `committer ${signed(commit.committer)}`,
    '',
    commit.message,
  ].join('\n')
  const sha = objectId('commit', Buffer.from(text))
  git.commits.set(sha, commit)
  return sha
}

/** The root folder of a commit: the empty one where only the commit's SHA is known. */
export function rootOf(git: GitObjects, commit: string | undefined): string {
  const known = commit === undefined ? undefined : git.commits.get(commit)
  return known?.tree ?? addTree(git, [])
}

export function isFolder(entry: TreeEntry): boolean {
  return entry.mode === FOLDER_MODE
}

/** Git compares a folder as if its name ended in a slash. */
function sortKey(entry: TreeEntry): Buffer {
  return Buffer.from(isFolder(entry) ? `${entry.name}/` : entry.name)
}

function signed({ name, email, date }: Signature): string {
  return `${name} <${email}> ${Math.floor(Date.parse(date) / 1000)} +0000`
}

function objectId(type: string, content: Buffer): string {
  return createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex')
}
