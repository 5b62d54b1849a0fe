import { repositoryParams } from '../core/repository-name.ts'
import { SetupError } from '../core/setup-error.ts'
import type { Client } from './client.ts'
import { GitHubError } from './errors.ts'

/** The repository, branch and path of a file. */
export interface FileAt {
  /** `owner/name`. */
  readonly repository: string
  readonly branch: string
  /** Below the repository's root, with forward slashes. */
  readonly path: string
}

/** A file's text and its version: git's id of the content, or why there is none. */
export interface LoadedText {
  readonly text: string | undefined
  readonly version: string
}

/** The branch is there, the file is not. */
export const NO_FILE = 'no file'
export const NO_BRANCH = 'no branch'

/**
 * Reads a file of any size up to GitHub's 100 MB through the contents API.
 * https://docs.github.com/rest/repos/contents#get-repository-content
 * @throws GitHubError where the read fails; SetupError where the path holds no text
 */
export async function readText(client: Client, at: FileAt): Promise<LoadedText> {
  const { branch, path } = at
  try {
    const { body } = await client.request('GET /repos/{owner}/{repo}/contents/{path}', {
      ...repositoryParams(at.repository),
      path,
      ref: branch,
    })
    return await textOf(client, at, body)
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    if (error.status === 404) return { text: undefined, version: await whyNone(client, at, error) }
    if (error.status === 403 && isTooLarge(error.body)) return fromFolder(client, at)
    throw error
  }
}

/** How messages call the file. */
export function shownFile({ repository, branch, path }: FileAt): string {
  return `${path} on branch ${branch} of ${repository}`
}

interface ContentFile {
  readonly type?: unknown
  readonly sha?: unknown
  readonly size?: unknown
  readonly encoding?: unknown
  readonly content?: unknown
}

async function textOf(client: Client, at: FileAt, body: unknown): Promise<LoadedText> {
  const { type, sha, size, encoding, content } = (Array.isArray(body) ? {} : body) as ContentFile
  if (type !== 'file' || typeof sha !== 'string') {
    throw new SetupError(`${shownFile(at)} is a folder, a link or a submodule: give the path of a file`)
  }
  // From 1 MB on, GitHub leaves the content out and names the encoding `none`.
  if (encoding === 'base64' && typeof content === 'string' && (content !== '' || size === 0)) {
    return { text: decoded(at, content), version: sha }
  }
  return fromBlob(client, at, sha)
}

/** https://docs.github.com/rest/git/blobs#get-a-blob */
async function fromBlob(client: Client, at: FileAt, sha: string): Promise<LoadedText> {
  const { body } = await client.request('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', {
    ...repositoryParams(at.repository),
    file_sha: sha,
  })
  const { content, encoding } = (body ?? {}) as ContentFile
  if (encoding !== 'base64' || typeof content !== 'string') {
    throw new SetupError(`${shownFile(at)} cannot be read: GitHub gives its content as ${JSON.stringify(encoding)}`)
  }
  return { text: decoded(at, content), version: sha }
}

/**
 * Reads the file's id from the list of its folder. Older releases of Enterprise Server refuse a file of more than 1 MB
 * without giving its id: "This API returns blobs up to 1 MB in size".
 */
async function fromFolder(client: Client, at: FileAt): Promise<LoadedText> {
  const slash = at.path.lastIndexOf('/')
  if (slash < 0) {
    throw new SetupError(
      `${shownFile(at)} is larger than 1 MB, which this server gives only of a file in a folder: move it into one`,
    )
  }
  const { body } = await client.request('GET /repos/{owner}/{repo}/contents/{path}', {
    ...repositoryParams(at.repository),
    path: at.path.slice(0, slash),
    ref: at.branch,
  })
  const entries: readonly { readonly path?: unknown; readonly sha?: unknown }[] = Array.isArray(body) ? body : []
  const sha = entries.find(({ path }) => path === at.path)?.sha
  // It was taken away between the two requests.
  if (typeof sha !== 'string') return { text: undefined, version: NO_FILE }
  return fromBlob(client, at, sha)
}

/**
 * 404 also means "not allowed": the file counts as absent only where something beside it can be read.
 * @throws the error itself where nothing proves that
 */
async function whyNone(client: Client, at: FileAt, error: GitHubError): Promise<string> {
  if (await hasBranch(client, at, at.branch)) return NO_FILE
  const { body } = await client.request('GET /repos/{owner}/{repo}', repositoryParams(at.repository))
  const { default_branch } = body as { readonly default_branch?: unknown }
  if (typeof default_branch === 'string' && (await hasBranch(client, at, default_branch))) return NO_BRANCH
  throw error
}

async function hasBranch(client: Client, at: FileAt, branch: string): Promise<boolean> {
  try {
    await client.request('GET /repos/{owner}/{repo}/git/ref/{ref}', {
      ...repositoryParams(at.repository),
      ref: `heads/${branch}`,
    })
    return true
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    if (error.status === 404) return false
    if (error.status === 409) {
      throw new SetupError(
        `${at.repository} is empty: make a first commit there, so that it can have a branch ${at.branch}`,
      )
    }
    throw error
  }
}

function isTooLarge(body: unknown): boolean {
  const { errors } = (body ?? {}) as { readonly errors?: unknown }
  return Array.isArray(errors) && errors.some((error) => (error as { code?: unknown } | null)?.code === 'too_large')
}

/** GitHub breaks base64 into lines. */
function decoded(at: FileAt, base64: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(base64, 'base64'))
  } catch {
    throw new SetupError(`${shownFile(at)} is not UTF-8 text`)
  }
}
