import { describe, expect, it } from 'vitest'
import { DATE, env, HOST, KEY, makeWorld } from './ledger-world.ts'

const SECRET = (name: string) => `repos/${name}/secrets/TOKEN`

/** A ledger that knows secrets of these repositories, each of its own variable, and their ids from 101 on. */
async function known(...names: string[]) {
  const world = await makeWorld()
  const values = Object.fromEntries(names.map((name, index) => [`V${index}`, `value of ${name}`]))
  const open = (key?: string) => world.open({ env: values, ...(key === undefined ? {} : { key }) })
  const ledger = await open(KEY)
  for (const [index, name] of names.entries()) {
    await ledger.begin(SECRET(name), env(`V${index}`))
    await ledger.complete(SECRET(name), DATE.header)
    await ledger.rememberIds({ [name]: 101 + index })
  }
  return { world, open, ledger }
}

describe('a rename', () => {
  it('takes entries and id along, and the value is compared as before', async () => {
    const { open, ledger } = await known('acme/old', 'acme/api')
    await ledger.follow([{ from: 'acme/old', to: 'acme/new' }])
    const again = await open(KEY)
    expect(await again.facts(SECRET('acme/new'), env('V0'))).toMatchObject({ proof: 'good', value: 'same' })
    expect(await again.facts(SECRET('acme/new'), env('V1'))).toMatchObject({ proof: 'good', value: 'differs' })
    expect(await again.facts(SECRET('acme/old'), env('V0'))).toEqual({ value: 'not compared' })
    expect([again.recordedId('acme/old'), again.recordedId('acme/new')?.id]).toEqual([
      { id: 101, authentic: true },
      101,
    ])
    expect(await again.facts(SECRET('acme/api'), env('V1'))).toMatchObject({ value: 'same' })
  })

  it('of two that were swapped keeps them apart, and back again is as it was', async () => {
    const { world, open, ledger } = await known('acme/a', 'acme/b')
    const bare = async () => ({ ...JSON.parse(await world.text()), seal: undefined })
    const before = await bare()
    const swap = [
      { from: 'acme/a', to: 'acme/b' },
      { from: 'acme/b', to: 'acme/a' },
    ]
    await ledger.follow(swap)
    const again = await open(KEY)
    expect(await again.facts(SECRET('acme/b'), env('V0'))).toMatchObject({ proof: 'good', value: 'same' })
    expect(await again.facts(SECRET('acme/a'), env('V1'))).toMatchObject({ proof: 'good', value: 'same' })
    expect([again.recordedId('acme/a')?.id, again.recordedId('acme/b')?.id]).toEqual([102, 101])
    await again.follow(swap)
    expect(await bare()).toEqual(before)
  })

  it('of an owner takes its repositories along', async () => {
    const { open, ledger } = await known('acme/web')
    await ledger.begin('orgs/acme/secrets/X', env('V0'))
    await ledger.rememberIds({ acme: 7 })
    await ledger.follow([{ from: 'acme', to: 'initech' }])
    const again = await open(KEY)
    expect([...again.recordedIds().keys()]).toEqual(['acme', 'acme/web', 'initech', 'initech/web'])
    expect(again.addressesOf('env:V0')).toEqual(['orgs/initech/secrets/X', SECRET('initech/web')])
  })

  it('to a name that another repository had forgets that one', async () => {
    const { open, ledger } = await known('acme/old', 'acme/new')
    await ledger.begin('repos/acme/new/secrets/ITS_OWN', env('V1'))
    await ledger.follow([{ from: 'acme/old', to: 'acme/new' }])
    const again = await open(KEY)
    expect(again.addressesOf('env:V1')).toEqual([])
    expect(await again.facts(SECRET('acme/new'), env('V0'))).toMatchObject({ value: 'same' })
    await again.follow([{ from: 'acme/old', to: 'acme/new' }])
    expect(again.addressesOf('env:V0')).toEqual([SECRET('acme/new')])
  })

  it('that planning assumes is answered and not saved', async () => {
    const { world, open } = await known('acme/old')
    const before = await world.text()
    const ledger = await open(KEY)
    ledger.assume([{ from: 'acme/old', to: 'acme/new' }])
    expect(await ledger.facts(SECRET('acme/new'), env('V0'))).toMatchObject({ proof: 'good', value: 'same' })
    expect(ledger.recordedId('acme/new')).toEqual({ id: 101, authentic: true })
    expect(await world.text()).toBe(before)
  })

  it('does not make an altered entry good', async () => {
    const { world, open } = await known('acme/old')
    await world.edit(({ entries }) =>
      Object.assign(entries[`${HOST} ${SECRET('acme/old')}`] ?? {}, { source: 'env:X' }),
    )
    await (await open(KEY)).follow([{ from: 'acme/old', to: 'acme/new' }])
    expect(await (await open(KEY)).facts(SECRET('acme/new'), env('V0'))).toMatchObject({ proof: 'altered' })
  })
})

describe('approvals', () => {
  it('are spent once', async () => {
    const { open, ledger } = await known()
    const spent = { digest: 'd'.repeat(64), allow: ['revocations=180', 'public'], reason: 'quarterly' }
    await ledger.spend(spent)
    await ledger.spend({ ...spent, allow: ['public', 'revocations=180'] })
    expect((await open()).spentApprovals()).toEqual([spent])
    await ledger.spend({ ...spent, reason: 'again' })
    expect((await open()).spentApprovals()).toHaveLength(2)
  })
})
