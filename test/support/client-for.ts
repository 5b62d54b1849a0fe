import { type Client, type ClientOptions, createClient } from '../../src/github/client.ts'
import { GitHubError } from '../../src/github/errors.ts'
import { openPace } from '../../src/github/pace.ts'
import { transportInProcess } from './in-process.ts'

/** The token of every client made here: only the API may get to see it. */
export const TOKEN = 'ghp_plantedTokenOfTheTests0000000001'

/** A client for the API at a URL that waits for nothing. */
export function clientFor(baseUrl: string, options: Partial<ClientOptions> = {}): Client {
  const pace = openPace()
  pace.allow({ atOnce: 10, maxWaitMs: 0 })
  return createClient({
    pace,
    transport: transportInProcess,
    baseUrl,
    credential: async () => TOKEN,
    tokenFrom: 'OCTOFORM_TOKEN',
    mode: 'read-write',
    userAgent: 'octoform/0.0.0-test',
    retryDelaysMs: [1, 1],
    ...options,
  })
}

/** The GitHubError that the promise must be rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<GitHubError> {
  try {
    await promise
  } catch (error) {
    if (error instanceof GitHubError) return error
    throw error
  }
  throw new Error('It was expected to fail, and did not.')
}
