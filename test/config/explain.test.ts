import { describe, expect, it } from 'vitest'
import { explain } from '../../src/config/explain.ts'
import { families } from '../../src/families/index.ts'
import { configurationOf, listing } from './load-files.ts'

const YAML = `version: 1
organizations:
  acme:
    permissions: { allowed_actions: selected, selected_actions: { patterns_allowed: ["docker/*"] } }
    secrets:
      A: { visibility: selected, repositories: [web, { topic: java }], value: { env: A_TOKEN } }
      B: absent
    repository_sets:
      - match: { name: "service-*" }
        secrets: { Q: { value: { env: SET_Q } }, U: {} }
      - match: { topic: java }
        secrets: { Q: { value: { env: JAVA_Q } } }
    repositories:
      service-a: { secrets: { q: { value: { file: own.key } }, U: absent } }
organization_sets:
  - match: {}
    permissions: { allowed_actions: all, selected_actions: { add_patterns_allowed: [actions/cache] } }
`

describe('explain', () => {
  const explained = async (
    address: string,
    repositories?: Parameters<typeof explain>[3],
  ): Promise<readonly string[]> => {
    return explain(await configurationOf({ 'octoform.yaml': YAML }), address, families, repositories)
  }

  it('tells of each value where it came from, and what it overrides', async () => {
    expect(await explained('orgs/acme/permissions')).toEqual([
      'orgs/acme/permissions  from octoform.yaml:4:5',
      '  allowed_actions = "selected"  from octoform.yaml:4:20 (organization)',
      '    overrides "all"  from octoform.yaml:17:20 (organization set)',
      '  selected_actions.patterns_allowed = ["docker/*"]  from octoform.yaml:4:67 (organization)',
      '  selected_actions.add_patterns_allowed = ["actions/cache"]  from octoform.yaml:17:62 (organization set)',
    ])
  })

  it('shows of a secret where its value is, and lists as they are written', async () => {
    expect(await explained('orgs/ACME/secrets/a')).toEqual([
      'orgs/acme/secrets/A  from octoform.yaml:6:7',
      '  visibility = "selected"  from octoform.yaml:6:12 (organization)',
      '  repositories = ["web",{"topic":"java"}]  from octoform.yaml:6:34 (organization)',
      '  value = env:A_TOKEN  from octoform.yaml:6:72 (organization)',
    ])
    expect(await explained('orgs/acme/secrets/B')).toEqual(['orgs/acme/secrets/B  from octoform.yaml:7:7', '  absent'])
  })

  const own = [
    'repos/acme/service-a/secrets/Q  from octoform.yaml:14:31',
    '  value = file:own.key  from octoform.yaml:14:36 (repository)',
    '    overrides env:SET_Q  from octoform.yaml:10:25 (repository set)',
  ]

  it('names the sets that only GitHub can decide', async () => {
    const undecided = 'the repository set at octoform.yaml:11:9 may apply too: only GitHub can tell'
    expect(await explained('repos/acme/service-a/secrets/Q')).toEqual([...own, undecided])
    expect(await explained('repos/acme/other/secrets/Q')).toEqual([undecided])
    expect(await explained('repos/acme/service-a/secrets/Q', listing({ 'service-a': {} }))).toEqual(own)
  })

  it('takes the repository of the address as named', async () => {
    expect((await explained('repos/acme/service-b/secrets/Q')).slice(0, 2)).toEqual([
      'repos/acme/service-b/secrets/Q  from octoform.yaml:10:20',
      '  value = env:SET_Q  from octoform.yaml:10:25 (repository set)',
    ])
  })

  it('explains all members of a family', async () => {
    const lines = await explained('repos/acme/service-a/secrets', listing({ 'service-a': {} }))
    expect(lines).toEqual([
      ...own,
      'repos/acme/service-a/secrets/U  from octoform.yaml:14:64',
      '  absent',
      '  overrides present  from octoform.yaml:10:50 (repository set)',
    ])
  })

  it.each([
    ['orgs/acme/secrets/NOPE', 'orgs/acme/secrets/NOPE is not in the configuration: octoform leaves it alone'],
    ['orgs/beta/permissions', 'orgs/beta/permissions is not in the configuration: octoform leaves it alone'],
    ['acme/web', 'acme/web is not an address; one is orgs/OWNER/FAMILY/NAME or repos/OWNER/NAME/FAMILY/NAME'],
    [
      'orgs/acme/nope/X',
      'orgs/acme/nope/X is not an address; one is orgs/OWNER/FAMILY/NAME or repos/OWNER/NAME/FAMILY/NAME',
    ],
  ])('%s', async (address, expected) => {
    expect(await explained(address)).toEqual([expected])
  })
})
