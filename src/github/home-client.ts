import { isRepositoryName } from '../core/repository-name.ts'
import type { Route } from '../core/routes.ts'
import { SetupError } from '../core/setup-error.ts'
import { type Client, type ClientOptions, createClient } from './client.ts'
import { type Credential, tokenIn } from './credentials.ts'

/** The writes of the ledger and the run-wide lock: files of one branch. */
export const FILE_ROUTES: readonly Route[] = [
  'PUT /repos/{owner}/{repo}/contents/{path}',
  'POST /repos/{owner}/{repo}/git/trees',
  'POST /repos/{owner}/{repo}/git/commits',
  'POST /repos/{owner}/{repo}/git/refs',
]

/** The writes that report a plan or drift: comments, issues, check runs. */
export const REPORT_ROUTES: readonly Route[] = [
  'POST /repos/{owner}/{repo}/issues',
  'PATCH /repos/{owner}/{repo}/issues/{issue_number}',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'POST /repos/{owner}/{repo}/check-runs',
  'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
]

/** The writes that label a pull request; admitted only where labels are asked for. */
export const LABEL_ROUTES: readonly Route[] = [
  'POST /repos/{owner}/{repo}/issues/{issue_number}/labels',
  'DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}',
]

/**
 * All writes of octoform to a repository beside those to administered settings. The one DELETE takes a label
 * off a pull request.
 */
export const HOME_ROUTES: readonly Route[] = [...REPORT_ROUTES, ...LABEL_ROUTES, ...FILE_ROUTES]

/**
 * The credential that writes comments, issues, check runs, ledger and lock: `GITHUB_TOKEN`, else `GH_TOKEN`, else
 * `OCTOFORM_TOKEN`. In a workflow the first is its own token, so that the comments are the workflow's.
 * @throws SetupError where none is set
 */
export function homeCredential(env: Readonly<Record<string, string | undefined>>): Credential {
  const credential = tokenIn(env, ['GITHUB_TOKEN', 'GH_TOKEN', 'OCTOFORM_TOKEN'])
  if (credential !== undefined) return credential
  throw new SetupError(
    'No token for the repository itself (comments, issues, check runs, ledger, lock): in a workflow give the step ' +
      // biome-ignore lint/suspicious/noTemplateCurlyInString: workflows write it so.
      '`env: { GITHUB_TOKEN: "${{ github.token }}" }`; elsewhere set GITHUB_TOKEN to a token that may write there.',
    { failure: 'no_credentials' },
  )
}

/** Described as always there, and missing for some seconds after a pull request was merged. */
const LATE = 'merge_commit_sha'

export interface HomeClientOptions
  extends Omit<ClientOptions, 'credential' | 'tokenFrom' | 'account' | 'mode' | 'lacks'> {
  readonly credential: Credential
  /** `owner/name` */
  readonly home: string
  readonly admits: readonly Route[]
  readonly admitsGraphql?: readonly string[] | undefined
}

/**
 * A client that reads one repository and makes the admitted writes to it; everything else throws before it is sent.
 * @throws SetupError where `home` cannot be the name of a repository
 */
export function createHomeClient(options: HomeClientOptions): Client {
  const { credential, home, admits, admitsGraphql, ...rest } = options
  if (!isRepositoryName(home)) {
    throw new SetupError(`${JSON.stringify(home)} is not a repository: write OWNER/NAME.`)
  }
  return createClient({
    ...rest,
    credential: credential.token,
    tokenFrom: credential.from,
    account: credential.account,
    mode: { home, admits, admitsGraphql },
    lacks: (_, field) => field === LATE,
  })
}
