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
    expect(facts).toEqual({ source: 'env:TOKEN', written_at: DATE.iso, proof: 'good', value: 'same' })
    expect(secretState(facts, '2026-10-01T10:00:01Z', 'keep')).toEqual({ state: 'unchanged', compared: true })
  })

  it('that never ended is seen as interrupted', async () => {
    const world = await written(KEY)
    await (await world.open({ key: KEY, env: { TOKEN: 'another' } })).begin(ADDRESS, env('TOKEN'))
    const facts = await (await world.open({ key: KEY })).facts(ADDRESS, env('TOKEN'))
    expect(facts).toMatchObject({ source: 'env:TOKEN', proof: 'good' })
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

describe('a write of settings that GitHub does not show', () => {
  const ISSUER = 'enterprises/inc/oidc_issuer'

  it('is known by its hash once it has ended, and as interrupted before', async () => {
    const world = await makeWorld()
    const ledger = await world.open({ key: KEY })
    await ledger.beginDocument(ISSUER, 'document sha256:1')
    const begun = await (await world.open({ key: KEY })).facts(ISSUER, undefined)
    expect(begun).toEqual({ source: 'document sha256:1', proof: 'good', value: 'not compared' })
    await ledger.complete(ISSUER, DATE.header)
    const ended = await (await world.open({ key: KEY })).facts(ISSUER, undefined)
    expect(ended).toEqual({ ...begun, written_at: DATE.iso })
    expect(ledger.seal()).toBe('fits')
  })

  it('that GitHub refused leaves the former hash', async () => {
    const world = await makeWorld()
    const ledger = await world.open({ key: KEY })
    await ledger.beginDocument(ISSUER, 'document sha256:1')
    await ledger.complete(ISSUER, DATE.header)
    await ledger.beginDocument(ISSUER, 'document sha256:2')
    await ledger.undo(ISSUER)
    const facts = await (await world.open({ key: KEY })).facts(ISSUER, undefined)
    expect(facts).toMatchObject({ source: 'document sha256:1', written_at: DATE.iso, proof: 'good' })
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
    ['the value as it was', { key: KEY, env: { TOKEN: 'planted-value' } }, { proof: 'good', value: 'same' }],
    ['another value', { key: KEY, env: { TOKEN: 'planted-valuf' } }, { proof: 'good', value: 'differs' }],
    ['no value at hand', { key: KEY, env: {} }, { proof: 'good', value: 'not compared' }],
    ['an empty value', { key: KEY, env: { TOKEN: '' } }, { proof: 'good', value: 'not compared' }],
    ['another ledger key', { key: OTHER_KEY }, { proof: 'altered', value: 'not compared' }],
    ['no ledger key', {}, { proof: 'unverified', value: 'not compared' }],
  ])('%s', async (_what, opening, facts) => {
    const ledger = await (await written(KEY)).open(opening)
    expect(ledger.keyed).toBe('key' in opening)
    expect(await ledger.facts(ADDRESS, env('TOKEN'))).toMatchObject({ written_at: DATE.iso, ...facts })
  })

  it('an entry made without a key stays without one, and is altered where there is a key', async () => {
    const world = await written()
    expect((await world.entries())[WHERE]).toEqual({ source: 'env:TOKEN', written_at: DATE.iso })
    expect(await (await world.open()).facts(ADDRESS, env('TOKEN'))).toMatchObject({ proof: 'unverified' })
    const facts = await (await world.open({ key: KEY })).facts(ADDRESS, env('TOKEN'))
    expect(facts).toMatchObject({ proof: 'unsigned', value: 'not compared' })
    expect(secretState(facts, DATE.iso, 'keep')).toMatchObject({
      reason: 'its ledger entry was altered: it has no signature',
    })
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
    ['signature', 'AAAA'],
    ['fingerprint', undefined],
    ['key_id', undefined],
  ])('in %s is seen (%j)', async (field, value) => {
    const world = await written(KEY)
    await world.edit(({ entries }) => {
      entries[WHERE] = { ...entries[WHERE], [field]: value }
    })
    const facts = await (await world.open({ key: KEY })).facts(ADDRESS, env('TOKEN'))
    expect(facts).toMatchObject({ proof: 'altered', value: 'not compared' })
    expect(secretState(facts, DATE.iso, 'keep')).toMatchObject({ reason: 'its ledger entry was altered' })
  })

  it('an interrupted write cannot be made to look complete', async () => {
    const world = await makeWorld()
    await (await world.open({ key: KEY })).begin(ADDRESS, env('TOKEN'))
    await world.edit(({ entries }) => {
      entries[WHERE] = { ...entries[WHERE], written_at: DATE.iso }
    })
    expect(await (await world.open({ key: KEY })).facts(ADDRESS, env('TOKEN'))).toMatchObject({ proof: 'altered' })
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
      expect(await ledger.facts(address, env('TOKEN'))).toMatchObject({ proof: 'altered' })
    },
  )

  it.each([[['signature']], [['signature', 'key_id']], [['signature', 'key_id', 'fingerprint']]])(
    'is seen without %j, as if written without a key',
    async (fields) => {
      const world = await written(KEY)
      await world.edit(({ entries }) => {
        for (const field of fields) delete entries[WHERE]?.[field]
      })
      const facts = await (await world.open({ key: KEY })).facts(ADDRESS, env('TOKEN'))
      expect(facts).toMatchObject({ proof: 'unsigned', value: 'not compared' })
    },
  )

  it('by a date that lies ahead of the server is seen even without a key', async () => {
    const world = await written()
    const at = (minutes: number) => world.open({ now: new Date(Date.parse(DATE.iso) - minutes * 60_000) })
    expect(await (await at(5)).facts(ADDRESS, undefined)).toMatchObject({ proof: 'unverified' })
    expect(await (await at(5.1)).facts(ADDRESS, undefined)).toMatchObject({ proof: 'altered' })
  })
})

describe('an access-only write', () => {
  it('moves the date, so that it is not taken for a change from outside', async () => {
    const world = await written(KEY)
    await (await world.open({ key: KEY })).touched(ADDRESS, LATER.header)
    const facts = await (await world.open({ key: KEY })).facts(ADDRESS, env('TOKEN'))
    expect(facts).toEqual({ source: 'env:TOKEN', written_at: LATER.iso, proof: 'good', value: 'same' })
  })

  it('never moves it back', async () => {
    const world = await written(KEY)
    const ledger = await world.open({ key: KEY })
    await ledger.touched(ADDRESS, 'Thu, 01 Oct 2026 09:00:00 GMT')
    expect(await ledger.facts(ADDRESS, undefined)).toMatchObject({ written_at: DATE.iso, proof: 'good' })
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
    expect(await ledger.facts(ADDRESS, env('TOKEN'))).toMatchObject({ proof: 'altered' })
  })

  it('of a run that cannot verify the entry leaves it unsigned', async () => {
    const world = await written(KEY)
    await (await world.open()).touched(ADDRESS, LATER.header)
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
    expect(JSON.parse(await world.text())).toEqual({
      format_version: '1.0',
      entries: {},
      ids: Object.fromEntries(
        Object.entries({ acme: 7, 'acme/api': 102, 'acme/web': 101 }).map(([name, id]) => [
          `${HOST} ${name}`,
          { id, key_id: expect.any(String), signature: expect.any(String) },
        ]),
      ),
      seal: { counter: 5, hash: expect.any(String), key_id: expect.any(String), signature: expect.any(String) },
    })
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
