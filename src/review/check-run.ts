import { getPath, isDocument, type Json } from '../core/json.ts'

/** The check run of which `external_id` is a plan's digest. */
export const PLAN_CHECK = 'octoform plan'

/** The App behind every `GITHUB_TOKEN`, on github.com and on GitHub Enterprise Server alike. */
export const ACTIONS_APP = 'github-actions'

/** The fields of a check run that show its App and its result. */
export interface CheckRun {
  readonly status: string
  /** Empty until it is completed. */
  readonly conclusion: string
  readonly digest: string | undefined
  /** Pull requests of this repository that GitHub counts it to. */
  readonly pullRequests: readonly number[]
}

/**
 * The check runs that count, of all that GitHub lists for a commit: by name, commit and App, each compared exactly.
 * GitHub's own filters are not relied on, because not every product has the same ones.
 * @param app slug of the expected App, or its numeric id
 */
export function planChecks(
  listed: readonly unknown[],
  expected: { readonly app: string; readonly headSha: string; readonly repository: string },
): readonly CheckRun[] {
  return listed.filter(isDocument).flatMap((run) => {
    if (run.name !== PLAN_CHECK || run.head_sha !== expected.headSha) return []
    if (!isApp(run.app, expected.app)) return []
    return [
      {
        status: typeof run.status === 'string' ? run.status : '',
        conclusion: typeof run.conclusion === 'string' ? run.conclusion : '',
        digest: digestOf(run.external_id),
        pullRequests: pullsOf(run.pull_requests, expected.repository),
      },
    ]
  })
}

/** A display name can be chosen freely; slug and id cannot. */
function isApp(app: Json | undefined, expected: string): boolean {
  if (!isDocument(app)) return false
  return /^\d+$/.test(expected) ? String(app.id) === expected : app.slug === expected.toLowerCase()
}

function digestOf(text: Json | undefined): string | undefined {
  return typeof text === 'string' && /^[0-9a-f]{64}$/.test(text) ? text : undefined
}

/** GitHub also lists pull requests that were opened in a fork with this commit as their head: these prove nothing. */
function pullsOf(list: Json | undefined, repository: string): readonly number[] {
  if (!Array.isArray(list)) return []
  return list.filter(isDocument).flatMap((pull) => {
    const base = getPath(pull, 'base.repo.url')
    const here = typeof base === 'string' && base.toLowerCase().endsWith(`/repos/${repository.toLowerCase()}`)
    return here && typeof pull.number === 'number' ? [pull.number] : []
  })
}
