import { describe, expect, it } from 'vitest'
import type { Document, Json } from '../../src/core/json.ts'
import { fieldAt } from '../../src/core/leaves.ts'
import { isWider } from '../../src/core/wider.ts'
import { supportOf } from '../../src/engine/get.ts'
import { agentsSecrets } from '../../src/families/agents-secrets/index.ts'
import { families } from '../../src/families/index.ts'
import { findingsAt, type Place, reachAt, requestsAt, type Written } from '../support/family-case.ts'
import { workplace } from '../support/octoform.ts'
import { WEB } from '../support/stub-family.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const family = families.find(({ name }) => name === agentsSecrets.name) ?? expect.unreachable()
/** Where the ledger says that the value is as it was written. */
const facts = () => ({ source: 'env:V', written_at: '2024-01-01T00:00:00Z', proof: 'good', value: 'same' }) as const
const at = (product: string): Place => ({ family, facts, known: { product: supportOf(product) } })
const PUT = 'PUT /orgs/acme/agents/secrets/NPM'

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
      agents_secrets: {
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
    const body = `agents_secrets:
      NPM: { repositories: [api], value: { env: V } }
      NEW: { visibility: selected, repositories: [api, web], value: { env: V } }
      OPEN: { visibility: selected, repositories: [api], value: { env: V } }`
    const place = await workplace(sandbox, yaml(body), { V: 'planted-new' })
    expect(await place.run(['apply', '--auto-approve', '--rotate', 'orgs/acme/agents_secrets/*'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/Applied: 1 added, 2 changed, 0 deleted\.\n$/),
    })
    const secret = { visibility: 'selected', value: 'planted-new' }
    expect(sandbox.state()).toMatchObject({
      organizations: {
        acme: {
          secrets: { NPM: { visibility: 'all', value: 'planted-actions' } },
          agents_secrets: {
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
      const body = `agents_secrets: { NPM: {} }\n    repositories: { web: { agents_secrets: { KEY: absent } } }`
      const place = await workplace(sandbox, yaml(body))
      const { code, stdout } = await place.run(['plan'])
      expect(code).toBe(1)
      expect(stdout).toContain(
        `octoform.yaml:4:5: error: ${product} has no agents_secrets at the organization level; ghec, dotcom do`,
      )
      expect(stdout).toContain(
        `octoform.yaml:5:28: error: ${product} has no agents_secrets at the repository level; ghec, dotcom do`,
      )
      expect(sandbox.asked.filter(({ route }) => route.includes('/agents/'))).toEqual([])
    },
  )

  it.each([403, 404])('a list that is refused with %i is no empty list', async (status) => {
    const sandbox = await watchedSandbox({ seed: SEED })
    await sandbox.fault({ route: '/orgs/acme/agents/secrets', method: 'GET', status, times: 9 })
    const place = await workplace(sandbox, yaml('agents_secrets: { NEW: { visibility: all, value: { env: V } } }'))
    expect(await place.plan()).toMatchObject({ complete: false, changes: [], not_read: [{ scope: 'orgs/acme' }] })
  })

  it('what GitHub refuses is told with its words, and the next run finishes', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    await sandbox.fault({ method: 'PUT', route: '/orgs/{org}/agents/secrets/{secret_name}', status: 422, times: 1 })
    const values = { V: 'planted-new' }
    const place = await workplace(
      sandbox,
      yaml('agents_secrets: { NEW: { visibility: selected, repositories: [api], value: { env: V } } }'),
      values,
    )
    const failed = await place.run(['apply', '--auto-approve'])
    expect(failed.code).toBe(1)
    expect(failed.stdout + failed.stderr).toContain('orgs/acme/agents_secrets/NEW')
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    expect((await place.plan()).changes).toEqual([])
  })

  it('is known to prune, seal and the ledger by its address', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(
      sandbox,
      yaml('agents_secrets: { NPM: { value: { env: V } } }\n    prune: ["agents_secrets/OP*"]'),
      { V: 'planted-new' },
    )
    const adopted = await place.run(['ledger', 'adopt', 'orgs/acme/agents_secrets/*'])
    expect(adopted).toMatchObject({ code: 0 })
    expect(await place.read('.octoform/ledger.json')).toContain('orgs/acme/agents_secrets/NPM')
    expect((await place.plan()).changes.map(({ action, address }) => `${action} ${address}`)).toEqual([
      'delete orgs/acme/agents_secrets/OPEN',
    ])
    const sealed = await place.run(['seal', 'orgs/acme/agents_secrets/NPM'], { stdin: 'planted-sealed' })
    expect(sealed).toMatchObject({ code: 0, stdout: expect.stringContaining('encrypted_value') })
    expect(sandbox.asked.map(({ path }) => path)).toContain('/orgs/acme/agents/secrets/public-key')
  })
})
