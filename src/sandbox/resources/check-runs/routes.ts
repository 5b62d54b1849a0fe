import { required, text } from '../../http/body.ts'
import { type Answer, bodyOf, type Call, idParam, ok, param, type Route, repositoryOf } from '../../http/call.ts'
import { notFound, Refusal, unprocessable } from '../../http/errors.ts'
import { listAnswer } from '../../http/page.ts'
import { refuseWithoutPreview } from '../../http/preview.ts'
import { hasSince } from '../../world/products.ts'
import { type Repository, timestamp } from '../../world/store.ts'
import { type AppIdentity, actorOf, appNamed } from '../accounts/actor.ts'
import { nextActivityId } from '../issues/issue.ts'
import { repositoryUrl } from '../issues/present-issue.ts'
import { commitOf } from '../pull-requests/pull-requests.ts'
import { outputIn, progressIn } from './body.ts'
import { type CheckRun, checkRunsOf, hasCommit, latestOf } from './check-run.ts'
import { presentCheckRun } from './present-check-run.ts'

const TEMPLATE = '/repos/{owner}/{repo}/check-runs'
const ONE = `${TEMPLATE}/{check_run_id}`
const READ = { permission: 'checks=read' } as const
const WRITE = { permission: 'checks=write' } as const

/** Check runs (https://docs.github.com/rest/checks/runs). On GHES 2.22 all of them are in a preview. */
export const CHECK_RUN_ROUTES: readonly Route[] = [
  { ...WRITE, method: 'POST', template: TEMPLATE, handle: createRun },
  { ...READ, method: 'GET', template: ONE, handle: getRun },
  { ...WRITE, method: 'PATCH', template: ONE, handle: updateRun },
  { ...READ, method: 'GET', template: '/repos/{owner}/{repo}/commits/{ref}/check-runs', handle: listRuns },
]

/** Each request makes another run, also where the commit has one of this name by the same App. */
function createRun(call: Call): Answer {
  refuseWithoutPreview(call, 'antiope')
  const repository = repositoryOf(call)
  const app = appOf(call)
  const body = bodyOf(call)
  const name = required(text(body, 'name'), 'name')
  const headSha = required(text(body, 'head_sha'), 'head_sha')
  const now = timestamp(call.now)
  const progress = progressIn(body, { status: 'queued', conclusion: null, startedAt: now, completedAt: null }, now)
  const output = outputIn(body)
  if (!hasCommit(repository, headSha)) throw unprocessable(`No commit found for SHA: ${headSha}`)
  const run: CheckRun = {
    id: nextActivityId(call.world),
    name,
    headSha,
    externalId: text(body, 'external_id') ?? '',
    ...progress,
    output: output ?? { title: null, summary: null, text: null, annotations: [] },
    app: app.slug,
    detailsUrl: text(body, 'details_url') ?? null,
  }
  checkRunsOf(repository).set(run.id, run)
  const location = `${repositoryUrl(call, repository)}/check-runs/${run.id}`
  return { status: 201, body: presentCheckRun(call, repository, run), headers: { Location: location } }
}

function getRun(call: Call): Answer {
  refuseWithoutPreview(call, 'antiope')
  const repository = repositoryOf(call)
  return ok(presentCheckRun(call, repository, runIn(call, repository)))
}

/** Omitted fields keep their values; annotations are added to the stored ones. */
function updateRun(call: Call): Answer {
  refuseWithoutPreview(call, 'antiope')
  const repository = repositoryOf(call)
  const app = appOf(call)
  const run = runIn(call, repository)
  if (run.app !== app.slug) {
    const message = `Invalid app_id \`${app.id}\` - check run can only be modified by the GitHub App that created it.`
    throw new Refusal(403, message)
  }
  const body = bodyOf(call)
  const progress = progressIn(body, run, timestamp(call.now))
  const output = outputIn(body, run.output)
  run.name = text(body, 'name') ?? run.name
  run.externalId = text(body, 'external_id') ?? run.externalId
  run.detailsUrl = text(body, 'details_url') ?? run.detailsUrl
  Object.assign(run, progress)
  run.output = output ?? run.output
  return ok(presentCheckRun(call, repository, run))
}

/** The newest first; without `filter=all`, the newest of each name and App. GHES 2.22 has no filter by App. */
function listRuns(call: Call): Answer {
  refuseWithoutPreview(call, 'antiope')
  const repository = repositoryOf(call)
  const sha = commitOf(repository, param(call, 'ref'))
  const { check_name, status, filter, app_id } = call.query
  const ofCommit = [...checkRunsOf(repository).values()].filter((run) => run.headSha === sha)
  const runs = (filter === 'all' ? ofCommit : latestOf(ofCommit)).filter(
    (run) =>
      (check_name === undefined || run.name === check_name) &&
      (status === undefined || run.status === status) &&
      (app_id === undefined || !hasSince(call.product, [3, 4]) || isBy(call, run, app_id)),
  )
  return listAnswer(call, 'check_runs', runs.reverse(), (run) => presentCheckRun(call, repository, run))
}

function isBy(call: Call, run: CheckRun, appId: string): boolean {
  return String(appNamed(call.world, run.app).id) === appId
}

/** @throws Refusal 403 when it is not an App that asks. */
function appOf(call: Call): AppIdentity {
  const { app } = actorOf(call)
  if (!app) throw new Refusal(403, 'You must authenticate via a GitHub App.')
  return app
}

function runIn(call: Call, repository: Repository): CheckRun {
  const run = checkRunsOf(repository).get(idParam(call, 'check_run_id'))
  if (!run) throw notFound()
  return run
}
