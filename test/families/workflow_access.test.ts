import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { fieldAt } from '../../src/core/leaves.ts'
import type { Scope } from '../../src/core/scope.ts'
import { isWider } from '../../src/core/wider.ts'
import { families } from '../../src/families/index.ts'
import { workflowAccess } from '../../src/families/workflow-access/index.ts'
import { planAt, requestsAt } from '../support/family-case.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const family = families.find((each) => each.name === 'workflow_access') ?? expect.unreachable()
const WEB: Scope = { type: 'repository', owner: 'acme', repo: 'web' }
const ROUTE = '/repos/{owner}/{repo}/actions/permissions/access'

describe('which direction is wider', () => {
  it.each<[string, string, boolean]>([
    ['none', 'user', true],
    ['user', 'organization', true],
    ['organization', 'enterprise', true],
    ['enterprise', 'organization', false],
    ['organization', 'none', false],
  ])('from %s to %s: %j', (before, after, wider) => {
    expect(isWider(fieldAt(workflowAccess, 'access_level'), before, after)).toBe(wider)
  })
})

it('a change is one request', () => {
  const asked = { wants: { access_level: 'organization' }, live: { access_level: 'none' } }
  expect(requestsAt({ family, scope: WEB }, asked)).toEqual([
    ['PUT /repos/acme/web/actions/permissions/access', { access_level: 'organization' }],
  ])
})

describe('who gains by a change', () => {
  const MAY = 'may use its actions and reusable workflows'
  it.each<[string, string, string[]]>([
    ['none', 'user', [`workflows in every private repository of acme ${MAY}`]],
    ['none', 'organization', [`workflows in every private or internal repository of acme ${MAY}`]],
    [
      'organization',
      'enterprise',
      [`workflows in every private or internal repository of the enterprise of acme ${MAY}`],
    ],
    ['organization', 'none', []],
  ])('from %s to %s', (before, after, expected) => {
    const asked = { wants: { access_level: after }, live: { access_level: before } }
    const { work } = planAt({ family, scope: WEB }, asked)
    expect(work?.change.consequences).toEqual(expected.map((message) => ({ message, widens: true })))
  })
})

describe('on the sandbox', () => {
  const access = (access_level: string) => ({ workflow_access: { access_level } })
  const configuration = (level: string) =>
    stringify({
      version: 1,
      organizations: { acme: { repository_sets: [{ match: {}, ...access(level) }], repositories: {} } },
    })

  it('a public repository has none: it is left out of a set with a warning, and not asked about', async () => {
    const repositories = {
      site: { visibility: 'public' },
      web: { visibility: 'private' },
      hub: { visibility: 'internal' },
    }
    const sandbox = await watchedSandbox({ seed: { organizations: { acme: { repositories } } } })
    const place = await workplace(sandbox, { 'octoform.yaml': configuration('organization') })
    const { code, stdout, stderr } = await place.run(['apply', '--auto-approve'])
    expect({ code, told: stdout + stderr }).toEqual({
      code: 0,
      told: expect.stringMatching(/warning: GitHub has this setting for private and internal repositories alone/),
    })
    expect(
      sandbox.asked
        .filter(({ route }) => route === ROUTE)
        .map(({ method, path }) => `${method} ${path}`)
        .sort(),
    ).toEqual([
      'GET /repos/acme/hub/actions/permissions/access',
      'GET /repos/acme/web/actions/permissions/access',
      'PUT /repos/acme/hub/actions/permissions/access',
      'PUT /repos/acme/web/actions/permissions/access',
    ])
    const imported = await place.run(['import', 'repos/acme/*'])
    expect(imported).toMatchObject({ code: 0, stdout: expect.stringContaining('access_level: organization') })
    expect(imported.stdout.match(/workflow_access/g)).toHaveLength(2)
  })

  it('up to GHES 3.7 a private one has none either, which only the answer says', async () => {
    const repositories = { web: { visibility: 'private' }, hub: { visibility: 'internal' } }
    const seed = { organizations: { acme: { repositories } } }
    const sandbox = await watchedSandbox({ seed, product: 'ghes-3.7' })
    const place = await workplace(sandbox, { 'octoform.yaml': configuration('enterprise') })
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    expect(sandbox.writes()).toEqual(['PUT /repos/acme/hub/actions/permissions/access'])
  })

  it.each([
    ['ghes-3.7', 'user', 'ghes-3.7 does not take user; ghes-3.8 and later do'],
    ['dotcom', 'enterprise', /dotcom does not take enterprise; ghes-3\.5 and later, ghec do/],
  ])('%s: %s is refused with its line', async (product, level, why) => {
    const sandbox = await watchedSandbox({ seed: { organizations: { acme: { repositories: { web: {} } } } }, product })
    const place = await workplace(sandbox, {
      'octoform.yaml': stringify({ version: 1, organizations: { acme: { repositories: { web: access(level) } } } }),
    })
    for (const args of [['validate', '--product', product], ['plan']]) {
      const { code, stdout, stderr } = await place.run(args)
      expect({ code, told: stdout + stderr }).toEqual({ code: 1, told: expect.stringMatching(why) })
      expect(stdout + stderr).toMatch(/octoform\.yaml:7:11: error: workflow_access\.access_level: /)
    }
    expect(sandbox.writes()).toEqual([])
  })
})
