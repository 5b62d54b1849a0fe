import { describe, expect, it } from 'vitest'
import type { Document, Json } from '../../src/core/json.ts'
import { fieldAt } from '../../src/core/leaves.ts'
import type { Scope } from '../../src/core/scope.ts'
import { isWider } from '../../src/core/wider.ts'
import { environments } from '../../src/families/environments/index.ts'
import { families } from '../../src/families/index.ts'
import { deleteRequestsAt, findingsAt, type Place, planAt, requestsAt, type Written } from '../support/family-case.ts'
import { workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const family = families.find(({ name }) => name === environments.name) ?? expect.unreachable()
const scope: Scope = { type: 'repository', owner: 'acme', repo: 'web' }
const ids = new Map([
  ['team:release', 12],
  ['user:octocat', 5],
  ['gate', 9],
])
const place: Place = { family, scope, known: { ids, live: () => [] } }
const PROD = '/repos/acme/web/environments/eu%2Fwest%3A1'
const PUT = `PUT ${PROD}`
const POLICIES = `${PROD}/deployment-branch-policies`
const RULES = `${PROD}/deployment_protection_rules`

const LIVE: Document = {
  wait_timer: 30,
  prevent_self_review: true,
  can_admins_bypass: false,
  reviewers: ['team:release'],
  deployment_branch_policy: 'custom_branch_policies',
  deployment_branch_policies: ['main', 'tag:v1'],
  deployment_protection_rules: ['gate'],
}
const REF = {
  ids: { 'team:release': 12, gate: 9 },
  patterns: { main: 1, 'tag:v1': 2 },
  rules: { gate: 7 },
  secrets: ['B', 'A'],
}
const WHOLE = {
  wait_timer: 30,
  prevent_self_review: true,
  can_admins_bypass: false,
  reviewers: [{ type: 'Team', id: 12 }],
  deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
}

describe('which direction is wider', () => {
  it.each<[string, Json | undefined, Json | undefined, boolean]>([
    ['wait_timer', 30, 10, true],
    ['wait_timer', 10, 30, false],
    ['prevent_self_review', true, false, true],
    ['prevent_self_review', false, true, false],
    ['can_admins_bypass', false, true, true],
    ['can_admins_bypass', true, false, false],
    ['can_admins_bypass', undefined, false, false],
    ['reviewers', ['user:a'], [], true],
    ['reviewers', [], ['user:a'], false],
    ['reviewers', ['user:a'], ['user:a', 'user:b'], true],
    ['reviewers', ['user:a', 'user:b'], ['user:a'], false],
    ['reviewers', ['user:a'], ['user:b'], true],
    ['deployment_branch_policy', 'custom_branch_policies', 'all', true],
    ['deployment_branch_policy', 'all', 'custom_branch_policies', false],
    ['deployment_branch_policy', 'all', 'protected_branches', false],
    ['deployment_branch_policy', 'protected_branches', 'custom_branch_policies', true],
    ['deployment_branch_policies', ['main'], ['main', 'tag:v*'], true],
    ['deployment_branch_policies', ['main', 'dev'], ['main'], false],
    ['deployment_protection_rules', ['gate'], [], true],
    ['deployment_protection_rules', [], ['gate'], false],
  ])('%s from %j to %j: %j', (field, before, after, wider) => {
    expect(isWider(fieldAt(environments, field), before, after)).toBe(wider)
  })
})

describe('changes as requests', () => {
  it.each<[string, Document, readonly Written[], string?]>([
    ['an update carries what the YAML leaves open', { wait_timer: 31 }, [[PUT, { ...WHOLE, wait_timer: 31 }]]],
    [
      'patterns come and go one by one',
      { deployment_branch_policies: ['main', 'tag:v*'] },
      [[`DELETE ${POLICIES}/2`], [`POST ${POLICIES}`, { name: 'v*', type: 'tag' }]],
    ],
    [
      'a release without tags has no type',
      { deployment_branch_policies: ['main', 'dev'] },
      [[`DELETE ${POLICIES}/2`], [`POST ${POLICIES}`, { name: 'dev' }]],
      'ghes-3.11',
    ],
    ['an App goes by the id of its rule', { deployment_protection_rules: [] }, [[`DELETE ${RULES}/7`]]],
    [
      'nobody is left to review, and nobody is kept from it',
      { reviewers: [] },
      [[PUT, { ...WHOLE, prevent_self_review: false, reviewers: [] }]],
    ],
    [
      'another policy leaves the patterns to GitHub',
      { deployment_branch_policy: 'protected_branches' },
      [[PUT, { ...WHOLE, deployment_branch_policy: { protected_branches: true, custom_branch_policies: false } }]],
    ],
    [
      'an older release has no such fields',
      { wait_timer: 31 },
      [[PUT, { wait_timer: 31, reviewers: WHOLE.reviewers, deployment_branch_policy: WHOLE.deployment_branch_policy }]],
      'ghes-3.8',
    ],
  ])('%s', (_, wants, expected, product = 'ghec') => {
    const asked = { key: 'eu/west:1', wants, live: LIVE, ref: REF }
    expect(requestsAt({ ...place, product }, asked)).toEqual(expected)
  })

  it('a new one gets all of its protection before anything is put into it', () => {
    const wants = { ...LIVE, reviewers: ['user:octocat', 'team:release'] }
    expect(requestsAt(place, { key: 'eu/west:1', wants })).toEqual([
      [
        PUT,
        {
          ...WHOLE,
          reviewers: [
            { type: 'User', id: 5 },
            { type: 'Team', id: 12 },
          ],
        },
      ],
      [`POST ${POLICIES}`, { name: 'main', type: 'branch' }],
      [`POST ${POLICIES}`, { name: 'v1', type: 'tag' }],
      [`POST ${RULES}`, { integration_id: 9 }],
    ])
    expect(requestsAt(place, { key: 'plain', wants: {} })).toEqual([
      [
        'PUT /repos/acme/web/environments/plain',
        { wait_timer: 0, prevent_self_review: false, reviewers: [], deployment_branch_policy: null },
      ],
    ])
  })

  it('patterns that GitHub kept go before the switch that would bring them into force', () => {
    const live = { ...LIVE, deployment_branch_policy: 'protected_branches', deployment_branch_policies: null }
    const { deployment_branch_policies: _, ...before } = live
    const ref = { ...REF, patterns: { main: 1, old: 3 } }
    const { work } = planAt(place, {
      key: 'eu/west:1',
      wants: { deployment_branch_policies: ['main', 'new'] },
      live: before,
      ref,
    })
    expect(work?.sends.map(({ route }) => route.split(' ')[0])).toEqual(['DELETE', 'PUT', 'POST'])
    expect(work?.phases[0]).toBe('narrow')
  })

  it('is deleted with what is in it, which is wider', () => {
    expect(deleteRequestsAt(place, { key: 'eu/west:1', live: LIVE, ref: REF })).toEqual([[`DELETE ${PROD}`]])
  })
})

describe('who gains', () => {
  const told = (wants: Document, live: Document = LIVE): readonly string[] => {
    const { work } = planAt(place, { key: 'prod', wants, live, ref: REF })
    return (work?.change.consequences ?? []).map(({ message, widens }) => `${widens} ${message}`)
  }

  it('names the secrets behind what becomes weaker', () => {
    expect(told({ wait_timer: 0, reviewers: [] })).toEqual([
      'true reviewers and wait_timer of prod protect less: behind it are its secrets A, B',
    ])
    expect(told({ wait_timer: 60 })).toEqual([])
  })

  it.each<[string, Document, string, Document?]>([
    ['another policy', { deployment_branch_policy: 'all' }, 'any branch and tag'],
    ['only protected ones', { deployment_branch_policy: 'protected_branches' }, 'each protected branch'],
    ['a pattern more', { deployment_branch_policies: ['dev', 'main', 'tag:v1', 'tag:v2'] }, 'dev, tag:v2'],
    ['another pattern', { deployment_branch_policies: ['dev'] }, 'dev'],
    ['many', { deployment_branch_policies: [...'abcdefg'] }, 'a, b, c, d, e and 2 more'],
    [
      'patterns instead of protected ones',
      { deployment_branch_policy: 'custom_branch_policies', deployment_branch_policies: ['dev', 'main'] },
      'dev, main',
      { ...LIVE, deployment_branch_policy: 'protected_branches', deployment_branch_policies: [] },
    ],
  ])('names the branches that come to deploy: %s', (_, wants, branches, live) => {
    const fields = Object.keys(wants).sort()
    const less = `${fields.join(' and ')} of prod ${fields.length === 1 ? 'protects' : 'protect'} less`
    expect(told(wants, live)).toEqual([
      `true ${less}: ${branches} may deploy to it, and behind it are its secrets A, B`,
    ])
  })

  it('names no branch where fewer come to deploy, or something else becomes weaker', () => {
    expect(told({ deployment_branch_policies: ['main'] })).toEqual([])
    expect(told({ deployment_branch_policies: ['main'], wait_timer: 0 })).toEqual([
      'true wait_timer of prod protects less: behind it are its secrets A, B',
    ])
  })

  it('says what an update may reset unseen', () => {
    const { can_admins_bypass: _, ...live } = LIVE
    expect(told({ wait_timer: 60 }, live)).toEqual([
      'true GitHub does not show can_admins_bypass of prod: the change may set it to true; give it in the YAML',
    ])
    expect(told({ wait_timer: 60, can_admins_bypass: false }, live)).toEqual([])
  })
})

describe('what is found', () => {
  it.each<[Document, Document | undefined, readonly string[], string?]>([
    [
      { deployment_branch_policy: 'all', deployment_branch_policies: ['main'] },
      undefined,
      [
        'error deployment_branch_policies: deployment_branch_policies needs deployment_branch_policy: custom_branch_policies, and the YAML has all',
      ],
    ],
    [{ deployment_branch_policy: 'all', deployment_branch_policies: [] }, undefined, []],
    [
      { deployment_branch_policies: ['tag:v*'] },
      LIVE,
      ['error deployment_branch_policies: ghes-3.11 has patterns of branches alone, and none of tags'],
      'ghes-3.11',
    ],
    [{ deployment_branch_policies: ['tag:v*'] }, LIVE, []],
    [
      { prevent_self_review: true, reviewers: [] },
      LIVE,
      ['error prevent_self_review: prevent_self_review: true needs reviewers: without any, GitHub refuses it'],
    ],
    [
      { prevent_self_review: true },
      undefined,
      ['held back prevent_self_review: prevent_self_review: true needs reviewers: without any, GitHub refuses it'],
    ],
    [{ prevent_self_review: true }, LIVE, []],
  ])('%j beside %j: %j', (wants, live, expected, product = 'ghec') => {
    expect(findingsAt({ ...place, product }, { key: 'prod', wants, ...(live ? { live, ref: REF } : {}) })).toEqual(
      expected,
    )
  })

  it.each([
    ['reviewers', 'team:acme/release', /cannot be the slug of a team/],
    ['reviewers', 'user:a b', /cannot be the login of a person/],
    ['deployment_branch_policies', 'a..b', /can match no branch/],
    ['deployment_branch_policies', 'tag:a b', /can match no tag/],
    ['deployment_protection_rules', 'a/b', /cannot be the slug of an App/],
  ])('%s takes no %s', (field, entry, message) => {
    expect(fieldAt(environments, field).entryFault?.(entry)).toMatch(message)
  })

  it.each([
    ['prod', undefined],
    ['eu/west:1', undefined],
    ['', /a name must not be blank/],
    [' prod', /blank at its start/],
    ['x'.repeat(256), /256 characters/],
  ])('%s as a name', (name, message) => {
    const fault = environments.nameFault(name)
    if (message === undefined) expect(fault).toBeUndefined()
    else expect(fault).toMatch(message)
  })
})

describe('on GitHub', () => {
  const ORGANIZATION = {
    plan: 'enterprise',
    teams: { release: { id: 12 }, ops: { id: 13 } },
    repositories: {
      web: { id: 101, visibility: 'public', environments: { prod: { id: 8, reviewers: [{ team: 'release' }] } } },
    },
  }

  async function work(yaml: string, seed: object = ORGANIZATION) {
    const sandbox = await watchedSandbox({ seed: { organizations: { acme: seed } }, product: 'ghec' })
    return { sandbox, place: await placeOf(sandbox, yaml) }
  }

  function placeOf(sandbox: WatchedSandbox, body: string) {
    const yaml = `version: 1\norganizations: { acme: { repositories: { web: { environments: ${body} } } } }\n`
    return workplace(sandbox, { 'octoform.yaml': yaml })
  }

  it('finds each team once a run, and knows it by its id from then on', async () => {
    const { sandbox, place } = await work('{ a: { reviewers: [{ team: ops }] }, b: { reviewers: [{ team: ops }] } }')
    expect(await place.run(['plan', '--out', 'plan.json'])).toMatchObject({ code: 0 })
    expect(sandbox.asked.filter(({ path }) => path.includes('/teams/'))).toHaveLength(1)
    expect(await place.read('plan.json')).toMatch(/"team:acme\/ops": ?13/)
    expect(await place.run(['apply', 'plan.json', '--auto-approve'])).toMatchObject({ code: 0 })
    expect(await place.read('.octoform/ledger.json')).toMatch(/team:acme\/ops/)
  })

  it('lets in a team that took the name only when it is accepted', async () => {
    const { sandbox, place } = await work('{ a: { reviewers: [{ team: ops }] } }')
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    await sandbox.call('DELETE', '/repos/acme/web/environments/a')
    const { body } = await sandbox.call('GET', '/orgs/acme/teams/ops')
    const route = '/orgs/{org}/teams/{team_slug}'
    await sandbox.fault({ method: 'GET', route, status: 200, body: { ...(body as object), id: 99 }, times: 2 })
    expect((await place.run(['plan'])).stdout).toMatch(/team:acme\/ops has the id 99 now, and the ledger knows 13/)
    const accepted = await place.run(['plan', '--accept', 'team:acme/ops=99'])
    expect(accepted.stdout).not.toMatch(/has the id 99 now/)
    expect(accepted.stdout).toMatch(/Plan: 1 to add/)
  })

  it('fills placeholders in the names of teams', async () => {
    const seed = { ...ORGANIZATION, teams: { 'web-prod': { id: 20 } } }
    const { sandbox, place } = await work('{ prod: { reviewers: [{ team: "{repository}-{name}" }] } }', {
      ...seed,
      repositories: { web: { id: 101, visibility: 'public' } },
    })
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    const repositories = { web: { environments: { prod: { reviewers: [{ team: 'web-prod' }] } } } }
    expect(sandbox.state()).toMatchObject({ organizations: { acme: { repositories } } })
    expect((await place.run(['plan'])).stdout).toMatch(/No changes\./)
  })

  it('takes a pattern that is there already for done', async () => {
    const { sandbox, place } = await work('{ prod: { deployment_branch_policies: [main, { tag: "v*" }] } }')
    const route = '/repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies'
    await sandbox.fault({ method: 'POST', route, status: 303, headers: { Location: '/elsewhere' }, after: true })
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    expect((await place.run(['plan'])).stdout).toMatch(/No changes\./)
  })

  it('counts an answer that shows less protection as a failure', async () => {
    const { sandbox, place } = await work('{ new: { reviewers: [{ team: ops }] } }')
    const route = '/repos/{owner}/{repo}/environments/{environment_name}'
    const body = {
      ...{ id: 1, node_id: 'x', name: 'new', url: 'u', html_url: 'h' },
      ...{ created_at: '2020-01-01T00:00:00Z', updated_at: '2020-01-01T00:00:00Z', protection_rules: [] },
      deployment_branch_policy: null,
    }
    await sandbox.fault({ method: 'PUT', route, status: 200, body })
    const { code, stdout, stderr } = await place.run(['apply', '--auto-approve'])
    expect({ code, told: stdout + stderr }).toEqual({
      code: 1,
      told: expect.stringMatching(/GitHub took the protection of new without reviewers/),
    })
  })

  it('sends again what was changed by hand between plan and apply, but for what the YAML gives', async () => {
    const { sandbox, place } = await work('{ prod: { wait_timer: 5 } }')
    expect(await place.run(['plan', '--out', 'plan.json'])).toMatchObject({ code: 0 })
    await sandbox.call('PUT', '/repos/acme/web/environments/prod', { reviewers: [{ type: 'Team', id: 13 }] })
    expect(await place.run(['apply', 'plan.json', '--auto-approve'])).toMatchObject({ code: 0 })
    expect(sandbox.state()).toMatchObject({
      organizations: {
        acme: { repositories: { web: { environments: { prod: { wait_timer: 5, reviewers: [{ team: 'ops' }] } } } } },
      },
    })
  })
})
