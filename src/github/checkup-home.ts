import { repositoryParams } from '../core/repository-name.ts'
import type { Route } from '../core/routes.ts'
import { SetupError } from '../core/setup-error.ts'
import type { Checkup, Purpose } from './checkup.ts'
import type { Client } from './client.ts'
import { homeCredential } from './home-client.ts'
import { type Probe, probe } from './probe.ts'

export interface HomeCheck {
  readonly env: Readonly<Record<string, string | undefined>>
  /** `owner/name` */
  readonly repository: string
  /** The branch of the ledger, where that is in this repository. */
  readonly branch?: string | undefined
  readonly purposes: readonly Purpose[]
  client(): Client
}

const REPOSITORY: Route = 'GET /repos/{owner}/{repo}'
const BRANCH: Route = 'GET /repos/{owner}/{repo}/branches/{branch}'

/** Whether the repository that comments, ledger and lock are written to can be read with the credential for that. */
export async function checkHome(check: HomeCheck): Promise<Checkup> {
  const base = {
    of: `the repository ${check.repository}${check.branch === undefined ? '' : ' (ledger)'}`,
    needs: {},
    scopes: [],
    has: undefined,
    notes: [],
  }
  try {
    const { from } = homeCredential(check.env)
    const { missing, unreachable, has } = await readings(check)
    const untold = missing.length + unreachable.length > 0 ? [] : [writesOf(check)]
    return { ...base, from, kind: 'token', has: has, missing, untold, unreachable }
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    const missing = [{ what: `a token for ${check.repository}`, for: check.purposes, how: error.message }]
    return { ...base, from: '', kind: 'none', missing, untold: [], unreachable: [] }
  }
}

async function readings(
  check: HomeCheck,
): Promise<Pick<Checkup, 'missing' | 'unreachable'> & { readonly has: string | undefined }> {
  const client = check.client()
  const where = repositoryParams(check.repository)
  const [repository, branch] = await Promise.all([
    probe(client, REPOSITORY, where),
    check.branch === undefined ? undefined : probe(client, BRANCH, { ...where, branch: check.branch }),
  ])
  const seen = failed(check, repository, 'metadata: read')
  if (seen !== undefined) return { missing: [], unreachable: [], ...seen, has: undefined }
  if (branch === undefined) return { missing: [], unreachable: [], has: 'access to it' }
  // The first apply makes the branch.
  const isNew =
    branch.kind === 'denied' && branch.error.status === 404 && /branch not found/i.test(branch.error.message)
  if (isNew) return { missing: [], unreachable: [], has: `access to it; the branch ${check.branch} is yet to be made` }
  const unread = failed(check, branch, 'contents: read')
  if (unread !== undefined) return { missing: [], unreachable: [], ...unread, has: undefined }
  return { missing: [], unreachable: [], has: `access to its branch ${check.branch}` }
}

function failed(
  { purposes }: HomeCheck,
  result: Probe,
  what: string,
): Partial<Pick<Checkup, 'missing' | 'unreachable'>> | undefined {
  if (result.kind === 'readable') return undefined
  if (result.kind === 'unreachable') return { unreachable: [result.error.message] }
  return { missing: [{ what, for: purposes, how: result.error.message }] }
}

function writesOf({ branch, purposes }: HomeCheck): string {
  const isOfReports = purposes.every((purpose) => purpose === 'report')
  const permissions = isOfReports
    ? 'issues: write (report)'
    : branch === undefined
      ? 'pull-requests: write and checks: write (plan), pull-requests: write, checks: read and actions: read (apply), ' +
        'issues: write (drift)'
      : 'contents: write (apply)'
  return `whether it may write. A job that does needs, in its \`permissions:\`, ${permissions}`
}
