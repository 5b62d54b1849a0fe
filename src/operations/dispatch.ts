import type { Route } from '../core/routes.ts'
import { SetupError } from '../core/setup-error.ts'
import { valueAt } from './column.ts'
import type { Done, OwnOperation, Task } from './operation.ts'
import { WORKFLOW } from './workflow-subject.ts'

const REPOSITORY: Route = 'GET /repos/{owner}/{repo}'
const START: Route = 'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches'
const RUNS: Route = 'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs'
/** Between two looks for the run: GitHub lists it some seconds after its answer. */
const PAUSES_MS = [1000, 2000, 3000, 5000, 5000, 5000]

/** Starts a workflow and tells the run (https://docs.github.com/rest/actions/workflows#create-a-workflow-dispatch-event). */
export const DISPATCH: OwnOperation = {
  kind: 'own',
  resource: 'workflows',
  verb: 'dispatch',
  about: 'start a workflow that has the event workflow_dispatch, and tell its run',
  at: { repository: START },
  subject: WORKFLOW,
  flags: [
    { flag: '--ref <ref>', field: 'ref', own: true, about: 'the branch or tag to run at; else the default branch' },
    {
      flag: '-f, --field <key=value>',
      field: 'inputs',
      takes: 'texts',
      own: true,
      about: 'an input of the workflow; repeat it for several',
    },
  ],
  routes: [REPOSITORY, RUNS],
  effect: 'change',
  means: { 422: 'the workflow has no event workflow_dispatch at this ref, or does not take these inputs.' },
  work: dispatch,
}

async function dispatch(task: Task): Promise<Done> {
  const { flags, params, of, subject, accepts, request, confirm } = task
  const inputs = inputsOf(Array.isArray(flags.inputs) ? flags.inputs : [])
  const ref = typeof flags.ref === 'string' ? flags.ref : await defaultBranch(task)
  await confirm(`Start ${subject} at ${ref}?`, 1)
  const body = { ref, ...(Object.keys(inputs).length > 0 ? { inputs } : {}) }
  if (accepts(START, 'return_run_details')) {
    const { body: run } = await request(START, { ...params, ...of }, { ...body, return_run_details: true })
    return started(run)
  }
  const before = await newestRuns(task, ref)
  await request(START, { ...params, ...of }, body)
  return startedAfter(task, ref, before)
}

/**
 * `key=value` as GitHub takes it: a text, for every type of input.
 * @throws SetupError for a text without a key
 */
function inputsOf(given: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.map((text) => {
      const end = text.indexOf('=')
      if (end < 1) throw new SetupError(`--field ${text}: write the name of an input, = and its value.`)
      return [text.slice(0, end), text.slice(end + 1)]
    }),
  )
}

async function defaultBranch({ request, params }: Task): Promise<string> {
  const branch = valueAt((await request(REPOSITORY, params)).body, 'default_branch')
  if (typeof branch === 'string' && branch !== '') return branch
  throw new SetupError('GitHub names no default branch: give --ref.')
}

function started(run: unknown): Done {
  return { json: run, lines: [`run ${valueAt(run, 'workflow_run_id')}  ${valueAt(run, 'html_url') ?? ''}`.trimEnd()] }
}

/** Looks for the run where the product's answer does not tell it: the one that the list has gained. */
async function startedAfter(task: Task, ref: string, before: readonly unknown[]): Promise<Done> {
  const known = new Set(before.map((run) => valueAt(run, 'id')))
  for (const pause of PAUSES_MS) {
    const fresh = (await newestRuns(task, ref)).filter((run) => !known.has(valueAt(run, 'id')))
    const [run, ...others] = fresh
    if (run !== undefined && others.length === 0) {
      const [id, url, page] = ['id', 'url', 'html_url'].map((path) => valueAt(run, path))
      return started({ workflow_run_id: id, run_url: url, html_url: page })
    }
    if (run !== undefined) {
      const ids = fresh.map((each) => valueAt(each, 'id')).join(', ')
      return { json: null, lines: [`Started. ${task.product} does not tell which run it is; one of ${ids}.`] }
    }
    await task.pause(pause)
  }
  return { json: null, lines: [`Started. ${task.product} does not tell which run it is, and lists none yet.`] }
}

/** The newest runs that were started so at a branch or tag. */
async function newestRuns({ request, params, of }: Task, ref: string): Promise<readonly unknown[]> {
  const branch = ref.replace(/^refs\/(?:heads|tags)\//, '')
  const query = { event: 'workflow_dispatch', branch, per_page: 20 }
  const runs = valueAt((await request(RUNS, { ...params, ...of, ...query })).body, 'workflow_runs')
  return Array.isArray(runs) ? runs : []
}
