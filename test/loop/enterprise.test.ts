// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of GitHub Actions
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { applyWorkflow, driftWorkflow } from '../../src/init/workflows.ts'
import { ACME, acmeIn, merge, ofPullRequest, ofPush, ofSchedule, PLAN_JOB, TOKENS } from '../action/world.ts'
import type { RunOfActions } from '../support/github-actions.ts'
import { instantClock } from '../support/instant-clock.ts'
import { LEDGER_KEY } from '../support/octoform.ts'
import { type StepRan, stepRunner } from '../support/step-runner.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

type Words = Readonly<Record<string, string>>
interface Job {
  readonly needs?: string
  readonly steps: readonly { readonly with?: Words; readonly env?: Words }[]
}

const FACTS = {
  branch: 'main',
  config: 'octoform.yaml',
  enterprises: ['enterprises/inc'],
  organizations: 'some',
} as const
const jobsOf = (text: string) => (parse(text) as { readonly jobs: Readonly<Record<string, Job>> }).jobs

/** What the secrets and variables of the repository and of its environments hold; Apps are tokens here. */
const ENTERPRISE_TOKEN = 'token-of-the-enterprise'
const HELD: Readonly<Record<string, Words>> = {
  plan: { OCTOFORM_TOKEN: 'reading', GITHUB_TOKEN: 'ghs_plan_job' },
  apply: { OCTOFORM_TOKEN: 'writing', GITHUB_TOKEN: 'ghs_apply_job', OCTOFORM_LEDGER_KEY: LEDGER_KEY },
  drift: { OCTOFORM_TOKEN: 'reading', GITHUB_TOKEN: 'ghs_drift_job' },
  'enterprise-plan': { OCTOFORM_ENTERPRISE_TOKEN: ENTERPRISE_TOKEN, GITHUB_TOKEN: 'ghs_plan_job' },
  'enterprise-apply': {
    OCTOFORM_ENTERPRISE_TOKEN: ENTERPRISE_TOKEN,
    GITHUB_TOKEN: 'ghs_apply_job',
    OCTOFORM_LEDGER_KEY: LEDGER_KEY,
  },
  'enterprise-drift': { OCTOFORM_ENTERPRISE_TOKEN: ENTERPRISE_TOKEN, GITHUB_TOKEN: 'ghs_drift_job' },
}

const POLICY = 'workflow_permissions'
const word = (default_workflow_permissions: string) => ({ [POLICY]: { default_workflow_permissions } })
const YAML = `version: 1
ledger: { repository: acme/admin, branch: octoform, path: ledger.json }
enterprises:
  inc:
    organizations: { acme: {} }
    ${POLICY}: { default_workflow_permissions: write }
organizations:
  acme: { ${POLICY}: { default_workflow_permissions: write } }
`

const GROUP_YAML = `version: 1
ledger: { repository: acme/admin, branch: octoform, path: ledger.json }
enterprises:
  inc:
    organizations: { acme: {} }
    runner_groups: { shared: { visibility: selected, organizations: [acme] } }
organizations:
  acme: { runner_groups: { shared: { inherited: true, repositories: [admin] } } }
`

async function started(yaml = YAML) {
  const seed = {
    enterprises: { inc: { organizations: { acme: {} }, ...word('read') } },
    organizations: { acme: { ...ACME, ...word('read') } },
    tokens: { ...TOKENS, [ENTERPRISE_TOKEN]: { scopes: ['admin:enterprise'] } },
  }
  const sandbox = await watchedSandbox({ product: 'ghec', seed })
  const runner = await stepRunner(sandbox, { 'octoform.yaml': yaml })
  const digests = new Map<string, string>()
  /** The step of a shipped job that uses octoform, with its expressions as GitHub fills them in. */
  const job = async (text: string, name: string, event: RunOfActions): Promise<StepRan> => {
    const { steps } = jobsOf(text)[name] ?? expect.unreachable(name)
    const step = steps.find((each) => each.with?.command !== undefined) ?? expect.unreachable(name)
    const filled = (value: string): string =>
      value
        .replace(/\$\{\{ needs\.([\w-]+)\.outputs\.digest \}\}/g, (_, of: string) => digests.get(of) ?? '')
        .replace("${{ !inputs.rotate && !inputs.target && '--expect-pull-request' || '' }}", '--expect-pull-request')
        .replace('${{ github.repository }}', 'acme/admin')
        .replace(/\$\{\{ env\.\w+ \}\}/g, '')
    const { 'html-file': _, ...given } = step.with ?? {}
    const inputs = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, filled(value)]))
    // No job gets more than the names that its `env` has.
    const names = new Set(Object.keys(step.env ?? {}).map((each) => each.replace(/OCTOFORM_APP_\w+/, 'OCTOFORM_TOKEN')))
    const env = Object.fromEntries(Object.entries(HELD[name] ?? {}).filter(([key]) => names.has(key)))
    const ran = await runner.run({ event, with: inputs, env, clock: instantClock(Date.now()).clock })
    digests.set(name, ran.outputs.plan_digest ?? '')
    return ran
  }
  return { sandbox, runner, job }
}

const last = ({ stdout }: StepRan) => stdout.trimEnd().split('\n').at(-1)
const policyOf = (sandbox: Awaited<ReturnType<typeof started>>['sandbox']) => {
  const { enterprises } = sandbox.state() as { enterprises: { inc: Record<string, unknown> } }
  return [enterprises.inc[POLICY], (acmeIn(sandbox) as unknown as Record<string, unknown>)[POLICY]]
}

describe('an enterprise and its organization, by the shipped workflows', () => {
  const [apply, drift] = [applyWorkflow(FACTS), driftWorkflow(FACTS)]

  it('are reviewed, applied in this order, and looked at for drift', async () => {
    const { sandbox, runner, job } = await started()
    const reviewed = await runner.run({
      event: ofPullRequest('opened'),
      with: { command: 'plan', comment: 'true' },
      // Set by mistake: no run for a pull request reads it.
      env: { ...PLAN_JOB, OCTOFORM_ENTERPRISE_TOKEN: ENTERPRISE_TOKEN },
    })
    expect(reviewed, reviewed.stderr).toMatchObject({ code: 0 })
    expect(reviewed.stdout).toContain('enterprises/inc is planned after the merge')
    expect(last(reviewed)).toBe('Plan: 0 to add, 1 to change, 0 to delete. 1 enterprise left out.')
    const comments = Object.values(acmeIn(sandbox).repositories.admin.pull_requests?.[7]?.comments ?? {})
    expect(comments.map(({ body }) => body.split('\n')[2]).sort()).toEqual([
      '### octoform plan · `acme` — 0 to add, 1 to change, 0 to delete',
      '### octoform plan · `enterprises/inc` — 0 to add, 0 to change, 0 to delete · 1 enterprise left out',
    ])
    const asked = sandbox.asked.filter(({ path }) => path.startsWith('/enterprises/'))
    expect(asked.every(({ method }) => method === 'GET')).toBe(true)
    await merge(sandbox)

    const above = await job(apply, 'enterprise-plan', ofPush())
    expect(above).toMatchObject({ code: 0, outputs: { changes: 'true' } })
    expect(last(above)).toBe('Plan: 0 to add, 1 to change, 0 to delete.')
    const done = await job(apply, 'enterprise-apply', ofPush())
    expect(done, done.stderr).toMatchObject({ code: 0 })
    expect(await job(apply, 'plan', ofPush())).toMatchObject({ code: 0 })
    const below = await job(apply, 'apply', ofPush())
    expect(below, below.stderr).toMatchObject({ code: 0 })
    expect(policyOf(sandbox)).toMatchObject([word('write')[POLICY], word('write')[POLICY]])

    expect(last(await job(apply, 'enterprise-plan', ofPush()))).toMatch(/^No changes\./)
    const quiet = await job(drift, 'drift', ofSchedule)
    expect([quiet.code, last(quiet)]).toEqual([0, expect.stringMatching(/^No drift\..* 1 enterprise left out\.$/)])
    await sandbox.call('PUT', '/enterprises/inc/actions/permissions/workflow', {
      default_workflow_permissions: 'write',
      can_approve_pull_request_reviews: false,
    })
    expect(await job(drift, 'enterprise-drift', ofSchedule)).toMatchObject({ code: 0 })
    await sandbox.call('PUT', '/enterprises/inc/actions/permissions/workflow', { default_workflow_permissions: 'read' })
    expect(await job(drift, 'enterprise-drift', ofSchedule)).toMatchObject({ code: 2 })
    const issues = Object.values(acmeIn(sandbox).repositories.admin.issues ?? {})
    expect(issues.map(({ state, title }) => `${state}: ${title}`)).toEqual([expect.stringContaining('enterprises/inc')])
  })

  it('bring a group into the organization, of which it chooses as was reviewed', async () => {
    const { sandbox, runner, job } = await started(GROUP_YAML)
    const event = ofPullRequest('opened')
    const reviewed = await runner.run({ event, with: { command: 'plan', comment: 'true' }, env: PLAN_JOB })
    expect(last(reviewed)).toBe('Plan: 0 to add, 1 to change, 0 to delete. 1 enterprise left out.')
    await merge(sandbox)
    await job(apply, 'enterprise-plan', ofPush())
    expect(await job(apply, 'enterprise-apply', ofPush())).toMatchObject({ code: 0 })
    expect(await job(apply, 'plan', ofPush())).toMatchObject({ code: 0 })
    const below = await job(apply, 'apply', ofPush())
    expect(below, below.stderr).toMatchObject({ code: 0 })
    const { runner_groups: groups } = acmeIn(sandbox) as unknown as { runner_groups: Record<string, object> }
    expect(groups.shared).toMatchObject({ visibility: 'selected', repositories: ['admin'] })
  })

  it('holds back below what was not applied above, and refuses what was reviewed', async () => {
    const { sandbox, runner, job } = await started()
    await runner.run({ event: ofPullRequest('opened'), with: { command: 'plan', comment: 'true' }, env: PLAN_JOB })
    await merge(sandbox)
    const plan = await job(apply, 'plan', ofPush())
    expect(plan.stdout).toContain('Apply the enterprise first: its YAML allows it.')
    const below = await job(apply, 'apply', ofPush())
    expect(below).toMatchObject({ code: 4, outputs: { failure_reason: 'plan_changed' } })
    expect(policyOf(sandbox)).toMatchObject([word('read')[POLICY], word('read')[POLICY]])
  })

  it('holds the enterprise to the digest of its own plan', async () => {
    const { sandbox, job } = await started()
    await job(apply, 'enterprise-plan', ofPush())
    await sandbox.call('PUT', '/enterprises/inc/actions/permissions/workflow', {
      can_approve_pull_request_reviews: true,
      default_workflow_permissions: 'write',
    })
    const done = await job(apply, 'enterprise-apply', ofPush())
    expect(done).toMatchObject({ code: 4, outputs: { failure_reason: 'plan_changed' } })
  })
})
