import { isDocument } from '../core/json.ts'
import { repositoryParams } from '../core/repository-name.ts'
import type { Client } from '../github/client.ts'
import { endpoint } from '../github/endpoints.ts'
import { GitHubError } from '../github/errors.ts'
import { PLAN_LABELS, type PlanLabel } from '../render/plan-label.ts'
import type { ThreadPlace } from './threads.ts'

const LIST = 'GET /repos/{owner}/{repo}/issues/{issue_number}/labels'
const ADD = 'POST /repos/{owner}/{repo}/issues/{issue_number}/labels'
const REMOVE = 'DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}'

/**
 * Ensures that a pull request has this one of octoform's labels, and none of the others; labels of people are left alone.
 * GitHub makes a label that the repository does not have yet.
 * https://docs.github.com/rest/issues/labels
 * @param label undefined where nothing is known of the plan: it has none of them then
 * @returns a warning for people, where the token may not do that
 * @throws GitHubError where GitHub could not be reached
 */
export async function publishLabel(
  client: Pick<Client, 'request' | 'paginate'>,
  { repository, pullRequest }: ThreadPlace,
  label: PlanLabel | undefined,
): Promise<string | undefined> {
  const where = { ...repositoryParams(repository), issue_number: pullRequest }
  const { envelope, perPage } = endpoint(LIST)
  try {
    const listed = await client.paginate<unknown>(LIST, where, envelope, perPage)
    const names = listed.flatMap((each) => (isDocument(each) && typeof each.name === 'string' ? [each.name] : []))
    const has = (name: string): string | undefined => names.find((each) => each.toLowerCase() === name)
    // The new one first: a run that is broken off leaves one too many, and the next takes it off.
    if (label !== undefined && has(label) === undefined) await client.request(ADD, where, { labels: [label] })
    for (const other of PLAN_LABELS) {
      const name = other === label ? undefined : has(other)
      if (name !== undefined) await takeOff(client, { ...where, name })
    }
    return undefined
  } catch (error) {
    if (!(error instanceof GitHubError) || ![401, 403, 404].includes(error.status ?? 0)) throw error
    return `${repository}#${pullRequest} could not be labelled: ${error.message} ${GRANT}`
  }
}

const GRANT = 'A workflow grants that with `permissions: { pull-requests: write }`.'

/** Another run may have taken it off already. */
async function takeOff(
  client: Pick<Client, 'request'>,
  where: Readonly<Record<string, string | number>>,
): Promise<void> {
  try {
    await client.request(REMOVE, where)
  } catch (error) {
    if (!(error instanceof GitHubError) || error.status !== 404) throw error
  }
}
