import { append } from '../core/append.ts'
import type { Client } from '../github/client.ts'
import type { Marker } from '../render/marker.ts'
import { type Author, isSameAuthor, isWrittenBy, writerOf } from './author.ts'
import { lookingAgain } from './look-again.ts'
import { create, type FoundThread, readThreads, rewrite, type ThreadPlace } from './threads.ts'
import type { WrittenText } from './written-text.ts'

export interface FailedComments extends ThreadPlace {
  /** The subject of the comments, without the owner. */
  readonly about: Omit<Marker, 'owner'>
  /** The owners whose run it was, in lower case; undefined where it was a run of all that the configuration names. */
  readonly owners: readonly string[] | undefined
  /** `owner` is empty where there was no comment on any owner. */
  text(owner: string): WrittenText
}

/**
 * Overwrites every octoform comment on a plan that the run would have made: they describe another commit. Where there
 * is none, one is made, which a later plan takes over.
 * @returns warnings for people
 * @throws GitHubError where comments can be neither read nor written
 */
export function publishFailedComments(
  client: Pick<Client, 'request' | 'paginate' | 'graphql'>,
  request: FailedComments,
): Promise<readonly string[]> {
  return lookingAgain(() => publishOnce(client, request))
}

async function publishOnce(
  client: Pick<Client, 'request' | 'paginate' | 'graphql'>,
  request: FailedComments,
): Promise<readonly string[]> {
  const { about, owners, text } = request
  const writer = await writerOf(client)
  const threads = (await readThreads(client, request, [{ ...about, owner: '' }])).filter(({ marker }) => {
    return owners === undefined || owners.includes(marker.owner.toLowerCase())
  })
  const ours = writer.known ? threads.filter(({ author }) => isWrittenBy(author, writer.login)) : []
  const made: Author[] = []
  const has = (owner: string): boolean => ours.some(({ marker }) => marker.owner.toLowerCase() === owner)
  const lacking = owners === undefined ? (ours.length === 0 ? [''] : []) : owners.filter((owner) => !has(owner))
  for (const owner of lacking) append(made, await create(client, request, text(owner)))
  // Where GitHub does not show the token's account, the author of the new comment identifies it.
  const known = writer.known
    ? ours
    : threads.filter(({ author }: FoundThread) => made.some((own) => isSameAuthor(own, author)))
  for (const found of known) await rewrite(client, request, found, text(found.marker.owner))
  return writer.known || threads.length === 0
    ? []
    : [`Earlier comments could not be identified for certain: ${writer.why}`]
}
