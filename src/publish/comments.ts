import { append } from '../core/append.ts'
import { repositoryParams } from '../core/repository-name.ts'
import type { Client } from '../github/client.ts'
import { GitHubError } from '../github/errors.ts'
import { type Marker, sameThread } from '../render/marker.ts'
import { printable } from '../render/printable.ts'
import { type Author, isSameAuthor, isWrittenBy, writerOf } from './author.ts'
import { lookingAgain } from './look-again.ts'
import { create, type FoundThread, readThreads, rewrite, type ThreadPlace, UPDATE } from './threads.ts'
import type { WrittenText } from './written-text.ts'

/** Hides a comment. REST has no such endpoint. https://docs.github.com/graphql/reference/mutations#minimizecomment */
export const MINIMIZE =
  'mutation($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) { minimizedComment { isMinimized } } }'

/** The comment on one owner of a plan; `body` starts with the marker. */
export interface OwnerComment extends WrittenText {
  readonly marker: Marker
  /** False where it is to be made only in the place of an earlier one. */
  readonly isWanted?: boolean
}

export interface CommentsRequest extends ThreadPlace {
  readonly comments: readonly OwnerComment[]
  /**
   * All owners that the configuration names, also those that the run leaves out: comments about others are outdated. The
   * owners of `comments` when left out.
   */
  readonly owners?: readonly string[]
}

/**
 * Writes one comment for each owner on a pull request: in place where one of ours is there, found by the marker in its
 * first line and by its author. Nothing is sent where the text is the same. Others of ours are taken out of use.
 * @returns warnings for people
 * @throws GitHubError where comments can be neither read nor written
 */
export function publishComments(
  client: Pick<Client, 'request' | 'paginate' | 'graphql'>,
  request: CommentsRequest,
): Promise<string[]> {
  return lookingAgain(() => publishOnce(client, request))
}

async function publishOnce(
  client: Pick<Client, 'request' | 'paginate' | 'graphql'>,
  request: CommentsRequest,
): Promise<string[]> {
  const writer = await writerOf(client)
  const threads = await readThreads(
    client,
    request,
    request.comments.map(({ marker }) => marker),
  )
  const ours = writer.known ? threads.filter(({ author }) => isWrittenBy(author, writer.login)) : []
  const made: Author[] = []
  const used = new Set<FoundThread>()
  for (const comment of request.comments) {
    const [own] = ours.filter(({ marker }) => sameThread(marker, comment.marker))
    const first = own ?? ours.find((found) => !used.has(found) && isAnybodys(found, request))
    if (first === undefined && comment.isWanted === false) continue
    if (first === undefined) append(made, await create(client, request, comment))
    else {
      used.add(first)
      await rewrite(client, request, first, comment)
    }
  }
  // Where GitHub does not show the token's account, the author of the new comment identifies it.
  const known = writer.known ? ours : threads.filter(({ author }) => made.some((own) => isSameAuthor(own, author)))
  const outdated = known.filter((found) => !used.has(found) && isOutdated(found, request))
  const warnings =
    writer.known || threads.length === 0 ? [] : [`Earlier comments could not be edited in place: ${writer.why}`]
  for (const found of outdated) append(warnings, await retire(client, request, found))
  return warnings
}

/**
 * A comment about a plan that failed before its owners were known. A run for all owners may take it over, a run for
 * some may not.
 */
function isAnybodys({ marker }: FoundThread, { comments, owners }: CommentsRequest): boolean {
  return marker.owner === '' && comments.length === (owners ?? comments).length
}

/** Another one of an owner that has its comment, or one of an owner that the configuration does not name any more. */
function isOutdated(found: FoundThread, request: CommentsRequest): boolean {
  const { marker } = found
  const { comments, owners } = request
  if (marker.owner === '') return isAnybodys(found, request)
  if (comments.some((comment) => sameThread(comment.marker, marker))) return true
  return owners === undefined || !owners.some((owner) => owner.toLowerCase() === marker.owner.toLowerCase())
}

/**
 * Takes an octoform comment out of use. Without its marker it is never found again, not even hidden, where a later text
 * would be overlooked. A failure to hide it is only a warning.
 */
async function retire(
  client: Pick<Client, 'request' | 'graphql'>,
  { repository, pullRequest }: CommentsRequest,
  { id, nodeId, marker }: FoundThread,
): Promise<readonly string[]> {
  const body = 'This plan is outdated: a later comment stands for it, or the configuration names its owner no more.\n'
  try {
    await client.request(UPDATE, { ...repositoryParams(repository), comment_id: id }, { body })
    await client.graphql(MINIMIZE, { id: nodeId })
    return []
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    const where = `the outdated comment of ${printable(marker.owner)} on ${repository}#${pullRequest}`
    return [`${where} could not be hidden: ${error.message}`]
  }
}
