import type { Client } from '../github/client.ts'
import { GitHubError } from '../github/errors.ts'

/** A client, and whether GitHub may have processed any write that was sent through it. */
export interface WatchedWrites {
  readonly client: Client
  /** False where each write was refused by a 4xx, or pointed elsewhere, and where none was sent. */
  mayHaveWritten(): boolean
}

export function watchWrites(client: Client): WatchedWrites {
  const seen = { unsure: false }
  return {
    client: {
      ...client,
      async request(route, ...rest) {
        if (route.startsWith('GET ')) return client.request(route, ...rest)
        try {
          const answer = await client.request(route, ...rest)
          seen.unsure = true
          return answer
        } catch (error) {
          seen.unsure ||= !isRefusal(error)
          throw error
        }
      },
    },
    mayHaveWritten: () => seen.unsure,
  }
}

function isRefusal(error: unknown): boolean {
  // Other errors were found before the request was sent.
  if (!(error instanceof GitHubError)) return true
  const { kind, status = 0, limited } = error
  return kind === 'refused' || (limited && status === 0) || (status >= 300 && status < 500)
}
