import { describe, expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'

const RUNNERS = '/orgs/acme/actions/runners'
const SEED = {
  organizations: {
    acme: {
      runners: {
        'gpu-01': { id: 11, os: 'linux', status: 'offline', labels: ['gpu'], ephemeral: true },
        'gpu-02': { id: 12, busy: true },
      },
      runner_groups: { gpu: { id: 5, runners: ['gpu-01'] } },
    },
  },
}

describe('runners', () => {
  it('show their labels, and from 3.17 their group', async () => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call('GET', `${RUNNERS}/11`)).body).toEqual({
      id: 11,
      name: 'gpu-01',
      os: 'linux',
      status: 'offline',
      busy: false,
      labels: [
        { id: 1, name: 'self-hosted', type: 'read-only' },
        { id: 2, name: 'linux', type: 'read-only' },
        { id: 3, name: 'X64', type: 'read-only' },
        { id: 4, name: 'gpu', type: 'custom' },
      ],
      runner_group_id: 5,
      ephemeral: true,
    })
  })

  it.each([
    ['ghes-2.22', ['busy', 'id', 'name', 'os', 'status']],
    ['ghes-3.7', ['busy', 'id', 'labels', 'name', 'os', 'status']],
    ['ghes-3.17', ['busy', 'ephemeral', 'id', 'labels', 'name', 'os', 'runner_group_id', 'status']],
  ])('of %s have the fields %j', async (product, fields) => {
    const { call } = await withSandbox({ seed: SEED, product })
    expect(Object.keys((await call('GET', `${RUNNERS}/12`)).body as object).sort()).toEqual(fields)
  })

  it.each([
    ['ghec', 1],
    ['ghes-3.7', 2],
  ])('of %s can be asked for by name: %i found', async (product, count) => {
    const { call } = await withSandbox({ seed: SEED, product })
    expect((await call('GET', `${RUNNERS}?name=gpu-02`)).body).toMatchObject({ total_count: count })
  })

  it.each([
    ['ghec', 422],
    ['ghes-3.17', 422],
    ['ghes-3.7', 204],
    ['ghes-2.22', 204],
  ])('of %s at work: DELETE answers %i', async (product, status) => {
    const { call } = await withSandbox({ seed: SEED, product })
    expect((await call('DELETE', `${RUNNERS}/12`)).status).toBe(status)
    expect((await call('GET', `${RUNNERS}/12`)).status).toBe(status === 204 ? 404 : 200)
  })

  it('that are deleted are gone from their group', async () => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call('DELETE', `${RUNNERS}/11`)).status).toBe(204)
    expect((await call('DELETE', `${RUNNERS}/11`)).status).toBe(404)
    expect((await call('GET', '/orgs/acme/actions/runner-groups/5/runners')).body).toMatchObject({ total_count: 0 })
  })
})
