import { type Document, getPath, isDocument, type Json } from '../core/json.ts'

/** The facts about the pull request in an event's payload. Undefined fields are unknown. */
export interface PullRequestOfEvent {
  readonly number: number | undefined
  /** `owner/name` of the repository that the pull request comes from; a deleted fork has none. */
  readonly headRepository: string | undefined
  readonly headSha: string | undefined
  readonly baseSha: string | undefined
}

interface EventOfRun {
  readonly event: string
  /** `owner/name` that the run belongs to. */
  readonly repository: string
  readonly ref: string
}

/** Events that run the repository's own content, and by themselves never on behalf of a pull request. */
const OF_THE_REPOSITORY: ReadonlySet<string> = new Set([
  'push',
  'schedule',
  'workflow_dispatch',
  'create',
  'delete',
  'release',
])

const UNKNOWN: PullRequestOfEvent = {
  number: undefined,
  headRepository: undefined,
  headSha: undefined,
  baseSha: undefined,
}

/**
 * The pull request that an event carries; undefined where it carries none. An event that may carry one counts as one
 * from an unknown repository, because a fork's author may have started the run or written the code that it checks out.
 * https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
 * @param payload undefined where it could not be read
 */
export function pullRequestOf(run: EventOfRun, payload: unknown): PullRequestOfEvent | undefined {
  if (run.event.startsWith('pull_request')) return ofPullRequest(documentAt(payload, 'pull_request'))
  if (!isDocument(payload)) return OF_THE_REPOSITORY.has(run.event) && isOwnRef(run.ref) ? undefined : UNKNOWN
  const carried = carriedBy(run, payload)
  return carried === undefined && !isOwnRef(run.ref) ? UNKNOWN : carried
}

function carriedBy(run: EventOfRun, payload: Document): PullRequestOfEvent | undefined {
  if (payload.pull_request !== undefined) return ofPullRequest(documentAt(payload, 'pull_request'))
  // Commands in comments are often sent on as a dispatch, with the pull request in fields that the sender chooses.
  const sent = getPath(payload, 'client_payload.pull_request')
  if (sent !== undefined) return ofPullRequest(isDocument(sent) ? sent : undefined)
  // Of an issue that is a pull request the payload has only the number, not the head repository.
  if (documentAt(payload, 'issue.pull_request')) return { ...UNKNOWN, number: numberAt(payload, 'issue.number') }
  const started = documentAt(payload, 'workflow_run')
  if (started) return ofWorkflowRun(run, started)
  switch (run.event) {
    case 'workflow_run':
    case 'status':
    case '':
      return UNKNOWN
    case 'merge_group':
      return {
        ...UNKNOWN,
        headSha: textAt(payload, 'merge_group.head_sha'),
        baseSha: textAt(payload, 'merge_group.base_sha'),
      }
    case 'check_run':
      return ofCheck(documentAt(payload, 'check_run'))
    case 'check_suite':
      return ofCheck(documentAt(payload, 'check_suite'))
    default:
      return undefined
  }
}

function ofPullRequest(pull: Document | undefined): PullRequestOfEvent {
  if (!pull) return UNKNOWN
  return {
    number: numberAt(pull, 'number'),
    headRepository: textAt(pull, 'head.repo.full_name'),
    headSha: textAt(pull, 'head.sha'),
    baseSha: textAt(pull, 'base.sha'),
  }
}

/**
 * A run that was started by another run (or a deployment that a run made). Its `head_repository` is the fork of a
 * `pull_request`; of events that run on the base branch on behalf of a pull request it may be the repository itself,
 * and a run that was itself started by a run does not show the event behind that one.
 */
function ofWorkflowRun(run: EventOfRun, started: Document): PullRequestOfEvent | undefined {
  const event = textAt(started, 'event') ?? ''
  const headRepository = textAt(started, 'head_repository.full_name')
  const pulls = listAt(started, 'pull_requests')
  const [only] = pulls.length === 1 ? pulls : []
  const facts = {
    number: only && numberAt(only, 'number'),
    headSha: textAt(started, 'head_sha'),
    baseSha: only && textAt(only, 'base.sha'),
  }
  if (event === 'pull_request') return { ...facts, headRepository }
  const elsewhere = headRepository?.toLowerCase() !== run.repository.toLowerCase()
  if (elsewhere) return { ...facts, headRepository }
  const queued = isQueue(textAt(started, 'head_branch') ?? '')
  return OF_THE_REPOSITORY.has(event) && !queued ? undefined : { ...facts, headRepository: undefined }
}

/** A check lists the pull requests of its commit, but none that comes from a fork: an empty list proves nothing. */
function ofCheck(check: Document | undefined): PullRequestOfEvent {
  if (!check) return UNKNOWN
  const pulls = listAt(check, 'pull_requests')
  const [first] = pulls
  const from = new Set(pulls.map((pull) => fullNameIn(textAt(pull, 'head.repo.url'))))
  return {
    number: pulls.length === 1 && first ? numberAt(first, 'number') : undefined,
    headRepository: from.size === 1 ? [...from][0] : undefined,
    headSha: textAt(check, 'head_sha'),
    baseSha: pulls.length === 1 && first ? textAt(first, 'base.sha') : undefined,
  }
}

/** `owner/name` at the end of a repository's API address. */
function fullNameIn(url: string | undefined): string | undefined {
  return /\/repos\/([^/]+\/[^/]+)$/.exec(url ?? '')?.[1]
}

/** A branch or tag of the repository: not a pull request's merge, nor the temporary branch of a merge queue. */
function isOwnRef(ref: string): boolean {
  if (ref.startsWith('refs/tags/')) return true
  return ref.startsWith('refs/heads/') && !isQueue(ref.slice('refs/heads/'.length))
}

function isQueue(branch: string): boolean {
  return branch.startsWith('gh-readonly-queue/')
}

function documentAt(value: unknown, path: string): Document | undefined {
  const found = isDocument(value) ? getPath(value, path) : undefined
  return isDocument(found) ? found : undefined
}

function listAt(value: Document, path: string): readonly Document[] {
  const found: Json | undefined = getPath(value, path)
  return Array.isArray(found) ? found.filter(isDocument) : []
}

function textAt(value: Document, path: string): string | undefined {
  const found = getPath(value, path)
  return typeof found === 'string' && found !== '' ? found : undefined
}

function numberAt(value: Document, path: string): number | undefined {
  const found = getPath(value, path)
  return typeof found === 'number' && Number.isSafeInteger(found) && found > 0 ? found : undefined
}
