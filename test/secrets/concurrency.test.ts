import { describe, expect, it } from 'vitest'
import { deriveKeys } from '../../src/secrets/keys.ts'
import { openLedger } from '../../src/secrets/ledger.ts'
import type { LedgerStore } from '../../src/secrets/store.ts'
import { openValues } from '../../src/secrets/values.ts'
import { DATE, env, HOST, KEY, makeWorld } from './ledger-world.ts'

const address = (index: number) => `orgs/acme/secrets/S${index}`

/** A store in memory that counts its saves, and may be slow or interfere. */
function memoryStore(onSave: (text: string, saves: number) => Promise<string | undefined>) {
  let text: string | undefined
  let version = 0
  let saves = 0
  const store: LedgerStore = {
    name: 'memory',
    load: async () => ({ text, version: String(version) }),
    async save(next, expected) {
      saves += 1
      const other = await onSave(next, saves)
      if (other !== undefined) {
        text = other
        version += 1
      }
      if (String(version) !== expected) return { ok: false }
      text = next
      version += 1
      return { ok: true, version: String(version) }
    },
  }
  return { store, saves: () => saves, text: () => text ?? '' }
}

async function open(store: LedgerStore) {
  const values = openValues({ env: { TOKEN: 'planted-value' }, cwd: '/' })
  return openLedger({ store, host: HOST, keys: await deriveKeys(KEY), values })
}

const pause = () => new Promise<undefined>((resolve) => setTimeout(resolve, 2, undefined))

describe('many writers in one process', () => {
  it('share saves, and each waits for its own', async () => {
    const { store, saves, text } = memoryStore(pause)
    const ledger = await open(store)
    const writers = Array.from({ length: 500 }, async (_none, index) => {
      await ledger.begin(address(index), env('TOKEN'))
      expect(text()).toContain(`${address(index)}"`)
      await ledger.complete(address(index), DATE.header)
      expect((await ledger.facts(address(index), env('TOKEN'))).written_at).toBe(DATE.iso)
    })
    await Promise.all(writers)
    expect(saves()).toBeLessThan(50)
    expect(Object.values(JSON.parse(text()).entries)).toHaveLength(500)
  })

  it('do not save what changes nothing', async () => {
    const { store, saves } = memoryStore(pause)
    const ledger = await open(store)
    await ledger.rememberIds({ 'acme/web': 101 })
    await ledger.rememberIds({ 'acme/web': 101 })
    await ledger.forget(address(1))
    expect(saves()).toBe(1)
  })

  it('all learn of a failure, and the next write is tried again', async () => {
    const { store } = memoryStore(async (_text, saves) => {
      await pause()
      if (saves === 2) throw new Error('disk full')
      return undefined
    })
    const ledger = await open(store)
    const outcomes = await Promise.allSettled([1, 2, 3].map((index) => ledger.rememberIds({ [`r${index}`]: index })))
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'rejected'])
    await ledger.rememberIds({ r4: 4 })
  })
})

describe('another process', () => {
  it('loses nothing, and neither does this one', async () => {
    const theirs = JSON.stringify({
      format_version: '1.0',
      entries: { [`${HOST} ${address(9)}`]: { source: 'env:THEIRS' } },
      repositories: {},
    })
    const { store, text } = memoryStore(async (_text, saves) => (saves === 1 ? theirs : undefined))
    const ledger = await open(store)
    await ledger.begin(address(1), env('TOKEN'))
    expect(Object.keys(JSON.parse(text()).entries)).toEqual([`${HOST} ${address(1)}`, `${HOST} ${address(9)}`])
    expect((await ledger.facts(address(9), undefined)).source).toBe('env:THEIRS')
  })

  it('that never lets go is named at last', async () => {
    const empty = (saves: number) => JSON.stringify({ format_version: '1.0', entries: {}, repositories: { r: saves } })
    const { store } = memoryStore(async (_text, saves) => empty(saves))
    const ledger = await open(store)
    await expect(ledger.begin(address(1), env('TOKEN'))).rejects.toThrow('other processes keep changing it')
  })

  it('on one file, at the same time', async () => {
    const world = await makeWorld()
    const runs = await Promise.all([0, 1, 2].map(() => world.open({ key: KEY })))
    await Promise.all(
      runs.flatMap((ledger, run) =>
        Array.from({ length: 40 }, async (_none, index) => {
          const own = address(run * 1000 + index)
          await ledger.begin(own, env('TOKEN'))
          await ledger.complete(own, DATE.header)
        }),
      ),
    )
    const entries = Object.values(await world.entries())
    expect(entries).toHaveLength(120)
    expect(entries.every((entry) => entry.written_at === DATE.iso)).toBe(true)
  })
})
