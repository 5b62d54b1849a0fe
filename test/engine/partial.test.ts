import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Outcome } from '../../src/core/outcome.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = {
  product: 'ghec',
  organizations: {
    acme: {
      repositories: { web: {}, api: {} },
      permissions: { enabled_repositories: 'all', allowed_actions: 'all' },
      runners: { r1: {} },
      runner_groups: { g: { visibility: 'all' } },
      secrets: { GONE: { visibility: 'all' }, LIST: { visibility: 'selected', repositories: ['web'] } },
    },
  },
}

const CONFIG = `
version: 1
organizations:
  acme:
    permissions: { enabled_repositories: selected, repositories: [web] }
    secrets:
      GONE: absent
      LIST: { visibility: selected, repositories: [api] }
      NEW: { visibility: all, value: { env: TOKEN } }
    runner_groups:
      g: { visibility: selected, repositories: [web] }
      new: { visibility: selected, repositories: [web], runners: [r1] }
    repositories:
      web: { secrets: { DEPLOY: { value: { env: TOKEN } } } }
`

const SECRET = '/orgs/{org}/actions/secrets/{secret_name}'

async function begin(): Promise<{ sandbox: WatchedSandbox; place: Workplace }> {
  const sandbox = await watchedSandbox({ seed: SEED })
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': CONFIG }, { TOKEN: 'token-value' }) }
}

async function outcome(place: Workplace, flags: readonly string[] = []): Promise<Outcome> {
  const { code, stdout } = await place.run(['apply', '--auto-approve', '--format', 'json', ...flags])
  expect(code).toBe(1)
  return JSON.parse(stdout)
}

/** The result of each change, as `status: done / not done`. */
function told({ changes }: Outcome): Record<string, string> {
  return Object.fromEntries(
    changes.map(({ address, status, done, not_done }) => [
      address.replace('orgs/acme/', ''),
      `${status}: ${done.join(' ')} / ${not_done.join(' ')}`,
    ]),
  )
}

const ALL = {
  permissions: 'applied: enabled_repositories repositories / ',
  'secrets/GONE': 'applied:  / ',
  'secrets/LIST': 'applied: repositories / ',
  'secrets/NEW': 'applied: value visibility / ',
  'runner_groups/g': 'applied: repositories visibility / ',
  'runner_groups/new': 'applied: repositories runners visibility / ',
  'repos/acme/web/secrets/DEPLOY': 'applied: value / ',
}

const PERMISSIONS = '/orgs/{org}/actions/permissions'
const GROUPS = '/orgs/{org}/actions/runner-groups'

test.each<[string, object, number, Record<string, string>]>([
  [
    'a list of repositories',
    { method: 'PUT', route: `${SECRET}/repositories` },
    403,
    { 'secrets/LIST': 'failed:  / repositories' },
  ],
  ['a delete', { method: 'DELETE', route: SECRET }, 409, { 'secrets/GONE': 'failed:  / ' }],
  ['a new secret', { method: 'PUT', route: SECRET }, 422, { 'secrets/NEW': 'failed:  / value visibility' }],
  [
    'the first of two requests',
    { method: 'PUT', route: PERMISSIONS },
    409,
    { permissions: 'failed:  / enabled_repositories repositories' },
  ],
  [
    'the second of two requests',
    { method: 'PUT', route: `${PERMISSIONS}/repositories` },
    409,
    { permissions: 'partial: enabled_repositories / repositories' },
  ],
  [
    'a new group',
    { method: 'POST', route: GROUPS },
    422,
    { 'runner_groups/new': 'failed:  / repositories runners visibility' },
  ],
  [
    'the runners of a new group',
    { method: 'PUT', route: `${GROUPS}/{runner_group_id}/runners` },
    404,
    { 'runner_groups/new': 'partial: repositories visibility / runners' },
  ],
  [
    'a server that fails',
    { method: 'PUT', route: '/orgs/acme/actions/secrets/NEW', times: 3 },
    500,
    { 'secrets/NEW': 'failed:  / value visibility' },
  ],
])('a refusal is told exactly, and the others go on: %s', async (_, fault, status, expected) => {
  const { sandbox, place } = await begin()
  await sandbox.fault({
    ...fault,
    status,
    headers: { 'X-GitHub-Request-Id': 'ABCD:1' },
    body: { message: 'Not like this', documentation_url: 'x' },
  })
  const result = await outcome(place)
  const [address = ''] = Object.keys(expected)
  expect(told(result)).toEqual({ ...ALL, ...expected })
  const failed = result.changes.find((change) => change.address.endsWith(address))
  expect(failed?.error).toMatchObject({
    status,
    request_id: 'ABCD:1',
    message: expect.stringContaining('Not like this'),
  })
  expect(result).toMatchObject({ format_version: '1.0', host: expect.stringContaining('127.0.0.1'), complete: false })
  expect(result.digest).toMatch(/^[0-9a-f]{64}$/)
  const { added, changed, deleted } = result.counts
  expect(added + changed + deleted).toBe(6)

  const again = await place.run(['apply', '--auto-approve'])
  expect(again, again.stdout + again.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining('\nApplied: ') })
  expect(await place.run(['plan', '--detailed-exitcode'])).toMatchObject({ code: 0 })
})

test('in text, what was not done is told with its reason', async () => {
  const { sandbox, place } = await begin()
  await sandbox.fault({
    method: 'PUT',
    route: `${PERMISSIONS}/repositories`,
    status: 409,
    body: { message: 'Held above', documentation_url: 'x' },
  })
  const { code, stdout } = await place.run(['apply', '--auto-approve'])
  expect(code).toBe(1)
  expect(stdout).toMatch(
    /\nNot done\n {2}~ orgs\/acme\/permissions {2}done in part\n {6}done: enabled_repositories\n {6}not done: repositories\n {6}why: .*\b409 Held above/,
  )
  expect(stdout).toMatch(/\nApplied: 3 added, 2 changed, 1 deleted\.\n$/)
})

test.each<[string, object]>([
  ['no connection', { drop: true, times: 3 }],
  ['a token that is not taken any more', { status: 401, body: { message: 'Bad credentials', documentation_url: 'x' } }],
  [
    'a limit on requests that is not waited out',
    { status: 429, headers: { 'Retry-After': '60' }, body: { message: 'Slow down', documentation_url: 'x' } },
  ],
])('%s stops the run: nothing else is tried, and that is told', async (_, fault) => {
  const { sandbox, place } = await begin()
  await sandbox.fault({ method: 'PUT', route: `${SECRET}/repositories`, ...fault })
  const before = await place.plan()
  const result = await outcome(place, ['--max-wait', '0', '--parallelism', '1'])
  const stopped = sandbox.writes().lastIndexOf('PUT /orgs/acme/actions/secrets/LIST/repositories')
  // Widening requests come after narrowing ones, and LIST gains a repository.
  expect(sandbox.writes().slice(stopped + 1)).toEqual([])
  expect(result.changes.map(({ address }) => address)).toEqual(before.changes.map(({ address }) => address))
  expect(told(result)).toMatchObject({ 'secrets/LIST': 'failed:  / repositories' })
  expect(result.changes.filter(({ status }) => status === 'not tried').length).toBeGreaterThan(1)
  expect(result.changes.filter(({ status }) => status === 'not tried').every(({ requests }) => requests === 0)).toBe(
    true,
  )
  expect(result.complete).toBe(false)
  expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
})

test('the counts of requests are those that were sent', async () => {
  const { sandbox, place } = await begin()
  const { requests } = await place.plan()
  const reading = sandbox.asked.length
  const { stdout, code } = await place.run(['apply', '--auto-approve', '--format', 'json'])
  expect(code).toBe(0)
  const result: Outcome = JSON.parse(stdout)
  expect(result).toMatchObject({ complete: true, counts: { added: 3, changed: 3, deleted: 1 } })
  expect(told(result)).toMatchObject({ permissions: ALL.permissions, 'secrets/NEW': ALL['secrets/NEW'] })
  const sent = sandbox.writes().length
  expect(result.changes.reduce((sum, change) => sum + change.requests, 0)).toBe(sent)
  // Apply repeats the plan's reads, and then sends the requests that the plan counted: writes, public keys, reads
  // before writes.
  expect(sandbox.asked.length - reading).toBe(reading + requests)
})

test('a delete that is answered with 404 counts as refused where GitHub still lists what was to go', async () => {
  const { sandbox, place } = await begin()
  await sandbox.fault({
    method: 'DELETE',
    route: SECRET,
    status: 404,
    body: { message: 'Not Found', documentation_url: 'x' },
  })
  expect(await place.run(['apply', '--auto-approve'])).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/DELETE .*secrets\/GONE: 404.*GitHub still lists it.* 0 deleted/s),
  })
})

test('where the ledger fails after the write, the write is told as done, and nothing else is tried', async () => {
  let folder = ''
  const sandbox = await watchedSandbox({
    seed: SEED,
    onExchange({ method, path }) {
      if (method !== 'PUT' || !path.endsWith('/secrets/NEW')) return
      rmSync(join(folder, '.octoform'), { recursive: true })
      writeFileSync(join(folder, '.octoform'), 'no folder any more')
    },
  })
  const place = await workplace(sandbox, { 'octoform.yaml': CONFIG }, { TOKEN: 'token-value' })
  folder = place.folder
  const result = await outcome(place)
  expect(told(result)).toMatchObject({ 'secrets/NEW': 'partial: value visibility / ' })
  expect(result.changes.find(({ address }) => address.endsWith('/NEW'))).toMatchObject({
    requests: 1,
    error: { message: expect.stringContaining('ledger') },
  })
  expect(result.counts.added).toBeLessThan(3)
  expect(sandbox.writes().at(-1)).toBe('PUT /orgs/acme/actions/secrets/NEW')
})
