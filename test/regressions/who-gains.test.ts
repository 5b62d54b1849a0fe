import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const SOME = { visibility: 'selected', repositories: ['api'] }
const SEED = {
  enterprises: {
    inc: {
      permissions: { enabled_organizations: 'selected', organizations: ['acme'] },
      runner_groups: { shared: { id: 9, visibility: 'selected', organizations: [] } },
      organizations: {
        labs: {},
        acme: {
          permissions: { enabled_repositories: 'selected', repositories: ['api'] },
          self_hosted_runners: { enabled_repositories: 'selected', repositories: ['api'] },
          repositories: {
            api: { workflow_access: { access_level: 'none' } },
            'web-shop': { visibility: 'public' },
          },
          secrets: { A: SOME },
          dependabot_secrets: { A: SOME },
          codespaces_secrets: { A: SOME },
          agents_secrets: { A: SOME },
          variables: { A: { ...SOME, value: 'x' } },
          agents_variables: { A: { ...SOME, value: 'x' } },
          runner_groups: { gpu: { ...SOME, allows_public_repositories: true } },
        },
      },
    },
  },
}

const LIST = 'repositories: [api, web-shop]'
const member = (family: string, name = 'A') => `organizations: { acme: { ${family}: { ${name}: { ${LIST} } } } }`
const lost = (family: string, name = 'A') =>
  `organizations: { acme: { ${family}: { ${name}: { visibility: selected, repositories: [web-shop] } } } }`
const switched = (family: string) => `organizations: { acme: { ${family}: { ${LIST} } } }`
const inc = (body: string) => `enterprises: { inc: { ${body} } }`

const GAINS: readonly (readonly [kind: string, yaml: string, name: string])[] = [
  ...['secrets', 'dependabot_secrets', 'codespaces_secrets', 'agents_secrets', 'variables', 'agents_variables'].map(
    (family) => [family, member(family), 'web-shop'] as const,
  ),
  ['runner_groups', member('runner_groups', 'gpu'), 'web-shop'],
  ['permissions', switched('permissions'), 'web-shop'],
  ['self_hosted_runners', switched('self_hosted_runners'), 'web-shop'],
  ['enterprise permissions', inc('permissions: { organizations: [acme, labs] }'), 'labs'],
  ['enterprise groups', inc('runner_groups: { shared: { organizations: [labs] } }'), 'labs'],
]

const LOSES: readonly (readonly [kind: string, yaml: string, name: string])[] = [
  ...['secrets', 'dependabot_secrets', 'codespaces_secrets', 'agents_secrets', 'variables', 'agents_variables'].map(
    (family) => [family, lost(family), 'api'] as const,
  ),
  ['runner_groups', lost('runner_groups', 'gpu'), 'api'],
  ['permissions', 'organizations: { acme: { permissions: { repositories: [web-shop] } } }', 'api'],
]

async function shown(yaml: string) {
  const sandbox = await watchedSandbox({ product: 'ghec', seed: SEED })
  const place = await workplace(
    sandbox,
    { 'octoform.yaml': `version: 1\n${yaml}\n` },
    { OCTOFORM_ENTERPRISE_TOKEN: 'classic' },
  )
  const owner = yaml.startsWith('enterprises') ? ['--owner', 'enterprises/inc'] : []
  const print = async (format: string) => (await place.run(['plan', '--format', format, ...owner])).stdout
  const { changes } = await place.plan(owner)
  return { changes, text: await print('text'), markdown: await print('markdown'), html: await print('html') }
}

describe.each(GAINS)('who gains is named first in every form: %s', (_, yaml, name) => {
  it(`${name}`, async () => {
    const { changes, text, markdown, html } = await shown(yaml)
    expect(changes.flatMap(({ access }) => access.gains.map(({ repository }) => repository))).toContain(name)
    expect(text).toMatch(new RegExp(`^Gains access\\n(?: {2}.*\\n)*? {6}access for [^\\n]*${name}`))
    for (const form of [markdown, html]) {
      expect(form).toMatch(/gains? access/i)
      expect(form).toContain(name)
    }
    expect(markdown).toMatch(new RegExp(`access for [^\\n]*${name}`))
  })
})

describe.each(LOSES)('who loses is named in every form: %s', (_, yaml, name) => {
  it(`${name}`, async () => {
    const { changes, text, markdown, html } = await shown(yaml)
    expect(changes.flatMap(({ access }) => access.loses.map(({ repository }) => repository))).toContain(name)
    expect(text).toMatch(new RegExp(`no more access for [^\\n]*${name}`))
    expect(markdown).toMatch(new RegExp(`no more access for [^\\n]*${name}`))
    expect(html).toContain('no more access for')
  })
})

it('a policy that lists nobody says who gains by it, in every form: workflow_access', async () => {
  const body = 'workflow_access: { access_level: organization }'
  const { changes, text, markdown, html } = await shown(
    `organizations: { acme: { repositories: { api: { ${body} } } } }`,
  )
  const who = 'workflows in every private or internal repository of acme may use its actions and reusable workflows'
  expect(changes).toMatchObject([{ widens: ['access_level'], consequences: [{ message: who, widens: true }] }])
  expect(text).toMatch(/^Gains access as a consequence\n {2}~ repos\/acme\/api\/workflow_access/)
  for (const form of [text, markdown, html]) expect(form).toContain(who)
})
