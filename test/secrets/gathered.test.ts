import { describe, expect, it } from 'vitest'
import { repositoryFile } from '../../src/github/repository-file.ts'
import { deriveKeys } from '../../src/secrets/keys.ts'
import { type Ledger, openLedger } from '../../src/secrets/ledger.ts'
import type { LedgerEntry } from '../../src/secrets/ledger-parts.ts'
import { COMMIT_PACING } from '../../src/secrets/pacing.ts'
import type { LedgerStore } from '../../src/secrets/store.ts'
import { repositoryStore } from '../../src/secrets/store-repository.ts'
import { openValues } from '../../src/secrets/values.ts'
import { clientFor } from '../support/client-for.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'
import { DATE, env, HOST, KEY, LATER } from './ledger-world.ts'

const AT = { repository: 'acme/admin', branch: 'octoform', path: 'ledger.json' }
/** Conflicts are met again after a millisecond. */
const QUICK = { ...COMMIT_PACING, firstPauseMs: 1, longestPauseMs: 5 }

const address = (index: number, run = 'S') => `orgs/acme/secrets/${run}${index}`
const puts = (count: number, run = 'S') =>
  Array.from({ length: count }, (_none, index) => ({ address: address(index, run), value: env('TOKEN') }))

function world(files: object = { main: { 'README.md': 'code' } }): Promise<WatchedSandbox> {
  return watchedSandbox({
    seed: { product: 'ghec', organizations: { acme: { repositories: { admin: { files } } } } },
  })
}

function storeIn(sandbox: WatchedSandbox): LedgerStore {
  const client = clientFor(sandbox.url)
  const file = repositoryFile({ at: AT, reader: client, writer: () => client, message: 'x', retryDelaysMs: [1, 1, 1] })
  return { ...repositoryStore(file), pacing: QUICK }
}

async function open(store: LedgerStore, value = 'planted-value'): Promise<Ledger> {
  const values = openValues({ env: { TOKEN: value, OTHER: value }, cwd: '/' })
  return openLedger({ store, host: HOST, keys: await deriveKeys(KEY), values })
}

async function entriesIn(sandbox: WatchedSandbox): Promise<Record<string, LedgerEntry>> {
  const { text } = await storeIn(sandbox).load()
  return text === undefined ? {} : JSON.parse(text).entries
}

/** A run that puts so many values. */
async function apply(ledger: Ledger, count: number, run = 'S'): Promise<void> {
  await ledger.prepare?.(puts(count, run))
  const notes: Promise<void>[] = []
  for (const { address, value } of puts(count, run)) {
    await ledger.begin(address, value)
    notes.push(ledger.complete(address, DATE.header))
  }
  await ledger.settle?.()
  await Promise.all(notes)
}

describe('a ledger in a repository', () => {
  it('writes two commits for a run of a few secrets, and is known by the next run', async () => {
    const sandbox = await world({ octoform: { 'other.json': '{}' } })
    await apply(await open(storeIn(sandbox)), 20)
    expect(sandbox.writes()).toHaveLength(2)
    const facts = await (await open(storeIn(sandbox))).facts(address(7), env('TOKEN'))
    expect(facts).toEqual({ source: 'env:TOKEN', written_at: DATE.iso, proof: 'good', value: 'same' })
  })

  it('has all values begun before the first is put', async () => {
    const sandbox = await world()
    const ledger = await open(storeIn(sandbox))
    await ledger.prepare?.(puts(20))
    const entries = Object.values(await entriesIn(sandbox))
    expect(entries).toHaveLength(20)
    expect(entries.every(({ written_at }) => written_at === undefined)).toBe(true)
  })

  it('saves what was written once there are fifty notes, so that a dying process loses no more', async () => {
    const sandbox = await world()
    const ledger = await open(storeIn(sandbox))
    await ledger.prepare?.(puts(120))
    const notes: Promise<void>[] = []
    for (const { address, value } of puts(120)) {
      await ledger.begin(address, value)
      notes.push(ledger.complete(address, DATE.header))
    }
    await Promise.all(notes.slice(0, 100))
    const written = Object.values(await entriesIn(sandbox)).filter(({ written_at }) => written_at === DATE.iso)
    expect(written.length).toBeGreaterThanOrEqual(100)
    await ledger.settle?.()
    await Promise.all(notes)
    expect(sandbox.writes().length).toBeLessThanOrEqual(3 + 4)
  })

  it('counts an id that each write notes again once', async () => {
    const sandbox = await world({ octoform: { 'other.json': '{}' } })
    const store = { ...storeIn(sandbox), pacing: { ...QUICK, gather: { notes: 3, ms: 60_000 } } }
    const ledger = await open(store)
    const before = sandbox.writes().length
    const notes = Array.from({ length: 50 }, () => ledger.rememberIds({ acme: 7, 'acme/web': 101 }))
    expect(sandbox.writes()).toHaveLength(before)
    await ledger.settle?.()
    await Promise.all(notes)
    expect(sandbox.writes()).toHaveLength(before + 1)
    expect(ledger.recordedId('acme/web')).toMatchObject({ id: 101 })
  })

  it('saves what has waited for long', async () => {
    const sandbox = await world({ octoform: { 'other.json': '{}' } })
    const store = { ...storeIn(sandbox), pacing: { ...QUICK, gather: { notes: 50, ms: 0 } } }
    const ledger = await open(store)
    await ledger.prepare?.(puts(1))
    await ledger.begin(address(0), env('TOKEN'))
    await ledger.complete(address(0), DATE.header)
    expect(Object.values(await entriesIn(sandbox))).toMatchObject([{ written_at: DATE.iso }])
  })

  it('gives what was never put its former entry back', async () => {
    const sandbox = await world()
    await apply(await open(storeIn(sandbox)), 1)
    const before = await entriesIn(sandbox)
    const ledger = await open(storeIn(sandbox), 'another value')
    await ledger.prepare?.([...puts(1), { address: address(9), value: env('OTHER') }])
    expect(Object.keys(await entriesIn(sandbox))).toHaveLength(2)
    await ledger.settle?.()
    expect(await entriesIn(sandbox)).toEqual(before)
  })

  it('leaves a write that was begun and not answered as begun', async () => {
    const sandbox = await world()
    await apply(await open(storeIn(sandbox)), 1)
    const ledger = await open(storeIn(sandbox))
    await ledger.prepare?.(puts(1))
    await ledger.begin(address(0), env('TOKEN'))
    await ledger.settle?.()
    expect((await (await open(storeIn(sandbox))).facts(address(0), undefined)).written_at).toBeUndefined()
  })

  it('begins a value from another source than was prepared anew', async () => {
    const sandbox = await world()
    const ledger = await open(storeIn(sandbox))
    await ledger.prepare?.(puts(1))
    await ledger.begin(address(0), env('OTHER'))
    expect(Object.values(await entriesIn(sandbox))).toMatchObject([{ source: 'env:OTHER' }])
  })

  it('does not prepare what has no value', async () => {
    const sandbox = await world()
    const ledger = await open(storeIn(sandbox))
    await expect(ledger.prepare?.([{ address: address(0), value: env('MISSING') }])).rejects.toThrow('env:MISSING')
    expect(sandbox.writes()).toEqual([])
  })

  it('is not touched by a run that notes nothing', async () => {
    const sandbox = await world()
    const ledger = await open(storeIn(sandbox))
    await ledger.prepare?.([])
    await ledger.settle?.()
    expect(sandbox.writes()).toEqual([])
  })

  it('may be larger than 1 MB', async () => {
    const sandbox = await world()
    await apply(await open(storeIn(sandbox)), 1200, 'A_SECRET_WITH_A_LONG_NAME_'.repeat(24))
    const { text = '' } = await storeIn(sandbox).load()
    expect(text.length).toBeGreaterThan(1024 * 1024)
    const ledger = await open(storeIn(sandbox))
    await apply(ledger, 1)
    expect(Object.keys(await entriesIn(sandbox))).toHaveLength(1201)
  })
})

describe('two runs at once', () => {
  it('of fifty secrets each lose no entry', async () => {
    const sandbox = await world()
    const ledgers = await Promise.all([open(storeIn(sandbox)), open(storeIn(sandbox))])
    await Promise.all(ledgers.map((ledger, index) => apply(ledger, 50, `RUN_${index}_`)))
    const entries = Object.values(await entriesIn(sandbox))
    expect(entries).toHaveLength(100)
    expect(entries.every(({ written_at }) => written_at === DATE.iso)).toBe(true)
  })

  it('that save after each note lose none either', async () => {
    const sandbox = await world()
    const eager = () => ({ ...storeIn(sandbox), pacing: { ...QUICK, attempts: 50, gather: { notes: 1, ms: 0 } } })
    const ledgers = await Promise.all([open(eager()), open(eager())])
    await Promise.all(
      ledgers.flatMap((ledger, run) =>
        puts(10, `RUN_${run}_`).map(async ({ address, value }) => {
          await ledger.begin(address, value)
          await ledger.complete(address, DATE.header)
        }),
      ),
    )
    expect(Object.keys(await entriesIn(sandbox))).toHaveLength(20)
  })

  it('of which the other never ends, give up at last', async () => {
    const sandbox = await world()
    const other = storeIn(sandbox)
    let turn = 0
    const store: LedgerStore = {
      ...storeIn(sandbox),
      async save(text, expected) {
        const { version } = await other.load()
        turn += 1
        await other.save(JSON.stringify({ format_version: '1.0', entries: {}, repositories: { r: turn } }), version)
        return storeIn(sandbox).save(text, expected)
      },
    }
    const ledger = await open(store)
    await expect(ledger.prepare?.(puts(1))).rejects.toThrow(
      'ledger.json on branch octoform of acme/admin could not be written: other processes keep changing it',
    )
    expect(turn).toBe(COMMIT_PACING.attempts)
  })
})

describe('a ledger whose run has lost the lock', () => {
  it('is not written to any more', async () => {
    const sandbox = await world()
    const ledger = await open(storeIn(sandbox))
    let mine = true
    ledger.guard(async () => mine)
    await ledger.prepare?.(puts(2))
    await ledger.begin(address(0), env('TOKEN'))
    const writes = sandbox.writes().length
    mine = false
    const noted = ledger.complete(address(0), DATE.header)
    const settled = ledger.settle?.()
    await expect(noted).rejects.toThrow('another run has taken over the lock')
    await expect(settled).rejects.toThrow('another run has taken over the lock')
    expect(sandbox.writes()).toHaveLength(writes)
  })
})

describe('adopting', () => {
  it('records in one commit what has no entry, and leaves the others', async () => {
    const sandbox = await world({ octoform: { 'other.json': '{}' } })
    await apply(await open(storeIn(sandbox)), 1)
    const writes = sandbox.writes().length
    const ledger = await open(storeIn(sandbox))
    const found = puts(3).map((put) => ({ ...put, updatedAt: '2026-09-01T00:00:00Z' }))
    expect(await ledger.adopt(found)).toEqual([address(1), address(2)])
    expect(sandbox.writes()).toHaveLength(writes + 1)
    const again = await open(storeIn(sandbox))
    expect((await again.facts(address(0), env('TOKEN'))).written_at).toBe(DATE.iso)
    expect(await again.facts(address(1), env('TOKEN'))).toEqual({
      source: 'env:TOKEN',
      written_at: '2026-09-01T00:00:00.000Z',
      proof: 'good',
      value: 'same',
    })
  })

  it('leaves an entry that another process made meanwhile', async () => {
    const sandbox = await world()
    const ledger = await open(storeIn(sandbox))
    await apply(await open(storeIn(sandbox)), 1)
    expect(await ledger.adopt([{ address: address(0), value: env('OTHER'), updatedAt: LATER.iso }])).toEqual([])
    expect((await (await open(storeIn(sandbox))).facts(address(0), undefined)).source).toBe('env:TOKEN')
  })

  it('has no fingerprint where the value is not at hand', async () => {
    const sandbox = await world()
    const ledger = await open(storeIn(sandbox))
    await ledger.adopt([{ address: address(0), value: env('MISSING'), updatedAt: LATER.iso }])
    expect(await entriesIn(sandbox)).toEqual({
      [`${HOST} ${address(0)}`]: {
        source: 'env:MISSING',
        written_at: LATER.iso,
        key_id: expect.any(String),
        signature: expect.any(String),
      },
    })
  })
})
