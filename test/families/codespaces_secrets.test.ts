import { describe, expect, it } from 'vitest'
import type { Document, Json } from '../../src/core/json.ts'
import { fieldAt } from '../../src/core/leaves.ts'
import { isWider } from '../../src/core/wider.ts'
import { supportOf } from '../../src/engine/get.ts'
import { codespacesSecrets } from '../../src/families/codespaces-secrets/index.ts'
import { families } from '../../src/families/index.ts'
import { appKey } from '../support/app-key.ts'
import { findingsAt, type Place, reachAt, requestsAt, type Written } from '../support/family-case.ts'
import { workplace } from '../support/octoform.ts'
import { WEB } from '../support/stub-family.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const family = families.find(({ name }) => name === codespacesSecrets.name) ?? expect.unreachable()
/** Where the ledger says that the value is as it was written. */
const facts = () => ({ source: 'env:V', written_at: '2024-01-01T00:00:00Z', proof: 'good', value: 'same' }) as const
const at = (product: string): Place => ({ family, facts, known: { product: supportOf(product) } })
const PUT = 'PUT /orgs/acme/codespaces/secrets/NPM'

it.each<[string, Json | undefined, Json | undefined, boolean]>([
  ['visibility', 'selected', 'private', true],
  ['visibility', 'private', 'all', true],
  ['visibility', 'all', 'selected', false],
  ['repositories', ['api'], ['api', 'web'], true],
  ['repositories', ['api', 'web'], ['web'], false],
  ['value', 'env:A', 'env:B', false],
])('%s from %j to %j is wider: %j', (field, before, after, wider) => {
  expect(isWider(fieldAt(family, field), before, after)).toBe(wider)
})

it('reaches by visibility and list', () => {
  const place: Place = { ...at('ghec'), repositories: ['web:public', 'api', 'hub:internal'] }
  expect(reachAt(place, { visibility: 'private' })).toEqual(['api', 'hub'])
  expect(reachAt(place, { visibility: 'selected', repositories: ['web'] })).toEqual(['web'])
  expect(reachAt({ ...place, scope: WEB }, {})).toEqual([])
})

describe('changes as requests', () => {
  const SELECTED = { visibility: 'selected', repositories: ['api', 'ml'] }
  const whole = (ids: readonly number[]): object => ({ visibility: 'selected', selected_repository_ids: ids })
  it.each<[string, Document, Document | undefined, Written[]]>([
    ['a create', { ...SELECTED, value: 'env:V' }, undefined, [[PUT, whole([2, 3])]]],
    ['a create for nobody', { ...SELECTED, repositories: [], value: 'env:V' }, undefined, [[PUT, whole([])]]],
    ['access alone', { repositories: ['api'] }, SELECTED, [[`${PUT}/repositories`, { selected_repository_ids: [2] }]]],
    ['another source', { value: 'env:OTHER' }, SELECTED, [[PUT, whole([2, 3])]]],
    ['everybody', { visibility: 'all', value: 'env:V' }, SELECTED, [[PUT, { visibility: 'all' }]]],
  ])('%s', (_, wants, live, expected) => {
    expect(requestsAt(at('ghec'), { key: 'NPM', wants, ...(live ? { live } : {}) })).toEqual(expected)
  })
})

it('a list beside another visibility is an error', () => {
  expect(findingsAt(at('ghec'), { key: 'NPM', wants: { visibility: 'all', repositories: ['api'] } })).toEqual([
    expect.stringMatching(/^error repositories: .*but it is all/),
  ])
})

const SEED = {
  organizations: {
    acme: {
      repositories: { web: { visibility: 'public' }, api: {} },
      secrets: { NPM: { visibility: 'all', value: 'planted-actions' } },
      codespaces_secrets: {
        NPM: { visibility: 'selected', repositories: ['web'], value: 'planted-old' },
        OPEN: { visibility: 'all', value: 'planted-old' },
      },
    },
  },
}
const yaml = (body: string) => ({ 'octoform.yaml': `version: 1\norganizations:\n  acme:\n    ${body}\n` })

describe('on the sandbox', () => {
  it.each(['ghec', 'dotcom'])('%s takes what is sent', async (product) => {
    const sandbox = await watchedSandbox({ seed: { ...SEED, product } })
    const body = `codespaces_secrets:
      NPM: { repositories: [api], value: { env: V } }
      NEW: { visibility: selected, repositories: [api, web], value: { env: V } }
      OPEN: { visibility: selected, repositories: [api], value: { env: V } }`
    const place = await workplace(sandbox, yaml(body), { V: 'planted-new' })
    expect(await place.run(['apply', '--auto-approve', '--rotate', 'orgs/acme/codespaces_secrets/*'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/Applied: 1 added, 2 changed, 0 deleted\.\n$/),
    })
    const secret = { visibility: 'selected', value: 'planted-new' }
    expect(sandbox.state()).toMatchObject({
      organizations: {
        acme: {
          secrets: { NPM: { visibility: 'all', value: 'planted-actions' } },
          codespaces_secrets: {
            NPM: { ...secret, repositories: ['api'] },
            NEW: { ...secret, repositories: ['web', 'api'] },
            OPEN: { ...secret, repositories: ['api'] },
          },
        },
      },
    })
    expect((await place.plan()).changes).toEqual([])
  })

  it.each(['ghes-3.4', 'ghes-3.19'])(
    '%s lacks them, which is told with the line and never asked for',
    async (product) => {
      const sandbox = await watchedSandbox({ seed: { ...SEED, product } })
      const body = `codespaces_secrets: { NPM: {} }\n    repositories: { web: { codespaces_secrets: { KEY: absent } } }`
      const place = await workplace(sandbox, yaml(body))
      const { code, stdout } = await place.run(['plan'])
      expect(code).toBe(1)
      expect(stdout).toContain(
        `octoform.yaml:4:5: error: ${product} has no codespaces_secrets at the organization level; ghec, dotcom do`,
      )
      expect(stdout).toContain(
        `octoform.yaml:5:28: error: ${product} has no codespaces_secrets at the repository level; ghec, dotcom do`,
      )
      expect(sandbox.asked.filter(({ route }) => route.includes('/codespaces/'))).toEqual([])
    },
  )

  it.each([403, 404])('a list that is refused with %i is no empty list', async (status) => {
    const sandbox = await watchedSandbox({ seed: SEED })
    await sandbox.fault({ route: '/orgs/acme/codespaces/secrets', method: 'GET', status, times: 9 })
    const place = await workplace(sandbox, yaml('codespaces_secrets: { NEW: { visibility: all, value: { env: V } } }'))
    expect(await place.plan()).toMatchObject({ complete: false, changes: [], not_read: [{ scope: 'orgs/acme' }] })
  })

  it('what GitHub refuses is told with its words, and the next run finishes', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    await sandbox.fault({ method: 'PUT', route: '/orgs/{org}/codespaces/secrets/{secret_name}', status: 422, times: 1 })
    const values = { V: 'planted-new' }
    const place = await workplace(
      sandbox,
      yaml('codespaces_secrets: { NEW: { visibility: selected, repositories: [api], value: { env: V } } }'),
      values,
    )
    const failed = await place.run(['apply', '--auto-approve'])
    expect(failed.code).toBe(1)
    expect(failed.stdout + failed.stderr).toContain('orgs/acme/codespaces_secrets/NEW')
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    expect((await place.plan()).changes).toEqual([])
  })

  it('is known to prune, seal and the ledger by its address', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(
      sandbox,
      yaml('codespaces_secrets: { NPM: { value: { env: V } } }\n    prune: ["codespaces_secrets/OP*"]'),
      { V: 'planted-new' },
    )
    const adopted = await place.run(['ledger', 'adopt', 'orgs/acme/codespaces_secrets/*'])
    expect(adopted).toMatchObject({ code: 0 })
    expect(await place.read('.octoform/ledger.json')).toContain('orgs/acme/codespaces_secrets/NPM')
    expect((await place.plan()).changes.map(({ action, address }) => `${action} ${address}`)).toEqual([
      'delete orgs/acme/codespaces_secrets/OPEN',
    ])
    const sealed = await place.run(['seal', 'orgs/acme/codespaces_secrets/NPM'], { stdin: 'planted-sealed' })
    expect(sealed).toMatchObject({ code: 0, stdout: expect.stringContaining('encrypted_value') })
    expect(sandbox.asked.map(({ path }) => path)).toContain('/orgs/acme/codespaces/secrets/public-key')
  })

  it('100 are the most, which is counted before a request', async () => {
    const names = Array.from({ length: 101 }, (_, index) => `S${index}: { visibility: all, value: { env: V } }`)
    const place = await workplace({ url: 'http://127.0.0.1:9' }, yaml(`codespaces_secrets: { ${names.join(', ')} }`))
    const { code, stdout } = await place.run(['validate'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/101.*100/)
  })
})

describe('the credential', () => {
  const { privateKey, publicKey } = appKey('octoform')
  const env = { OCTOFORM_APP_ID: '11', OCTOFORM_APP_PRIVATE_KEY: privateKey, OCTOFORM_TOKEN: '' }
  const permissions = { metadata: 'read', codespaces_secrets: 'write', organization_codespaces_secrets: 'write' }
  const REPOSITORY = 'repositories: { web: { codespaces_secrets: { KEY: { value: { env: V } } } } }'

  async function withApp(granted: object, body: string) {
    const apps = {
      octoform: { id: 11, private_key_public: publicKey, installations: { acme: { id: 21, permissions: granted } } },
    }
    const sandbox = await watchedSandbox({ seed: { ...SEED, product: 'ghec', apps } })
    return { sandbox, place: await workplace(sandbox, yaml(body), { V: 'planted-new', ...env }) }
  }

  it('of a repository may be an App, which must be able to write even to read', async () => {
    const { place } = await withApp(permissions, REPOSITORY)
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    expect((await place.plan()).changes).toEqual([])
    const reader = await withApp({ ...permissions, codespaces_secrets: 'read' }, REPOSITORY)
    const doctor = await reader.place.run(['doctor', '--for', 'plan'])
    expect(doctor).toMatchObject({ code: 1, stdout: expect.stringContaining('codespaces_secrets: write') })
    const refused = await reader.place.run(['plan'])
    expect(refused.code).toBe(5)
    expect(refused.stdout + refused.stderr).toContain('lacks a permission on acme: codespaces_secrets: write.')
  })

  it('of an organization is no App, which doctor, plan and import say', async () => {
    const { place, sandbox } = await withApp(permissions, 'codespaces_secrets: { NPM: {} }')
    const doctor = await place.run(['doctor', '--for', 'plan'])
    expect(doctor).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('organization_codespaces_secrets: read. GitHub admits no App to it: use a token'),
    })
    const planned = await place.run(['plan'])
    expect(planned.code).toBe(5)
    expect(planned.stdout + planned.stderr).toContain('GitHub admits no App to it: use a token of a person')
    const imported = await place.run(['import', 'orgs/acme'])
    expect(imported).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('codespaces_secrets is left out: GitHub admits no App to it'),
    })
    expect(sandbox.asked.filter(({ status }) => status === 403).map(({ route }) => route)).toEqual([
      '/orgs/{org}/codespaces/secrets',
    ])
  })

  it('of an organization may be a fine-grained token', async () => {
    const granted = { token: { permissions } }
    const sandbox = await watchedSandbox({ seed: { ...SEED, product: 'ghec', tokens: granted } })
    const place = await workplace(sandbox, yaml('codespaces_secrets: { NPM: { repositories: [api] } }'))
    expect((await place.run(['apply', '--auto-approve'], { env: { OCTOFORM_TOKEN: 'token' } })).code).toBe(0)
  })
})
