import { describe, expect, it } from 'vitest'
import { startSandbox } from '../../../src/sandbox/server.ts'
import { withSandbox } from '../../support/sandbox.ts'

const GROUPS = '/actions/runner-groups'
const SEED = {
  enterprises: {
    'Acme-Inc': {
      id: 5,
      organizations: { acme: {}, beta: { id: 12 } },
      runner_groups: { gpu: { id: 7, visibility: 'selected', organizations: ['acme', 'beta'] } },
    },
    rival: { organizations: { other: {} } },
  },
  organizations: { acme: { id: 11 }, other: { id: 13 }, alone: { id: 14 } },
}

function named(body: unknown): unknown {
  return (body as { readonly organizations: readonly { readonly login: string }[] }).organizations.map(
    ({ login }) => login,
  )
}

describe('an enterprise', () => {
  it('is found by its slug without case, by its id, and not in the place of another', async () => {
    const sandbox = await withSandbox({ seed: SEED, product: 'ghec' })
    const status = async (name: string) => (await sandbox.call('GET', `/enterprises/${name}${GROUPS}`)).status
    expect(await Promise.all(['acme-inc', 'ACME-INC', '5', 'acme', 'none'].map(status))).toEqual([
      ...[200, 200, 200],
      ...[404, 404],
    ])
  })

  it('has none on plain github.com: a slug that is right and one that is not answer the same', async () => {
    const sandbox = await withSandbox({ seed: SEED, product: 'dotcom' })
    const bodies = await Promise.all(
      ['acme-inc', 'none'].map((slug) => sandbox.call('GET', `/enterprises/${slug}${GROUPS}`)),
    )
    expect(bodies.map(({ status, body }) => ({ status, body }))).toEqual([
      { status: bodies[1]?.status, body: bodies[1]?.body },
      { status: 404, body: expect.objectContaining({ message: 'Not Found' }) },
    ])
  })

  it('takes organizations of its own alone', async () => {
    const sandbox = await withSandbox({ seed: SEED, product: 'ghec' })
    const list = `/enterprises/acme-inc${GROUPS}/7/organizations`
    const refused = await sandbox.call('PUT', list, { selected_organization_ids: [11, 13] })
    expect(refused).toMatchObject({
      status: 422,
      body: { message: 'The organization 13 does not belong to Acme-Inc.' },
    })
    expect((await sandbox.call('PUT', `${list}/14`)).status).toBe(404)
    expect(named((await sandbox.call('GET', list)).body)).toEqual(['acme', 'beta'])
  })

  it('on GHES is the one of the server, to which every organization belongs', async () => {
    const { rival: _, ...enterprises } = SEED.enterprises
    const sandbox = await withSandbox({ seed: { ...SEED, enterprises }, product: 'ghes-3.19' })
    const list = `/enterprises/acme-inc${GROUPS}/7/organizations`
    expect((await sandbox.call('PUT', list, { selected_organization_ids: [14] })).status).toBe(204)
    expect(named((await sandbox.call('GET', list)).body)).toEqual(['alone'])
    const state = sandbox.state() as typeof SEED
    expect(Object.keys(state.enterprises['Acme-Inc'].organizations)).toEqual(['acme', 'beta', 'other', 'alone'])
  })

  it('loses from its lists an organization whose name another account has now', async () => {
    const sandbox = await withSandbox({ seed: SEED, product: 'ghec' })
    const list = `/enterprises/acme-inc${GROUPS}/7/organizations`
    await sandbox.call('POST', '/_sandbox/accounts', { owner: 'acme', id: 99 })
    expect(named((await sandbox.call('GET', list)).body)).toEqual(['beta'])
    expect((await sandbox.call('PUT', list, { selected_organization_ids: [99] })).status).toBe(422)
    await sandbox.call('POST', '/_sandbox/accounts', { owner: 'beta', login: 'gamma' })
    expect(named((await sandbox.call('GET', list)).body)).toEqual(['gamma'])
  })

  it.each([
    [{ enterprises: { inc: {}, Inc: {} } }, 'enterprises.Inc is there twice'],
    [{ enterprises: { 'a b': {} } }, 'enterprises.a b cannot be: the slug is invalid.'],
    [
      { enterprises: { inc: { organizations: { Acme: { id: 3 } } } }, organizations: { acme: {} } },
      'enterprises.inc.organizations.Acme is described under organizations too.',
    ],
    [
      { enterprises: { inc: { organizations: { acme: {} } }, two: { organizations: { ACME: {} } } } },
      'enterprises.two.organizations.ACME is in the enterprise inc already.',
    ],
    [
      { enterprises: { inc: { runner_groups: { a: { organizations: ['x'] } } } } },
      'names "x", which inc does not have.',
    ],
    [{ product: 'ghes-3.19', enterprises: { inc: {}, two: {} } }, 'enterprises.two is one too many: a server has one.'],
  ])('%j is no seed', async (seed, message) => {
    await expect(startSandbox({ seed })).rejects.toThrow(message)
  })
})

describe('a token of an enterprise', () => {
  const TOKENS = {
    admin: { scopes: ['admin:enterprise'] },
    runners: { scopes: ['manage_runners:enterprise'] },
    organizations: { scopes: ['admin:org', 'repo'] },
    fine: { permissions: { organization_self_hosted_runners: 'write' } },
    workflow: { workflow: true },
    reader: { read_only: true },
    owner: {},
  }

  it.each([
    ['admin', 200, 204],
    ['runners', 200, 204],
    ['organizations', 403, 403],
    ['fine', 403, 403],
    ['workflow', 403, 403],
    ['reader', 200, 403],
    ['owner', 200, 204],
  ])('%s reads with %i and writes with %i', async (token, read, write) => {
    const sandbox = await withSandbox({ seed: { ...SEED, tokens: TOKENS }, product: 'ghec' })
    const list = `/enterprises/acme-inc${GROUPS}/7/organizations`
    expect((await sandbox.call('GET', list, undefined, token)).status).toBe(read)
    expect((await sandbox.call('PUT', list, { selected_organization_ids: [12] }, token)).status).toBe(write)
  })

  it('tells its scopes, and those that a request takes', async () => {
    const sandbox = await withSandbox({ seed: { ...SEED, tokens: TOKENS }, product: 'ghec' })
    const told = async (token: string) => {
      const { headers } = await sandbox.call('GET', `/enterprises/acme-inc${GROUPS}`, undefined, token)
      return [headers['x-oauth-scopes'], headers['x-accepted-oauth-scopes']]
    }
    expect(await told('admin')).toEqual(['admin:enterprise', 'manage_runners:enterprise'])
    expect(await told('owner')).toEqual([
      'admin:enterprise, admin:org, delete_repo, repo, workflow',
      'manage_runners:enterprise',
    ])
  })
})

it('the organizations of a server are listed by their ids, a page after another', async () => {
  const { rival: _, ...enterprises } = SEED.enterprises
  const sandbox = await withSandbox({ seed: { ...SEED, enterprises }, product: 'ghes-3.19' })
  const logins: string[] = []
  let next: string | undefined = '/organizations?per_page=3'
  while (next !== undefined) {
    const { body, headers } = await sandbox.call('GET', next)
    logins.push(...(body as readonly { readonly login: string }[]).map(({ login }) => login))
    next = /<([^>]+)>; rel="next"/.exec(headers.link ?? '')?.[1]
  }
  expect(logins).toEqual(['acme', 'beta', 'other', 'alone'])
})
