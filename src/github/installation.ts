import type { Client } from './client.ts'
import { GitHubError, malformed } from './errors.ts'
import { type Permissions, permissionsIn } from './permissions.ts'

/** A GitHub App on one owner. */
export interface Installation {
  readonly id: number
  /** The App's name in URLs, such as `octoform-reader`. */
  readonly app: string
  /** All that the owner granted it. */
  readonly permissions: Permissions
  readonly repositories: 'all' | 'selected'
  readonly state: 'active' | 'suspended'
  /** The page on which an owner approves the App's permission requests. */
  readonly page: string
}

const ORGANIZATION = 'GET /orgs/{org}/installation'
const PERSONAL = 'GET /users/{username}/installation'

/**
 * Finds an App's installation on an organization, else on a personal account.
 * https://docs.github.com/rest/apps/apps#get-an-organization-installation-for-the-authenticated-app
 * @param client signed in as the App
 * @throws GitHubError where there is none, or GitHub does not know the App
 */
export async function findInstallation(client: Client, owner: string): Promise<Installation> {
  const found = await answerOrNothing(() => client.request(ORGANIZATION, { org: owner }))
  const answer = found ?? (await answerOrNothing(() => client.request(PERSONAL, { username: owner })))
  if (answer === undefined) {
    throw new GitHubError(
      `The GitHub App of OCTOFORM_APP_ID is not installed on ${owner}, or ${owner} does not exist.`,
      {
        kind: 'forbidden',
        route: ORGANIZATION,
        status: 404,
        hint: `Have an owner of ${owner} install it, from the App's public page.`,
      },
    )
  }
  return installationOf(answer.body, owner)
}

async function answerOrNothing<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    // GitHub answers 401 for an unknown App, or 404 with these words.
    if (error.status === 401 || /integration not found/i.test(error.message)) throw notTheApp(error)
    if (error.status === 404) return undefined
    throw error
  }
}

function notTheApp(error: GitHubError): GitHubError {
  const { route, requestId, date } = error
  return new GitHubError(error.message.replace(error.hint ?? '', '').trim(), {
    kind: 'forbidden',
    route,
    status: 401,
    requestId,
    date,
    hint: 'Is OCTOFORM_APP_ID the id of the App that OCTOFORM_APP_PRIVATE_KEY was made for, on this server?',
  })
}

function installationOf(body: unknown, owner: string): Installation {
  const facts = (body ?? {}) as Readonly<Record<string, unknown>>
  const { id, app_slug, repository_selection, suspended_at, html_url } = facts
  if (typeof id !== 'number') {
    throw malformed(ORGANIZATION, `id of the installation on ${owner}`)
  }
  return {
    id,
    app: typeof app_slug === 'string' ? app_slug : 'of OCTOFORM_APP_ID',
    permissions: permissionsIn(facts.permissions),
    // A selection other than `all` may be incomplete.
    repositories: repository_selection === 'all' ? 'all' : 'selected',
    state: typeof suspended_at === 'string' ? 'suspended' : 'active',
    page: typeof html_url === 'string' ? html_url : `the App's page in the settings of ${owner}`,
  }
}
