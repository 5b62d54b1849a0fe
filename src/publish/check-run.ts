import { append } from '../core/append.ts'
import { getPath, isDocument } from '../core/json.ts'
import { repositoryParams } from '../core/repository-name.ts'
import type { Client } from '../github/client.ts'
import { endpoint } from '../github/endpoints.ts'
import { GitHubError } from '../github/errors.ts'
import { PLAN_CHECK } from '../review/check-run.ts'
import { lookingAgain } from './look-again.ts'

const LIST = 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs'
const CREATE = 'POST /repos/{owner}/{repo}/check-runs'
const UPDATE = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}'

/** The name for all but one of several earlier runs of the same commit: `apply` counts only the real name. */
const OUTDATED = `${PLAN_CHECK} (outdated)`

export interface CheckRunRequest {
  /** `owner/name` */
  readonly repository: string
  readonly headSha: string
  /** Of the plan; `apply --expect-pull-request` reads it again as `external_id`. Undefined for a plan that does not hold. */
  readonly digest: string | undefined
  readonly title: string
  /** Markdown; GitHub takes 65,535 characters. */
  readonly summary: string
  /** Markdown, as long; when left out, an earlier text is removed. */
  readonly text?: string | undefined
  readonly conclusion: 'success' | 'neutral' | 'failure' | 'action_required'
  readonly detailsUrl: string | undefined
}

/**
 * Ensures exactly one octoform check run on a commit, with the digest of the plan. An earlier one is updated: GitHub
 * lets only the App that made a check run change it, so that one of another App is never touched, even under the same
 * name.
 * https://docs.github.com/rest/checks/runs
 * @returns a warning for people
 * @throws GitHubError, but not where the token may not write check runs: that is a warning
 */
export function publishCheckRun(
  client: Pick<Client, 'request' | 'paginate'>,
  request: CheckRunRequest,
): Promise<string | undefined> {
  return lookingAgain(() => publishOnce(client, request))
}

async function publishOnce(
  client: Pick<Client, 'request' | 'paginate'>,
  request: CheckRunRequest,
): Promise<string | undefined> {
  try {
    const candidates = await namedRuns(client, request)
    const own: number[] = []
    for (const { id } of candidates) if (await update(client, request, id, renewed(request))) own.push(id)
    if (own.length === 0) append(own, await create(client, request))
    await leaveOne(client, request, own)
    return undefined
  } catch (error) {
    if (!(error instanceof GitHubError) || !isForbidden(error)) throw error
    return `The check run \`${PLAN_CHECK}\` could not be written: ${error.message} ${GRANT}`
  }
}

const GRANT =
  'A workflow grants it with `permissions: { checks: write }`; only Apps and the token of a workflow may write check runs.'

/**
 * Renames all but one check run: two jobs of one commit may each have made one at the same time, and two count as none.
 * The oldest keeps the name and gets the latest content.
 */
async function leaveOne(
  client: Pick<Client, 'request' | 'paginate'>,
  request: CheckRunRequest,
  own: readonly number[],
): Promise<void> {
  const [written] = own
  const runs = await namedRuns(client, request)
  const app = runs.find(({ id }) => id === written)?.app
  const ours = runs.filter((run) => own.includes(run.id) || (app !== undefined && run.app === app))
  const [oldest, ...others] = ours
  if (oldest === undefined || others.length === 0) return
  if (!own.includes(oldest.id)) await update(client, request, oldest.id, renewed(request))
  const output = { title: OUTDATED, summary: `The plan of this commit stands in \`${PLAN_CHECK}\`.`, text: '' }
  for (const { id } of others) await update(client, request, id, { name: OUTDATED, external_id: '', output })
}

interface NamedRun {
  readonly id: number
  readonly app: number | undefined
}

/** All runs of this name on the commit, of every App; the oldest first. */
async function namedRuns(
  client: Pick<Client, 'paginate'>,
  { repository, headSha }: CheckRunRequest,
): Promise<readonly NamedRun[]> {
  const { envelope, perPage } = endpoint(LIST)
  const asked = { ...repositoryParams(repository), ref: headSha, check_name: PLAN_CHECK, filter: 'all' }
  const listed = await client.paginate<unknown>(LIST, asked, envelope, perPage)
  return listed
    .filter(isDocument)
    .flatMap((run): readonly NamedRun[] => {
      const { id, name, head_sha: sha, external_id: digest } = run
      const app = getPath(run, 'app.id')
      if (typeof id !== 'number' || name !== PLAN_CHECK || sha !== headSha) return []
      // A job of this name has a run of its own, by the same App; its id is no digest.
      if (typeof digest === 'string' && !/^([\da-f]{64})?$/.test(digest)) return []
      return [{ id, app: typeof app === 'number' ? app : undefined }]
    })
    .sort((left, right) => left.id - right.id)
}

async function create(client: Pick<Client, 'request'>, request: CheckRunRequest): Promise<readonly number[]> {
  const body = { head_sha: request.headSha, ...contentOf(request) }
  const answer = await client.request(CREATE, repositoryParams(request.repository), body)
  const id = isDocument(answer.body) ? answer.body.id : undefined
  return typeof id === 'number' ? [id] : []
}

/** Whether it could be changed: one of another App cannot. */
async function update(
  client: Pick<Client, 'request'>,
  { repository }: CheckRunRequest,
  id: number,
  body: object,
): Promise<boolean> {
  try {
    await client.request(UPDATE, { ...repositoryParams(repository), check_run_id: id }, body)
    return true
  } catch (error) {
    if (error instanceof GitHubError && isForbidden(error)) return false
    throw error
  }
}

/** GitHub keeps a text that an update leaves out: the earlier one is of another plan. */
function renewed(request: CheckRunRequest): object {
  return contentOf({ ...request, text: request.text ?? '' })
}

function contentOf({ digest, title, summary, text, conclusion, detailsUrl }: CheckRunRequest): object {
  return {
    name: PLAN_CHECK,
    external_id: digest ?? '',
    status: 'completed',
    conclusion,
    output: { title, summary, ...(text === undefined ? {} : { text }) },
    ...(detailsUrl === undefined ? {} : { details_url: detailsUrl }),
  }
}

/** Not a rate limit, which GitHub answers with 403 too. */
function isForbidden({ status, kind }: GitHubError): boolean {
  return kind !== 'unavailable' && (status === 401 || status === 403 || status === 404)
}
