import type { Call } from '../../http/call.ts'
import type { Repository } from '../../world/store.ts'
import { webOrigin } from '../accounts/present-owner.ts'
import { type GitObjects, isFolder, type TreeEntry } from './objects.ts'
import { gitOf } from './state.ts'

/** Up to here a file's content comes with it, in bytes (https://docs.github.com/rest/repos/contents#get-repository-content). */
const LARGEST_INLINE = 1024 * 1024

/** The place of a file or folder. */
interface Place {
  readonly repository: Repository
  /** The requested branch or commit. */
  readonly ref: string
  readonly path: string
}

/** A file or folder without its content: an item of `content-directory`, and the `content` of `file-commit`. */
export function contentEntry(call: Call, { repository, ref, path }: Place, entry: TreeEntry): object {
  const folder = isFolder(entry)
  const fullName = `${repository.owner.login}/${repository.name}`
  const api = `${call.base}/repos/${fullName}`
  const web = `${webOrigin(call)}/${fullName}`
  const escaped = path.split('/').map(encodeURIComponent).join('/')
  const at = encodeURIComponent(ref)
  const url = `${api}/contents/${escaped}?ref=${at}`
  const gitUrl = `${api}/git/${folder ? 'trees' : 'blobs'}/${entry.sha}`
  const htmlUrl = `${web}/${folder ? 'tree' : 'blob'}/${at}/${escaped}`
  return {
    name: entry.name,
    path,
    sha: entry.sha,
    size: gitOf(repository).objects.blobs.get(entry.sha)?.length ?? 0,
    url,
    html_url: htmlUrl,
    git_url: gitUrl,
    download_url: folder ? null : `${web}/raw/${at}/${escaped}`,
    type: folder ? 'dir' : 'file',
    _links: { self: url, git: gitUrl, html: htmlUrl },
  }
}

/** A file with its content, unless it is too large for that (`content-file`). */
export function contentFile(call: Call, place: Place, entry: TreeEntry): object {
  const content = contentOf(gitOf(place.repository).objects, entry)
  const isInline = content.length <= LARGEST_INLINE
  return {
    ...contentEntry(call, place, entry),
    content: isInline ? inBase64(content) : '',
    encoding: isInline ? 'base64' : 'none',
  }
}

/** The list of a folder's entries (`content-directory`). */
export function contentFolder(call: Call, place: Place, entry: TreeEntry): object[] {
  const entries = gitOf(place.repository).objects.trees.get(entry.sha) ?? []
  return entries.map((each) => contentEntry(call, { ...place, path: `${place.path}/${each.name}` }, each))
}

/** Base64 as GitHub breaks it: a line end after every 60 characters, and at the end. */
export function inBase64(content: Buffer): string {
  return content.toString('base64').replace(/.{1,60}/g, '$&\n')
}

/** The content of a file. */
function contentOf(git: GitObjects, entry: TreeEntry): Buffer {
  return git.blobs.get(entry.sha) ?? Buffer.alloc(0)
}
