import { isDocument } from '../core/json.ts'
import { repositoryParams } from '../core/repository-name.ts'
import type { Client } from '../github/client.ts'
import { endpoint } from '../github/endpoints.ts'
import { type Marker, sameThread } from '../render/marker.ts'
import { type Author, authorOf } from './author.ts'
import { isSameText, markerOf, sendText, type WrittenText } from './written-text.ts'

const LIST = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments'
const CREATE = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'
export const UPDATE = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}'

/** A pull request. */
export interface ThreadPlace {
  /** `owner/name` */
  readonly repository: string
  readonly pullRequest: number
}

/** A comment that begins with a marker, of any author. */
export interface FoundThread {
  readonly id: number
  readonly nodeId: string
  readonly marker: Marker
  readonly author: Author | undefined
  readonly item: object
}

/**
 * The comments about the same configurations on the same hosts as these markers, of all owners; the oldest first.
 * @throws GitHubError
 */
export async function readThreads(
  client: Pick<Client, 'paginate'>,
  place: ThreadPlace,
  markers: readonly Marker[],
): Promise<readonly FoundThread[]> {
  const { envelope, perPage } = endpoint(LIST)
  const listed = await client.paginate<unknown>(LIST, paramsOf(place), envelope, perPage)
  return listed.flatMap((item) => foundIn(item, markers)).sort((left, right) => left.id - right.id)
}

/** @returns its author, where GitHub shows it */
export async function create(
  client: Pick<Client, 'request'>,
  place: ThreadPlace,
  text: WrittenText,
): Promise<readonly Author[]> {
  const { body } = await sendText(text, (shown) => client.request(CREATE, paramsOf(place), { body: shown }))
  const author = isDocument(body) ? authorOf(body) : undefined
  return author === undefined ? [] : [author]
}

/** Sends nothing where GitHub has the text already. */
export async function rewrite(
  client: Pick<Client, 'request'>,
  { repository }: Pick<ThreadPlace, 'repository'>,
  { id, item }: FoundThread,
  text: WrittenText,
): Promise<void> {
  if (isSameText(item, text.body)) return
  const where = { ...repositoryParams(repository), comment_id: id }
  await sendText(text, (body) => client.request(UPDATE, where, { body }))
}

function paramsOf({ repository, pullRequest }: ThreadPlace) {
  return { ...repositoryParams(repository), issue_number: pullRequest }
}

function foundIn(item: unknown, markers: readonly Marker[]): readonly FoundThread[] {
  if (!isDocument(item)) return []
  const found = markerOf(item)
  const { id, node_id: nodeId } = item
  if (found === undefined || typeof id !== 'number' || typeof nodeId !== 'string') return []
  const isAbout = markers.some((marker) => sameThread({ ...marker, owner: found.owner }, found))
  return isAbout ? [{ id, nodeId, marker: found, author: authorOf(item), item }] : []
}
