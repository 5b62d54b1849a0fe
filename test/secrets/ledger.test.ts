import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { secretState } from '../../src/core/secret-state.ts'
import { ADDRESS, DATE, env, HOST, KEY, LATER, makeWorld, OTHER_KEY } from './ledger-world.ts'

const WHERE = `${HOST} ${ADDRESS}`

/** A ledger in which an earlier run has written one secret. */
async function written(key?: string) {
  const world = await makeWorld()
  const ledger = await world.open(key === undefined ? {} : { key })
  await ledger.begin(ADDRESS, env('TOKEN'))
  await ledger.complete(ADDRESS, DATE.header)
  return world
}

describe('a write', () => {
  it('is known by the next run', async () => {
    const world = await written(KEY)
    const ledger = await world.open({ key: KEY })
    const facts = await ledger.facts(ADDRESS, env('TOKEN'))
    expect(facts).toEqual({ source: 'env:TOKEN', written_at: DATE.iso, mac: 'good', value: 'same' })
    expect(secretState(facts, '2026-10-01T10:00:01Z', 'keep')).toEqual({ state: 'unchanged', compared: true })
  })

  it('that never ended is seen as interrupted', async () => {
    const world = await written(KEY)
    await (await world.open({ key: KEY, env: { TOKEN: 'another' } })).begin(ADDRESS, env('TOKEN'))
    const facts = await (await world.open({ key: KEY })).facts(ADDRESS, env('TOKEN'))
    expect(facts).toMatchObject({ source: 'env:TOKEN', mac: 'good' })
    expect(facts.written_at).toBeUndefined()
    expect(secretState(facts, undefined, 'keep')).toMatchObject({ reason: 'an earlier write was interrupted' })
  })

  it('is not begun without its value', async () => {
    const world = await makeWorld()
    const begin = (await world.open({ key: KEY })).begin(ADDRESS, env('MISSING'))
    await expect(begin).rejects.toThrow(`the value of ${ADDRESS} cannot be written: env:MISSING is not set`)
    expect(existsSync(world.path)).toBe(false)
  })

  it('cannot end without a beginning, nor without a date', async () => {
    const ledger = await (await makeWorld()).open({ key: KEY })
    await expect(ledger.complete(ADDRESS, DATE.header)).rejects.toThrow('without having begun')
    await ledger.begin(ADDRESS, env('TOKEN'))
    await expect(ledger.complete(ADDRESS, 'soon')).rejects.toThrow('without a valid Date')
    expect((await ledger.facts(ADDRESS, undefined)).written_at).toBeUndefined()
  })

  it('of another source is told by the source', async () => {
    const world = await written(KEY)
    const ledger = await world.open({ key: KEY, env: { OTHER: 'planted-value' } })
    expect(await ledger.facts(ADDRESS, env('OTHER'))).toMatchObject({ source: 'env:TOKEN', value: 'same' })
  })
})

describe('what planning may know', () => {
  it.each([
    ['no entry', 'orgs/acme/secrets/OTHER', HOST, { value: 'not compared' }],
    ['another host', ADDRESS, 'api.github.com', { value: 'not compared' }],
  ])('%s', async (_what, address, host, facts) => {
    const ledger = await (await written(KEY)).open({ key: KEY, host })
    expect(await ledger.facts(address, env('TOKEN'))).toEqual(facts)
  })

  it.each([
    ['the value as it was', { key: KEY, env: { TOKEN: 'planted-value' } }, { mac: 'good', value: 'same' }],
    ['another value', { key: KEY, env: { TOKEN: 'planted-valuf' } }, { mac: 'good', value: 'differs' }],
    ['no value at hand', { key: KEY, env: {} }, { mac: 'good', value: 'not compared' }],
    ['an empty value', { key: KEY, env: { TOKEN: '' } }, { mac: 'good', value: 'not compared' }],
    ['another ledger key', { key: OTHER_KEY }, { mac: 'unkeyed', value: 'not compared' }],
    ['no ledger key', {}, { mac: 'unkeyed', value: 'not compared' }],
  ])('%s', async (_what, opening, facts) => {
    const ledger = await (await written(KEY)).open(opening)
    expect(ledger.keyed).toBe('key' in opening)
    expect(await ledger.facts(ADDRESS, env('TOKEN'))).toMatchObject({ written_at: DATE.iso, ...facts })
  })

  it('an entry made without a key stays without one', async () => {
    const world = await written()
    expect((await world.entries())[WHERE]).toEqual({ source: 'env:TOKEN', written_at: DATE.iso })
    const facts = await (await world.open({ key: KEY })).facts(ADDRESS, env('TOKEN'))
    expect(facts).toMatchObject({ mac: 'unkeyed', value: 'not compared' })
    expect(secretState(facts, '2026-10-01T12:00:00Z', 'keep')).toMatchObject({ reason: 'changed outside' })
  })

  it('writing without a key drops what the entry had of one', async () => {
    const world = await written(KEY)
    await (await world.open()).begin(ADDRESS, env('TOKEN'))
    expect((await world.entries())[WHERE]).toEqual({ source: 'env:TOKEN' })
  })

  it('asking writes nothing', async () => {
    const world = await makeWorld()
    await (await world.open({ key: KEY })).facts(ADDRESS, env('TOKEN'))
    expect(existsSync(world.path)).toBe(false)
  })
})

describe('an entry that was altered', () => {
  it.each([
    ['source', 'env:OTHER'],
    ['fingerprint', 'AAAA'],
    ['key_id', '0'.repeat(32)],
    ['written_at', '2030-01-01T00:00:00.000Z'],
    ['mac', 'AAAA'],
    ['fingerprint', undefined],
    ['key_id', undefined],
  ])('in %s is seen (%j)', async (field, value) => {
    const world = await written(KEY)
    await world.edit(({ entries }) => {
      entries[WHERE] = { ...entries[WHERE], [field]: value }
    })
    const facts = await (await world.open({ key: KEY })).facts(ADDRESS, env('TOKEN'))
    expect(facts).toMatchObject({ mac: 'bad', value: 'not compared' })
    expect(secretState(facts, DATE.iso, 'keep')).toMatchObject({ reason: 'its ledger entry was altered' })
  })

  it('an interrupted write cannot be made to look complete', async () => {
    const world = await makeWorld()
    await (await world.open({ key: KEY })).begin(ADDRESS, env('TOKEN'))
    await world.edit(({ entries }) => {
      entries[WHERE] = { ...entries[WHERE], written_at: DATE.iso }
    })
    expect(await (await world.open({ key: KEY })).facts(ADDRESS, env('TOKEN'))).toMatchObject({ mac: 'bad' })
  })

  it.each(['api.github.com orgs/acme/secrets/NPM_TOKEN', `${HOST} orgs/acme/secrets/OTHER`])(
    'or copied to %s is seen',
    async (where) => {
      const world = await written(KEY)
      await world.edit(({ entries }) => {
        entries[where] = { ...entries[WHERE] }
      })
      const [host, address = ''] = where.split(' ')
      const ledger = await world.open({ key: KEY, ...(host === undefined ? {} : { host }) })
      expect(await ledger.facts(address, env('TOKEN'))).toMatchObject({ mac: 'bad' })
    },
  )

  it('fails where only the MAC was taken out', async () => {
    const world = await written(KEY)
    await world.edit(({ entries }) => {
      delete entries[WHERE]?.mac
    })
    expect(await (await world.open({ key: KEY })).facts(ADDRESS, env('TOKEN'))).toMatchObject({ mac: 'bad' })
  })

  it('counts as unkeyed without MAC and fingerprint, as if written without a key', async () => {
    const world = await written(KEY)
    await world.edit(({ entries }) => {
      delete entries[WHERE]?.mac
      delete entries[WHERE]?.fingerprint
    })
    const facts = await (await world.open({ key: KEY })).facts(ADDRESS, env('TOKEN'))
    expect(facts).toMatchObject({ mac: 'unkeyed', value: 'not compared' })
  })
})

describe('an access-only write', () => {
  it('moves the date, so that it is not taken for a change from outside', async () => {
    const world = await written(KEY)
    await (await world.open({ key: KEY })).touched(ADDRESS, LATER.header)
    const facts = await (await world.open({ key: KEY })).facts(ADDRESS, env('TOKEN'))
    expect(facts).toEqual({ source: 'env:TOKEN', written_at: LATER.iso, mac: 'good', value: 'same' })
  })

  it('never moves it back', async () => {
    const world = await written(KEY)
    const ledger = await world.open({ key: KEY })
    await ledger.touched(ADDRESS, 'Thu, 01 Oct 2026 09:00:00 GMT')
    expect(await ledger.facts(ADDRESS, undefined)).toMatchObject({ written_at: DATE.iso, mac: 'good' })
  })

  it('leaves a missing entry missing and an interrupted write interrupted', async () => {
    const world = await makeWorld()
    const ledger = await world.open({ key: KEY })
    await ledger.touched(ADDRESS, LATER.header)
    expect(existsSync(world.path)).toBe(false)
    await ledger.begin(ADDRESS, env('TOKEN'))
    await (await world.open({ key: KEY })).touched(ADDRESS, LATER.header)
    expect((await (await world.open({ key: KEY })).facts(ADDRESS, undefined)).written_at).toBeUndefined()
  })

  it('does not make an altered entry good', async () => {
    const world = await written(KEY)
    await world.edit(({ entries }) => {
      entries[WHERE] = { ...entries[WHERE], fingerprint: 'AAAA' }
    })
    const ledger = await world.open({ key: KEY })
    await ledger.touched(ADDRESS, LATER.header)
    expect(await ledger.facts(ADDRESS, env('TOKEN'))).toMatchObject({ mac: 'bad' })
  })

  it.each([{ key: OTHER_KEY }, {}])('of a run that cannot verify the entry (%j) leaves it unkeyed', async (opening) => {
    const world = await written(KEY)
    await (await world.open(opening)).touched(ADDRESS, LATER.header)
    expect((await world.entries())[WHERE]).toEqual({ source: 'env:TOKEN', written_at: LATER.iso })
  })
})

describe('the file', () => {
  it('never holds a value, its base64 or a hash of it that needs no key', async () => {
    const value = 'planted-value'
    const text = await (await written(KEY)).text()
    const bytes = Buffer.from(value)
    const hashes = ['md5', 'sha1', 'sha256', 'sha512', 'blake2b512', 'blake2s256']
    const forms = [bytes, ...hashes.map((algorithm) => createHash(algorithm).update(bytes).digest())]
    for (const form of forms) {
      for (const encoding of ['utf8', 'base64', 'base64url', 'hex'] as const) {
        expect(text).not.toContain(form.toString(encoding))
      }
    }
    expect(text).not.toContain(KEY)
  })

  it('forgets a deleted secret and remembers ids, by host', async () => {
    const world = await written(KEY)
    const ledger = await world.open({ key: KEY })
    await ledger.rememberIds({ 'acme/web': 101, acme: 7 })
    await ledger.rememberIds({ 'acme/api': 102 })
    await ledger.forget(ADDRESS)
    expect(await ledger.facts(ADDRESS, env('TOKEN'))).toEqual({ value: 'not compared' })
    expect(await world.text()).toBe(
      `${JSON.stringify(
        {
          format_version: '1.0',
          entries: {},
          ids: { [`${HOST} acme`]: { id: 7 }, [`${HOST} acme/api`]: { id: 102 }, [`${HOST} acme/web`]: { id: 101 } },
        },
        null,
        2,
      )}\n`,
    )
  })

  it('has its entries in order, whatever the order they were written in', async () => {
    const names = ['C', 'A', 'B']
    const world = await makeWorld()
    const ledger = await world.open({ key: KEY })
    await Promise.all(names.map((name) => ledger.begin(`orgs/acme/secrets/${name}`, env('TOKEN'))))
    expect(Object.keys(await world.entries())).toEqual(
      ['A', 'B', 'C'].map((name) => `${HOST} orgs/acme/secrets/${name}`),
    )
  })
})
