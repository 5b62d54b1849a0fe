import { describe, expect, it } from 'vitest'
import type { Scope } from '../../src/core/scope.ts'
import { families } from '../../src/families/index.ts'
import { deleteRequestsAt, planAt, requestsAt, type Written } from '../support/family-case.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const family = families.find((each) => each.name === 'oidc_custom_properties') ?? expect.unreachable()

const ENTERPRISE: Scope = { type: 'enterprise', enterprise: 'inc' }
const ORGANIZATION: Scope = { type: 'organization', org: 'acme' }

describe('changes as requests', () => {
  it.each<[string, Scope, Written]>([
    [
      'enterprise',
      ENTERPRISE,
      ['POST /enterprises/inc/actions/oidc/customization/properties/repo', { custom_property_name: 'team' }],
    ],
    [
      'organization',
      ORGANIZATION,
      ['POST /orgs/acme/actions/oidc/customization/properties/repo', { custom_property_name: 'team' }],
    ],
  ])('of the %s: one is included', (_, scope, expected) => {
    expect(requestsAt({ family, scope }, { key: 'team', wants: {} })).toEqual([expected])
  })

  it.each<[string, Scope, string]>([
    ['enterprise', ENTERPRISE, 'DELETE /enterprises/inc/actions/oidc/customization/properties/repo/Cost%23Center'],
    ['organization', ORGANIZATION, 'DELETE /orgs/acme/actions/oidc/customization/properties/repo/Cost%23Center'],
  ])('of the %s: one is taken out', (_, scope, expected) => {
    expect(deleteRequestsAt({ family, scope }, { key: 'cost#center', name: 'Cost#Center', live: {} })).toEqual([
      [expected],
    ])
  })

  it('none where GitHub has it', () => {
    expect(planAt({ family, scope: ORGANIZATION }, { key: 'team', wants: {}, live: {} }).work).toBeUndefined()
  })
})

it.each([
  ['team', true],
  ['cost-center_1$#', true],
  ['a'.repeat(75), true],
  ['a'.repeat(76), false],
  ['a b', false],
  ['', false],
])('%j can be a custom property: %j', (name, can) => {
  expect(family.nameFault?.(name) === undefined).toBe(can)
})

describe('a property that the enterprise includes', () => {
  const SEED = {
    enterprises: { inc: { organizations: { acme: {} }, oidc_custom_properties: { team: {} } } },
    organizations: { acme: { oidc_custom_properties: { own: {} } } },
  }
  const place = async (body: string) => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const yaml = `version: 1\norganizations: { acme: ${body} }\n`
    return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': yaml }) }
  }

  it.each([
    ['is there for its organizations', '{ oidc_custom_properties: { Team: {} } }'],
    ['is not pruned below', '{ oidc_custom_properties: { own: {} }, prune: ["oidc_custom_properties/*"] }'],
  ])('%s', async (_, body) => {
    const { place: at } = await place(body)
    const plan = await at.run(['plan'])
    expect(plan.stdout).toContain('No changes.')
  })

  it('cannot be taken out below', async () => {
    const { place: at } = await place('{ oidc_custom_properties: { team: absent } }')
    const { code, stdout, stderr } = await at.run(['plan'])
    expect([code, stdout + stderr]).toEqual([1, expect.stringContaining('team is inherited and cannot be absent')])
  })
})

describe('one run of the enterprise and its organization', () => {
  const BOTH = ['--owner', 'enterprises/inc', '--owner', 'acme']
  const APPLY = ['apply', '--auto-approve', ...BOTH]
  const started = async (live: object, enterprise: string) => {
    const sandbox = await watchedSandbox({
      seed: {
        enterprises: { inc: { organizations: { acme: {} }, oidc_custom_properties: live } },
        organizations: { acme: {} },
      },
    })
    const yaml = `version: 1\nenterprises: { inc: { ${enterprise}, organizations: { acme: { oidc_custom_properties: { Team: {} } } } } }\n`
    return {
      sandbox,
      place: await workplace(sandbox, { 'octoform.yaml': yaml }, { OCTOFORM_ENTERPRISE_TOKEN: 'token' }),
    }
  }

  it('an organization has what the enterprise comes to include', async () => {
    const { sandbox, place } = await started({}, 'oidc_custom_properties: { team: {} }')
    expect(await place.run(APPLY)).toMatchObject({ code: 0 })
    expect(sandbox.writes()).toEqual(['POST /enterprises/inc/actions/oidc/customization/properties/repo'])
    expect(await place.run(['plan', ...BOTH])).toMatchObject({ stdout: expect.stringMatching(/(^|\n)No changes\.\n$/) })
  })

  it.each([
    ['absent', 'oidc_custom_properties: { team: absent }'],
    ['pruned', 'oidc_custom_properties: {}, prune: ["oidc_custom_properties/*"]'],
  ])('and waits for its own where the enterprise lets go of it: %s', async (_, enterprise) => {
    const { sandbox, place } = await started({ team: {} }, enterprise)
    const first = await place.run(APPLY)
    expect(first).toMatchObject({ code: 2, stdout: expect.stringContaining('Apply again after that') })
    expect(await place.run(APPLY)).toMatchObject({ code: 0 })
    expect(await place.run(['plan', ...BOTH])).toMatchObject({ stdout: expect.stringMatching(/(^|\n)No changes\.\n$/) })
    expect(sandbox.asked.filter(({ status }) => status >= 400)).toEqual([])
  })
})
