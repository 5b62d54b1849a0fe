import { type Body, choice, fieldsOf, required, text } from '../../http/body.ts'
import { Refusal } from '../../http/errors.ts'
import { repositoryNamed, timestamp, type World } from '../../world/store.ts'
import { newRun } from './new-run.ts'
import { complete, RUN_STATUSES, runsOf } from './run.ts'

/**
 * Starts a workflow run, or changes the one that has this id: a new attempt, another status, a conclusion.
 * @throws Refusal with the problem of the request.
 */
export function setRun(world: World, given: unknown, moment: Date): void {
  const body = fieldsOf(given)
  const owner = required(text(body, 'owner'), 'owner')
  const name = required(text(body, 'repository'), 'repository')
  const id = number(body, 'id')
  if (id === undefined) throw new Refusal(422, '"id" must be a whole number from 1.')
  const repository = repositoryNamed(world, owner, name)
  if (!repository) throw new Refusal(404, `There is no repository ${owner}/${name}.`)
  const known = runsOf(repository).byId.get(id)
  const status = choice(body, 'status', RUN_STATUSES) ?? known?.status ?? 'in_progress'
  const event = text(body, 'event') ?? known?.event ?? 'push'
  const path = text(body, 'path') ?? known?.path ?? '.github/workflows/octoform.yml'
  const before = known ?? newRun(repository, { event, path, moment, id })
  const run = { ...before, event, path, attempt: number(body, 'attempt') ?? before.attempt, status }
  if (status === 'completed') complete(run, text(body, 'conclusion') ?? 'success', moment)
  else Object.assign(run, { conclusion: null, updatedAt: timestamp(moment) })
  runsOf(repository).byId.set(id, run)
}

function number(body: Body, field: string): number | undefined {
  const value = body[field]
  return Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : undefined
}
