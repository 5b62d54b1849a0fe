import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DATE, KEY, makeWorld, OTHER_KEY } from './ledger-world.ts'

describe('a member that GitHub does not show', () => {
  const GROUP = 'orgs/acme/runner_groups/gpu'

  it('is known by the id that its create answered, also where the rest of it was interrupted', async () => {
    const world = await makeWorld()
    const ledger = await world.open({ key: KEY })
    await ledger.beginDocument(GROUP, 'document sha256:1')
    await ledger.identify(GROUP, 42)
    const begun = await (await world.open({ key: KEY })).facts(GROUP, undefined)
    expect(begun).toEqual({ source: 'document sha256:1', id: 42, proof: 'good', value: 'not compared' })
    await ledger.complete(GROUP, DATE.header)
    const ended = await (await world.open({ key: KEY })).facts(GROUP, undefined)
    expect(ended).toEqual({ ...begun, written_at: DATE.iso })
    expect(ledger.seal()).toBe('fits')
  })

  it('keeps its id through a write that was refused, and through a rename of its owner', async () => {
    const world = await makeWorld()
    const ledger = await world.open({ key: KEY })
    await ledger.beginDocument(GROUP, 'document sha256:1', 42)
    await ledger.complete(GROUP, DATE.header)
    await ledger.beginDocument(GROUP, 'document sha256:2', 42)
    await ledger.undo(GROUP)
    await ledger.rememberIds({ acme: 7 })
    await ledger.follow([{ from: 'acme', to: 'initech' }])
    const facts = await (await world.open({ key: KEY })).facts('orgs/initech/runner_groups/gpu', undefined)
    expect(facts).toMatchObject({ source: 'document sha256:1', id: 42, written_at: DATE.iso, proof: 'good' })
  })

  it('of which the id was changed is altered', async () => {
    const world = await makeWorld()
    const ledger = await world.open({ key: KEY })
    await ledger.beginDocument(GROUP, 'document sha256:1', 42)
    await ledger.complete(GROUP, DATE.header)
    writeFileSync(world.path, readFileSync(world.path, 'utf8').replace('"id": 42', '"id": 43'))
    expect((await (await world.open({ key: KEY })).facts(GROUP, undefined)).proof).toBe('altered')
    await (await world.open({ key: KEY })).signDocuments([GROUP])
    expect((await (await world.open({ key: KEY })).facts(GROUP, undefined)).proof).toBe('altered')
  })

  it('that was written without a key is signed as it is after a review', async () => {
    const world = await makeWorld()
    await (await world.open()).adoptDocument(GROUP, 'document sha256:1', 42)
    const ledger = await world.open({ key: KEY })
    expect((await ledger.facts(GROUP, undefined)).proof).toBe('unsigned')
    await ledger.signDocuments([GROUP])
    expect(await ledger.facts(GROUP, undefined)).toMatchObject({ id: 42, proof: 'good' })
  })

  it('keeps its id under another ledger key', async () => {
    const world = await makeWorld()
    const ledger = await world.open({ key: KEY })
    await ledger.beginDocument(GROUP, 'document sha256:1', 42)
    await ledger.complete(GROUP, DATE.header)
    await (await world.open({ key: OTHER_KEY, previous: KEY })).renew(new Map())
    const facts = await (await world.open({ key: OTHER_KEY })).facts(GROUP, undefined)
    expect(facts).toMatchObject({ source: 'document sha256:1', id: 42, written_at: DATE.iso, proof: 'good' })
  })

  it('has its id where no write of it has begun only from a bug', async () => {
    await expect((await (await makeWorld()).open()).identify(GROUP, 42)).rejects.toThrow('bug')
  })
})
