import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const SOME = { visibility: 'selected', repositories: ['api'] }
const SEED = {
  enterprises: {
    inc: {
      permissions: { enabled_organizations: 'selected', organizations: ['acme'] },
      runner_groups: {
        shared: { id: 9, visibility: 'selected', organizations: [] },
        held: { id: 10, visibility: 'selected', organizations: ['acme'] },
      },
      organizations: {
        labs: {},
        acme: {
          permissions: { enabled_repositories: 'selected', repositories: ['api'] },
          self_hosted_runners: { enabled_repositories: 'selected', repositories: ['api'] },
          repositories: {
            api: {
              workflow_access: { access_level: 'none' },
              secrets: { A: {} },
              dependabot_secrets: { A: {} },
              codespaces_secrets: { A: {} },
              agents_secrets: { A: {} },
              variables: { A: { value: 'x' } },
              agents_variables: { A: { value: 'x' } },
              environments: {
                prod: {
                  wait_timer: 30,
                  deployment_branch_policy: 'custom_branch_policies',
                  deployment_branch_policies: ['main'],
                  secrets: { KEY: {} },
                  variables: { V: { value: 'x' } },
                },
              },
            },
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
  ['self_hosted_runners', 'organizations: { acme: { self_hosted_runners: { repositories: [web-shop] } } }', 'api'],
  ['enterprise permissions', inc('permissions: { organizations: [labs] }'), 'acme'],
  ['enterprise groups', inc('runner_groups: { held: { organizations: [labs] } }'), 'acme'],
]

const inApi = (body: string) => `organizations: { acme: { repositories: { api: { ${body} } } } }`
const inProd = (body: string) => inApi(`environments: { prod: { ${body} } }`)
const SECRETS = ['secrets', 'dependabot_secrets', 'codespaces_secrets', 'agents_secrets']
const VARIABLES = ['variables', 'agents_variables']
const PROD = 'repos/acme/api/environments/prod'

/** Of one repository alone, which its address names. */
const OWN: readonly (readonly [address: string, action: string, yaml: string])[] = [
  ...SECRETS.flatMap((family) => [
    [`repos/acme/api/${family}/B`, 'create', inApi(`${family}: { B: { value: { env: V } } }`)] as const,
    [`repos/acme/api/${family}/A`, 'delete', inApi(`${family}: { A: absent }`)] as const,
  ]),
  ...VARIABLES.flatMap((family) => [
    [`repos/acme/api/${family}/B`, 'create', inApi(`${family}: { B: { value: y } }`)] as const,
    [`repos/acme/api/${family}/A`, 'update', inApi(`${family}: { A: { value: y } }`)] as const,
    [`repos/acme/api/${family}/A`, 'delete', inApi(`${family}: { A: absent }`)] as const,
  ]),
  [`${PROD}/secrets/B`, 'create', inProd('secrets: { B: { value: { env: V } } }')],
  [`${PROD}/secrets/KEY`, 'delete', inProd('secrets: { KEY: absent }')],
  [`${PROD}/variables/B`, 'create', inProd('variables: { B: { value: y } }')],
  [`${PROD}/variables/V`, 'delete', inProd('variables: { V: absent }')],
]

const BEHIND = 'behind it is its secret KEY'

/** An environment that protects less: the branches that gain, and what is behind it. */
const WEAKER: readonly (readonly [kind: string, yaml: string, who: string])[] = [
  ['any branch', inProd('deployment_branch_policy: all'), `any branch and tag may deploy to it, and ${BEHIND}`],
  [
    'protected branches',
    inProd('deployment_branch_policy: protected_branches'),
    `each protected branch may deploy to it, and ${BEHIND}`,
  ],
  [
    'more branches',
    inProd('add_deployment_branch_policies: [dev, "tag:v1"]'),
    `dev, tag:v1 may deploy to it, and ${BEHIND}`,
  ],
  ['other branches', inProd('deployment_branch_policies: [dev]'), `dev may deploy to it, and ${BEHIND}`],
  ['no time to wait', inProd('wait_timer: 0'), `wait_timer of prod protects less: ${BEHIND}`],
  [
    'no environment',
    inApi('environments: { prod: absent }'),
    'makes it anew without any protection; with it go its secret KEY and variable V',
  ],
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

describe.each(WEAKER)('who gains by an environment that protects less, in every form: %s', (_, yaml, who) => {
  it(who, async () => {
    const { changes, text, markdown, html } = await shown(yaml)
    expect(changes).toMatchObject([{ consequences: [{ message: expect.stringContaining(who), widens: true }] }])
    expect(text).toMatch(/^Gains access as a consequence\n {2}[~-] repos\/acme\/api\/environments\/prod/)
    for (const form of [text, markdown, html]) expect(form.replace(/\s+/g, ' ')).toContain(who)
  })
})

it('an environment that protects more lets nobody gain', async () => {
  const { changes, text } = await shown(inProd('wait_timer: 60, deployment_branch_policies: [main]'))
  expect(changes).toMatchObject([{ widens: [], consequences: [] }])
  expect(text).not.toMatch(/Gains access|Becomes wider/)
})

describe.each(OWN)(
  'what one repository alone may use is shown at its address, and nobody else gains or loses',
  (address, action, yaml) => {
    it(`${action} ${address}`, async () => {
      const { changes, text, markdown, html } = await shown(yaml)
      expect(changes).toMatchObject([
        { address, action, access: { gains: [], loses: [] }, consequences: [], widens: [] },
      ])
      const sign = { create: '\\+', update: '~', delete: '-' }[action]
      const title = action === 'delete' ? 'Taken away' : 'Changes'
      expect(text).toMatch(new RegExp(`^${title}\n  ${sign} ${address}(?: |\n)`))
      for (const form of [markdown, html]) expect(form).toContain(address)
    })
  },
)
