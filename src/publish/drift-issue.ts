import { append } from '../core/append.ts'
import { isDocument } from '../core/json.ts'
import type { Client } from '../github/client.ts'
import { besideEarlier } from '../render/beside-earlier.ts'
import { formatMarker, type Marker, sameThread } from '../render/marker.ts'
import { writerOf } from './author.ts'
import { closeIssue, findIssues, type Issue, type IssueToWrite, isByWriter, openIssue, rewriteIssue } from './issue.ts'
import { lookingAgain } from './look-again.ts'
import { isSameText } from './written-text.ts'

/** The intended text of one issue, or `none` where it is to be closed. */
export interface Desired {
  readonly marker: Marker
  readonly text: IssueToWrite | 'none'
}

export interface DriftIssueRequest {
  /** `owner/name` of the repository that the issues are in. */
  readonly repository: string
  /** `as it is` where not all was compared: that nothing differs is not known then. */
  readonly drift: Omit<Desired, 'text'> & { readonly text: Desired['text'] | 'as it is' }
  /**
   * Whether the run has read all that an issue with these units in its marker is about: one of which it has not keeps its
   * text, below what the run found beside it. Each is where it is left out.
   */
  readonly covers?: (units: string | undefined) => boolean
  /**
   * The fate of open issues of ours about something else: a marker in place of its own keeps what is known of it. Each is kept
   * where it is left out.
   */
  readonly others?: ((marker: Marker) => 'keep' | 'close' | Marker) | undefined
  /** Errors, and scopes that could not be read. While there are any, it is unknown whether all settings agree. */
  readonly unread: Desired
}

type Door = Pick<Client, 'request' | 'paginate' | 'graphql'>

/**
 * One issue for drift and one for scopes that could not be read, of one owner: opened, rewritten whole, opened again
 * and closed as these come and go. Ours are found by the marker in the first line and by author, among open and closed
 * ones. An issue about drift that is open stays as it is until a run has read everything.
 * @returns warnings for people
 * @throws GitHubError where issues can be neither read nor written
 */
export function publishDriftIssue(client: Door, request: DriftIssueRequest): Promise<string[]> {
  return lookingAgain(() => publishOnce(client, request))
}

async function publishOnce(
  client: Door,
  { repository, drift, unread, covers = () => true, others }: DriftIssueRequest,
): Promise<string[]> {
  const writer = await writerOf(client)
  const issues = await findIssues(client, repository, writer)
  const warnings: string[] = []
  for (const desired of [drift, unread]) {
    const { text } = desired
    if (text === 'as it is') continue
    const thread = issues.filter(({ marker }) => sameThread(marker, desired.marker))
    const isKnown = desired === unread || unread.text === 'none'
    const isOpen = writer.known && thread.some(({ state }) => state === 'open')
    if (!isKnown && (text === 'none' || isOpen)) continue
    const beyond = thread.filter(({ state, marker }) => state === 'open' && !covers(marker.units))
    if (beyond.length > 0) {
      const added = text === 'none' || !writer.known ? undefined : await addTo(client, repository, beyond, text)
      if (added !== undefined) {
        warnings.push(`${added} tells of more than this run has read: what this run found stands above that.`)
        continue
      }
      const which = beyond.map(({ number }) => `${repository}#${number}`).join(', ')
      warnings.push(`${which} stays as it is: it tells of more than this run has read.`)
      continue
    }
    if (writer.known) await settle(client, repository, thread, text)
    else append(warnings, await withoutWriter(client, repository, thread, text, writer.why))
  }
  if (others !== undefined && writer.known) {
    const left = issues.filter(({ state, marker }) => {
      return state === 'open' && ![drift, unread].some((own) => sameThread(marker, own.marker))
    })
    for (const issue of left) await settleOther(client, repository, issue, others(issue.marker))
  }
  return warnings
}

async function settleOther(
  client: Door,
  repository: string,
  issue: Issue,
  fate: 'keep' | 'close' | Marker,
): Promise<void> {
  if (fate === 'keep') return
  if (fate === 'close') return closeIssue(client, repository, issue)
  const body = isDocument(issue.item) ? issue.item.body : undefined
  if (typeof body !== 'string') return
  const [, ...lines] = body.split('\n')
  await rewriteIssue(client, repository, issue, { title: issue.title, body: [formatMarker(fate), ...lines].join('\n') })
}

/**
 * Puts what a run found above what an open issue tells of beside it.
 * @returns the issue; undefined where it stays as it is
 */
async function addTo(
  client: Door,
  repository: string,
  [issue]: readonly Issue[],
  found: IssueToWrite,
): Promise<string | undefined> {
  const earlier = issue && isDocument(issue.item) ? issue.item.body : undefined
  const body = typeof earlier === 'string' ? besideEarlier(found.body, earlier) : undefined
  if (issue === undefined || body === undefined) return undefined
  await rewriteIssue(client, repository, issue, { title: found.title, body })
  return `${repository}#${issue.number}`
}

/** The oldest of ours stays; another one, which two runs at once may have made, is closed. */
async function settle(
  client: Door,
  repository: string,
  [first, ...others]: readonly Issue[],
  desired: IssueToWrite | 'none',
): Promise<void> {
  for (const issue of others) if (issue.state === 'open') await closeIssue(client, repository, issue)
  if (desired === 'none') {
    if (first?.state === 'open') await closeIssue(client, repository, first)
    return
  }
  if (first === undefined) {
    await openIssue(client, repository, desired)
    return
  }
  const isSame = first.title === desired.title && isSameText(first.item, desired.body)
  if (!isSame || first.state !== 'open') await rewriteIssue(client, repository, first, desired)
}

/**
 * Where GitHub does not show the token's account, no existing issue may be changed: drift is reported in a new one,
 * whose author shows which earlier ones are octoform's.
 */
async function withoutWriter(
  client: Door,
  repository: string,
  thread: readonly Issue[],
  desired: IssueToWrite | 'none',
  why: string,
): Promise<readonly string[]> {
  const open = thread.filter(({ state }) => state === 'open')
  if (desired === 'none') {
    if (open.length === 0) return []
    const which = open.map(({ number }) => `${repository}#${number}`).join(', ')
    return [`${which} may be ours and could not be closed: ${why}`]
  }
  const { body } = await openIssue(client, repository, desired)
  if (isDocument(body)) {
    for (const issue of open) if (isByWriter(issue, body)) await closeIssue(client, repository, issue)
  }
  return [`A new issue was opened, because an earlier one could not be identified as ours: ${why}`]
}
