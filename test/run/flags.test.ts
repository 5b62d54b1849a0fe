import { describe, expect, it } from 'vitest'
import type { Plan } from '../../src/core/plan.ts'
import { directTransport } from '../../src/github/direct.ts'
import type { Transport } from '../../src/github/transport.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = {
  organizations: {
    acme: { repositories: { web: {}, api: {} }, secrets: { A: { visibility: 'all', value: 'a' } } },
    beta: { repositories: { site: {} } },
  },
}
const YAML = `version: 1
organizations:
  acme:
    secrets:
      A: { visibility: private, value: { file: values/a.txt } }
      B: { visibility: all, value: { env: B_VALUE } }
    repositories:
      web: { permissions: { allowed_actions: local_only }, secrets: { K: { value: { env: B_VALUE } } } }
  beta:
    permissions: { allowed_actions: local_only }
`

async function two(): Promise<{ sandbox: WatchedSandbox; place: Workplace }> {
  const sandbox = await watchedSandbox({ seed: SEED })
  const files = { 'octoform.yaml': YAML, 'values/a.txt': 'planted-a\n', 'other/values/a.txt': 'planted-other\n' }
  return { sandbox, place: await workplace(sandbox, files, { B_VALUE: 'planted-b' }) }
}

function addresses({ changes }: Plan): string[] {
  return changes.map(({ address }) => address)
}

describe('--owner', () => {
  it.each([
    [['acme'], ['orgs/beta'], 4],
    [['BETA'], ['orgs/acme'], 1],
    [['acme', 'beta'], [], 5],
    [['acme,beta'], [], 5],
  ])('%j limits the run, and what it leaves out is printed', async (owners, leftOut, changes) => {
    const { sandbox, place } = await two()
    const plan = await place.plan(owners.flatMap((owner) => ['--owner', owner]))
    expect(plan.left_out).toEqual(leftOut)
    expect(plan.changes).toHaveLength(changes)
    const { stdout } = await place.run(['plan', ...owners.flatMap((owner) => ['--owner', owner])])
    if (leftOut.length > 0) expect(stdout).toMatch(new RegExp(`left out by --owner ${owners[0]}.*${leftOut[0]}`))
    for (const place of leftOut) expect(sandbox.asked.some(({ path }) => path.startsWith(`/${place}`))).toBe(false)
  })

  it('that the configuration does not name: exit 1', async () => {
    const { sandbox, place } = await two()
    expect(await place.run(['plan', '--owner', 'gamma'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('gamma'),
    })
    expect(sandbox.asked).toEqual([])
  })
})

describe('--target', () => {
  it.each([
    ['orgs/acme/secrets/*', ['orgs/acme/secrets/A', 'orgs/acme/secrets/B']],
    ['ORGS/acme/SECRETS/b', ['orgs/acme/secrets/B']],
    ['repos/**', ['repos/acme/web/permissions', 'repos/acme/web/secrets/K']],
    ['**/permissions', ['orgs/beta/permissions', 'repos/acme/web/permissions']],
  ])('%s limits the run to %j; apply writes nothing else', async (glob, expected) => {
    const { sandbox, place } = await two()
    const plan = await place.plan(['--target', glob])
    expect(addresses(plan)).toEqual(expected)
    const ran = await place.run(['apply', '--auto-approve', '--target', glob])
    expect(ran.code).toBe(0)
    expect(addresses(await place.plan(['--target', glob]))).toEqual([])
    expect(addresses(await place.plan())).toHaveLength(5 - expected.length)
    expect(sandbox.writes()).toHaveLength(expected.length)
  })

  it('takes several; what is left out of what was read is printed', async () => {
    const { place } = await two()
    const both = ['--target', 'orgs/acme/secrets/A', '--target', 'orgs/beta/**']
    expect(addresses(await place.plan(both))).toEqual(['orgs/acme/secrets/A', 'orgs/beta/permissions'])
    const { stdout } = await place.run(['plan', ...both])
    expect(stdout).toMatch(/left out by .*--target orgs\/acme\/secrets\/A.*\n?.*orgs\/acme\/secrets\/B/)
  })

  it.each(['secrets/A', 'acme', 'NPM_TOKEN', 'repos/*', 'orgs/acme', 'orgs/acme/secretz/**', 'org/acme/secrets/A'])(
    'that can match no address (%s): exit 1 rather than No changes.',
    async (glob) => {
      const { sandbox, place } = await two()
      for (const flag of ['--target', '--rotate', '--protect']) {
        expect(await place.run(['plan', flag, glob])).toMatchObject({
          code: 1,
          stderr: expect.stringContaining(`${flag} ${glob} matches no address`),
        })
      }
      expect(sandbox.asked).toEqual([])
    },
  )
})

describe('--rotate', () => {
  it('puts these secrets again, and only these, with !', async () => {
    const { sandbox, place } = await two()
    expect((await place.run(['apply', '--auto-approve'])).code).toBe(0)
    const before = sandbox.writes().length
    const rotate = ['--rotate', 'orgs/acme/secrets/b', '--rotate', 'repos/acme/*/secrets/*']
    const planned = await place.run(['plan', ...rotate])
    expect(planned.stdout).toMatch(/^ {2}! orgs\/acme\/secrets\/B\b.*asked for by --rotate/m)
    expect(planned.stdout).toMatch(/\nPlan: 0 to add, 2 to change, 0 to delete\.\n$/)
    const ran = await place.run(['apply', '--auto-approve', ...rotate])
    expect(ran).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/\nApplied: 0 added, 2 changed, 0 deleted\.\n$/),
    })
    expect(sandbox.writes().slice(before).sort()).toEqual([
      'PUT /orgs/acme/actions/secrets/B',
      'PUT /repos/acme/web/actions/secrets/K',
    ])
    expect((await place.plan()).changes).toEqual([])
  })
})

describe('--values', () => {
  it('files are relative to the YAML that names them, or to the folder given', async () => {
    const { sandbox, place } = await two()
    const only = ['--auto-approve', '--target', 'orgs/acme/secrets/A']
    const value = (): unknown =>
      (sandbox.state() as { organizations: { acme: { secrets: { A: { value: string } } } } }).organizations.acme.secrets
        .A.value
    expect((await place.run(['apply', ...only])).code).toBe(0)
    expect(value()).toBe('planted-a')
    expect((await place.run(['apply', ...only, '--values', 'other'])).code).toBe(0)
    expect(value()).toBe('planted-other')
    expect(await place.run(['apply', ...only, '--values', 'nowhere', '--rotate', '**'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--values nowhere cannot be read (there is no such file'),
    })
  })
})

describe('--parallelism', () => {
  it.each([1, 3])('%i: as many requests are on their way at most', async (limit) => {
    const names = Array.from({ length: 12 }, (_, index) => `r${index}`)
    const seed = { organizations: { acme: { repositories: Object.fromEntries(names.map((name) => [name, {}])) } } }
    const busy = { now: 0, most: 0 }
    const sandbox = await watchedSandbox({ seed, latency: 10, reached: 'by the network' })
    const direct = directTransport()
    const transport: Transport = async (departure) => {
      busy.now += 1
      busy.most = Math.max(busy.most, busy.now)
      try {
        return await direct(departure)
      } finally {
        busy.now -= 1
      }
    }
    const yaml =
      'version: 1\norganizations: { acme: { repository_sets: [{ match: {}, permissions: { enabled: true } }] } }\n'
    const place = await workplace(sandbox, { 'octoform.yaml': yaml })
    expect((await place.run(['plan', '--parallelism', String(limit)], { transport })).code).toBe(0)
    expect(busy.most).toBe(limit)
  })

  it.each(['0', '-1', '1.5', 'many', '100', '65535'])('%s is refused', async (text) => {
    const { sandbox, place } = await two()
    expect(await place.run(['plan', '--parallelism', text])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/--parallelism.*It must be a whole number from 1 to 99\./s),
    })
    expect(sandbox.asked).toEqual([])
  })
})

describe('--allow', () => {
  it.each(['everything', 'deletions', 'deletions=-1', 'deletions=x', ''])('%j is not a guard: exit 1', async (word) => {
    const { sandbox, place } = await two()
    expect(await place.run(['plan', '--allow', word])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /deletions=N, revocations=N, runner_moves=N, public, protected, self, incomplete, fork/,
      ),
    })
    expect(sandbox.asked).toEqual([])
  })
})

describe('credentials', () => {
  it.each([
    [
      { OCTOFORM_TOKEN: 'token-one', GITHUB_TOKEN: 'token-two', GH_TOKEN: 'token-three' },
      'OCTOFORM_TOKEN',
      'token-one',
    ],
    [{ OCTOFORM_TOKEN: '', GITHUB_TOKEN: 'token-two', GH_TOKEN: 'token-three' }, 'GITHUB_TOKEN', 'token-two'],
    [{ OCTOFORM_TOKEN: '', GH_TOKEN: 'token-three' }, 'GH_TOKEN', 'token-three'],
  ])('%j: uses %s and says so', async (env, name, token) => {
    const used = new Set<string | undefined>()
    const sandbox = await watchedSandbox({
      seed: SEED,
      onExchange: ({ requestHeaders }) => void used.add(requestHeaders.authorization),
    })
    const place = await workplace(sandbox, { 'octoform.yaml': YAML }, env)
    const { code, stderr } = await place.run(['plan'])
    expect(code).toBe(0)
    expect(stderr).toMatch(new RegExp(`^Using ${name} for `))
    expect([...used]).toEqual([`Bearer ${token}`])
  })

  it.each([
    [{ OCTOFORM_TOKEN: '' }, /No token: set OCTOFORM_TOKEN/],
    [{ OCTOFORM_TOKEN: 'planted token' }, /OCTOFORM_TOKEN holds a blank/],
    [{ OCTOFORM_TOKEN: 'planted-token\n' }, /OCTOFORM_TOKEN holds a blank, a line end/],
  ])('%j: exit 1, and nothing is asked, least of all anonymously', async (env, message) => {
    const { sandbox, place } = await two()
    for (const args of [['plan'], ['apply', '--auto-approve'], ['drift'], ['import', 'orgs/acme']]) {
      const ran = await place.run(args, { env })
      expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(message) })
      expect(ran.stderr).not.toContain('planted')
    }
    expect(sandbox.asked).toEqual([])
  })

  it('a ledger key that is none: exit 1, without printing it', async () => {
    const { sandbox, place } = await two()
    const ran = await place.run(['plan'], { env: { OCTOFORM_LEDGER_KEY: 'planted-key' } })
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('openssl rand -base64 32') })
    expect(ran.stderr).not.toContain('planted-key')
    expect(sandbox.asked).toEqual([])
  })
})
