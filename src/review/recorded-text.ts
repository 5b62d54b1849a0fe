import { getPath, isDocument } from '../core/json.ts'
import { repositoryParams } from '../core/repository-name.ts'
import type { Client } from '../github/client.ts'
import { endpoint } from '../github/endpoints.ts'
import { ACTIONS_APP, PLAN_CHECK, planChecks } from './check-run.ts'

const CHECKS = 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs'
const CHECK = 'GET /repos/{owner}/{repo}/check-runs/{check_run_id}'

export interface RecordedOptions {
  /** `owner/name` */
  readonly repository: string
  /** The last commit of the pull request. */
  readonly headSha: string
  readonly app: string | undefined
}

/**
 * The texts of the check run that holds the reviewed digest; undefined where it has none. It only explains.
 * https://docs.github.com/rest/checks/runs#get-a-check-run
 * @throws GitHubError where it cannot be read
 */
export async function recordedText(
  client: Pick<Client, 'request' | 'paginate'>,
  { repository, headSha, app = ACTIONS_APP }: RecordedOptions,
): Promise<string | undefined> {
  const where = repositoryParams(repository)
  const { envelope, perPage } = endpoint(CHECKS)
  const asked = { ...where, ref: headSha, check_name: PLAN_CHECK, filter: 'all' }
  const listed = await client.paginate<unknown>(CHECKS, asked, envelope, perPage)
  const [one] = listed.filter((run) => planChecks([run], { app, headSha, repository }).length > 0)
  const id = isDocument(one) ? one.id : undefined
  if (typeof id !== 'number') return undefined
  const { body } = await client.request(CHECK, { ...where, check_run_id: id })
  if (!isDocument(body)) return undefined
  const texts = ['output.text', 'output.summary'].map((path) => getPath(body, path))
  const found = texts.filter((text) => typeof text === 'string')
  return found.length === 0 ? undefined : found.join('\n')
}
