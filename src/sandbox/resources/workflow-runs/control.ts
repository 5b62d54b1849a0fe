import { type Body, choice, required, text } from '../../http/body.ts'
import { Refusal } from '../../http/errors.ts'
import { repositoryNamed, timestamp, type World } from '../../world/store.ts'
import { commitNamed, inventedSha } from '../git/branches.ts'
import { RUN_STATUSES } from './workflow-run.ts'

/**
 * Starts a workflow run, or changes the one that has this id: a new attempt, another status, a conclusion.
 * @throws Refusal with the problem of the request.
 */
export function setRun(world: World, body: Body, moment: Date): void {
  const owner = required(text(body, 'owner'), 'owner')
  const name = required(text(body, 'repository'), 'repository')
  const id = number(body, 'id')
  if (id === undefined) throw new Refusal(422, '"id" must be a whole number from 1.')
  const repository = repositoryNamed(world, owner, name)
  if (!repository) throw new Refusal(404, `There is no repository ${owner}/${name}.`)
  const before = repository.runs.get(id)
  const branch = repository.defaultBranch
  const now = timestamp(moment)
  const status = choice(body, 'status', RUN_STATUSES) ?? before?.status ?? 'in_progress'
  repository.runs.set(id, {
    id,
    attempt: number(body, 'attempt') ?? before?.attempt ?? 1,
    status,
    conclusion: status === 'completed' ? (text(body, 'conclusion') ?? 'success') : null,
    event: text(body, 'event') ?? before?.event ?? 'push',
    path: text(body, 'path') ?? before?.path ?? '.github/workflows/octoform.yml',
    headBranch: before?.headBranch ?? branch,
    headSha: before?.headSha ?? commitNamed(repository, branch) ?? inventedSha(repository, branch),
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  })
}

function number(body: Body, field: string): number | undefined {
  const value = body[field]
  return Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : undefined
}
