import { addTree, FOLDER_MODE, type GitObjects, isFolder, type TreeEntry } from './objects.ts'

/** Whether git can keep a file under this path: no empty, `.`, `..` or `.git` segment. */
export function isGitPath(path: string): boolean {
  return path.split('/').every((segment) => segment !== '' && !/^(?:\.|\.\.|\.git)$/i.test(segment))
}

/** The file or folder at a path below a folder; undefined when there is none. */
export function entryAt(git: GitObjects, root: string, path: string): TreeEntry | undefined {
  const [name = '', ...rest] = path.split('/')
  const entry = git.trees.get(root)?.find((each) => each.name === name)
  if (rest.length === 0 || !entry) return entry
  return isFolder(entry) ? entryAt(git, entry.sha, rest.join('/')) : undefined
}

/**
 * The folder that has this file at the path and is otherwise the same; without a file, the one that lacks it. A file in
 * the place of a needed folder gives way. Returns the SHA of the new folder.
 */
export function treeWith(
  git: GitObjects,
  root: string,
  path: string,
  file: Omit<TreeEntry, 'name'> | undefined,
): string {
  const [name = '', ...rest] = path.split('/')
  const entries = git.trees.get(root) ?? []
  const others = entries.filter((each) => each.name !== name)
  if (rest.length === 0) return addTree(git, file ? [...others, { ...file, name }] : others)
  const folder = entries.find((each) => each.name === name && isFolder(each))
  const sha = treeWith(git, folder?.sha ?? addTree(git, []), rest.join('/'), file)
  const isEmpty = git.trees.get(sha)?.length === 0
  return addTree(git, isEmpty ? others : [...others, { name, mode: FOLDER_MODE, sha }])
}

/** Every file below a folder, by path. */
export function filesBelow(git: GitObjects, root: string, prefix = ''): Map<string, Buffer> {
  const files = new Map<string, Buffer>()
  for (const entry of git.trees.get(root) ?? []) {
    const path = `${prefix}${entry.name}`
    const content = git.blobs.get(entry.sha)
    if (content) files.set(path, content)
    if (isFolder(entry)) for (const [inner, file] of filesBelow(git, entry.sha, `${path}/`)) files.set(inner, file)
  }
  return files
}
