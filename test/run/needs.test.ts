import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Configuration } from '../../src/config/configuration.ts'
import { loadConfiguration } from '../../src/config/load.ts'
import { alternativesOf } from '../../src/core/routes.ts'
import { families } from '../../src/families/index.ts'
import { permissionsNeeded } from '../../src/github/permissions-needed.ts'
import { importRoutes, optionalRoutes, routesNeeded } from '../../src/run/needs.ts'
import { workplace } from '../support/octoform.ts'

async function loaded(yaml: string): Promise<Configuration> {
  const { folder } = await workplace({ url: 'http://127.0.0.1:9' }, { 'octoform.yaml': `version: 1\n${yaml}` })
  const { configuration, problems } = await loadConfiguration([join(folder, 'octoform.yaml')], folder, families)
  if (configuration === undefined) throw new Error(JSON.stringify(problems))
  return configuration
}

async function needed(yaml: string, purpose: 'plan' | 'apply' = 'plan') {
  return permissionsNeeded(routesNeeded(await loaded(yaml), 'acme', families, purpose)).permissions
}

const ORG = (body: string): string => `organizations: { acme: ${body} }`

it.each<[string, string, object]>([
  ['nothing', ORG('{}'), {}],
  ['secrets', ORG('{ secrets: {} }'), { metadata: 'read', organization_secrets: 'read' }],
  ['runner groups', ORG('{ runner_groups: {} }'), { metadata: 'read', organization_self_hosted_runners: 'read' }],
  ['a repository', ORG('{ repositories: { web: { secrets: {} } } }'), { metadata: 'read', secrets: 'read' }],
  [
    'a set that may match nothing',
    ORG('{ repository_sets: [{ match: { topic: x }, permissions: { enabled: true } }] }'),
    { metadata: 'read', administration: 'read' },
  ],
  [
    'an organization set',
    `${ORG('{}')}\norganization_sets: [{ match: { name: "a*" }, secrets: {} }]`,
    { metadata: 'read', organization_secrets: 'read' },
  ],
  [
    'one repository alone',
    'repositories: { acme/web: { permissions: { enabled: true } } }',
    { metadata: 'read', administration: 'read' },
  ],
  [
    'environments',
    'repositories: { acme/web: { environments: { prod: { wait_timer: 5 } } } }',
    { metadata: 'read', actions: 'read', environments: 'read', secrets: 'read' },
  ],
  [
    'reviewers of environments',
    'repositories: { acme/web: { environments: { prod: { add_reviewers: [{ team: release }] } } } }',
    { metadata: 'read', actions: 'read', environments: 'read', secrets: 'read', members: 'read' },
  ],
  [
    'a hosted runner with an image of GitHub',
    ORG(
      '{ hosted_runners: { a: { image: { id: x, source: github }, size: 4-core, runner_group: g }, b: absent, c: {} } }',
    ),
    { metadata: 'read', organization_administration: 'read', organization_self_hosted_runners: 'read' },
  ],
  ...['{ source: custom }', '{ version: latest }', '{ id: "9" }'].map((image): [string, string, object] => [
    `a hosted runner with the image ${image}, which may be custom`,
    ORG(`{ hosted_runners: { a: { image: ${image} } } }`),
    {
      metadata: 'read',
      organization_administration: 'read',
      organization_runner_custom_images: 'read',
      organization_self_hosted_runners: 'read',
    },
  ]),
])('%s needs no more than it mentions', async (_, yaml, expected) => {
  expect(await needed(yaml)).toEqual(expected)
})

it.each([
  ['{ network_configuration_id: A1 }', ['GET /orgs/{org}/settings/network-configurations']],
  ['{ network_configuration_id: none }', []],
  ['{ visibility: all }', []],
])('what only makes more certain is asked for where it is granted: a group %s', async (group, expected) => {
  const yaml = ORG(`{ runner_groups: { gpu: ${group} } }`)
  expect(await needed(yaml)).toEqual({ metadata: 'read', organization_self_hosted_runners: 'read' })
  expect(optionalRoutes(await loaded(yaml), 'acme', families)).toEqual(expected)
})

it('applying writes, and reads no more', async () => {
  expect(await needed(ORG('{ secrets: {} }'), 'apply')).toEqual({ metadata: 'read', organization_secrets: 'write' })
})

it.each([
  ['repos/acme/web', 'repository', ['administration', 'metadata', 'secrets']],
  [
    'orgs/acme',
    'organization',
    ['metadata', 'organization_administration', 'organization_secrets', 'organization_self_hosted_runners'],
  ],
] as const)('an import of %s reads every family of the %s', (address, level, expected) => {
  const { permissions } = permissionsNeeded(importRoutes(address, families))
  expect(Object.keys(permissions)).toEqual(expect.arrayContaining([...expected]))
  const levels = level === 'repository' ? ([level, 'environment'] as const) : [level]
  const reads = families.flatMap(({ scopes }) =>
    levels.flatMap((each) => scopes[each]?.reads ?? []).flatMap(alternativesOf),
  )
  const { organization_runner_custom_images: checked, ...read } = permissionsNeeded(
    reads.filter((route) => !route.includes('network-configurations')),
  ).permissions
  expect(permissions).toEqual({ metadata: 'read', ...read })
  // Wishes are checked with it, of which an import has none.
  expect(checked).toBe(level === 'organization' ? 'read' : undefined)
})
