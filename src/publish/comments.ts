import { append } from '../core/append.ts'
import type { Params } from '../core/family.ts'
import { isDocument } from '../core/json.ts'
import { repositoryParams } from '../core/repository-name.ts'
import type { Client } from '../github/client.ts'
import { endpoint } from '../github/endpoints.ts'
import { GitHubError } from '../github/errors.ts'
import { type Marker, sameThread } from '../render/marker.ts'
import { printable } from '../render/printable.ts'
import { type Author, authorOf, isSameAuthor, isWrittenBy, writerOf } from './author.ts'
import { isSameText, markerOf, sendText, type WrittenText } from './written-text.ts'

/** Hides a comment. REST has no such endpoint. https://docs.github.com/graphql/reference/mutations#minimizecomment */
export const MINIMIZE =
  'mutation($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) { minimizedComment { isMinimized } } }'

const LIST = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments'
const CREATE = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'
const UPDATE = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}'

/** The comment on one owner of a plan; `body` starts with the marker. */
export interface OwnerComment extends WrittenText {
  readonly marker: Marker
}

export interface CommentsRequest {
  /** `owner/name` */
  readonly repository: string
  readonly pullRequest: number
  readonly comments: readonly OwnerComment[]
  /**
   * All owners that the configuration names, also those that the run leaves out: comments about others are outdated. The
   * owners of `comments` when left out.
   */
  readonly owners?: readonly string[]
}

interface Found {
  readonly id: number
  readonly nodeId: string
  readonly marker: Marker
  readonly author: Author | undefined
  readonly item: object
}

/**
 * Writes one comment for each owner on a pull request: in place where one of ours is there, found by the marker in its
 * first line and by its author. Nothing is sent where the text is the same. Others of ours are taken out of use.
 * @returns warnings for people
 * @throws GitHubError where comments can be neither read nor written
 */
export async function publishComments(
  client: Pick<Client, 'request' | 'paginate' | 'graphql'>,
  request: CommentsRequest,
): Promise<string[]> {
  const where = { ...repositoryParams(request.repository), issue_number: request.pullRequest }
  const writer = await writerOf(client)
  const { envelope, perPage } = endpoint(LIST)
  const listed = await client.paginate<unknown>(LIST, where, envelope, perPage)
  const threads = listed.flatMap((item) => foundIn(item, request.comments)).sort((left, right) => left.id - right.id)
  const ours = writer.known ? threads.filter(({ author }) => isWrittenBy(author, writer.login)) : []
  const made: Author[] = []
  const used = new Set<Found>()
  for (const comment of request.comments) {
    const [first] = ours.filter(({ marker }) => sameThread(marker, comment.marker))
    if (first === undefined) append(made, await create(client, where, comment))
    else {
      used.add(first)
      await rewrite(client, request, first, comment)
    }
  }
  // Where nobody tells whose the token is, the author of what was just made does.
  const known = writer.known ? ours : threads.filter(({ author }) => made.some((own) => isSameAuthor(own, author)))
  const outdated = known.filter((found) => !used.has(found) && isOutdated(found, request))
  const warnings =
    writer.known || threads.length === 0 ? [] : [`Earlier comments could not be edited in place: ${writer.why}`]
  for (const found of outdated) append(warnings, await retire(client, request, found))
  return warnings
}

async function create(
  client: Pick<Client, 'request'>,
  where: Params,
  comment: OwnerComment,
): Promise<readonly Author[]> {
  const { body } = await sendText(comment, (text) => client.request(CREATE, where, { body: text }))
  const author = isDocument(body) ? authorOf(body) : undefined
  return author === undefined ? [] : [author]
}

async function rewrite(
  client: Pick<Client, 'request'>,
  { repository }: CommentsRequest,
  { id, item }: Found,
  comment: OwnerComment,
): Promise<void> {
  if (isSameText(item, comment.body)) return
  const where = { ...repositoryParams(repository), comment_id: id }
  await sendText(comment, (body) => client.request(UPDATE, where, { body }))
}

/** Another one of an owner that has its comment, or one of an owner that the configuration does not name any more. */
function isOutdated({ marker }: Found, { comments, owners }: CommentsRequest): boolean {
  if (comments.some((comment) => sameThread(comment.marker, marker))) return true
  return owners === undefined || !owners.some((owner) => owner.toLowerCase() === marker.owner.toLowerCase())
}

/**
 * Takes a comment of ours out of use. Without its marker it is never found again, not even hidden, where nobody would see
 * what is written to it. That it cannot be hidden is told, and does no harm.
 */
async function retire(
  client: Pick<Client, 'request' | 'graphql'>,
  { repository, pullRequest }: CommentsRequest,
  { id, nodeId, marker }: Found,
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

/** A comment about the same configuration on the same host, whoever wrote it. */
function foundIn(item: unknown, comments: readonly OwnerComment[]): readonly Found[] {
  if (!isDocument(item)) return []
  const found = markerOf(item)
  const { id, node_id: nodeId } = item
  if (found === undefined || typeof id !== 'number' || typeof nodeId !== 'string') return []
  const isAbout = comments.some(({ marker }) => sameThread({ ...marker, owner: found.owner }, found))
  return isAbout ? [{ id, nodeId, marker: found, author: authorOf(item), item }] : []
}
