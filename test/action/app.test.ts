import { expect, it } from 'vitest'
import { appKey } from '../support/app-key.ts'
import { atNightElse } from '../support/by-night.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'
import { inProcess } from './in-process.ts'
import { runner } from './runner.ts'
import {
  ACME,
  APPLY_JOB,
  acmeIn,
  administers,
  merge,
  ofPullRequest,
  ofPush,
  PLAN_JOB,
  TOKENS,
  VALUE,
  YAML,
} from './world.ts'

const READER = appKey('reader')
const WRITER = appKey('writer')
const READS = { organization_secrets: 'read', metadata: 'read' }
const WRITES = { organization_secrets: 'write', metadata: 'read' }

/** Two Apps, as the documentation has it. None of the tokens that stand in the seed administers anything. */
function seedOf(installation: object = {}): object {
  const { ghs_plan_job, ghs_apply_job, owner } = TOKENS
  return {
    organizations: { acme: ACME },
    apps: {
      reader: {
        id: 301,
        private_key_public: READER.publicKey,
        installations: { acme: { permissions: READS, ...installation } },
      },
      writer: {
        id: 302,
        private_key_public: WRITER.publicKey,
        installations: { acme: { permissions: WRITES, ...installation } },
      },
    },
    tokens: { ghs_plan_job, ghs_apply_job, owner },
  }
}

const { OCTOFORM_TOKEN: _reading, ...PLAN } = PLAN_JOB
const { OCTOFORM_TOKEN: _writing, ...APPLY } = APPLY_JOB
const PLAN_ENV = { ...PLAN, OCTOFORM_APP_ID: '301', OCTOFORM_APP_PRIVATE_KEY: READER.privateKey }
const APPLY_ENV = { ...APPLY, OCTOFORM_APP_ID: '302', OCTOFORM_APP_PRIVATE_KEY: WRITER.privateKey }
const EXCHANGE = '/app/installations/{installation_id}/access_tokens'

function exchanges(sandbox: WatchedSandbox): readonly unknown[] {
  return sandbox.asked.filter(({ route }) => route === EXCHANGE).map(({ body }) => body)
}

/** By day the sources in this process; of the bundle one product. */
const start = atNightElse(runner, inProcess)

it.each(['ghec', 'ghes-3.19', 'ghes-2.22'])('%s: one App plans, another applies', async (product) => {
  const sandbox = await watchedSandbox({ product, seed: seedOf() })
  const job = await (product === 'ghec' ? runner : start)(sandbox, { 'octoform.yaml': YAML })
  const comment = { command: 'plan', comment: 'true' }
  const plan = await job.run({ event: ofPullRequest('opened'), with: comment, env: PLAN_ENV })
  expect(plan).toMatchObject({ code: 0, outputs: { to_add: '1', to_change: '1', to_delete: '1' } })
  expect(exchanges(sandbox)).toEqual([{ permissions: { organization_secrets: 'read', metadata: 'read' } }])
  expect(acmeIn(sandbox).repositories.admin.pull_requests?.[7]?.comments).toMatchObject([
    { user: 'github-actions[bot]' },
  ])

  await merge(sandbox)
  const apply = { command: 'apply', args: '--expect-pull-request' }
  expect(await job.run({ event: ofPush(), with: apply, env: APPLY_ENV })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Applied: 1 added, 1 changed, 1 deleted.'),
  })
  expect(exchanges(sandbox).slice(1)).toEqual([{ permissions: { organization_secrets: 'write', metadata: 'read' } }])
  expect(acmeIn(sandbox).secrets).toMatchObject({ NEW: { value: VALUE } })
})

it('applying with the App that only reads names what it lacks, before anything is written', async () => {
  const sandbox = await watchedSandbox({ seed: seedOf() })
  await merge(sandbox)
  const job = await start(sandbox, { 'octoform.yaml': YAML })
  const env = { ...APPLY_ENV, OCTOFORM_APP_ID: '301', OCTOFORM_APP_PRIVATE_KEY: READER.privateKey }
  const ran = await job.run({ event: ofPush(), with: { command: 'apply' }, env })
  expect(ran).toMatchObject({ code: 5, outputs: { failure_reason: 'unread' } })
  expect(ran.stdout + ran.stderr).toContain(
    'The GitHub App reader lacks a permission on acme: organization_secrets: write',
  )
  expect(sandbox.writes()).toEqual([])
})

it.each([
  ['the key of another App', { OCTOFORM_APP_PRIVATE_KEY: WRITER.privateKey }, 'OCTOFORM_APP_PRIVATE_KEY', 'unread', 5],
  ['what is no key', { OCTOFORM_APP_PRIVATE_KEY: 'planted' }, 'OCTOFORM_APP_PRIVATE_KEY', 'could_not_run', 1],
  ['no key', { OCTOFORM_APP_PRIVATE_KEY: '' }, 'OCTOFORM_APP_PRIVATE_KEY', 'could_not_run', 1],
])('refuses an App with %s', async (_name, env, says, reason, code) => {
  const sandbox = await watchedSandbox({ seed: seedOf() })
  const job = await start(sandbox, { 'octoform.yaml': YAML })
  const ran = await job.run({ event: ofPullRequest('opened'), with: { command: 'plan' }, env: { ...PLAN_ENV, ...env } })
  expect(ran).toMatchObject({ code, outputs: { failure_reason: reason } })
  const told = (ran.stdout + ran.stderr).split('\n').filter((line) => !line.startsWith('::add-mask::'))
  expect(told.join('\n')).toContain(says)
  expect(told.join('\n')).not.toContain('planted')
  expect(administers(sandbox).filter(({ route }) => route !== EXCHANGE)).toEqual([])
})

it('an App that is suspended, and one that is not installed', async () => {
  const suspended = await watchedSandbox({ seed: seedOf({ suspended: true }) })
  const job = await start(suspended, { 'octoform.yaml': YAML })
  const step = { event: ofPullRequest('opened'), with: { command: 'plan', comment: 'true' }, env: PLAN_ENV }
  const ran = await job.run(step)
  expect(ran).toMatchObject({ code: 5, outputs: { failure_reason: 'unread' } })
  expect(ran.stdout).toContain('is suspended on acme')
  // A failed plan is reported in the pull request, and no digest of it can be taken for a review.
  const { pull_requests: pulls, check_runs: runs } = acmeIn(suspended).repositories.admin
  expect(pulls?.[7]?.comments).toMatchObject([{ body: expect.stringContaining('is suspended on acme') }])
  expect(runs).toMatchObject([{ name: 'octoform plan', external_id: '', conclusion: 'failure' }])

  await job.write('octoform.yaml', 'version: 1\norganizations: { elsewhere: { secrets: {} } }\n')
  const elsewhere = await job.run(step)
  expect(elsewhere).toMatchObject({ code: 5, outputs: { failure_reason: 'unread' } })
  expect(elsewhere.stdout).toContain('is not installed on elsewhere')
})
