import type { Route } from '../core/routes.ts'
import type { Client } from '../github/client.ts'
import { GitHubError } from '../github/errors.ts'
import { decodedText, type FileSource, type FileText, NO_FOLDER, TOO_LARGE } from './file-source.ts'

const CONTENTS: Route = 'GET /repos/{owner}/{repo}/contents/{path}'

/** The routes of a source, for the permissions of an App. */
export const CONTENTS_ROUTES: readonly Route[] = [CONTENTS]

/** https://docs.github.com/rest/repos/contents#get-repository-content */
interface ContentAnswer {
  readonly type?: string
  readonly path?: string
  readonly size?: number
  readonly encoding?: string
  readonly content?: string
}

/**
 * The files of a repository, through the contents API.
 * @param ref a branch, tag or commit; the default branch where left out
 */
export function contentsSource(
  client: Client,
  { owner, repo, ref }: { readonly owner: string; readonly repo: string; readonly ref?: string | undefined },
): FileSource {
  const ask = async (path: string): Promise<ContentAnswer | readonly ContentAnswer[] | undefined> => {
    try {
      const at = { owner, repo, path, ...(ref === undefined ? {} : { ref }) }
      return (await client.request(CONTENTS, at)).body as ContentAnswer | readonly ContentAnswer[]
    } catch (error) {
      // Also that of a repository without any commit.
      if (error instanceof GitHubError && error.status === 404) return undefined
      throw error
    }
  }
  return {
    async list(folder) {
      const answer = await ask(folder)
      if (answer === undefined) return []
      if (!Array.isArray(answer)) return { reason: NO_FOLDER }
      return (answer as readonly ContentAnswer[])
        .flatMap(({ type, path }) => ((type === 'file' || type === 'symlink') && path !== undefined ? [path] : []))
        .sort()
    },
    async read(path) {
      try {
        return textIn(await ask(path))
      } catch (error) {
        if (!(error instanceof GitHubError) || error.status !== 403 || !isTooLarge(error.body)) throw error
        return { reason: TOO_LARGE }
      }
    },
  }
}

function textIn(answer: ContentAnswer | readonly ContentAnswer[] | undefined): FileText {
  if (answer === undefined) return { absent: true }
  const { type, encoding, content, size = 0 } = (Array.isArray(answer) ? {} : answer) as ContentAnswer
  if (type !== 'file') return { reason: 'it is a folder, a link or a submodule' }
  // From 1 MB on, GitHub leaves the content out and names the encoding `none`.
  if (encoding !== 'base64' || content === undefined || (content === '' && size > 0)) return { reason: TOO_LARGE }
  return decodedText(Buffer.from(content, 'base64'))
}

/** Older releases of Enterprise Server refuse a file of more than 1 MB: "This API returns blobs up to 1 MB in size". */
function isTooLarge(body: unknown): boolean {
  const { errors } = (body ?? {}) as { readonly errors?: unknown }
  return Array.isArray(errors) && errors.some((error) => (error as { code?: unknown } | null)?.code === 'too_large')
}
