import { repositoryParams } from '../core/repository-name.ts'
import { blobSha } from './blob-sha.ts'
import type { Client } from './client.ts'
import { systemClock } from './clock.ts'
import { GitHubError } from './errors.ts'
import { createBranch } from './orphan-branch.ts'
import { type FileAt, type LoadedText, NO_BRANCH, NO_FILE, readText, shownFile } from './repository-text.ts'

/** One text on one branch of one repository, which several processes may write, none over the work of another. */
export interface RepositoryFile {
  /** How messages call it. */
  readonly name: string
  /**
   * Reads the file. `text` is undefined where the file, or the branch, is absent; `version` is for `save`.
   * @throws GitHubError where the read fails
   */
  load(): Promise<LoadedText>
  /**
   * Commits the text if the file still is the `expected` version. An absent branch is begun without parents, so that it
   * shares no history with the code.
   * @returns `ok: false` where another process wrote the file: load again
   * @throws GitHubError where GitHub refuses, or stays out of reach
   */
  save(
    text: string,
    expected: string,
  ): Promise<{ readonly ok: true; readonly version: string } | { readonly ok: false }>
}

export interface RepositoryFileOptions {
  readonly at: FileAt
  /** Reads; may be one that can do nothing else. */
  readonly reader: Client
  /** Called at the first save, and not before. */
  writer(): Client
  /** Of each commit. */
  readonly message: string
  /** Before each further attempt at one save; half a second to eight when left out. */
  readonly retryDelaysMs?: readonly number[]
  /** Waits so many milliseconds; by this machine's clock when left out. */
  readonly pause?: (ms: number) => Promise<void>
}

const RETRY_DELAYS_MS = [500, 1000, 2000, 4000, 8000]

/** Sends nothing yet. */
export function repositoryFile(options: RepositoryFileOptions): RepositoryFile {
  const { at, reader, message, retryDelaysMs = RETRY_DELAYS_MS, pause = pauseHere } = options
  const load = (): Promise<LoadedText> => readText(reader, at)

  async function save(
    text: string,
    expected: string,
  ): Promise<{ readonly ok: true; readonly version: string } | { readonly ok: false }> {
    const content = Buffer.from(text)
    const version = blobSha(content)
    for (let attempt = 0; ; attempt += 1) {
      try {
        if (expected === NO_BRANCH) await createBranch(options.writer(), at, text, message)
        else await put(options.writer(), at, content, expected, message)
        return { ok: true, version }
      } catch (error) {
        if (!isInDoubt(error)) throw error
        const now = await load()
        // The answer was lost, not the request.
        if (now.version === version) return { ok: true, version }
        if (now.version !== expected) return { ok: false }
        const delay = retryDelaysMs[attempt]
        if (delay === undefined || isFinal(error, expected)) throw error
        // The file is unchanged: another file of the branch was written meanwhile, or the request did not arrive.
        await pause(delay * (0.5 + Math.random()))
      }
    }
  }

  return { name: shownFile(at), load, save }
}

function pauseHere(ms: number): Promise<void> {
  return systemClock.sleep(ms, new AbortController().signal)
}

/** https://docs.github.com/rest/repos/contents#create-or-update-file-contents */
async function put(client: Client, at: FileAt, content: Buffer, expected: string, message: string): Promise<void> {
  await client.request(
    'PUT /repos/{owner}/{repo}/contents/{path}',
    { ...repositoryParams(at.repository), path: at.path },
    {
      message,
      content: content.toString('base64'),
      branch: at.branch,
      ...(expected === NO_FILE ? {} : { sha: expected }),
    },
  )
}

/**
 * Whether the file must be read again to learn the result of a save: no whole answer came, or GitHub found the branch
 * or the file other than expected (404 no such branch, 409 another `sha`, 422 `sha` missing or a branch that exists
 * already).
 */
function isInDoubt(error: unknown): error is GitHubError {
  if (!(error instanceof GitHubError)) return false
  const { status } = error
  return status === undefined || status < 300 || status >= 500 || [404, 409, 422].includes(status)
}

/** With the file as expected, these are about something else, such as a rule that protects the branch. */
function isFinal({ status }: GitHubError, expected: string): boolean {
  return status === 404 || (status === 422 && expected !== NO_BRANCH)
}
