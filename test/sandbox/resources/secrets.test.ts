import { describe, expect, it } from 'vitest'
import { sealed, type TestSandbox, withSandbox } from '../../support/sandbox.ts'

const ORGANIZATION = '/orgs/acme/actions/secrets'
const REPOSITORY = '/repos/acme/web/actions/secrets'
const LONG_AGO = { created_at: '2020-01-01T00:00:00Z', updated_at: '2020-02-02T00:00:00Z' }
const SEED = {
  organizations: {
    acme: {
      secrets: {
        SOME: { visibility: 'selected', repositories: ['web'], value: 'some', ...LONG_AGO },
        EVERY: { visibility: 'all', value: 'every', ...LONG_AGO },
      },
      repositories: {
        web: { id: 1, secrets: { TOKEN: { value: 'old', ...LONG_AGO } } },
        api: { id: 2 },
      },
    },
    other: { repositories: { foreign: { id: 3 } } },
  },
}

interface State {
  readonly organizations: { readonly acme: { secrets: Secrets; repositories: { web: { secrets: Secrets } } } }
}
type Secrets = Readonly<Record<string, { value: string; updated_at: string; repositories?: string[] }>>

function secretsOf(sandbox: TestSandbox): Secrets {
  return (sandbox.state() as State).organizations.acme.secrets
}

function isRecent(moment: string | undefined): boolean {
  return /T\d\d:\d\d:\d\dZ$/.test(moment ?? '') && Math.abs(Date.now() - Date.parse(moment ?? '')) < 5000
}

describe('the secrets of an organization', () => {
  it('are listed by name, without their values', async () => {
    const { call, url } = await withSandbox({ seed: SEED })
    expect((await call('GET', ORGANIZATION)).body).toEqual({
      total_count: 2,
      secrets: [
        { name: 'EVERY', visibility: 'all', ...LONG_AGO },
        {
          name: 'SOME',
          visibility: 'selected',
          selected_repositories_url: `${url}${ORGANIZATION}/SOME/repositories`,
          ...LONG_AGO,
        },
      ],
    })
  })

  it('are created with 201 and replaced with 204, in upper case whatever was asked', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const first = { ...(await sealed(sandbox, ORGANIZATION, 'ärger 1')), visibility: 'private' }
    expect(await sandbox.call('PUT', `${ORGANIZATION}/Npm_Token`, first)).toMatchObject({ status: 201, body: {} })
    expect((await sandbox.call('GET', `${ORGANIZATION}/npm_token`)).body).toMatchObject({ name: 'NPM_TOKEN' })
    expect(secretsOf(sandbox).NPM_TOKEN).toMatchObject({ value: 'ärger 1', visibility: 'private' })
    const selection = { visibility: 'selected', selected_repository_ids: [2, 1] }
    const second = { ...(await sealed(sandbox, ORGANIZATION, 'two')), ...selection }
    expect((await sandbox.call('PUT', `${ORGANIZATION}/NPM_TOKEN`, second)).status).toBe(204)
    expect(secretsOf(sandbox).NPM_TOKEN).toMatchObject({ value: 'two', repositories: ['web', 'api'] })
    expect((await sandbox.call('DELETE', `${ORGANIZATION}/npm_token`)).status).toBe(204)
    expect((await sandbox.call('DELETE', `${ORGANIZATION}/npm_token`)).status).toBe(404)
  })

  it('keep created_at and move updated_at with every write', async () => {
    const writes = [
      ['PUT', '', { visibility: 'selected', selected_repository_ids: [1] }],
      ['PUT', '/repositories', { selected_repository_ids: [2] }],
      ['PUT', '/repositories/2', undefined],
      ['DELETE', '/repositories/1', undefined],
    ] as const
    for (const [method, path, body] of writes) {
      const { call } = await withSandbox({ seed: SEED })
      expect((await call(method, `${ORGANIZATION}/SOME${path}`, body)).status).toBe(204)
      const secret = (await call('GET', `${ORGANIZATION}/SOME`)).body as typeof LONG_AGO
      expect(secret.created_at).toBe(LONG_AGO.created_at)
      expect(isRecent(secret.updated_at)).toBe(true)
    }
  })

  it('lose their value when a request leaves it out', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    expect((await sandbox.call('PUT', `${ORGANIZATION}/EVERY`, { visibility: 'private' })).status).toBe(204)
    expect(secretsOf(sandbox).EVERY).toMatchObject({ value: '', visibility: 'private' })
  })

  it('keep their value when only the repositories change', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    await sandbox.call('PUT', `${ORGANIZATION}/SOME/repositories`, { selected_repository_ids: [] })
    expect(secretsOf(sandbox).SOME).toMatchObject({ value: 'some', repositories: [] })
  })

  it.each([
    ['GITHUB_TOKEN', /GITHUB_/],
    ['github_token', /GITHUB_/],
    ['1X', /number/],
    ['A-B', /alphanumeric/],
    ['A%20B', /alphanumeric/],
  ])('cannot be named %s', async (name, message) => {
    const sandbox = await withSandbox({ seed: SEED })
    const body = { ...(await sealed(sandbox, ORGANIZATION, 'x')), visibility: 'all' }
    const repositoryBody = await sealed(sandbox, REPOSITORY, 'x')
    const expected = { status: 422, body: { message: expect.stringMatching(message) } }
    expect(await sandbox.call('PUT', `${ORGANIZATION}/${name}`, body)).toMatchObject(expected)
    expect(await sandbox.call('PUT', `${REPOSITORY}/${name}`, repositoryBody)).toMatchObject(expected)
  })

  it.each([
    ['no visibility', {}, `"visibility" wasn't supplied.`],
    ['an unknown visibility', { visibility: 'some' }, 'some is not a member of ["all", "private", "selected"].'],
    [
      'ids as text',
      { visibility: 'selected', selected_repository_ids: ['12345'] },
      `For 'items', "12345" is not an integer.`,
    ],
    ['a foreign repository', { visibility: 'selected', selected_repository_ids: [3] }, 'The repository 3'],
    ['a numeric key_id', { visibility: 'all', key_id: 12 }, `For 'properties/key_id', 12 is not a string.`],
    ['another key_id', { visibility: 'all', key_id: '12' }, 'key_id'],
    ['no key_id', { visibility: 'all', key_id: undefined }, `"key_id" wasn't supplied.`],
    ['no value', { visibility: 'all', encrypted_value: undefined }, `"encrypted_value" wasn't supplied.`],
    [
      'no box',
      { visibility: 'all', encrypted_value: 'AAAA' },
      'Bad request - validation failed due to an improperly encrypted secret',
    ],
    [
      'base64url',
      { visibility: 'all', encrypted_value: 'A_-A' },
      String.raw`A_-A does not match /^(?:[A-Za-z0-9+\/]{4})*(?:[A-Za-z0-9+\/]{2}==|[A-Za-z0-9+\/]{3}=|[A-Za-z0-9+\/]{4})$/.`,
    ],
  ])('cannot be created with %s', async (_, change, message) => {
    const sandbox = await withSandbox({ seed: SEED })
    const before = sandbox.state()
    const body = { ...(await sealed(sandbox, ORGANIZATION, 'x')), ...change }
    const reply = await sandbox.call('PUT', `${ORGANIZATION}/NEW`, body)
    expect(reply).toMatchObject({ status: 422, body: { message: expect.stringContaining(message) } })
    expect(sandbox.state()).toEqual(before)
  })

  it.each(['all', 'private'])('for %s ignore a list, whatever is in it', async (visibility) => {
    const sandbox = await withSandbox({ seed: SEED })
    const selection = { visibility, selected_repository_ids: [1, 3, 99] }
    const body = { ...(await sealed(sandbox, ORGANIZATION, 'x')), ...selection }
    expect((await sandbox.call('PUT', `${ORGANIZATION}/NEW`, body)).status).toBe(201)
    expect((await sandbox.call('PUT', `${ORGANIZATION}/SOME`, body)).status).toBe(204)
    expect(secretsOf(sandbox)).toMatchObject({ NEW: { visibility }, SOME: { visibility } })
    expect(secretsOf(sandbox).NEW).not.toHaveProperty('repositories')
    expect(secretsOf(sandbox).SOME).not.toHaveProperty('repositories')
    const texts = { ...body, selected_repository_ids: ['1'] }
    expect((await sandbox.call('PUT', `${ORGANIZATION}/NEW`, texts)).status, 'it is still of a type').toBe(422)
  })

  it.each([
    [48 * 1024, 201],
    [48 * 1024 + 1, 422],
  ])('of %i bytes answer %i', async (length, status) => {
    const sandbox = await withSandbox({ seed: SEED })
    const body = { ...(await sealed(sandbox, ORGANIZATION, 'x'.repeat(length))), visibility: 'all' }
    expect((await sandbox.call('PUT', `${ORGANIZATION}/BIG`, body)).status).toBe(status)
  })

  it.each([
    [1000, 422],
    [999, 201],
  ])('are %i already, and another answers %i', async (count, status) => {
    const names = Array.from({ length: count }, (_, index) => [`S${index}`, { value: '' }])
    const sandbox = await withSandbox({ seed: { organizations: { acme: { secrets: Object.fromEntries(names) } } } })
    const body = { ...(await sealed(sandbox, ORGANIZATION, 'x')), visibility: 'all' }
    expect((await sandbox.call('PUT', `${ORGANIZATION}/NEW`, body)).status).toBe(status)
  })

  it.each([
    ['GET', '', undefined],
    ['DELETE', '', undefined],
    ['GET', '/repositories', undefined],
    ['PUT', '/repositories', { selected_repository_ids: [] }],
    ['PUT', '/repositories/1', undefined],
    ['DELETE', '/repositories/1', undefined],
  ])('that do not exist: %s %s answers 404', async (method, path, body) => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call(method, `${ORGANIZATION}/NOTHING${path}`, body)).status).toBe(404)
  })

  it('that are not for selected repositories have no list to change', async () => {
    const { call } = await withSandbox({ seed: SEED })
    const path = `${ORGANIZATION}/EVERY/repositories`
    expect((await call('GET', path)).body).toEqual({ total_count: 0, repositories: [] })
    const errors = 'The visibility of the secret is not set to selected'
    const expected = { status: 409, body: { message: 'Conflict', errors } }
    expect(await call('PUT', path, { selected_repository_ids: [1] })).toMatchObject(expected)
    expect(await call('PUT', `${path}/1`)).toMatchObject(expected)
    expect(await call('DELETE', `${path}/1`)).toMatchObject(expected)
  })

  it('take only repositories of the organization', async () => {
    const { call, state } = await withSandbox({ seed: SEED })
    const before = state()
    const path = `${ORGANIZATION}/SOME/repositories`
    expect((await call('PUT', path, { selected_repository_ids: [1, 3] })).status).toBe(422)
    expect((await call('PUT', path, { selected_repository_ids: [99] })).status).toBe(422)
    expect((await call('PUT', path, { selected_repository_ids: '1' })).status).toBe(422)
    expect((await call('PUT', `${path}/3`)).status).toBe(404)
    expect(state()).toEqual(before)
  })

  it('need no visibility on GHES 2.22, which then keeps what it has', async () => {
    const sandbox = await withSandbox({ seed: SEED, product: 'ghes-2.22' })
    const body = await sealed(sandbox, ORGANIZATION, 'new')
    expect(await sandbox.call('PUT', `${ORGANIZATION}/NEW`, body)).toMatchObject({ status: 201, body: undefined })
    expect((await sandbox.call('PUT', `${ORGANIZATION}/EVERY`, body)).status).toBe(204)
    expect(secretsOf(sandbox)).toMatchObject({
      NEW: { visibility: 'private', value: 'new' },
      EVERY: { visibility: 'all', value: 'new' },
    })
  })
})

describe('the secrets of a repository', () => {
  it('are created, listed, replaced and deleted', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const { call } = sandbox
    expect((await call('PUT', `${REPOSITORY}/new`, await sealed(sandbox, REPOSITORY, 'a'))).status).toBe(201)
    expect((await call('PUT', `${REPOSITORY}/TOKEN`, await sealed(sandbox, REPOSITORY, 'b'))).status).toBe(204)
    const { body } = await call('GET', REPOSITORY)
    expect(body).toMatchObject({ total_count: 2, secrets: [{ name: 'NEW' }, { name: 'TOKEN' }] })
    const token = (await call('GET', `${REPOSITORY}/token`)).body as typeof LONG_AGO
    expect(token.created_at).toBe(LONG_AGO.created_at)
    expect(isRecent(token.updated_at)).toBe(true)
    const { web } = (sandbox.state() as State).organizations.acme.repositories
    expect(web.secrets).toMatchObject({ NEW: { value: 'a' }, TOKEN: { value: 'b' } })
    expect((await call('DELETE', `${REPOSITORY}/TOKEN`)).status).toBe(204)
    expect((await call('GET', `${REPOSITORY}/TOKEN`)).status).toBe(404)
    expect((await call('DELETE', `${REPOSITORY}/TOKEN`)).status).toBe(404)
  })

  it('are never written without a value', async () => {
    const { call, state } = await withSandbox({ seed: SEED })
    const before = state()
    expect((await call('PUT', `${REPOSITORY}/TOKEN`, {})).status).toBe(422)
    expect(state()).toEqual(before)
  })

  it('are a hundred at most', async () => {
    const names = Array.from({ length: 100 }, (_, index) => [`S${index}`, { value: '' }])
    const seed = { organizations: { acme: { repositories: { web: { secrets: Object.fromEntries(names) } } } } }
    const sandbox = await withSandbox({ seed })
    const body = await sealed(sandbox, REPOSITORY, 'x')
    expect((await sandbox.call('PUT', `${REPOSITORY}/NEW`, body)).status).toBe(422)
    expect((await sandbox.call('PUT', `${REPOSITORY}/S1`, body)).status).toBe(204)
  })
})

describe('a value that no key opens', () => {
  const REFUSED = {
    status: 422,
    body: { message: 'Bad request - validation failed due to an improperly encrypted secret', status: '422' },
  }

  it.each([
    [ORGANIZATION, { visibility: 'all' }],
    [REPOSITORY, {}],
  ])('is refused at %s', async (path, fields) => {
    const sandbox = await withSandbox({ seed: SEED })
    const { key_id } = await sealed(sandbox, path, 'x')
    const before = sandbox.state()
    const reply = await sandbox.call('PUT', `${path}/NEW`, { ...fields, key_id, encrypted_value: 'c3VwZXI=' })
    expect(reply).toMatchObject(REFUSED)
    expect(sandbox.state()).toEqual(before)
  })

  it.each([
    [ORGANIZATION, { visibility: 'all' }],
    [REPOSITORY, {}],
  ])('is stored unopened at %s where the seed says so', async (path, fields) => {
    const sandbox = await withSandbox({ seed: { ...SEED, unsealed_values: true } })
    const body = { ...fields, ...(await sealed(sandbox, path, 'x')) }
    const unsealed = { ...body, encrypted_value: 'c3VwZXI=' }
    const stateOf = () => {
      const { acme } = (sandbox.state() as State).organizations
      return path === ORGANIZATION ? acme.secrets.NEW : acme.repositories.web.secrets.NEW
    }
    expect((await sandbox.call('PUT', `${path}/NEW`, unsealed)).status).toBe(201)
    expect((await sandbox.call('GET', `${path}/NEW`)).body).toMatchObject({ name: 'NEW' })
    expect(stateOf()).toMatchObject({ unreadable: true })
    expect(stateOf()).not.toHaveProperty('value')
    const second = await withSandbox({ seed: sandbox.state() })
    expect(second.state()).toEqual(sandbox.state())
    expect((await sandbox.call('PUT', `${path}/NEW`, body)).status).toBe(204)
    expect(stateOf()).toMatchObject({ value: 'x' })
    expect((await sandbox.call('PUT', `${path}/NEW`, unsealed)).status).toBe(204)
    expect(stateOf()).toMatchObject({ unreadable: true })
    const wrong = { ...unsealed, key_id: '1' }
    expect((await sandbox.call('PUT', `${path}/NEW`, wrong)).status, 'the key is asked for all the same').toBe(422)
  })
})

describe('public keys', () => {
  it('are one for each organization and repository, and stay', async () => {
    const { call } = await withSandbox({ seed: SEED })
    const keyOf = async (path: string) => (await call('GET', `${path}/public-key`)).body as { key: string }
    const paths = [ORGANIZATION, REPOSITORY, '/repos/acme/api/actions/secrets', '/orgs/other/actions/secrets']
    const keys = await Promise.all(paths.map(keyOf))
    expect(new Set(keys.map(({ key }) => key)).size).toBe(4)
    expect(Buffer.from(keys[0]?.key ?? '', 'base64')).toHaveLength(32)
    expect(await keyOf(ORGANIZATION)).toEqual(keys[0])
  })

  it.each([
    [{}, 422, 422],
    [{ owner: 'ACME' }, 422, 422],
    [{ owner: 'acme', repository: 'web' }, 201, 422],
    [{ owner: 'other' }, 201, 201],
  ])('rotated by %j: an old box answers %i for the organization, %i for the repository', async (body, ...statuses) => {
    const sandbox = await withSandbox({ seed: SEED })
    const { call } = sandbox
    const forOrganization = { ...(await sealed(sandbox, ORGANIZATION, 'x')), visibility: 'all' }
    const forRepository = await sealed(sandbox, REPOSITORY, 'x')
    expect((await call('POST', '/_sandbox/rotate-keys', body)).status).toBe(204)
    expect([
      (await call('PUT', `${ORGANIZATION}/NEW`, forOrganization)).status,
      (await call('PUT', `${REPOSITORY}/NEW`, forRepository)).status,
    ]).toEqual(statuses)
  })

  it('cannot be rotated for what does not exist', async () => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call('POST', '/_sandbox/rotate-keys', { owner: 'nobody' })).status).toBe(404)
    expect((await call('POST', '/_sandbox/rotate-keys', { owner: 'acme', repository: 'x' })).status).toBe(404)
  })
})
