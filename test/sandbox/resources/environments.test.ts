import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'

const PEM = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' })
const PROD = '/repos/acme/web/environments/prod'
const POLICIES = `${PROD}/deployment-branch-policies`
const CUSTOM = { protected_branches: false, custom_branch_policies: true }
const SEED = {
  organizations: {
    acme: {
      id: 11,
      teams: { Release: { id: 12 }, ops: {} },
      repositories: {
        web: {
          id: 1,
          visibility: 'public',
          environments: {
            prod: {
              id: 8,
              wait_timer: 30,
              prevent_self_review: true,
              can_admins_bypass: false,
              reviewers: [{ team: 'release' }, { user: 'octocat' }],
              deployment_branch_policy: 'custom_branch_policies',
              deployment_branch_policies: ['main', { tag: 'v*' }],
              deployment_protection_rules: ['gate'],
            },
          },
        },
        shut: { id: 2, visibility: 'private' },
      },
    },
  },
  repositories: { 'octocat/hello': {} },
  apps: { gate: { id: 9, private_key_public: PEM, installations: { acme: {} } } },
}

describe('the protection of an environment', () => {
  it('is shown as rules, with its reviewers as they are called', async () => {
    const { call, state } = await withSandbox({ seed: SEED })
    expect((await call('GET', PROD)).body).toMatchObject({
      can_admins_bypass: false,
      protection_rules: [
        { type: 'wait_timer', wait_timer: 30 },
        {
          type: 'required_reviewers',
          prevent_self_review: true,
          reviewers: [
            { type: 'Team', reviewer: { id: 12, slug: 'release', name: 'Release' } },
            { type: 'User', reviewer: { login: 'octocat' } },
          ],
        },
        { type: 'branch_policy' },
      ],
      deployment_branch_policy: CUSTOM,
    })
    expect((await call('GET', POLICIES)).body).toMatchObject({
      total_count: 2,
      branch_policies: [
        { name: 'main', type: 'branch' },
        { name: 'v*', type: 'tag' },
      ],
    })
    const again = await withSandbox({ seed: state() })
    expect(again.state()).toEqual(state())
  })

  it('is replaced as a whole: a field that is not sent has its default', async () => {
    const { call } = await withSandbox({ seed: SEED })
    const { status, body } = await call('PUT', PROD, { wait_timer: 5 })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      can_admins_bypass: true,
      protection_rules: [{ type: 'wait_timer', wait_timer: 5 }],
      deployment_branch_policy: null,
    })
  })

  it('keeps its patterns while another policy is in force, and takes no new ones then', async () => {
    const { call } = await withSandbox({ seed: SEED })
    await call('PUT', PROD, {})
    expect((await call('POST', POLICIES, { name: 'dev' })).status).toBe(404)
    expect((await call('GET', POLICIES)).body).toMatchObject({ total_count: 2 })
    await call('PUT', PROD, { deployment_branch_policy: CUSTOM })
    expect((await call('POST', POLICIES, { name: 'main' })).status).toBe(303)
    expect((await call('POST', POLICIES, { name: 'main', type: 'tag' })).status).toBe(200)
  })

  it.each<[string, object, string]>([
    ['too many', { reviewers: Array.from({ length: 7 }, () => ({ type: 'Team', id: 12 })) }, 'No more than 6'],
    ['an unknown team', { reviewers: [{ type: 'Team', id: 99 }] }, 'able to read the repository'],
    ['an unknown person', { reviewers: [{ type: 'User', id: 12 }] }, 'able to read the repository'],
    ['something else', { reviewers: [{ type: 'Robot', id: 12 }] }, 'is not a member of'],
    ['nobody, and self-review', { prevent_self_review: true }, 'must have at least one reviewer'],
    [
      'both policies',
      { deployment_branch_policy: { protected_branches: true, custom_branch_policies: true } },
      'cannot have the same value',
    ],
  ])('refuses %s', async (_, body, message) => {
    const { call } = await withSandbox({ seed: SEED })
    const answer = await call('PUT', PROD, body)
    expect(answer).toMatchObject({ status: 422, body: { message: expect.stringContaining(message) } })
  })

  it.each<[string, string | undefined, string, number]>([
    ['dotcom', 'team', 'shut', 422],
    ['dotcom', 'enterprise', 'shut', 200],
    ['dotcom', 'free', 'web', 200],
    ['ghec', undefined, 'shut', 200],
  ])('on %s with the plan %s in %s: %s', async (product, plan, repository, status) => {
    const organizations = { acme: { ...SEED.organizations.acme, ...(plan ? { plan } : {}) } }
    const { call } = await withSandbox({ seed: { ...SEED, organizations }, product })
    const path = `/repos/acme/${repository}/environments/new`
    expect((await call('PUT', path, { reviewers: [{ type: 'Team', id: 12 }] })).status).toBe(status)
    // The environment is there in both cases, without protection in one.
    expect((await call('GET', path)).body).toMatchObject({ protection_rules: { length: status === 200 ? 1 : 0 } })
  })
})

describe('protection by an App', () => {
  const RULES = `${PROD}/deployment_protection_rules`

  it('is of those that the owner has installed, each once', async () => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call('GET', `${RULES}/apps`)).body).toMatchObject({
      available_custom_deployment_protection_rule_integrations: [{ id: 9, slug: 'gate' }],
    })
    expect((await call('POST', RULES, { integration_id: 9 })).status).toBe(422)
    expect((await call('POST', RULES, { integration_id: 10 })).status).toBe(422)
    const { body } = await call('GET', RULES)
    const [{ id }] = (body as { custom_deployment_protection_rules: [{ id: number }] })
      .custom_deployment_protection_rules
    expect((await call('DELETE', `${RULES}/${id}`)).status).toBe(204)
    expect((await call('POST', RULES, { integration_id: 9 })).status).toBe(201)
    expect((await call('DELETE', `${RULES}/${id}`)).status).toBe(404)
  })
})

it.each([
  [{ reviewers: [{ team: 'release', user: 'octocat' }] }, 'must have a team or a user'],
  [{ reviewers: [{}] }, 'must have a team or a user'],
  [{ deployment_branch_policies: [{ id: 3 }] }, 'must have a branch or a tag'],
  [{ deployment_branch_policy: 'some' }, 'must be one of'],
])('%j is no protection of a seed', async (prod, message) => {
  const repositories = { 'acme/web': { environments: { prod } } }
  await expect(withSandbox({ seed: { repositories } })).rejects.toThrow(message)
})
