import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Plan } from '../../src/core/plan.ts'
import { atNightElse, sampled } from '../support/by-night.ts'
import { HEAD } from '../support/github-actions.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'
import { inProcess } from './in-process.ts'
import { type Runner, runner, type StepRan } from './runner.ts'
import {
  ACME,
  APPLY_JOB,
  acmeIn,
  administers,
  merge,
  ofPullRequest,
  ofPush,
  PLAN_JOB,
  SEED,
  TOKENS,
  untold,
  VALUE,
  YAML,
} from './world.ts'

const PRODUCTS = ['ghec', 'ghes-3.19', 'ghes-2.22', 'ghae', 'ghae-2021']

/** The plan job of the pull request. */
function planned(job: Pick<Runner, 'run'>, action: 'opened' | 'synchronize', headSha = HEAD): Promise<StepRan> {
  return job.run({ event: ofPullRequest(action, headSha), with: { command: 'plan', comment: 'true' }, env: PLAN_JOB })
}

/** The two jobs of the push: the plan whose digest people approve, and the apply of it. */
async function applied(job: Pick<Runner, 'run'>): Promise<{ readonly plan: StepRan; readonly apply: StepRan }> {
  const plan = await job.run({ event: ofPush(), with: { command: 'plan' }, env: PLAN_JOB })
  const digest = plan.outputs.plan_digest ?? ''
  const apply = await job.run({
    event: ofPush(),
    with: { command: 'apply', 'expect-digest': digest, args: '--branch main --expect-pull-request' },
    env: APPLY_JOB,
  })
  return { plan, apply }
}

function home(sandbox: WatchedSandbox) {
  const { pull_requests: pulls = {}, check_runs: runs = [], files = {} } = acmeIn(sandbox).repositories.admin
  return { comments: pulls[7]?.comments ?? [], runs, files }
}

/** By day the sources in this process; of the bundle one product. */
const start = atNightElse(runner, inProcess)

it.each(sampled(PRODUCTS, 2))(
  '%s: a pull request is opened, updated and merged, and what was reviewed is applied',
  async (product) => {
    const sandbox = await watchedSandbox({ product, seed: SEED })
    const job = await (product === 'ghec' ? runner : start)(sandbox, { 'octoform.yaml': YAML })

    const opened = await planned(job, 'opened')
    expect(opened).toMatchObject({ code: 0, stderr: expect.stringContaining('Using OCTOFORM_TOKEN') })
    const path = join(job.temp, 'octoform-plan.json')
    const plan = JSON.parse(await readFile(path, 'utf8')) as Plan
    expect(opened.outputs).toEqual({
      changes: 'true',
      to_add: '1',
      to_change: '1',
      to_delete: '1',
      plan_path: path,
      html_path: '',
      findings: '',
      plan_digest: plan.digest,
      failure_reason: '',
    })
    const [comment] = home(sandbox).comments
    expect(home(sandbox).comments).toHaveLength(1)
    expect(comment).toMatchObject({
      user: 'github-actions[bot]',
      body: expect.stringMatching(/^<!-- octoform \{.*\} -->\n/),
    })
    expect(comment?.body).toContain('orgs/acme/secrets/OLD')
    const check = { name: 'octoform plan', head_sha: HEAD, external_id: plan.digest, app: 'github-actions' }
    expect(home(sandbox).runs).toEqual([expect.objectContaining({ ...check, conclusion: 'success' })])
    const { summary, text } = home(sandbox).runs[0]?.output ?? {}
    expect(text).toContain('### octoform plan · `acme` — 1 to add, 1 to change, 1 to delete\n')
    expect(text).toContain('@@ orgs/acme/secrets/OLD @@')
    // It may break across lines on a phone.
    expect(text?.replaceAll('`<wbr>`', '')).toContain(`digest \`${plan.digest}\``)
    expect(text).toMatch(/<!-- octoform-plan [A-Za-z0-9+/=]+ -->/)
    expect(summary).toContain(`Digest: \`${plan.digest}\``)
    for (const name of ['secrets/NEW', 'secrets/OLD', 'secrets/SHARED']) expect(opened.summary).toContain(name)
    expect(opened.summary).toMatch(/\n\nPlan: 1 to add, 1 to change, 1 to delete\.\n+$/)
    expect(administers(sandbox)).toEqual([])

    const next = 'd'.repeat(40)
    await sandbox.call('POST', '/_sandbox/push', { owner: 'acme', repository: 'admin', branch: 'topic', sha: next })
    await job.write('octoform.yaml', YAML.replace('      OLD: absent\n', ''))
    const updated = await planned(job, 'synchronize', next)
    expect(updated).toMatchObject({ code: 0, outputs: { to_add: '1', to_change: '1', to_delete: '0' } })
    expect(updated.outputs.plan_digest).not.toBe(plan.digest)
    const [edited, ...others] = home(sandbox).comments
    expect(others).toEqual([])
    expect(edited).toMatchObject({
      id: comment?.id,
      body: expect.stringContaining('### octoform plan · `acme` — 1 to add, 1 to change, 0 to delete\n'),
    })
    expect(edited?.body).not.toContain('secrets/OLD')
    expect(home(sandbox).runs.map((run) => [run.head_sha, run.external_id])).toEqual([
      [HEAD, plan.digest],
      [next, updated.outputs.plan_digest],
    ])
    expect(administers(sandbox)).toEqual([])

    await merge(sandbox)
    const { plan: shown, apply } = await applied(job)
    expect(shown.outputs.plan_digest).toBe(updated.outputs.plan_digest)
    expect(apply).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Applied: 1 added, 1 changed, 0 deleted.'),
      outputs: { changes: 'true', to_add: '1', to_change: '1', to_delete: '0', failure_reason: '' },
    })
    expect(apply.outputs.plan_digest).toBe(updated.outputs.plan_digest)
    expect(apply.summary).toContain('Applied: 1 added, 1 changed, 0 deleted.')
    const acme = acmeIn(sandbox)
    expect(acme.secrets).toMatchObject({
      NEW: { visibility: 'private', value: VALUE },
      OLD: { value: 'old' },
      SHARED: { value: 'shared', repositories: ['web'] },
    })
    const { octoform = {} } = home(sandbox).files
    expect(Object.keys(octoform).sort()).toEqual(['ledger.json', 'ledger.json.lock.json', 'ledger.json.plan.json'])
    expect(octoform['ledger.json']).toContain('orgs/acme/secrets/NEW')
    expect(octoform['ledger.json']).toMatch(/"written_at": ?"\d{4}/)
    expect(JSON.parse(octoform['ledger.json.lock.json'] ?? '')).toMatchObject({ state: 'free' })

    const before = untold(sandbox).length
    const again = await applied(job)
    expect(again.plan).toMatchObject({ code: 0, outputs: { changes: 'false', failure_reason: '' } })
    expect(again.apply).toMatchObject({ code: 0, outputs: { changes: 'false', failure_reason: '' } })
    const plain = await job.run({ event: ofPush(), with: { command: 'apply' }, env: APPLY_JOB })
    expect(plain).toMatchObject({ code: 0, stdout: expect.stringContaining('No changes.') })
    expect(plain.outputs).toMatchObject({ changes: 'false', to_add: '0', failure_reason: '' })
    expect(untold(sandbox)).toHaveLength(before)
  },
)

it('a comment and a summary that everybody can read hold no name, unless the workflow says so', async () => {
  const { admin, ...others } = ACME.repositories
  const repositories = { admin: { ...admin, visibility: 'public' }, ...others }
  const sandbox = await watchedSandbox({ seed: { organizations: { acme: { ...ACME, repositories } }, tokens: TOKENS } })
  const job = await runner(sandbox, { 'octoform.yaml': YAML })
  const hidden = await planned(job, 'opened')
  expect(hidden.code).toBe(0)
  const output = home(sandbox).runs[0]?.output
  const told = [home(sandbox).comments[0]?.body ?? '', output?.text ?? '']
  for (const text of told) {
    expect(text).toContain('### octoform plan · `acme` — 1 to add, 1 to change, 1 to delete\n')
    expect(text).toContain('Names are left out because this repository is not private')
  }
  expect(hidden.summary).toContain('Plan: 1 to add, 1 to change, 1 to delete.')
  for (const text of [...told, JSON.stringify(output), hidden.summary]) {
    expect(text).not.toMatch(/OLD|NEW|SHARED|\bapi\b/)
    // Packed, the names would be there all the same.
    expect(text).not.toContain('octoform-plan ')
  }
  const shown = await job.run({
    event: ofPullRequest('synchronize'),
    with: { command: 'plan', comment: 'true', args: '--show-private' },
    env: PLAN_JOB,
  })
  const [comment, ...more] = home(sandbox).comments
  expect(more).toEqual([])
  for (const text of [comment?.body, shown.summary]) expect(text).toContain('orgs/acme/secrets/OLD')
})
