import { describe, expect, it } from 'vitest'
import { deriveKeys } from '../../src/secrets/keys.ts'
import { ADDRESS, DATE, env, HOST, KEY, makeWorld, OTHER_KEY } from './ledger-world.ts'

type Json = Record<string, unknown>
type Document = { entries: Record<string, Json>; ids: Record<string, Json>; repositories?: object; seal?: Json }

const publicKey = async (key = KEY) => (await deriveKeys(key))?.publicKey ?? ''

/** A ledger with one secret, the ids of two names and one spent approval. */
async function signed(key: string | null = KEY) {
  const world = await makeWorld()
  const ledger = await world.open(key === null ? {} : { key })
  await ledger.begin(ADDRESS, env('TOKEN'))
  await ledger.complete(ADDRESS, DATE.header)
  await ledger.rememberIds({ acme: 7, 'acme/web': 101 })
  await ledger.spend({ digest: 'd', allow: ['public'], reason: 'r' })
  const edit = (change: (document: Document) => void) =>
    world.edit((document) => change(document as unknown as Document))
  return { world, edit }
}

async function saying(world: Awaited<ReturnType<typeof makeWorld>>, opening: Parameters<typeof world.open>[0]) {
  const ledger = await world.open(opening)
  return {
    seal: ledger.seal(),
    web: ledger.recordedId('acme/web'),
    entry: (await ledger.facts(ADDRESS, env('TOKEN'))).proof,
  }
}

describe('a signed ledger', () => {
  it.each([
    ['the key', { key: KEY }, {}],
    ['its public key alone', {}, { pub: KEY }],
    ['another key, where the public key of now is known', { key: OTHER_KEY }, { pub: KEY }],
    ['a new key with the one that it replaces', { key: OTHER_KEY, previous: KEY }, {}],
    ['neither', {}, {}],
  ])('is verified by %s', async (_what, opening, { pub }: { pub?: string }) => {
    const { world } = await signed()
    const publicKeys = pub === undefined ? [] : [await publicKey(pub)]
    const open = 'key' in opening || pub !== undefined
    expect(await saying(world, { ...opening, publicKeys })).toEqual({
      seal: open ? 'fits' : 'unverified',
      web: { id: 101, authentic: true },
      entry: open ? 'good' : 'unverified',
    })
  })

  it.each([
    ['a public key of somebody else', {}, [OTHER_KEY]],
    ['another key', { key: OTHER_KEY }, []],
  ])('is foreign to %s', async (_what, opening, others) => {
    const { world } = await signed()
    const publicKeys = await Promise.all(others.map((key) => publicKey(key)))
    expect(await saying(world, { ...opening, publicKeys })).toEqual({
      seal: 'broken',
      web: { id: 101, authentic: false },
      entry: 'altered',
    })
  })

  const WEB = `${HOST} acme/web`
  it.each<[string, (document: Document) => void, { seal: string; authentic?: boolean; entry: string }]>([
    [
      'an id that was edited',
      ({ ids }) => Object.assign(ids[WEB] ?? {}, { id: 999 }),
      { seal: 'fits', authentic: false, entry: 'good' },
    ],
    [
      'an id whose signature is another one',
      ({ ids }) => Object.assign(ids[WEB] ?? {}, { signature: ids[`${HOST} acme`]?.signature }),
      { seal: 'fits', authentic: false, entry: 'good' },
    ],
    [
      'an id without signature',
      ({ ids }) => void delete ids[WEB]?.signature,
      { seal: 'fits', authentic: false, entry: 'good' },
    ],
    ['an id that was taken out', ({ ids }) => void delete ids[WEB], { seal: 'broken', entry: 'good' }],
    [
      'another id that was taken out',
      ({ ids }) => void delete ids[`${HOST} acme`],
      { seal: 'broken', authentic: false, entry: 'good' },
    ],
    [
      'an entry that was put in',
      ({ entries }) => void Object.assign(entries, { 'h a': { source: 'env:X' } }),
      { seal: 'broken', authentic: false, entry: 'good' },
    ],
    [
      'an approval that was taken out',
      (document) => void Object.assign(document, { approvals: [] }),
      { seal: 'broken', authentic: false, entry: 'good' },
    ],
    [
      'a counter that was raised',
      ({ seal }) => void Object.assign(seal ?? {}, { counter: 900 }),
      { seal: 'broken', authentic: false, entry: 'good' },
    ],
    ['no seal', (document) => void delete document.seal, { seal: 'broken', authentic: false, entry: 'good' }],
  ])('tells of %s', async (_what, change, { seal, authentic, entry }) => {
    const { world, edit } = await signed()
    await edit(change)
    for (const opening of [{ key: KEY }, { publicKeys: [await publicKey()] }]) {
      const said = await saying(world, opening)
      expect([said.seal, said.web?.authentic, said.entry]).toEqual([seal, authentic, entry])
    }
  })

  it('stripped of everything is not what an older octoform left', async () => {
    const { world, edit } = await signed()
    await edit((document) => {
      for (const each of [...Object.values(document.entries), ...Object.values(document.ids)]) delete each.signature
      for (const each of (document as unknown as { approvals: Json[] }).approvals) delete each.signature
      delete document.seal
      document.repositories = { [`${HOST} repos/acme/web`]: 999 }
    })
    expect(await saying(world, { key: KEY })).toMatchObject({ web: { authentic: false }, entry: 'unsigned' })
    expect(await saying(world, { publicKeys: [await publicKey()] })).toMatchObject({
      seal: 'broken',
      web: { authentic: false },
    })
  })

  it('is sealed anew by nobody but who has looked at it, and nothing else becomes good by that', async () => {
    const { world, edit } = await signed()
    await edit(({ ids }) => {
      delete ids[`${HOST} acme`]
      Object.assign(ids[WEB] ?? {}, { id: 999 })
    })
    const ledger = await world.open({ key: KEY })
    expect(ledger.seal()).toBe('broken')
    await ledger.renew(new Map())
    await ledger.rememberIds({ other: 5 })
    expect((await world.open({ key: KEY })).seal()).toBe('broken')
    await ledger.reseal()
    expect(await saying(world, { key: KEY })).toMatchObject({ seal: 'fits', web: { id: 999, authentic: false } })
  })

  it('has an id signed anew that a write has shown to be true', async () => {
    const { world, edit } = await signed()
    await edit(({ ids }) => void Object.assign(ids[WEB] ?? {}, { signature: 'AAAA' }))
    await (await world.open({ key: KEY })).rememberIds({ 'acme/web': 101 })
    expect((await saying(world, { key: KEY })).web).toEqual({ id: 101, authentic: true })
  })

  it('is written without a key by who has none, and that is seen', async () => {
    const { world } = await signed()
    await (await world.open()).rememberIds({ 'acme/web': 999 })
    expect(await saying(world, { key: KEY })).toMatchObject({ web: { id: 999, authentic: false }, entry: 'good' })
  })
})

describe('a ledger with MACs, of an older octoform', () => {
  async function former(edit: (document: Document) => void = () => undefined) {
    const { world, edit: change } = await signed(null)
    const keys = await deriveKeys(KEY)
    if (keys === undefined) throw new Error('no key')
    await change((document) => {
      const entry = document.entries[`${HOST} ${ADDRESS}`]
      const fingerprint = keys.fingerprint(HOST, ADDRESS, Buffer.from('planted-value'))
      const mac = keys.mac([HOST, ADDRESS, 'env:TOKEN', fingerprint, keys.id, DATE.iso])
      Object.assign(entry ?? {}, { fingerprint, key_id: keys.id, mac })
      Object.assign(document, {
        ids: undefined,
        approvals: undefined,
        repositories: { [`${HOST} repos/acme/web`]: 101 },
      })
      edit(document)
    })
    return world
  }

  it('holds with the key, ids alike, and is signed as a whole by the first save', async () => {
    const world = await former()
    for (const publicKeys of [[], [await publicKey()]]) {
      expect(await saying(world, { key: KEY, publicKeys })).toEqual({
        seal: 'former',
        web: { id: 101, authentic: true },
        entry: 'good',
      })
    }
    const ledger = await world.open({ key: KEY })
    expect(await ledger.facts(ADDRESS, env('TOKEN'))).toMatchObject({ value: 'same' })
    await ledger.rememberIds({ acme: 7 })
    expect(await saying(world, { key: KEY })).toMatchObject({ seal: 'fits', web: { authentic: true }, entry: 'good' })
  })

  it('cannot be verified by a public key', async () => {
    const world = await former()
    const said = await saying(world, { publicKeys: [await publicKey()] })
    expect(said).toEqual({ seal: 'broken', web: { id: 101, authentic: false }, entry: 'altered' })
  })

  it('of which one MAC fails vouches for no id', async () => {
    const world = await former(
      ({ entries }) => void Object.assign(entries[`${HOST} ${ADDRESS}`] ?? {}, { source: 'env:X' }),
    )
    expect(await saying(world, { key: KEY })).toMatchObject({ web: { authentic: false }, entry: 'altered' })
  })
})
