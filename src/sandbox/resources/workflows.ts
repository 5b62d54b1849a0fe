import { type Answer, type Call, NO_CONTENT, ok, param, type Route, repositoryOf } from '../http/call.ts'
import { notFound, unprocessable } from '../http/errors.ts'
import { listAnswer } from '../http/page.ts'
import { BEGINNING } from '../world/defaults.ts'
import { idsFrom } from '../world/seed-ids.ts'
import { type Entry, idAt, momentAt, named, SeedError, textAt, wordAt } from '../world/seed-reader.ts'
import { slot } from '../world/slot.ts'
import { type Repository, timestamp } from '../world/store.ts'
import { nodeId, webOrigin } from './accounts/present-owner.ts'
import type { Resource } from './resource.ts'

const TEMPLATE = '/repos/{owner}/{repo}/actions/workflows'
const ONE = `${TEMPLATE}/{workflow_id}`
const READ = { method: 'GET', permission: 'actions=read' } as const
/** Came after GHES 2.22. */
const SWITCH = { method: 'PUT', permission: 'actions=write', since: [3, 4] } as const
const FOLDER = '.github/workflows/'
const STATES = ['active', 'deleted', 'disabled_fork', 'disabled_inactivity', 'disabled_manually'] as const
const KEYS = ['id', 'name', 'path', 'state', 'created_at', 'updated_at', 'on']

export interface Workflow {
  readonly id: number
  /** As its file says, which two may have. */
  readonly name: string
  /** Its file; below `dynamic/` for what GitHub itself runs, such as the deployment of pages. */
  readonly path: string
  state: (typeof STATES)[number]
  readonly createdAt: string
  updatedAt: string
  /** Its triggers, as a file has them under `on`, where no file of the seed has them. */
  readonly on?: unknown
}

const workflowsOf = slot<Repository, Map<number, Workflow>>(() => new Map())

/**
 * The workflows of a repository (https://docs.github.com/rest/actions/workflows). A seed names them by file; GitHub makes one
 * of each file that comes to the default branch, which this does not.
 */
export const workflows: Resource = {
  routes: [
    { ...READ, template: TEMPLATE, handle: list },
    { ...READ, template: ONE, handle: (call) => ok(present(call, workflowIn(call))) },
    switchRoute('enable', 'active'),
    switchRoute('disable', 'disabled_manually'),
  ],
  repository: { keys: ['workflows'], seed, dump },
}

/**
 * "Enables a workflow and sets the `state` of the workflow to `active`", or the other way. GitHub does not document the answer
 * for one whose file was deleted; 422 is taken.
 */
function switchRoute(word: 'enable' | 'disable', state: Workflow['state']): Route {
  const handle = (call: Call): Answer => {
    const workflow = workflowIn(call)
    if (workflow.state === 'deleted') throw unprocessable(`Unable to ${word} this workflow.`)
    workflow.state = state
    workflow.updatedAt = timestamp(call.now)
    return NO_CONTENT
  }
  return { ...SWITCH, template: `${ONE}/${word}`, handle }
}

function list(call: Call): Answer {
  const all = [...workflowsOf(repositoryOf(call)).values()].sort((one, other) => one.id - other.id)
  return listAnswer(call, 'workflows', all, (each) => present(call, each))
}

/** "The ID of the workflow. You can also pass the workflow file name as a string." Of two, the one whose file is there. */
export function workflowIn(call: Call): Workflow {
  const given = param(call, 'workflow_id')
  const all = [...workflowsOf(repositoryOf(call)).values()]
  const found = all.filter(({ id, path }) => String(id) === given || path === FOLDER + given)
  const workflow = found.find(({ state }) => state !== 'deleted') ?? found[0]
  if (!workflow) throw notFound()
  return workflow
}

/** The workflow of a file. */
export function workflowAt(repository: Repository, path: string): Workflow | undefined {
  const all = [...workflowsOf(repository).values()].filter((workflow) => workflow.path === path)
  return all.find(({ state }) => state !== 'deleted') ?? all[0]
}

function present(call: Call, { id, name, path, state, createdAt, updatedAt }: Workflow): object {
  const repository = repositoryOf(call)
  const at = `${repository.owner.login}/${repository.name}`
  return {
    id,
    node_id: nodeId('Workflow', id),
    name,
    path,
    state,
    created_at: createdAt,
    updated_at: updatedAt,
    url: `${call.base}/repos/${at}/actions/workflows/${id}`,
    html_url: `${webOrigin(call)}/${at}/blob/main/${path}`,
    badge_url: `${webOrigin(call)}/${at}/workflows/${encodeURIComponent(name)}/badge.svg`,
    ...(state === 'deleted' ? { deleted_at: updatedAt } : {}),
  }
}

/** By file name, or for what has none by any name with its `path`. @throws SeedError */
function seed(repository: Repository, given: Entry): void {
  const entries = named(given, 'workflows', KEYS)
  const ids = idsFrom(1, entries.values())
  for (const [key, one] of entries) {
    const path = textAt(one, 'path') ?? FOLDER + key
    if (path.startsWith(FOLDER) && !/^[^/]+\.ya?ml$/.test(path.slice(FOLDER.length))) {
      throw new SeedError(one.path, 'must be called like its file, such as ci.yml, or have a path.')
    }
    const id = ids(idAt(one, 'id'))
    const createdAt = momentAt(one, 'created_at') ?? BEGINNING
    workflowsOf(repository).set(id, {
      ...{ id, path, createdAt },
      name: textAt(one, 'name') ?? key,
      state: wordAt(one, 'state', STATES) ?? 'active',
      updatedAt: momentAt(one, 'updated_at') ?? createdAt,
      ...(one.fields.on === undefined ? {} : { on: one.fields.on }),
    })
  }
}

function dump(repository: Repository): object {
  const all = [...workflowsOf(repository).values()]
  if (all.length === 0) return {}
  const entries = all.map(({ id, name, path, state, createdAt, updatedAt, on }) => {
    const key = path.startsWith(FOLDER) && state !== 'deleted' ? path.slice(FOLDER.length) : `${id}`
    return [
      key,
      { id, name, path, state, created_at: createdAt, updated_at: updatedAt, ...(on === undefined ? {} : { on }) },
    ]
  })
  return { workflows: Object.fromEntries(entries) }
}
