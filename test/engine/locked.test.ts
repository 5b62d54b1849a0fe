import { expect, test } from 'vitest'
import type { Client } from '../../src/github/client.ts'
import { whileHeld } from '../../src/lock/while-held.ts'
import { workplace } from '../support/octoform.ts'
import type { WatchedSandbox } from '../support/watched-sandbox.ts'
import { CONFIG, LEDGER, type LockedRun, lockedRun, lockedWorld, SECRETS } from './locked-run.ts'

const LOCK = '/repos/acme/admin/contents/ledger.json.lock.json'

interface World {
  readonly sandbox: WatchedSandbox
  run(id: string, parallelism?: number): Promise<LockedRun>
}

async function world(): Promise<World> {
  const sandbox = await lockedWorld()
  const place = await workplace(sandbox, { 'octoform.yaml': CONFIG })
  return { sandbox, run: (id, parallelism = 1) => lockedRun(place, sandbox, id, { parallelism }) }
}

/** The secrets that were put, in order. */
function puts(sandbox: WatchedSandbox): readonly string[] {
  return sandbox.asked
    .filter(({ method, path }) => method === 'PUT' && path.includes('/actions/secrets/'))
    .map(({ path }) => path.split('/').at(-1) ?? '')
}

async function entries({ sandbox }: World): Promise<Record<string, { written_at?: string }>> {
  const { body } = await sandbox.call('GET', `/repos/acme/admin/contents/ledger.json?ref=${LEDGER.branch}`)
  const { content } = body as { content: string }
  const { entries } = JSON.parse(Buffer.from(content, 'base64').toString()) as {
    entries: Record<string, { written_at?: string }>
  }
  return Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key.split('/').at(-1), entry]))
}

async function statesOf(world: World): Promise<Record<string, 'begun' | 'written'>> {
  const found = Object.entries(await entries(world))
  return Object.fromEntries(
    found.map(([name, { written_at }]) => [name, written_at === undefined ? 'begun' : 'written']),
  )
}

const ALL_WRITTEN = Object.fromEntries(SECRETS.map((name) => [name, 'written']))

/** Another process's change of the lock's file. */
async function takeOver(sandbox: WatchedSandbox): Promise<void> {
  const { body } = await sandbox.call('GET', `${LOCK}?ref=octoform`)
  const { sha, content } = body as { sha: string; content: string }
  const theirs = { ...JSON.parse(Buffer.from(content, 'base64').toString()), nonce: 'theirs' }
  const text = Buffer.from(JSON.stringify(theirs)).toString('base64')
  const { status } = await sandbox.call('PUT', LOCK, { message: 'x', sha, content: text, branch: 'octoform' })
  expect(status).toBe(200)
}

/** Does something right after so many writes. */
function after(writes: number, act: () => Promise<void>): (client: Client) => Client {
  let done = 0
  return (client) => ({
    ...client,
    async request(route, params, body) {
      const answer = await client.request(route, params, body)
      if (!route.startsWith('GET ')) done += 1
      if (!route.startsWith('GET ') && done === writes) await act()
      return answer
    },
  })
}

test('a run of one begins all values, puts each once, notes them, and gives the lock back', async () => {
  const { run, ...rest } = await world()
  const one = await run('1')
  const { version } = await one.lock.look()
  expect(rest.sandbox.writes()).toEqual([])
  const held = await one.lock.acquire({ timeoutMs: 0, seen: version })
  expect(held.held).toBe('at once')
  const outcome = await whileHeld(
    held,
    () => one.apply({ mayWrite: held.stillMine }),
    (message) => expect.fail(message),
  )
  expect(outcome).toMatchObject({ complete: true, counts: { added: 6 } })
  expect(puts(rest.sandbox)).toEqual(SECRETS)
  expect(await statesOf({ run, ...rest })).toEqual(ALL_WRITTEN)
  expect((await one.lock.look()).holder).toBeUndefined()
  // The beginnings, the results, the release: for any number of secrets.
  expect(rest.sandbox.writes().filter((write) => write.startsWith('PUT /repos/acme/admin/contents'))).toHaveLength(3)
  expect((await run('1')).run.planned.plan.changes).toEqual([])
})

test('two runs at once: the second waits, plans again, and writes nothing twice', async () => {
  const here = await world()
  const runs = await Promise.all([here.run('1', 4), here.run('2', 4)])
  const ways = await Promise.all(
    runs.map(async ({ lock, apply }, index) => {
      const held = await lock.acquire({ timeoutMs: 30_000, seen: 'no branch' })
      await whileHeld(
        held,
        async () => {
          if (held.held === 'at once') return apply({ mayWrite: held.stillMine })
          const again = await here.run(`${index + 1}`, 4)
          return again.apply({ mayWrite: held.stillMine })
        },
        (message) => expect.fail(message),
      )
      return held.held
    }),
  )
  expect([...ways].sort()).toEqual(['after waiting', 'at once'])
  expect([...puts(here.sandbox)].sort()).toEqual(SECRETS)
  expect(await statesOf(here)).toEqual(ALL_WRITTEN)
}, 40_000)

test('a run that loses the lock writes nothing more, neither to GitHub nor to the ledger', async () => {
  const here = await world()
  const { lock, apply } = await here.run('1')
  const held = await lock.acquire({ timeoutMs: 0, seen: 'no branch' })
  let asked = 0
  const spoil = after(2, async () => {
    await takeOver(here.sandbox)
    asked = here.sandbox.writes().length
  })
  const outcome = await apply({ mayWrite: held.stillMine, spoil })
  expect(here.sandbox.writes().slice(asked)).toEqual([])
  expect(puts(here.sandbox)).toEqual(['A', 'B'])
  expect(outcome.complete).toBe(false)
  expect(outcome.changes.map(({ status }) => status)).toEqual([
    // GitHub has taken them, and they could not be noted.
    'partial',
    'partial',
    'not tried',
    'not tried',
    'not tried',
    'not tried',
  ])
  expect(outcome.changes[2]?.error?.message).toContain('another run has taken over the lock')
  expect(outcome.changes[0]?.error?.message).toContain('another run has taken over the lock')
  expect(await held.release()).toBe('lost')
  expect(await statesOf(here)).toEqual(Object.fromEntries(SECRETS.map((name) => [name, 'begun'])))
})

test('a run that cannot tell whether it holds the lock writes nothing more', async () => {
  const here = await world()
  const { lock, apply } = await here.run('1')
  const held = await lock.acquire({ timeoutMs: 0, seen: 'no branch' })
  let asked = 0
  const spoil = after(2, async () => {
    await here.sandbox.fault({ method: 'GET', route: '/repos/{owner}/{repo}/contents/{path}', times: 100, status: 403 })
    asked = here.sandbox.writes().length
  })
  const outcome = await apply({ mayWrite: held.stillMine, spoil })
  expect(here.sandbox.writes().slice(asked)).toEqual([])
  expect(outcome.changes[2]).toMatchObject({ status: 'not tried' })
  expect(outcome.changes[2]?.error?.message).toContain('whether this run still holds the lock is not known')
})

test('a run that is killed while it holds the lock is followed by one that finishes the work', async () => {
  const here = await world()
  const dead = await here.run('1')
  const held = await dead.lock.acquire({ timeoutMs: 0, seen: 'no branch' })
  await new Promise<void>((killed) => {
    // A run that waits for an answer that never comes does nothing else any more.
    const spoil = after(3, async () => {
      killed()
      await new Promise(() => undefined)
    })
    void dead.apply({ mayWrite: held.stillMine, spoil })
  })
  expect(puts(here.sandbox)).toEqual(['A', 'B', 'C'])

  const next = await here.run('2')
  const { version } = await next.lock.look()
  const patience = { timeoutMs: 50, seen: version }
  await expect(next.lock.acquire(patience)).rejects.toThrow(
    'octocat in https://github.example.com/acme/admin/actions/runs/1/attempts/1 (attempt 1) has held the lock',
  )
  const ended = { owner: 'acme', repository: 'admin', id: 1, status: 'completed', conclusion: 'cancelled' }
  expect((await here.sandbox.call('POST', '/_sandbox/runs', ended)).status).toBeLessThan(300)
  const taken = await next.lock.acquire(patience)
  expect(taken.held).toBe('after waiting')
  const again = await here.run('2')
  // It is unknown whether the last one arrived, and the others were not noted.
  expect(again.run.planned.plan.changes.map(({ value }) => value)).toEqual([
    'again',
    'again',
    'again',
    'put',
    'put',
    'put',
  ])
  const outcome = await whileHeld(
    taken,
    () => again.apply({ mayWrite: taken.stillMine }),
    (message) => expect.fail(message),
  )
  expect(outcome.complete).toBe(true)
  expect(await statesOf(here)).toEqual(ALL_WRITTEN)
  expect((await here.run('2')).run.planned.plan.changes).toEqual([])
})

test('a run that is asked to stop ends what is on its way, notes it, and gives the rest its former entries back', async () => {
  const here = await world()
  const { apply } = await here.run('1')
  const stop = new AbortController()
  const outcome = await apply({ signal: stop.signal, spoil: after(2, async () => stop.abort()) })
  expect(puts(here.sandbox)).toEqual(['A', 'B'])
  expect(outcome.changes.map(({ status }) => status)).toEqual([
    'applied',
    'applied',
    'not tried',
    'not tried',
    'not tried',
    'not tried',
  ])
  expect(outcome.changes[2]?.error?.message).toBe('not sent: octoform was asked to stop')
  expect(await statesOf(here)).toEqual({ A: 'written', B: 'written' })
})

test('a ledger that cannot be begun stops the run before its first write', async () => {
  const here = await world()
  const { apply } = await here.run('1')
  await here.sandbox.fault({ method: 'POST', route: '/repos/{owner}/{repo}/git/trees', times: 100, status: 403 })
  await expect(apply()).rejects.toMatchObject({ name: 'GitHubError', status: 403 })
  expect(puts(here.sandbox)).toEqual([])
})

test('a ledger that cannot be completed is told of, and the values are put again', async () => {
  const here = await world()
  const { apply } = await here.run('1')
  const spoil = after(6, () =>
    here.sandbox.fault({ method: 'PUT', route: '/repos/{owner}/{repo}/contents/{path}', times: 100, status: 403 }),
  )
  const outcome = await apply({ spoil })
  expect(outcome.complete).toBe(false)
  expect(outcome.changes.every(({ status, error }) => status === 'partial' && error?.message.includes('ledger'))).toBe(
    true,
  )
  const { plan } = (await here.run('1')).run.planned
  expect(plan.changes.map(({ value }) => value)).toEqual(SECRETS.map(() => 'again'))
})
