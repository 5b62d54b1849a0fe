import { type Answer, type Call, ok, param, type Route, repositoryOf } from '../../http/call.ts'
import { notFound } from '../../http/errors.ts'
import type { Repository } from '../../world/store.ts'
import { runName, runPage, runUrl } from './present-run.ts'
import { runIn, runsOf, settled, type WorkflowRun } from './run.ts'

const READ = { method: 'GET', permission: 'actions=read', notOn: ['ghes'] } as const
const TEMPLATE = '/repos/{owner}/{repo}/actions/concurrency_groups'
const LONGEST_PAGE = 100

/** Groups of runs of which one goes on at a time (https://docs.github.com/rest/actions/concurrency-groups). Groups of single jobs are not kept here. */
export const CONCURRENCY_ROUTES: readonly Route[] = [
  { ...READ, template: TEMPLATE, handle: listGroups },
  { ...READ, template: `${TEMPLATE}/{concurrency_group_name}`, handle: getGroup },
  { ...READ, template: '/repos/{owner}/{repo}/actions/runs/{run_id}/concurrency_groups', handle: listOfRun },
]

/** Those that a run holds or waits for, by name; paged by the name of the last one. */
function listGroups(call: Call): Answer {
  const repository = repositoryOf(call)
  const names = [...new Set(activeRuns(call, repository).flatMap(({ concurrency }) => concurrency ?? []))].sort()
  const { after = '' } = call.query
  const size = Math.min(Number(call.query.per_page) || 30, LONGEST_PAGE)
  const rest = names.filter((name) => name > after)
  const page = rest.slice(0, size)
  const groups = page.map((name) => {
    const first = membersOf(call, repository, name)[0]
    return { group_name: name, group_url: groupUrl(call, name), last_acquired_at: first?.startedAt ?? null }
  })
  const query = new URLSearchParams({ ...call.query, after: page.at(-1) ?? '' })
  const headers = rest.length > size ? { Link: `<${call.base}${call.path}?${query}>; rel="next"` } : {}
  return { status: 200, body: { total_count: names.length, concurrency_groups: groups }, headers }
}

/** Its members, the one that has it first; with `ahead_of_run` those before that run. */
function getGroup(call: Call): Answer {
  const repository = repositoryOf(call)
  const name = param(call, 'concurrency_group_name')
  const all = membersOf(call, repository, name)
  if (all.length === 0) throw notFound()
  const end = all.findIndex(({ id }) => String(id) === call.query.ahead_of_run)
  const ahead = end < 0 ? all : all.slice(0, end)
  return ok({
    group_name: name,
    group_url: groupUrl(call, name),
    total_count: ahead.length,
    group_members: ahead.map((run) => member(call, repository, run, all)),
  })
}

/** The group that a run is in while it has not ended, with the run's place in it, counted from 1. */
function listOfRun(call: Call): Answer {
  const repository = repositoryOf(call)
  const run = runIn(call, repository)
  const name = run.concurrency
  const all = name === undefined ? [] : membersOf(call, repository, name)
  if (name === undefined || !all.includes(run)) return ok({ total_count: 0, concurrency_groups: [] })
  const url = groupUrl(call, name)
  const place = { position: all.indexOf(run) + 1, position_url: `${url}?ahead_of_run=${run.id}` }
  const group = {
    group_name: name,
    group_url: url,
    group_members: [{ ...member(call, repository, run, all), ...place }],
  }
  return ok({ total_count: 1, concurrency_groups: [group] })
}

function member(call: Call, repository: Repository, run: WorkflowRun, all: readonly WorkflowRun[]): object {
  return {
    run_id: run.id,
    run_name: runName(repository, run),
    run_url: runUrl(call, repository, run.id),
    run_html_url: runPage(call, repository, run.id),
    status: all[0] === run ? 'in_progress' : 'pending',
  }
}

/** From the oldest: it has the group. */
function membersOf(call: Call, repository: Repository, name: string): WorkflowRun[] {
  const members = activeRuns(call, repository).filter(({ concurrency }) => concurrency === name)
  return members.sort((one, other) => one.startedAt.localeCompare(other.startedAt) || one.id - other.id)
}

function activeRuns(call: Call, repository: Repository): WorkflowRun[] {
  return [...runsOf(repository).byId.values()].filter((run) => settled(run, call.now).status !== 'completed')
}

function groupUrl(call: Call, name: string): string {
  const { owner, name: repository } = repositoryOf(call)
  return `${call.base}/repos/${owner.login}/${repository}/actions/concurrency_groups/${encodeURIComponent(name)}`
}
