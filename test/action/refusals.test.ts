import { join } from 'node:path'
import { expect, it } from 'vitest'
import { atNightElse } from '../support/by-night.ts'
import { pullRequest, REPOSITORY, TIP } from '../support/github-actions.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'
import { inProcess } from './in-process.ts'
import { runner, type Step } from './runner.ts'
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

/** By day the sources in this process, which start faster; of the bundle the other tests beside this one. */
const start = atNightElse(runner, inProcess)

/** Someone gives a repository a secret, whose list the reviewed plan changes. */
async function changeByHand(sandbox: WatchedSandbox): Promise<void> {
  const { body } = await sandbox.call('GET', '/repos/acme/admin')
  const path = `/orgs/acme/actions/secrets/SHARED/repositories/${(body as { id: number }).id}`
  expect(await sandbox.call('PUT', path)).toMatchObject({ status: 204 })
}

it('a change made by hand after the review stops the apply: by the digest of the pull request', async () => {
  const sandbox = await watchedSandbox({ seed: SEED })
  const job = await runner(sandbox, { 'octoform.yaml': YAML })
  const comment = { command: 'plan', comment: 'true' }
  const reviewed = await job.run({ event: ofPullRequest('opened'), with: comment, env: PLAN_JOB })
  await merge(sandbox)
  await changeByHand(sandbox)
  const before = untold(sandbox).length
  const args = '--expect-pull-request'
  const apply = await job.run({ event: ofPush(), with: { command: 'apply', args }, env: APPLY_JOB })
  expect(apply).toMatchObject({ code: 4, outputs: { failure_reason: 'plan_changed', to_change: '1' } })
  expect(apply.stderr).toContain('The plan that was reviewed does not hold any more. Nothing was written.')
  expect(apply.stderr).toContain(`expected ${reviewed.outputs.plan_digest}, and it is ${apply.outputs.plan_digest}`)
  expect(untold(sandbox)).toHaveLength(before)
})

it('a change made by hand after the review stops the apply: by the saved plan, and it is told what differs', async () => {
  const sandbox = await watchedSandbox({ seed: SEED })
  await merge(sandbox)
  const job = await start(sandbox, { 'octoform.yaml': YAML })
  const plan = await job.run({ event: ofPush(), with: { command: 'plan' }, env: PLAN_JOB })
  const saved = plan.outputs.plan_path ?? ''
  await changeByHand(sandbox)
  const given = { command: 'apply', 'plan-file': saved, 'expect-digest': plan.outputs.plan_digest ?? '' }
  const apply = await job.run({ event: ofPush(), with: given, env: APPLY_JOB })
  expect(apply).toMatchObject({ code: 4, outputs: { failure_reason: 'plan_changed' } })
  expect(apply.stderr).toMatch(/orgs\/acme\/secrets\/SHARED {2}.*\n +now .*\n +reviewed .*api/)
  expect(apply.stderr).not.toContain('secrets/NEW  ')
  expect(sandbox.writes()).toEqual([])
})

const HELD = {
  format_version: '1.0',
  state: 'held',
  nonce: '7d2c',
  holder: {
    actor: 'hubot',
    host: 'runner-1',
    run: {
      repository: 'acme/admin',
      run_id: '4242',
      run_attempt: 2,
      url: 'https://github.example.com/acme/admin/actions/runs/4242/attempts/2',
    },
  },
  since: '2026-01-01T00:00:00.000Z',
  heartbeat: '2026-01-01T00:00:00.000Z',
}

/** Another run holds the lock, and GitHub says that it is going on. */
const LOCKED = {
  organizations: {
    acme: {
      ...ACME,
      repositories: {
        ...ACME.repositories,
        admin: {
          ...ACME.repositories.admin,
          files: { octoform: { 'ledger.json.lock.json': JSON.stringify(HELD) } },
          runs: { 4242: { attempt: 2, status: 'in_progress' } },
        },
      },
    },
  },
  tokens: TOKENS,
}

const FORBIDDEN = {
  method: 'GET',
  route: '/orgs/{org}/actions/secrets',
  times: 9,
  status: 403,
  body: { message: 'No.' },
}
const REFUSED = {
  method: 'PUT',
  route: '/orgs/{org}/actions/secrets/{secret_name}',
  times: 9,
  status: 422,
  body: { message: 'No.' },
}
const NO_CREDENTIALS = { GITHUB_TOKEN: '' }
const { NEW_VALUE: _, ...WITHOUT_VALUE } = APPLY_JOB
const APPLY = { command: 'apply' }

interface Case {
  readonly step: Step
  readonly code: number
  readonly reason: string
  readonly says: string
  readonly yaml?: string
  readonly seed?: object
  readonly fault?: object
}

it.each<[string, Case]>([
  [
    'an invalid configuration',
    {
      step: { event: ofPush(), with: { command: 'plan' }, env: PLAN_JOB },
      yaml: 'version: 1\norganisations: {}\n',
      code: 1,
      reason: 'invalid_configuration',
      says: 'octoform.yaml:2:1: error',
    },
  ],
  [
    'an invalid configuration, validated',
    {
      step: { event: ofPush(), with: { command: 'validate' } },
      yaml: 'version: 1\norganisations: {}\n',
      code: 1,
      reason: 'invalid_configuration',
      says: 'octoform.yaml:2:1: error',
    },
  ],
  [
    'an error that only GitHub shows',
    {
      step: { event: ofPush(), with: { command: 'plan' }, env: PLAN_JOB },
      yaml: `${YAML}    runner_groups: { Default: absent }\n`,
      code: 1,
      reason: 'invalid_configuration',
      says: 'Default is the default group and cannot be absent',
    },
  ],
  [
    'no credentials',
    {
      step: { event: ofPush(), with: { command: 'plan' }, env: NO_CREDENTIALS },
      code: 1,
      reason: 'no_credentials',
      says: 'OCTOFORM_TOKEN',
    },
  ],
  [
    'an event that apply does not run for',
    {
      step: { event: ofPullRequest('opened'), with: APPLY, env: APPLY_JOB },
      code: 3,
      reason: 'event_refused',
      says: 'not for `pull_request`',
    },
  ],
  [
    'a guard',
    {
      step: { event: ofPush(), with: { ...APPLY, args: '--protect orgs/acme/secrets/O*' }, env: APPLY_JOB },
      code: 3,
      reason: 'guard_refused',
      says: '--allow protected',
    },
  ],
  [
    'another digest',
    {
      step: { event: ofPush(), with: { ...APPLY, 'expect-digest': 'f'.repeat(64) }, env: APPLY_JOB },
      code: 4,
      reason: 'plan_changed',
      says: 'f'.repeat(64),
    },
  ],
  [
    'a commit that is not the tip',
    {
      step: { event: ofPush(TIP), with: APPLY, env: APPLY_JOB },
      code: 4,
      reason: 'plan_changed',
      says: 'the tip of main',
    },
  ],
  [
    'a lock that another run holds',
    {
      step: { event: ofPush(), with: { ...APPLY, args: '--lock-timeout 0s' }, env: APPLY_JOB },
      seed: LOCKED,
      code: 1,
      reason: 'lock_held',
      says: 'hubot in https://github.example.com/acme/admin/actions/runs/4242/attempts/2 (attempt 2)',
    },
  ],
  [
    'a value that is not there',
    {
      step: { event: ofPush(), with: APPLY, env: WITHOUT_VALUE },
      code: 1,
      reason: 'value_missing',
      says: 'env:NEW_VALUE',
    },
  ],
  [
    'what cannot be read',
    {
      step: { event: ofPush(), with: { command: 'plan' }, env: PLAN_JOB },
      fault: FORBIDDEN,
      code: 5,
      reason: 'unread',
      says: 'GET /orgs/acme/actions/secrets',
    },
  ],
  [
    'what apply cannot read',
    {
      step: { event: ofPush(), with: APPLY, env: APPLY_JOB },
      fault: FORBIDDEN,
      code: 5,
      reason: 'unread',
      says: '--allow incomplete',
    },
  ],
  [
    'a home that cannot be read',
    {
      step: { event: ofPush(), with: APPLY, env: { ...APPLY_JOB, GITHUB_TOKEN: 'nobody-knows-it' } },
      code: 5,
      reason: 'unread',
      says: 'GITHUB_TOKEN',
    },
  ],
  [
    'a write that GitHub refuses',
    {
      step: { event: ofPush(), with: APPLY, env: APPLY_JOB },
      fault: REFUSED,
      code: 1,
      reason: 'apply_failed',
      says: 'orgs/acme/secrets/NEW',
    },
  ],
  [
    'a comment that the token may not write',
    {
      step: {
        event: { ...ofPush(), event: 'workflow_dispatch' },
        with: { command: 'plan', args: '--comment acme/admin#7' },
        env: { ...PLAN_JOB, GITHUB_TOKEN: 'ghs_silent_job' },
      },
      // Whether a later commit stands there is read before it is written.
      code: 5,
      reason: 'unread',
      says: 'pull_requests',
    },
  ],
  [
    'changes, where they are asked for',
    {
      step: { event: ofPush(), with: { command: 'plan', args: '--detailed-exitcode' }, env: PLAN_JOB },
      code: 2,
      reason: 'changes',
      says: 'Plan: 1 to add',
    },
  ],
  [
    'the digest of a job that gave none',
    {
      step: { event: ofPush(), with: { ...APPLY, 'expect-digest': '' }, env: APPLY_JOB },
      code: 1,
      reason: 'could_not_run',
      says: '`expect-digest` is empty',
    },
  ],
  [
    'the saved plan of a job that gave none',
    {
      step: { event: ofPush(), with: { ...APPLY, 'plan-file': '' }, env: APPLY_JOB },
      code: 1,
      reason: 'could_not_run',
      says: '`plan-file` is empty',
    },
  ],
  [
    'a command that the action does not have',
    { step: { event: ofPush(), with: { command: 'sandbox' } }, code: 1, reason: 'could_not_run', says: 'validate' },
  ],
  [
    'an input of another command',
    {
      step: { event: ofPush(), with: { ...APPLY, comment: 'true' }, env: APPLY_JOB },
      code: 1,
      reason: 'could_not_run',
      says: '`comment` goes with plan',
    },
  ],
  [
    'a quote that is not closed',
    { step: { event: ofPush(), with: { ...APPLY, args: '"' } }, code: 1, reason: 'could_not_run', says: 'not closed' },
  ],
  [
    'a flag that nobody knows',
    {
      step: { event: ofPush(), with: { ...APPLY, args: '--force' } },
      code: 1,
      reason: 'could_not_run',
      says: '--force',
    },
  ],
  [
    'a configuration that is not there',
    {
      step: { event: ofPush(), with: { command: 'plan', config: 'octoform.yaml missing' }, env: PLAN_JOB },
      code: 1,
      reason: 'invalid_configuration',
      says: 'missing',
    },
  ],
  [
    'a saved plan that is not there',
    {
      step: { event: ofPush(), with: { ...APPLY, 'plan-file': 'none.json' }, env: APPLY_JOB },
      code: 1,
      reason: 'could_not_run',
      says: 'none.json',
    },
  ],
])('says why it failed: %s', async (_name, { step, code, reason, says, yaml = YAML, seed = SEED, fault }) => {
  const sandbox = await watchedSandbox({ seed })
  if (step.event.event !== 'pull_request') await merge(sandbox)
  if (fault) await sandbox.fault(fault)
  const job = await start(sandbox, { 'octoform.yaml': yaml })
  const ran = await job.run(step)
  expect({ code: ran.code, reason: ran.outputs.failure_reason, log: ran.stdout + ran.stderr }).toEqual({
    code,
    reason,
    log: expect.stringContaining(says),
  })
  expect(Object.keys(ran.outputs)).toHaveLength(9)
  if (reason !== 'apply_failed') expect(administers(sandbox)).toEqual([])
  expect(acmeIn(sandbox).secrets).not.toHaveProperty('NEW')
})

it('checks what a fork proposes offline, and says so', async () => {
  const sandbox = await watchedSandbox({ seed: SEED })
  const job = await start(sandbox, { 'octoform.yaml': YAML })
  const payload = { action: 'opened', pull_request: pullRequest('mallory/admin'), ...REPOSITORY }
  const event = { event: 'pull_request_target', payload }
  const ran = await job.run({
    event,
    with: { command: 'plan', comment: 'true' },
    env: { ...PLAN_JOB, NEW_VALUE: VALUE },
  })
  expect(ran).toMatchObject({ code: 0, outputs: { changes: '', plan_digest: '', plan_path: '', failure_reason: '' } })
  expect(ran.stderr).toContain('comes from mallory/admin')
  expect(ran.stdout).not.toContain(VALUE)
  expect(sandbox.asked).toEqual([])
})

it('gives no plan of an earlier step for one that made none', async () => {
  const sandbox = await watchedSandbox({ seed: SEED })
  const job = await start(sandbox, { 'octoform.yaml': YAML })
  const step = { event: ofPullRequest('opened'), with: { command: 'plan' }, env: PLAN_JOB }
  const first = await job.run(step)
  expect(first.outputs.plan_path).toBe(join(job.temp, 'octoform-plan.json'))
  await job.write('octoform.yaml', 'version: 1\norganisations: {}\n')
  expect((await job.run(step)).outputs).toMatchObject({ plan_path: '', plan_digest: '', changes: '' })
})
