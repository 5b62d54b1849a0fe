import { describe, expect, it } from 'vitest'
import type { Document, Json } from '../../src/core/json.ts'
import { fieldAt } from '../../src/core/leaves.ts'
import { isWider } from '../../src/core/wider.ts'
import { families } from '../../src/families/index.ts'
import { secrets } from '../../src/families/secrets/index.ts'
import {
  deleteRequestsAt,
  findingsAt,
  type Place,
  planAt,
  reachAt,
  requestsAt,
  type Written,
} from '../support/family-case.ts'
import { workplace } from '../support/octoform.ts'
import { WEB } from '../support/stub-family.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const family = families.find(({ name }) => name === secrets.name) ?? expect.unreachable()
/** Where the ledger says that the value is as it was written. */
const settled = () => ({ source: 'env:V', written_at: '2024-01-01T00:00:00Z', proof: 'good', value: 'same' }) as const
const ORG: Place = { family, facts: settled }
const REPO: Place = { family, scope: WEB, facts: settled }
const PUT = 'PUT /orgs/acme/actions/secrets/NPM'

describe('which direction is wider', () => {
  it.each<[string, Json | undefined, Json | undefined, boolean]>([
    ['visibility', 'selected', 'private', true],
    ['visibility', 'private', 'all', true],
    ['visibility', 'all', 'private', false],
    ['visibility', 'private', 'selected', false],
    ['repositories', ['api'], ['api', 'web'], true],
    ['repositories', ['api', 'web'], ['api'], false],
    ['repositories', undefined, ['api'], true],
    ['value', 'env:A', 'env:B', false],
  ])('%s from %j to %j: %j', (field, before, after, wider) => {
    expect(isWider(fieldAt(secrets, field), before, after)).toBe(wider)
  })
})

describe('who it reaches', () => {
  const repositories = ['web:public', 'api', 'hub:internal']
  it.each<[Place, Document, string[]]>([
    [{ ...ORG, repositories }, { visibility: 'all' }, ['api', 'hub', 'web']],
    [{ ...ORG, repositories }, { visibility: 'private' }, ['api', 'hub']],
    [{ ...ORG, repositories }, { visibility: 'selected', repositories: ['web', 'unseen'] }, ['web']],
    [{ ...ORG, repositories }, { visibility: 'selected', repositories: [] }, []],
    [{ ...REPO, repositories }, {}, []],
  ])('%#', (place, spec, reached) => {
    expect(reachAt(place, spec)).toEqual(reached)
  })
})

describe('changes as requests', () => {
  const SELECTED = { visibility: 'selected', repositories: ['api', 'ml'] }
  it.each<[string, Document, Document | undefined, Written[]]>([
    [
      'a create says who may use it',
      { visibility: 'private', value: 'env:V' },
      undefined,
      [[PUT, { visibility: 'private' }]],
    ],
    [
      'a create sends whole numbers',
      { ...SELECTED, value: 'env:V' },
      undefined,
      [[PUT, { visibility: 'selected', selected_repository_ids: [2, 3] }]],
    ],
    [
      'a create for nobody sends the empty list',
      { visibility: 'selected', repositories: [], value: 'env:V' },
      undefined,
      [[PUT, { visibility: 'selected', selected_repository_ids: [] }]],
    ],
    [
      'access alone never sends a value',
      { repositories: ['api'], value: 'env:V' },
      SELECTED,
      [[`${PUT}/repositories`, { selected_repository_ids: [2] }]],
    ],
    [
      'taking it from everybody',
      { repositories: [] },
      SELECTED,
      [[`${PUT}/repositories`, { selected_repository_ids: [] }]],
    ],
    ['visibility goes with the value', { visibility: 'all', value: 'env:V' }, SELECTED, [[PUT, { visibility: 'all' }]]],
    [
      'visibility and list go with the value, in one request',
      { ...SELECTED, value: 'env:V' },
      { visibility: 'all' },
      [[PUT, { visibility: 'selected', selected_repository_ids: [2, 3] }]],
    ],
    [
      'another source carries what the YAML leaves open',
      { value: 'env:OTHER' },
      SELECTED,
      [[PUT, { visibility: 'selected', selected_repository_ids: [2, 3] }]],
    ],
  ])('%s', (_, wants, live, expected) => {
    const { work } = planAt(ORG, { key: 'NPM', wants, ...(live ? { live } : {}) })
    expect(requestsAt(ORG, { key: 'NPM', wants, ...(live ? { live } : {}) })).toEqual(expected)
    const sealed = work?.sends.map(({ seals }) => seals?.publicKey)
    const whole = expected[0]?.[0] === PUT
    expect(sealed).toEqual([whole ? 'GET /orgs/{org}/actions/secrets/public-key' : undefined])
  })

  it('adds and removes one by one where the list is shared', () => {
    const rest = { edits: { repositories: { add: ['web'], remove: ['old'] } } }
    const live = { visibility: 'selected', repositories: ['api', 'old'] }
    expect(requestsAt(ORG, { key: 'NPM', wants: {}, live, rest, ref: { repositories: { api: 2, old: 44 } } })).toEqual([
      ['DELETE /orgs/acme/actions/secrets/NPM/repositories/44'],
      [`${PUT}/repositories/1`],
    ])
  })

  it('keeps a repository of the live list that the listing lacks, by its id', () => {
    const live = { visibility: 'selected', repositories: ['api', 'unseen'] }
    const asked = { key: 'NPM', wants: { value: 'env:OTHER' }, live, ref: { repositories: { api: 2, unseen: 99 } } }
    expect(requestsAt(ORG, asked)).toEqual([[PUT, { visibility: 'selected', selected_repository_ids: [2, 99] }]])
  })

  it('in a repository', () => {
    expect(requestsAt(REPO, { key: 'KEY', wants: { value: 'env:V' } })).toEqual([
      ['PUT /repos/acme/web/actions/secrets/KEY'],
    ])
    expect(deleteRequestsAt(REPO, { key: 'KEY', live: {} })).toEqual([['DELETE /repos/acme/web/actions/secrets/KEY']])
    expect(deleteRequestsAt(ORG, { key: 'NPM', live: SELECTED })).toEqual([['DELETE /orgs/acme/actions/secrets/NPM']])
  })

  it.each([
    ['ghes-3.9', '/repositories/1/environments/prod%2Feu/secrets/KEY'],
    ['ghes-3.10', '/repos/acme/web/environments/prod%2Feu/secrets/KEY'],
    ['dotcom', '/repos/acme/web/environments/prod%2Feu/secrets/KEY'],
  ])('in an environment on %s', (product, path) => {
    const scope = { type: 'environment', owner: 'acme', repo: 'web', environment_name: 'prod/eu' } as const
    const place: Place = { family, scope, product, facts: settled }
    expect(requestsAt(place, { key: 'KEY', wants: { value: 'env:V' } })).toEqual([[`PUT ${path}`]])
    expect(deleteRequestsAt(place, { key: 'KEY', live: {} })).toEqual([[`DELETE ${path}`]])
  })

  it('without a value a visibility that differs is held back as needing one', () => {
    const { work, heldBack } = planAt(ORG, { key: 'NPM', wants: { visibility: 'all' }, live: SELECTED })
    expect(work).toBeUndefined()
    expect(heldBack).toMatchObject([{ field: 'visibility', reason: expect.stringContaining('only with the value') }])
  })
})

describe('what contradicts itself', () => {
  it.each<[string, Document, Document | undefined, RegExp[]]>([
    [
      'a list beside all',
      { visibility: 'all', repositories: ['api'] },
      undefined,
      [/^error repositories: .*but it is all/],
    ],
    [
      'a list beside private',
      { visibility: 'private', repositories: [] },
      undefined,
      [/^error repositories: .*but it is private/],
    ],
    ['a list while GitHub has all', { repositories: ['api'] }, { visibility: 'all' }, []],
    ['selected as it is', { visibility: 'selected' }, { visibility: 'selected', repositories: [] }, []],
  ])('%s', (_, wants, live, expected) => {
    const found = findingsAt(ORG, { key: 'NPM', wants, ...(live ? { live } : {}) })
    expect(found).toEqual(expected.map((message) => expect.stringMatching(message)))
  })
})

const yaml = (body: string): Record<string, string> => ({
  'octoform.yaml': `version: 1\norganizations:\n  acme:\n${body}`,
})
const SEED = {
  organizations: {
    acme: {
      repositories: { web: { visibility: 'public' }, api: {}, ml: {} },
      secrets: {
        npm_token: { visibility: 'selected', repositories: ['web'], value: 'planted-old' },
        OTHER: { visibility: 'selected', repositories: ['ml'], value: 'planted-old' },
      },
    },
  },
}

describe('on the sandbox', () => {
  it('names are folded to upper case on both sides', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, yaml('    secrets: { Npm_Token: { repositories: [API] }, other: absent }\n'))
    expect((await place.plan()).changes.map(({ address, action }) => `${action} ${address}`)).toEqual([
      'update orgs/acme/secrets/NPM_TOKEN',
      'delete orgs/acme/secrets/OTHER',
    ])
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    expect(sandbox.writes()).toEqual([
      'DELETE /orgs/acme/actions/secrets/OTHER',
      'PUT /orgs/acme/actions/secrets/NPM_TOKEN/repositories',
    ])
    expect((await place.plan()).changes).toEqual([])
  })

  it('an access change keeps the value that is there', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, yaml('    secrets: { NPM_TOKEN: { repositories: [api, ml] } }\n'))
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    expect(sandbox.state()).toMatchObject({
      organizations: { acme: { secrets: { NPM_TOKEN: { repositories: ['api', 'ml'], value: 'planted-old' } } } },
    })
  })

  it('only the lists of those that the YAML mentions or prunes are read', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const lists = () => sandbox.asked.filter(({ route }) => route.endsWith('/repositories')).map(({ path }) => path)
    const place = await workplace(sandbox, yaml('    secrets: { NPM_TOKEN: {} }\n'))
    await place.plan()
    expect(lists()).toEqual(['/orgs/acme/actions/secrets/NPM_TOKEN/repositories'])
    await place.write('octoform.yaml', yaml('    secrets: {}\n    prune: ["secrets/OTH*"]\n')['octoform.yaml'] ?? '')
    await place.plan()
    expect(lists().slice(1)).toEqual(['/orgs/acme/actions/secrets/OTHER/repositories'])
  })

  it.each([403, 404])('a list that GitHub refuses with %i is no empty list', async (status) => {
    const sandbox = await watchedSandbox({ seed: SEED })
    await sandbox.fault({ route: '/orgs/acme/actions/secrets', method: 'GET', status, times: 9 })
    const place = await workplace(
      sandbox,
      yaml('    secrets: { NEW: { visibility: all, value: { env: V } } }\n    prune: ["secrets/*"]\n'),
      { V: 'planted-new' },
    )
    const plan = await place.plan()
    expect(plan).toMatchObject({ complete: false, changes: [], not_read: [{ scope: 'orgs/acme' }] })
    expect((await place.run(['plan'])).code).toBe(5)
  })

  it('an empty list is one, and everything is created', async () => {
    const sandbox = await watchedSandbox({ seed: { organizations: { acme: { repositories: { web: {} } } } } })
    const place = await workplace(
      sandbox,
      yaml(
        '    secrets: { NEW: { visibility: all, value: { env: V } } }\n    repositories: { web: { secrets: { OWN: { value: { env: V } } } } }\n',
      ),
    )
    expect((await place.plan()).changes.map(({ action, address }) => `${action} ${address}`)).toEqual([
      'create orgs/acme/secrets/NEW',
      'create repos/acme/web/secrets/OWN',
    ])
  })

  it('a secret that went away before its delete is deleted', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, yaml('    secrets: { OTHER: absent }\n'))
    await sandbox.fault({
      method: 'DELETE',
      route: '/orgs/{org}/actions/secrets/{secret_name}',
      status: 404,
      after: true,
    })
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/Applied: 0 added, 0 changed, 1 deleted\.\n$/),
    })
  })
})
