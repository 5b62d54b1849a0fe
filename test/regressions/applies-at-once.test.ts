import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { atNight, sampled } from '../support/by-night.ts'
import { type RunningCli, startCli } from '../support/cli.ts'
import { actionsEnv, REPOSITORY, TIP } from '../support/github-actions.ts'
import { LEDGER_KEY, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const NAMES = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']
const LEDGER = '/repos/acme/admin/contents/ledger.json'
const LOCK = `${LEDGER}.lock.json`
const PUT = { method: 'PUT', route: '/orgs/{org}/actions/secrets/{secret_name}' }
const MINUTE = 60_000
/** In milliseconds; processes start slowly on a machine that does much else. */
const PATIENCE = 60_000

const SHARED = 'ledger: { repository: acme/admin, branch: octoform, path: ledger.json }'

const yaml = (ledger: string): string => `version: 1
${ledger}
organizations:
  acme:
    runner_groups: { gpu: { visibility: selected, repositories: [web], runners: [] } }
    secrets:
      OLD: absent
${NAMES.map((name) => `      ${name}: { visibility: all, value: { env: VALUE_${name} } }`).join('\n')}
`

/** As many processes as one likes, that apply one configuration to one organization. */
interface World {
  readonly sandbox: WatchedSandbox
  /** Starts an apply in this run of GitHub Actions, or outside of it. */
  apply(run: string | 'outside Actions', flags?: readonly string[]): Promise<RunningCli>
  /** Holds the n-th secret that is put, until the returned function is called. */
  hold(nth: number): () => void
  /** An apply that finds nothing left to do, in this process. */
  again(): Promise<{ readonly code: number; readonly stdout: string }>
  /** The secrets that were put, in order. */
  puts(): readonly string[]
  /** How many were put or are on their way. */
  arrived(): number
  read(path: string): Promise<{ readonly sha: string; readonly text: string }>
  lock(): Promise<{
    readonly state: string
    readonly holder: object
    readonly nonce: string
    readonly heartbeat: string
  }>
  /** Changes the lock's file by hand. */
  editLock(change: object): Promise<void>
}

async function world(ledger = SHARED): Promise<World> {
  const admin = {
    branches: { main: TIP },
    files: { main: { 'README.md': 'code' } },
    runs: { 1: { status: 'in_progress' }, 2: { status: 'in_progress' }, 3: { status: 'in_progress' } },
  }
  let arrived = 0
  const held = new Map<number, Promise<void>>()
  const sandbox = await watchedSandbox({
    latency: 5,
    onArrival({ method, path }) {
      if (method !== 'PUT' || !path.startsWith('/orgs/acme/actions/secrets/')) return undefined
      arrived += 1
      return held.get(arrived)
    },
    seed: {
      product: 'ghec',
      organizations: {
        acme: { repositories: { admin, web: {} }, secrets: { OLD: { visibility: 'all', value: 'old' } } },
      },
    },
  })
  const place = await workplace(sandbox, { 'octoform.yaml': yaml(ledger) })
  const { folder: cwd } = place
  const base = {
    GITHUB_API_URL: sandbox.url,
    OCTOFORM_TOKEN: 'token-of-an-owner',
    GITHUB_TOKEN: 'token-of-the-workflow',
    OCTOFORM_LEDGER_KEY: LEDGER_KEY,
    ...Object.fromEntries(NAMES.map((name) => [`VALUE_${name}`, `planted-${name}`])),
  }
  const read: World['read'] = async (path) => {
    const { body } = await sandbox.call('GET', `${path}?ref=octoform`)
    const { sha, content } = body as { readonly sha: string; readonly content: string }
    return { sha, text: Buffer.from(content, 'base64').toString() }
  }
  return {
    sandbox,
    arrived: () => arrived,
    read,
    async apply(run, flags = []) {
      const ofRun =
        run === 'outside Actions'
          ? {}
          : await actionsEnv({ event: 'push', payload: REPOSITORY, env: { GITHUB_RUN_ID: run } })
      // One by one, so that it is known which of them is on its way.
      return startCli(['apply', '--auto-approve', '--parallelism', '1', ...flags], { cwd, env: { ...base, ...ofRun } })
    },
    hold(nth) {
      let release = (): void => undefined
      held.set(nth, new Promise((resolve) => (release = resolve)))
      return release
    },
    again: () => place.run(['apply', '--auto-approve'], { env: base }),
    puts: () =>
      sandbox.asked
        .filter(({ method, route }) => method === PUT.method && route === PUT.route)
        .map(({ path }) => path.split('/').at(-1) ?? ''),
    async lock() {
      return JSON.parse((await read(LOCK)).text)
    },
    async editLock(change) {
      const { sha, text } = await read(LOCK)
      const content = Buffer.from(JSON.stringify({ ...JSON.parse(text), ...change })).toString('base64')
      const { status } = await sandbox.call('PUT', LOCK, { message: 'x', sha, content, branch: 'octoform' })
      expect(status).toBe(200)
    },
  }
}

/** The ledger's entries by the last part of their addresses. */
async function entries({ read }: World): Promise<Record<string, { readonly written_at?: string }>> {
  const { entries: found } = JSON.parse((await read(LEDGER)).text) as { entries: Record<string, object> }
  return Object.fromEntries(Object.entries(found).map(([key, entry]) => [key.split('/').at(-1), entry]))
}

/** Everything is as the YAML says, the ledger knows of each value, the lock is free, and nothing is left to do. */
async function expectFinished(here: World): Promise<void> {
  const { sandbox, lock, again } = here
  const { organizations } = sandbox.state() as {
    organizations: { acme: { secrets: Record<string, { value: string }>; runner_groups: Record<string, object> } }
  }
  const { secrets, runner_groups } = organizations.acme
  expect(Object.fromEntries(Object.entries(secrets).map(([name, { value }]) => [name, value]))).toEqual(
    Object.fromEntries(NAMES.map((name) => [name, `planted-${name}`])),
  )
  expect(Object.keys(runner_groups).filter((name) => name === 'gpu')).toHaveLength(1)
  const found = await entries(here)
  expect(Object.keys(found).sort()).toEqual(NAMES)
  for (const name of NAMES)
    expect(found[name]).toMatchObject({ written_at: expect.any(String), signature: expect.any(String) })
  expect(await lock()).toMatchObject({ state: 'free' })
  const writes = sandbox.writes().length
  const { code, stdout } = await again()
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/(^|\n)No changes\.\n/) })
  expect(sandbox.writes()).toHaveLength(writes)
}

/** Waits until so many values were put or are on their way. @throws where the process ends before */
async function untilArrived(here: World, running: RunningCli, count: number): Promise<void> {
  const early = running.ended.then(({ code, stderr }) => {
    throw new Error(`it ended with ${code} before its request ${count}: ${stderr}`)
  })
  await Promise.race([eventually(() => expect(here.arrived()).toBe(count)), early])
}

async function eventually(check: () => void): Promise<void> {
  await vi.waitFor(check, { timeout: PATIENCE, interval: 20 })
}

/** It looks at the lock once before it plans; later looks are waiting. */
async function untilWaiting({ sandbox }: World): Promise<void> {
  const looks = (): number => sandbox.asked.filter(({ path }) => path === LOCK).length
  const before = looks()
  await eventually(() => expect(looks()).toBeGreaterThan(before + 2))
}

/** Until a process has heard a signal, which nothing shows; a longer time is no fault. */
const HEARD_MS = 500

const HOLDER = (run: string): string =>
  `mona in https://github.example.com/acme/admin/actions/runs/${run}/attempts/1 (attempt 1)`

describe('two applies at once', () => {
  it('the second waits: no write is lost, none doubled', async () => {
    const here = await world()
    const release = here.hold(1)
    const running = [await here.apply('1', ['--lock-timeout', '5m']), await here.apply('2', ['--lock-timeout', '5m'])]
    await eventually(() => expect(running.some((each) => each.said().includes('Waiting for the lock'))).toBe(true))
    release()
    const ended = await Promise.all(running.map((each) => each.ended))
    expect(
      ended.map(({ code }) => code),
      JSON.stringify(ended),
    ).toEqual([0, 0])
    const waited = ended.filter(({ stderr }) => stderr.includes('Waiting for the lock, which mona in'))
    expect(waited).toHaveLength(1)
    expect([...here.puts()].sort()).toEqual(NAMES)
    const groups = here.sandbox.writes().filter((write) => write === 'POST /orgs/acme/actions/runner-groups')
    expect(groups).toHaveLength(1)
    expect(here.sandbox.writes().filter((write) => write.startsWith('DELETE'))).toHaveLength(1)
    await expectFinished(here)
  }, 180_000)

  it('without --lock-timeout the second stops, exit 1, and says who holds the lock', async () => {
    const here = await world()
    const release = here.hold(1)
    const first = await here.apply('1')
    await untilArrived(here, first, 1)
    const second = await (await here.apply('2')).ended
    release()
    expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining(`${HOLDER('1')} has held the lock since`) })
    expect(second.stderr).toContain('Nothing was written.')
    expect(await first.ended).toMatchObject({ code: 0 })
    expect(here.puts()).toEqual(NAMES)
    await expectFinished(here)
  }, 180_000)
})

describe('an apply that is killed while it holds the lock, in the middle of its writes', () => {
  /** Killed while its fourth value is on its way, which still arrives. */
  async function killed(here: World, run: string): Promise<void> {
    const release = here.hold(4)
    const dead = await here.apply(run)
    await untilArrived(here, dead, 4)
    dead.kill('SIGKILL')
    expect(await dead.ended).toMatchObject({ code: null })
    release()
    await eventually(() => expect(here.puts()).toHaveLength(4))
    expect(await here.lock()).toMatchObject({ state: 'held' })
  }

  it('another takes over once GitHub says that this attempt has ended, and finishes', async () => {
    const here = await world()
    await killed(here, '1')
    await here.editLock({ heartbeat: new Date(Date.now() - 60 * MINUTE).toISOString() })
    const writes = here.sandbox.writes().length
    const refused = await (await here.apply('2')).ended
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining(HOLDER('1')) })
    expect(here.sandbox.writes()).toHaveLength(writes)
    const waiting = await here.apply('2', ['--lock-timeout', '5m'])
    await untilWaiting(here)
    expect(here.sandbox.writes()).toHaveLength(writes)
    const run = { owner: 'acme', repository: 'admin', id: 1, status: 'completed', conclusion: 'cancelled' }
    expect(await here.sandbox.call('POST', '/_sandbox/runs', run)).toMatchObject({ status: 204 })
    const taken = await waiting.ended
    expect(taken, taken.stdout + taken.stderr).toMatchObject({ code: 0 })
    // The results of the first four are unknown; values that were never begun are sent once.
    expect(here.puts().slice(4)).toEqual(NAMES)
    await expectFinished(here)
  }, 180_000)

  atNight(() => {
    it('and run again, another attempt of the same run takes over', async () => {
      const here = await world()
      await killed(here, '1')
      const again = { owner: 'acme', repository: 'admin', id: 1, status: 'in_progress', attempt: 2 }
      expect(await here.sandbox.call('POST', '/_sandbox/runs', again)).toMatchObject({ status: 204 })
      const taken = await (await here.apply('1', [])).ended
      expect(taken, taken.stdout + taken.stderr).toMatchObject({ code: 0 })
      await expectFinished(here)
    }, 180_000)
  })

  atNight(() => {
    it('outside Actions: after ten minutes without a sign of life, by the server’s clock', async () => {
      const here = await world()
      await killed(here, 'outside Actions')
      const { holder } = await here.lock()
      expect(holder).not.toHaveProperty('run')
      const writes = here.sandbox.writes().length
      for (const minutes of [0, 9]) {
        await here.editLock({ heartbeat: new Date(Date.now() - minutes * MINUTE).toISOString() })
        const refused = await (await here.apply(minutes === 0 ? '2' : 'outside Actions')).ended
        const { actor, host } = holder as { readonly actor: string; readonly host: string }
        expect(refused).toMatchObject({
          code: 1,
          stderr: expect.stringContaining(`${actor} on ${host} has held the lock`),
        })
      }
      expect(here.sandbox.writes()).toHaveLength(writes)
      await here.editLock({ heartbeat: new Date(Date.now() - 11 * MINUTE).toISOString() })
      const taken = await (await here.apply('outside Actions')).ended
      expect(taken, taken.stdout + taken.stderr).toMatchObject({ code: 0 })
      expect(here.puts().slice(4)).toEqual(NAMES)
      await expectFinished(here)
    }, 180_000)
  })
})

describe('an apply whose lock is taken over while it is writing', () => {
  it('sends nothing more, says so, and leaves the lock to the other', async () => {
    const here = await world()
    const release = here.hold(3)
    const robbed = await here.apply('1')
    await untilArrived(here, robbed, 3)
    await here.editLock({ nonce: 'of another run' })
    release()
    const { code, stdout, stderr } = await robbed.ended
    expect(code).toBe(1)
    // The third was on its way.
    expect(here.puts()).toEqual(['A', 'B', 'C'])
    expect(stdout + stderr).toContain('another run has taken over the lock')
    expect(stderr).toContain('The lock was taken over by another run before this one ended.')
    expect(await here.lock()).toMatchObject({ state: 'held', nonce: 'of another run' })
    expect(Object.values(await entries(here)).every(({ written_at }) => written_at === undefined)).toBe(true)
  }, 180_000)
})

describe('an apply that is asked to end', () => {
  it.each(sampled<'SIGTERM' | 'SIGINT'>(['SIGTERM', 'SIGINT'], 2))(
    '%s: what was begun is noted, the lock given back, exit 1; the next puts only the rest',
    async (signal) => {
      const here = await world()
      const release = here.hold(3)
      const stopped = await here.apply('1')
      await untilArrived(here, stopped, 3)
      stopped.kill(signal)
      await sleep(HEARD_MS)
      release()
      const { code, stdout } = await stopped.ended
      expect(code).toBe(1)
      expect(stdout).toContain('octoform was asked to stop')
      expect(here.puts()).toEqual(['A', 'B', 'C'])
      const found = await entries(here)
      expect(Object.keys(found).sort()).toEqual(['A', 'B', 'C'])
      expect(Object.values(found).every(({ written_at }) => written_at !== undefined)).toBe(true)
      expect(await here.lock()).toMatchObject({ state: 'free' })
      expect(await (await here.apply('2')).ended).toMatchObject({ code: 0 })
      expect([...here.puts()].sort()).toEqual(NAMES)
      await expectFinished(here)
    },
    180_000,
  )

  it('while it waits for the lock: exit 1, nothing written, and the lock stays with its holder', async () => {
    const here = await world()
    const release = here.hold(1)
    const first = await here.apply('1')
    await untilArrived(here, first, 1)
    const { nonce } = await here.lock()
    const second = await here.apply('2', ['--lock-timeout', '5m'])
    await untilWaiting(here)
    second.kill('SIGTERM')
    expect(await second.ended).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('octoform was asked to stop while it waited for the lock. Nothing was written.'),
    })
    expect(await here.lock()).toMatchObject({ nonce })
    release()
    expect(await first.ended).toMatchObject({ code: 0 })
    expect(here.puts()).toEqual(NAMES)
  }, 180_000)

  atNight(() => {
    it('with a ledger in a file too', async () => {
      const here = await world('')
      const release = here.hold(3)
      const stopped = await here.apply('outside Actions')
      await untilArrived(here, stopped, 3)
      stopped.kill('SIGTERM')
      await sleep(HEARD_MS)
      release()
      expect(await stopped.ended).toMatchObject({ code: 1, stdout: expect.stringContaining('asked to stop') })
      expect(here.puts()).toEqual(['A', 'B', 'C'])
      expect(await (await here.apply('outside Actions')).ended).toMatchObject({ code: 0 })
      expect([...here.puts()].sort()).toEqual(NAMES)
    }, 180_000)
  })
})
