import type { Call } from '../../http/call.ts'
import { stableId } from '../../world/stable-id.ts'
import type { Repository } from '../../world/store.ts'
import { presentAppNamed } from '../accounts/present-actor.ts'
import { nodeId, webOrigin } from '../accounts/present-owner.ts'
import { type PullRequest, pullRequestsOf } from '../issues/issue.ts'
import { repositoryUrl } from '../issues/present-issue.ts'
import type { CheckRun } from './check-run.ts'

/** A check run (`check-run`). */
export function presentCheckRun(call: Call, repository: Repository, run: CheckRun): object {
  const url = `${repositoryUrl(call, repository)}/check-runs/${run.id}`
  const page = `${webOrigin(call)}/${repository.owner.login}/${repository.name}/runs/${run.id}`
  const { title, summary, text, annotations } = run.output
  return {
    id: run.id,
    node_id: nodeId('CheckRun', run.id),
    name: run.name,
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title,
      summary,
      text,
      annotations_count: annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: stableId(`${repository.id} ${run.headSha} ${run.app}`) },
    app: presentAppNamed(call, run.app),
    pull_requests: pullRequestsOf(repository)
      .filter((issue) => issue.state === 'open' && isOn(issue.pullRequest, run.headSha))
      .map((issue) => ({
        id: issue.id,
        number: issue.number,
        url: `${repositoryUrl(call, repository)}/pulls/${issue.number}`,
        head: side(call, repository, issue.pullRequest.headRef, issue.pullRequest.headSha),
        base: side(call, repository, issue.pullRequest.baseRef, issue.pullRequest.baseSha),
      })),
  }
}

/** "Pushes to a branch in a forked repository are not detected and return an empty `pull_requests` array." */
function isOn({ headSha, headRepository }: PullRequest, sha: string): boolean {
  return headSha === sha && headRepository === undefined
}

function side(call: Call, repository: Repository, ref: string, sha: string): object {
  return { ref, sha, repo: { id: repository.id, url: repositoryUrl(call, repository), name: repository.name } }
}
