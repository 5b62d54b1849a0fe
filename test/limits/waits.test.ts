import { describe, expect, it } from 'vitest'
import { appKey } from '../support/app-key.ts'
import { LEDGER_KEY } from '../support/octoform.ts'
import { sealed } from '../support/sandbox.ts'
import type { SimulatedClock } from '../support/simulated-clock.ts'
import { manySecrets, type TimedWorld, timedWorld } from './world.ts'

const SECRETS = '/orgs/{org}/actions/secrets'
const SECRET = `${SECRETS}/{secret_name}`
const CONTENTS = '/repos/{owner}/{repo}/contents/{path}'

const SEED = {
  organizations: {
    acme: {
      repositories: { web: {}, admin: { files: { main: { 'README.md': 'code' } } } },
      secrets: { OLD: { visibility: 'selected', repositories: ['web'], value: 'old' } },
    },
  },
}

const YAML = `
version: 1
ledger: { repository: acme/admin, branch: octoform, path: ledger.json }
organizations:
  acme:
    secrets:
      A: { visibility: all, value: { env: VALUE } }
      B: { visibility: all, value: { env: VALUE } }
      OLD: { visibility: selected, repositories: [web, admin] }
    repositories:
      web: { secrets: { KEY: { value: { env: VALUE } } } }
`
const ENV = { VALUE: 'planted-value-of-the-waits', GITHUB_TOKEN: 'token-of-the-job' }
const APPLY = ['apply', '--auto-approve']

function world(yaml = YAML): Promise<TimedWorld> {
  return timedWorld(yaml, SEED, { env: ENV })
}

/** An answer of GitHub's that is a limit, in some of the forms that it has. */
const LIMITS = {
  'retry-after': { status: 429, headers: { 'retry-after': '120' } },
  'retry-after as a date': { status: 403, headers: { 'retry-after': 'Sat, 21 Nov 2026 12:02:00 GMT' } },
  'the reset of the hour': {
    status: 403,
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${Date.parse('2026-11-21T12:02:00Z') / 1000}` },
  },
  'words alone': { status: 403, body: { message: 'You have exceeded a secondary rate limit.' } },
} as const

describe('a limit in an apply is waited out', () => {
  it.each(Object.entries(LIMITS))('told by %s', async (_, limit) => {
    const { sandbox, run, answered } = await world()
    await sandbox.fault({ method: 'PUT', route: SECRET, nth: 2, body: { message: 'Slow down' }, ...limit })
    const ran = await run(APPLY)
    expect(ran, ran.stdout + ran.stderr).toMatchObject({
      code: 0,
      minutes: limit.status === 403 && 'body' in limit ? 1 : 2,
    })
    expect(answered('PUT', SECRET, limit.status)).toHaveLength(1)
    expect(ran.stderr).toMatch(
      /Waiting until 2026-11-21T12:0\d:\d\dZ \(\d+ (s|min)\) for GitHub's rate limit of OCTOFORM_TOKEN\.\n/,
    )
    expect(await run(['plan', '--detailed-exitcode'])).toMatchObject({ code: 0 })
  })

  it.each([
    ['the first read', 'GET', '/meta'],
    ['a page of a list', 'GET', SECRETS],
    ['the public key', 'GET', `${SECRETS}/public-key`],
    ['a write of an organization', 'PUT', SECRET],
    ['a write of a repository', 'PUT', '/repos/{owner}/{repo}/actions/secrets/{secret_name}'],
    ['the ledger, read', 'GET', CONTENTS],
    ['the lock or the ledger, begun', 'POST', '/repos/{owner}/{repo}/git/trees'],
    ['the branch of both', 'POST', '/repos/{owner}/{repo}/git/refs'],
    ['the lock or the ledger, written', 'PUT', CONTENTS],
  ])('at %s', async (_, method, route) => {
    const { sandbox, run, answered, place } = await world()
    for (const nth of [1, 2]) await sandbox.fault({ method, route, nth, ...LIMITS['retry-after'] })
    const ran = await run(APPLY)
    expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 })
    expect(ran.minutes).toBeGreaterThanOrEqual(2)
    expect(answered(method, route, 429).length).toBeGreaterThanOrEqual(1)
    expect(ran.stderr).toMatch(/Waiting until \S+ \(2 min\) for GitHub's rate limit of (OCTOFORM_TOKEN|GITHUB_TOKEN)\./)
    expect(await place.run(['plan', '--detailed-exitcode'])).toMatchObject({ code: 0 })
  })

  it('of the token of one, while that of the other goes on', async () => {
    const { sandbox, run } = await world()
    await sandbox.fault({ method: 'PUT', route: CONTENTS, ...LIMITS['retry-after'] })
    const { stderr, code } = await run(APPLY)
    expect(code).toBe(0)
    expect(stderr).toContain('rate limit of GITHUB_TOKEN')
    expect(stderr).not.toContain('rate limit of OCTOFORM_TOKEN')
  })
})

describe('the hour', () => {
  it('is waited for where reads have used it up', async () => {
    const repositories = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`r${index}`, {}]))
    const lines = Object.keys(repositories).map((name) => `      ${name}: { secrets: {} }`)
    const yaml = `version: 1\norganizations:\n  acme:\n    repositories:\n${lines.join('\n')}\n`
    const limits = { rules: 'github', used: 4985 }
    const { run, seen } = await timedWorld(yaml, { limits, organizations: { acme: { repositories } } })
    const ran = await run(['plan', '--max-wait', '2h'])
    expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 })
    expect(ran.minutes).toBeGreaterThan(59)
    expect(ran.minutes).toBeLessThan(62)
    expect(seen()).toMatchObject({ sent_while_told_to_wait: 0 })
    const said = ran.stderr.match(/^reading acme.*/gm) ?? []
    expect(said, 'nothing new is not said each second').toEqual([...new Set(said)])
  })
})

describe('--parallelism 99', () => {
  it('sends no more at once than GitHub takes', async () => {
    const repositories = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`r${index}`, {}]))
    const lines = Object.keys(repositories).map((name) => `      ${name}: { secrets: {} }`)
    const yaml = `version: 1\norganizations:\n  acme:\n    repositories:\n${lines.join('\n')}\n`
    const { run, seen } = await timedWorld(yaml, { organizations: { acme: { repositories } } }, { latency: 1000 })
    expect(await run(['plan', '--parallelism', '99'])).toMatchObject({ code: 0 })
    expect(seen()).toMatchObject({ refused: 0 })
  })
})

describe('--max-wait', () => {
  it('exceeded before the first write is exit 5, and nothing was written', async () => {
    const { sandbox, run } = await world()
    await sandbox.fault({ method: 'PUT', route: SECRET, ...LIMITS['retry-after'] })
    const ran = await run([...APPLY, '--max-wait', '90s', '--parallelism', '1'])
    expect(ran, ran.stderr).toMatchObject({ code: 5, told: { failure: 'rate_limit' }, minutes: 0 })
    expect(ran.stdout).toContain('--max-wait')
    expect(
      sandbox.asked.filter(
        ({ path, method, status }) => path.includes('/secrets/') && method === 'PUT' && status < 300,
      ),
    ).toEqual([])
    expect(await run(APPLY)).toMatchObject({ code: 0 })
  })

  it('exceeded while reading is exit 5, and nothing more is asked', async () => {
    const { sandbox, run } = await world()
    await sandbox.fault({ method: 'GET', route: SECRETS, ...LIMITS['retry-after'] })
    const ran = await run(['plan', '--max-wait', '0', '--parallelism', '1'])
    expect(ran).toMatchObject({ code: 5, told: { failure: 'rate_limit' } })
    expect(ran.stdout).toContain('and this run does not wait (--max-wait)')
    expect(sandbox.asked.at(-1)).toMatchObject({ route: SECRETS, status: 429 })
  })

  it('exceeded after the first write is exit 1 with its reason, and the rest is not tried', async () => {
    const { sandbox, run } = await world()
    await sandbox.fault({ method: 'PUT', route: SECRET, nth: 2, ...LIMITS['retry-after'] })
    const ran = await run([...APPLY, '--max-wait', '90s', '--format', 'json'])
    expect(ran, ran.stderr).toMatchObject({ code: 1, told: { failure: 'rate_limit', outcome: { complete: false } } })
    const { changes } = ran.told.outcome ?? { changes: [] }
    expect(changes.filter(({ status }) => status === 'applied').length).toBeGreaterThan(0)
    expect(changes.filter(({ error }) => error?.limited).map(({ status }) => status)).toEqual(['failed'])
    expect(await run(APPLY)).toMatchObject({ code: 0 })
  })

  it('bounds the sum of the waits', async () => {
    const { sandbox, run } = await world()
    for (const nth of [1, 2]) await sandbox.fault({ method: 'PUT', route: SECRET, nth, ...LIMITS['retry-after'] })
    expect(await run([...APPLY, '--max-wait', '3m', '--parallelism', '1'])).toMatchObject({ code: 5, minutes: 2 })
  })

  const PULL_REQUEST = { GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'pull_request', GITHUB_REPOSITORY: 'acme/admin' }
  const PUSH = { ...PULL_REQUEST, GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/main' }
  it.each<[string, number, number, { env?: Record<string, string>; answer?: string }]>([
    ['a pull request event: 15 minutes', 15 * 60, 0, { env: PULL_REQUEST }],
    ['a pull request event: no more', 15 * 60 + 6, 5, { env: PULL_REQUEST }],
    ['a push: an hour', 3600, 0, { env: PUSH }],
    ['a push: no more', 3606, 5, { env: PUSH }],
    ['another machine: an hour', 3600, 0, {}],
    ['another machine: no more', 3606, 5, {}],
    ['a terminal: without an end', 36_000, 0, { answer: 'no' }],
  ])('by default, for %s', async (_, seconds, code, options) => {
    const yaml = 'version: 1\norganizations:\n  acme:\n    secrets: {}\n'
    const { sandbox, run } = await timedWorld(yaml, SEED)
    await sandbox.fault({ method: 'GET', route: SECRETS, status: 429, headers: { 'retry-after': String(seconds) } })
    const ran = await run(['plan', '--allow', 'fork'], options)
    expect(ran, ran.stderr).toMatchObject({ code })
    expect(ran.minutes).toBeCloseTo(code === 0 ? seconds / 60 : 0, 3)
  })

  it.each([
    ['drift', ['drift']],
    ['import', ['import', 'orgs/acme']],
    ['doctor', ['doctor', '--for', 'plan']],
  ])('is a flag of %s too', async (_, args) => {
    const { sandbox, run } = await timedWorld('version: 1\norganizations:\n  acme:\n    secrets: {}\n', SEED)
    await sandbox.fault({ method: 'GET', route: SECRETS, ...LIMITS['retry-after'] })
    expect(await run([...args, '--max-wait', '1m'])).toMatchObject({ code: 5, minutes: 0 })
    await sandbox.fault({ method: 'GET', route: SECRETS, ...LIMITS['retry-after'] })
    expect(await run([...args, '--max-wait', '2m'])).toMatchObject({ code: 0, minutes: 2 })
  })
})

describe('after more than ten minutes of waiting', () => {
  /** The same clock, with an interference during the first long wait. */
  function meddled(clock: SimulatedClock, meddle: () => Promise<unknown>): SimulatedClock {
    let done = false
    return {
      ...clock,
      async sleep(ms, signal) {
        if (ms >= 600_000 && !done) {
          done = true
          await meddle()
        }
        return clock.sleep(ms, signal)
      },
    }
  }

  async function waited(seconds: number, meddle: (world: TimedWorld) => Promise<unknown>) {
    const made = await world()
    const { sandbox, run, clock } = made
    await sandbox.call('PUT', '/orgs/acme/actions/permissions', { enabled_repositories: 'all' })
    await sandbox.fault({
      method: 'PUT',
      route: SECRET,
      nth: 2,
      status: 429,
      headers: { 'retry-after': String(seconds) },
    })
    const ran = await run(APPLY, { clock: meddled(clock, () => meddle(made)) })
    return { ...made, ran, why: ran.stdout.replaceAll(/\s+/g, ' ') }
  }

  it('what is as it was is written', async () => {
    const { ran } = await waited(601, async () => undefined)
    expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 })
  })

  it('what somebody made meanwhile is not written over, and is named', async () => {
    const { ran, why, answered, place } = await waited(601, async ({ sandbox }) => {
      const theirs = await sealed(sandbox, '/orgs/acme/actions/secrets', 'theirs')
      await sandbox.call('PUT', '/orgs/acme/actions/secrets/B', { visibility: 'all', ...theirs })
    })
    expect(ran, ran.stderr).toMatchObject({ code: 1 })
    expect(why).toContain('orgs/acme/secrets/B')
    expect(why).toContain(
      'not written: it was created on GitHub while this run waited for its limit on requests; plan again',
    )
    expect(answered('PUT', SECRET, 201).map(({ path }) => path)).not.toContain('/orgs/acme/actions/secrets/B')
    // Everything else is done.
    expect((await place.plan()).changes.map(({ address }) => address)).not.toContain('repos/acme/web/secrets/KEY')
  })

  it('what somebody deleted meanwhile is not made anew', async () => {
    const { ran, why } = await waited(601, ({ sandbox }) => sandbox.call('DELETE', '/orgs/acme/actions/secrets/OLD'))
    expect(ran.code).toBe(why.includes('orgs/acme/secrets/OLD') && why.includes('it was deleted') ? 1 : 0)
  })

  it('a shorter wait reads nothing again', async () => {
    const short = await waited(599, async () => undefined)
    const long = await waited(601, async () => undefined)
    const lists = ({ sandbox }: TimedWorld): number =>
      sandbox.asked.filter(({ method, route }) => method === 'GET' && route === SECRETS).length
    expect([short.ran.code, long.ran.code]).toEqual([0, 0])
    expect(lists(long)).toBe(lists(short) + 1)
  })
})

describe('a GitHub App', () => {
  it('gets another token where the one that it had ran out while it waited', async () => {
    const { privateKey, publicKey } = appKey('of the limits')
    const permissions = { organization_secrets: 'write', metadata: 'read', organization_administration: 'read' }
    const apps = {
      octoform: { id: 11, private_key_public: publicKey, installations: { acme: { id: 21, permissions } } },
    }
    const { yaml, env } = manySecrets(3)
    const { sandbox, run, answered } = await timedWorld(
      yaml,
      { organizations: { acme: {} }, apps },
      {
        env: {
          ...env,
          OCTOFORM_TOKEN: '',
          OCTOFORM_APP_ID: '11',
          OCTOFORM_APP_PRIVATE_KEY: privateKey,
          OCTOFORM_LEDGER_KEY: LEDGER_KEY,
        },
      },
    )
    await sandbox.fault({ method: 'PUT', route: SECRET, nth: 2, status: 429, headers: { 'retry-after': '3700' } })
    const ran = await run([...APPLY, '--max-wait', '2h'])
    expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 })
    expect(answered('POST', '/app/installations/{installation_id}/access_tokens', 201).length).toBeGreaterThanOrEqual(2)
    expect(answered('PUT', SECRET, 401)).toEqual([])
  })
})
