import type { Client } from '../github/client.ts'
import { type Marker, sameThread } from '../render/marker.ts'
import { writerOf } from './author.ts'
import { findIssues } from './issue.ts'

/**
 * The highest counter of the ledger in octoform's open issues about these things. A closed one does not count: closing
 * it accepts the ledger as it is.
 * @returns undefined where none has one, or where GitHub does not show the token's account, so that an issue may be
 * another author's
 * @throws GitHubError where issues cannot be read
 */
export async function seenCounter(
  client: Pick<Client, 'paginate' | 'graphql'>,
  repository: string,
  about: readonly Marker[],
): Promise<number | undefined> {
  const writer = await writerOf(client)
  if (!writer.known) return undefined
  const issues = await findIssues(client, repository, writer)
  let highest: number | undefined
  for (const { state, marker } of issues) {
    const isOne = state === 'open' && about.some((each) => sameThread(each, marker))
    if (isOne && marker.counter !== undefined) highest = Math.max(highest ?? 0, marker.counter)
  }
  return highest
}
