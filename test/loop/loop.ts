import {
  APPLY_JOB,
  acmeIn,
  DRIFT_JOB,
  merge,
  ofPullRequest,
  ofPush,
  ofSchedule,
  PLAN_JOB,
  SEED,
  YAML,
} from '../action/world.ts'
import { instantClock } from '../support/instant-clock.ts'
import { type StepRan, type StepRunner, stepRunner } from '../support/step-runner.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

/** The products that the loop is run on: the newest cloud, and the oldest server. */
export const PRODUCTS = ['ghec', 'ghes-2.22']

/** A repository with a pull request, and the jobs that the shipped workflows have. */
export interface Loop {
  readonly sandbox: WatchedSandbox
  readonly runner: StepRunner
  /** The job of the pull request. */
  plan(more?: Readonly<Record<string, string>>): Promise<StepRan>
  merge(): Promise<void>
  /** Both jobs of the push: the plan whose digest people approve, and the apply of it. */
  apply(env?: Readonly<Record<string, string>>, more?: string): Promise<StepRan>
  drift(env?: Readonly<Record<string, string>>): Promise<StepRan>
  /** The comments of the pull request, without the parts that differ from run to run. */
  comments(): readonly string[]
  issues(): readonly string[]
  checks(): readonly string[]
}

export async function loop(product: string, seed: object = SEED, yaml = YAML): Promise<Loop> {
  const sandbox = await watchedSandbox({ product, seed })
  const runner = await stepRunner(sandbox, { 'octoform.yaml': yaml })
  const steady = (text: string): string => same(text, sandbox)
  const shown = (ran: StepRan): StepRan => ({ ...ran, summary: steady(ran.summary) })
  const clock = () => instantClock(Date.now()).clock
  const home = () => acmeIn(sandbox).repositories.admin
  return {
    sandbox,
    runner,
    async plan(more = {}) {
      const step = {
        event: ofPullRequest('opened'),
        with: { command: 'plan', comment: 'true', ...more },
        env: PLAN_JOB,
      }
      return shown(await runner.run(step))
    },
    merge: () => merge(sandbox),
    async apply(env = {}, more = '') {
      const plan = await runner.run({ event: ofPush(), with: { command: 'plan' }, env: PLAN_JOB })
      const args = `--branch main --expect-pull-request ${more}`
      const inputs = { command: 'apply', 'expect-digest': plan.outputs.plan_digest ?? '', args }
      return shown(await runner.run({ event: ofPush(), with: inputs, env: { ...APPLY_JOB, ...env }, clock: clock() }))
    },
    async drift(env = {}) {
      const inputs = { command: 'drift', issue: 'acme/admin' }
      return shown(await runner.run({ event: ofSchedule, with: inputs, env: { ...DRIFT_JOB, ...env }, clock: clock() }))
    },
    comments: () => (home().pull_requests?.[7]?.comments ?? []).map(({ body }) => steady(body)),
    issues: () =>
      Object.values(home().issues ?? {}).map(({ state, title, body }) => steady(`${state}: ${title}\n\n${body}`)),
    checks: () =>
      (home().check_runs ?? []).map(({ name, conclusion, external_id: id }) => steady(`${name}: ${conclusion} ${id}`)),
  }
}

/** Digests, ports, request ids and the hidden first line differ from run to run. */
function same(text: string, { origin }: WatchedSandbox): string {
  return text
    .replaceAll(new URL(origin).host, 'HOST')
    .replace(/\/api\/v3\b/g, '')
    .replace(/^<!-- octoform .*-->\n\n/m, '')
    .replace(/\b[0-9a-f]{64}\b/g, 'DIGEST')
    .replace(/request [0-9A-F:]+\b/g, 'request ID')
}
