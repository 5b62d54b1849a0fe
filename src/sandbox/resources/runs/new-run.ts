import { type Repository, timestamp } from '../../world/store.ts'
import { commitNamed, inventedSha } from '../git/branches.ts'
import { gitOf } from '../git/state.ts'
import { runsOf, type WorkflowRun } from './run.ts'

interface Beginning {
  readonly event: string
  /** The workflow's file. */
  readonly path: string
  readonly moment: Date
  /** The next one where left out. */
  readonly id?: number
  /** The default branch where left out. */
  readonly branch?: string
  /** A login. */
  readonly actor?: string
}

/** Adds a run that has just begun, which waits for a runner. */
export function newRun(repository: Repository, given: Beginning): WorkflowRun {
  const runs = runsOf(repository)
  const id = given.id ?? runs.lastId + 1
  const branch = given.branch ?? gitOf(repository).defaultBranch
  const now = timestamp(given.moment)
  const numbers = [...runs.byId.values()].filter(({ path }) => path === given.path).map((run) => run.number)
  const run: WorkflowRun = {
    id,
    attempt: 1,
    status: 'queued',
    conclusion: null,
    event: given.event,
    path: given.path,
    name: undefined,
    title: undefined,
    number: Math.max(0, ...numbers) + 1,
    headBranch: branch,
    headSha: commitNamed(repository, branch) ?? inventedSha(repository, branch),
    fork: undefined,
    actor: given.actor,
    triggeringActor: undefined,
    checkSuiteId: id,
    pullRequests: [],
    createdAt: now,
    startedAt: now,
    updatedAt: now,
    cancel: 'obeyed',
    cancelTakesMs: 0,
    cancelAt: undefined,
    logs: { text: `The log of run ${id}.\n` },
    waitingFor: [],
    approvals: [],
    concurrency: undefined,
    earlier: new Map(),
    jobs: [],
  }
  runs.byId.set(id, run)
  runs.lastId = Math.max(runs.lastId, id)
  return run
}
