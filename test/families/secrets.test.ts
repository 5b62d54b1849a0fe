import { describe, expect, it } from 'vitest'
import { families } from '../../src/families/index.ts'
import { secrets } from '../../src/families/secrets/index.ts'
import { testAccess } from '../support/access-cases.ts'
import { deleteRequestsAt, type Place, planAt, requestsAt } from '../support/family-case.ts'
import { workplace } from '../support/octoform.ts'
import { settled, testSecretRequests } from '../support/secret-requests.ts'
import { WEB } from '../support/stub-family.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const family = families.find(({ name }) => name === secrets.name) ?? expect.unreachable()
const ORG: Place = { family, facts: settled }
const REPO: Place = { family, scope: WEB, facts: settled }
const PUT = 'PUT /orgs/acme/actions/secrets/NPM'

testAccess(ORG, ['env:A', 'env:B'])
testSecretRequests(ORG, 'actions')

describe('changes as requests, further', () => {
  const SELECTED = { visibility: 'selected', repositories: ['api', 'ml'] }

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
