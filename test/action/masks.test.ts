import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { appKey } from '../support/app-key.ts'
import { LEDGER_KEY } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'
import { type Runner, runner, type Step, type StepRan } from './runner.ts'
import {
  ACME,
  APPLY_JOB,
  acmeIn,
  DRIFT_JOB,
  merge,
  ofPullRequest,
  ofPush,
  ofSchedule,
  PLAN_JOB,
  SEED,
  TOKENS,
  VALUE,
  YAML,
} from './world.ts'

const PEM = '-----BEGIN KEY-----\nplanted-first-line\r\n{\nplanted-100%-line\n-----END KEY-----'
const FILED = 'planted-in-a-file'

const FILES = {
  'octoform.yaml': `${YAML}      PEM: { visibility: all, value: { env: PEM_VALUE } }
      FILED: { visibility: all, value: { file: filed.txt } }
`,
  'filed.txt': `${FILED}\n`,
}

const VALUES = { NEW_VALUE: VALUE, PEM_VALUE: PEM, UNUSED: 'not-named-by-the-configuration' }

/** The texts that no output may contain, as they are and line by line, and in base64. */
function secretsOf(texts: readonly string[]): readonly string[] {
  const lines = texts.flatMap((text) => [text, ...text.split(/\r?\n/)]).filter((line) => line.length >= 4)
  return [...new Set(lines)].flatMap((line) => [line, Buffer.from(line).toString('base64').replace(/=+$/, '')])
}

/** Everything that people can read once a step has run, its masks aside. */
async function traces(job: Runner, sandbox: WatchedSandbox, ran: StepRan): Promise<string> {
  const isMask = (line: string): boolean => line.startsWith('::add-mask::')
  const stdout = ran.stdout.split('\n').filter((line) => !isMask(line))
  const names = await readdir(job.temp)
  const files = await Promise.all(names.map((name) => readFile(join(job.temp, name), 'utf8')))
  const home = JSON.stringify(acmeIn(sandbox).repositories.admin)
  // Sent bodies hold sealed values or none; the sandbox opens them only in administered settings.
  const sent = JSON.stringify(sandbox.asked.map(({ path, body }) => [path, body]))
  return [...stdout, ran.stderr, JSON.stringify(ran.outputs), ran.summary, ...files, home, sent].join('\n')
}

async function expectNoTrace(job: Runner, sandbox: WatchedSandbox, ran: StepRan, texts: readonly string[]) {
  const found = await traces(job, sandbox, ran)
  expect(secretsOf(texts).filter((secret) => found.includes(secret))).toEqual([])
}

const APPLY: Step = { event: ofPush(), with: { command: 'apply' }, env: { ...APPLY_JOB, ...VALUES } }

it('masks each line of each credential and value before anything else is in the log', async () => {
  const sandbox = await watchedSandbox({ seed: SEED })
  await merge(sandbox)
  const job = await runner(sandbox, FILES)
  const lines = (await job.log(APPLY)).split('\n')
  const masks = lines.slice(
    0,
    lines.findIndex((line) => !line.startsWith('::add-mask::')),
  )
  const masked = masks.map((line) => line.slice('::add-mask::'.length).replaceAll('%25', '%'))
  expect(masked.toSorted()).toEqual(
    [
      APPLY_JOB.OCTOFORM_TOKEN,
      APPLY_JOB.GITHUB_TOKEN,
      LEDGER_KEY,
      VALUE,
      FILED,
      ...PEM.split(/\r?\n/).filter((line) => line !== '{'),
    ].toSorted(),
  )
  expect(lines.slice(masks.length).filter((line) => line.includes('add-mask'))).toEqual([])
})

it('prints no mask of a value, and reads none, for a pull request', async () => {
  const sandbox = await watchedSandbox({ seed: SEED })
  const job = await runner(sandbox, FILES)
  const step = { event: ofPullRequest('opened'), with: { command: 'plan', comment: 'true' } }
  const without = await job.run({ ...step, env: PLAN_JOB })
  const given = await job.run({ ...step, env: { ...PLAN_JOB, ...VALUES, OCTOFORM_LEDGER_KEY: LEDGER_KEY } })
  expect([without.code, given.code]).toEqual([0, 0])
  expect(given.outputs).toEqual(without.outputs)
  const masks = given.stdout.split('\n').filter((line) => line.startsWith('::add-mask::'))
  expect(masks).toEqual(
    [PLAN_JOB.OCTOFORM_TOKEN, LEDGER_KEY, PLAN_JOB.GITHUB_TOKEN].map((text) => `::add-mask::${text}`),
  )
  await expectNoTrace(job, sandbox, given, [VALUE, PEM, FILED, LEDGER_KEY, ...Object.values(PLAN_JOB)])
})

const SECRETS = [VALUE, PEM, FILED, LEDGER_KEY, ...Object.values(APPLY_JOB), ...Object.values(DRIFT_JOB)]

it('leaves no value and no credential anywhere after an apply', async () => {
  const sandbox = await watchedSandbox({ seed: SEED })
  await merge(sandbox)
  const job = await runner(sandbox, FILES)
  const report = join(job.temp, 'report.json')
  const ran = await job.run({ ...APPLY, with: { command: 'apply', args: `--debug --report "${report}"` } })
  expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining('Applied: 3 added, 1 changed, 1 deleted.') })
  expect(acmeIn(sandbox).secrets).toMatchObject({ PEM: { value: PEM }, FILED: { value: FILED } })
  await expectNoTrace(job, sandbox, ran, SECRETS)
})

it('hides a value that GitHub repeats in an answer, also from summary, comment and issue', async () => {
  const sandbox = await watchedSandbox({ seed: SEED })
  const job = await runner(sandbox, FILES)
  const said = `refused: ${VALUE} ${Buffer.from(VALUE).toString('base64')} planted-first-line`
  const list = { method: 'GET', route: '/orgs/{org}/actions/secrets', times: 2, status: 403, body: { message: said } }
  await sandbox.fault(list)
  const drift = { command: 'drift', issue: 'acme/admin' }
  const ran = await job.run({ event: ofSchedule, with: drift, env: { ...DRIFT_JOB, ...VALUES } })
  expect(ran).toMatchObject({ code: 5, outputs: { failure_reason: 'unread' } })
  expect(Object.values(acmeIn(sandbox).repositories.admin.issues ?? {})).toHaveLength(1)
  await expectNoTrace(job, sandbox, ran, SECRETS)

  const planEvent = { ...ofSchedule, event: 'workflow_dispatch' }
  const plan = await job.run({
    event: planEvent,
    with: { command: 'plan', args: '--comment acme/admin#7' },
    env: { ...PLAN_JOB, ...VALUES },
  })
  expect(plan).toMatchObject({ code: 5, outputs: { failure_reason: 'unread' } })
  expect(acmeIn(sandbox).repositories.admin.pull_requests?.[7]?.comments).toHaveLength(1)
  await expectNoTrace(job, sandbox, plan, SECRETS)

  await merge(sandbox)
  const put = {
    method: 'PUT',
    route: '/orgs/{org}/actions/secrets/{secret_name}',
    status: 422,
    body: { message: said },
  }
  await sandbox.fault(put)
  const apply = await job.run(APPLY)
  expect(apply).toMatchObject({ code: 1, outputs: { failure_reason: 'apply_failed' } })
  await expectNoTrace(job, sandbox, apply, SECRETS)
})

it('with a GitHub App, leaves neither its key nor a token that it was given', async () => {
  const { privateKey, publicKey } = appKey('writer')
  const permissions = { organization_secrets: 'write', organization_administration: 'write', metadata: 'read' }
  const tokens: string[] = []
  const sandbox = await watchedSandbox({
    seed: {
      organizations: { acme: ACME },
      apps: { writer: { id: 301, private_key_public: publicKey, installations: { acme: { permissions } } } },
      tokens: TOKENS,
    },
    onExchange({ route = '', responseBody }) {
      if (route.endsWith('/access_tokens')) tokens.push((responseBody as { token: string }).token)
    },
  })
  await merge(sandbox)
  const job = await runner(sandbox, FILES)
  const { OCTOFORM_TOKEN: _, ...others } = APPLY_JOB
  const env = { ...others, ...VALUES, OCTOFORM_APP_ID: '301', OCTOFORM_APP_PRIVATE_KEY: privateKey }
  const ran = await job.run({ event: ofPush(), with: { command: 'apply', args: '--debug' }, env })
  expect(ran).toMatchObject({ code: 0, stderr: expect.stringContaining('Using OCTOFORM_APP_ID') })
  const masks = ran.stdout.split('\n').filter((line) => line.startsWith('::add-mask::'))
  for (const line of privateKey.trimEnd().split('\n')) expect(masks).toContain(`::add-mask::${line}`)
  expect(tokens.length).toBeGreaterThan(0)
  await expectNoTrace(job, sandbox, ran, [...SECRETS, ...tokens, privateKey])
})
