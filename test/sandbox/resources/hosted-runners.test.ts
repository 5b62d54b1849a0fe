import { describe, expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'

const OWN = {
  runner_groups: { large: { id: 5 }, shared: { id: 6 } },
  hosted_images: { golden: { id: 9, versions: ['1.0.0', '1.1.0'] } },
  hosted_static_ips: 1,
  hosted_runners: { big: { id: 1, size: '8-core', runner_group: 'large', maximum_runners: 7 } },
}
const SEED = { enterprises: { inc: { organizations: { acme: {} }, ...OWN } }, organizations: { acme: OWN } }
const UBUNTU = { id: 'ubuntu-24.04', source: 'github' }

const PLACES = [
  { path: '/enterprises/inc/actions/hosted-runners', product: 'ghec', most: 50 },
  { path: '/orgs/acme/actions/hosted-runners', product: 'ghec', most: 10 },
  { path: '/orgs/acme/actions/hosted-runners', product: 'dotcom', most: 10 },
]

describe.each(PLACES)('hosted runners at $path, $product', ({ path, product, most }) => {
  const place = { seed: product === 'dotcom' ? { organizations: SEED.organizations } : SEED, product }

  it('are created with GitHub’s defaults, changed in place, and listed', async () => {
    const { call } = await withSandbox(place)
    const made = await call('POST', path, { name: 'new', image: UBUNTU, size: '4-core', runner_group_id: 5 })
    expect(made).toMatchObject({
      status: 201,
      body: { id: 2, status: 'Provisioning', maximum_runners: most, public_ip_enabled: false, image_gen: false },
    })
    const changed = await call('PATCH', `${path}/2`, {
      ...{ image_id: '9', image_source: 'custom', image_version: 'latest', size: '16-core', runner_group_id: 6 },
      ...{ maximum_runners: 2, enable_static_ip: true, image_gen: true, name: 'newer' },
    })
    expect(changed).toMatchObject({
      status: 200,
      body: {
        ...{ name: 'newer', runner_group_id: 6, maximum_runners: 2, public_ip_enabled: true, image_gen: true },
        image_details: { id: '9', source: 'custom', version: '1.1.0', display_name: 'golden' },
        machine_size_details: { id: '16-core', cpu_cores: 16 },
      },
    })
    expect((await call('PATCH', `${path}/2`, { maximum_runners: 3 })).body).toMatchObject({
      name: 'newer',
      image_gen: true,
    })
    expect((await call('GET', path)).body).toMatchObject({
      total_count: 2,
      runners: [{ name: 'big' }, { name: 'newer' }],
    })
    const state = (await call('GET', '/_sandbox/state')).body as object
    expect((await (await withSandbox({ seed: state })).call('GET', '/_sandbox/state')).body).toEqual(state)
  })

  it('are refused with what the owner does not have', async () => {
    const { call } = await withSandbox(place)
    const one = { name: 'new', image: UBUNTU, size: '4-core', runner_group_id: 5 }
    const refused = [
      await call('POST', path, { ...one, name: 'big' }),
      await call('POST', path, { ...one, name: 'a b' }),
      await call('POST', path, { ...one, size: '3-core' }),
      await call('POST', path, { ...one, image: { id: 'beos', source: 'github' } }),
      await call('POST', path, { ...one, image: { id: '9', source: 'custom', version: '2.0.0' } }),
      await call('POST', path, { ...one, runner_group_id: 99 }),
      await call('POST', path, { name: 'new', image: UBUNTU, size: '4-core' }),
      await call('PATCH', `${path}/1`, { image_source: 'partner' }),
      await call('PATCH', `${path}/9`, {}),
    ]
    expect(refused.map(({ status }) => status)).toEqual([...Array(8).fill(422), 404])
    expect((await call('POST', path, { ...one, enable_static_ip: true })).status).toBe(201)
    expect((await call('PATCH', `${path}/1`, { enable_static_ip: true })).status).toBe(422)
    expect((await call('GET', `${path}/limits`)).body).toEqual({ public_ips: { maximum: 1, current_usage: 1 } })
  })

  it('are deleted some time after the answer', async () => {
    const { call } = await withSandbox(place)
    expect(await call('DELETE', `${path}/1`)).toMatchObject({ status: 202, body: { status: 'Deleting' } })
    expect((await call('GET', `${path}/1`)).body).toMatchObject({ status: 'Deleting' })
    expect((await call('GET', `${path}/1`)).status).toBe(404)
    expect((await call('GET', path)).body).toMatchObject({ total_count: 0 })
  })

  it('are made of what the look-ups show', async () => {
    const { call } = await withSandbox(place)
    const ids = async (below: string, key: string) => {
      const { body } = await call('GET', `${path}/${below}`)
      return (body as Record<string, { id: unknown }[]>)[key]?.map(({ id }) => id)
    }
    expect(await ids('images/github-owned', 'images')).toContain('ubuntu-24.04')
    expect(await ids('images/partner', 'images')).toEqual(['ubuntu-24.04-arm'])
    expect(await ids('images/custom', 'images')).toEqual([9])
    expect(await ids('machine-sizes', 'machine_specs')).toContain('64-core')
  })

  it('have images whose versions go one by one', async () => {
    const { call } = await withSandbox(place)
    const image = `${path}/images/custom/9`
    expect((await call('GET', image)).body).toMatchObject({
      name: 'golden',
      versions_count: 2,
      latest_version: '1.1.0',
    })
    expect((await call('GET', `${image}/versions/1.1.0`)).body).toMatchObject({ version: '1.1.0', state: 'Ready' })
    expect((await call('DELETE', `${image}/versions/1.1.0`)).status).toBe(204)
    expect((await call('GET', `${image}/versions/1.1.0`)).status).toBe(404)
    expect((await call('GET', image)).body).toMatchObject({ versions_count: 1, latest_version: '1.0.0' })
    expect((await call('DELETE', image)).status).toBe(204)
    expect((await call('DELETE', image)).status).toBe(404)
    expect((await call('GET', `${path}/images/custom`)).body).toMatchObject({ total_count: 0 })
    const { platforms } = (await call('GET', `${path}/platforms`)).body as { platforms: string[] }
    expect(platforms).toContain('linux-x64')
  })

  it('fall to the default group with their own', async () => {
    const { call } = await withSandbox(place)
    await call('DELETE', `${path.replace('hosted-runners', 'runner-groups')}/5`)
    expect((await call('GET', `${path}/1`)).body).toMatchObject({ runner_group_id: 1 })
  })
})

it('hosted runners are in the cloud alone', async () => {
  const { call } = await withSandbox({ seed: SEED, product: 'ghes-3.19' })
  expect((await call('GET', '/orgs/acme/actions/hosted-runners')).status).toBe(404)
})

it('hosted runners name groups that are there', async () => {
  const seed = { organizations: { acme: { hosted_runners: { x: { runner_group: 'none' } } } } }
  await expect(withSandbox({ seed })).rejects.toThrow('names "none", which is not under runner_groups')
})
