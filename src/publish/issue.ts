import { isDocument } from '../core/json.ts'
import { repositoryParams } from '../core/repository-name.ts'
import type { Answer } from '../github/answer.ts'
import type { Client } from '../github/client.ts'
import { endpoint } from '../github/endpoints.ts'
import type { Marker } from '../render/marker.ts'
import { authorOf, isSameAuthor, isWrittenBy, type Writer } from './author.ts'
import { markerOf, sendText, type WrittenText } from './written-text.ts'

const LIST = 'GET /repos/{owner}/{repo}/issues'
const CREATE = 'POST /repos/{owner}/{repo}/issues'
const UPDATE = 'PATCH /repos/{owner}/{repo}/issues/{issue_number}'

/** The text of an issue; `body` starts with the marker. */
export interface IssueToWrite extends WrittenText {
  readonly title: string
}

/** An issue with a marker of octoform. */
export interface Issue {
  readonly number: number
  readonly state: string
  readonly title: string
  readonly marker: Marker
  /** As GitHub shows it. */
  readonly item: object
}

/**
 * All issues that carry a marker, open and closed, the oldest first: octoform's own, or those of all authors where the
 * token's account is unknown.
 * https://docs.github.com/rest/issues/issues#list-repository-issues
 * @throws GitHubError
 */
export async function findIssues(
  client: Pick<Client, 'paginate'>,
  repository: string,
  writer: Writer,
): Promise<readonly Issue[]> {
  const list = async (filter: Readonly<Record<string, string>>): Promise<readonly unknown[]> => {
    const { envelope, perPage } = endpoint(LIST)
    return client.paginate<unknown>(
      LIST,
      { ...repositoryParams(repository), state: 'all', ...filter },
      envelope,
      perPage,
    )
  }
  const ours = (listed: readonly unknown[]): Issue[] =>
    listed.flatMap(issueIn).filter(({ item }) => !writer.known || isWrittenBy(authorOf(item), writer.login))
  const asked = writer.known ? ours(await list({ creator: writer.login })) : []
  // The filter may take an App's name for that of another account, which can open issues, too.
  const found = asked.length > 0 ? asked : ours(await list({}))
  return found.sort((left, right) => left.number - right.number)
}

/** Pull requests are issues too; they never are ours. */
function issueIn(item: unknown): readonly Issue[] {
  if (!isDocument(item) || (item.pull_request !== undefined && item.pull_request !== null)) return []
  const { number, state, title } = item
  const marker = markerOf(item)
  if (typeof number !== 'number' || typeof state !== 'string' || marker === undefined) return []
  return [{ number, state, title: typeof title === 'string' ? title : '', marker, item }]
}

/** Whether an issue has the author of a newly made one. */
export function isByWriter({ item }: Issue, made: object): boolean {
  return isSameAuthor(authorOf(item), authorOf(made))
}

export function openIssue(client: Pick<Client, 'request'>, repository: string, issue: IssueToWrite): Promise<Answer> {
  const { title } = issue
  return sendText(issue, (body) => client.request(CREATE, repositoryParams(repository), { title, body }))
}

/** Gives an issue its title and whole text anew, and opens it again. */
export async function rewriteIssue(
  client: Pick<Client, 'request'>,
  repository: string,
  { number }: Issue,
  issue: IssueToWrite,
): Promise<void> {
  const { title } = issue
  const where = { ...repositoryParams(repository), issue_number: number }
  await sendText(issue, (body) => client.request(UPDATE, where, { title, body, state: 'open' }))
}

export async function closeIssue(
  client: Pick<Client, 'request'>,
  repository: string,
  { number }: Issue,
): Promise<void> {
  await client.request(UPDATE, { ...repositoryParams(repository), issue_number: number }, { state: 'closed' })
}
