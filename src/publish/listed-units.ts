import type { Client } from '../github/client.ts'
import { type Marker, sameThread } from '../render/marker.ts'
import { writerOf } from './author.ts'
import { findIssues } from './issue.ts'

/**
 * Keys of the owners and repositories that octoform's open issues about these things tell of.
 * @returns none where GitHub does not show the token's account, so that an issue may be another author's
 * @throws GitHubError where issues cannot be read
 */
export async function listedUnits(
  client: Pick<Client, 'paginate' | 'graphql'>,
  repository: string,
  about: readonly Marker[],
): Promise<ReadonlySet<string>> {
  const writer = await writerOf(client)
  if (!writer.known) return new Set()
  const issues = await findIssues(client, repository, writer)
  const open = issues.filter(({ state, marker }) => state === 'open' && about.some((each) => sameThread(each, marker)))
  return new Set(open.flatMap(({ marker }) => marker.units?.split(' ') ?? []))
}
