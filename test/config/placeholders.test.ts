import { describe, expect, it } from 'vitest'
import { declaredValues } from '../../src/config/declared-values.ts'
import { explain } from '../../src/config/explain.ts'
import { filledFault } from '../../src/config/fill-member.ts'
import { resolveOwner } from '../../src/config/resolve.ts'
import { namedRepositories } from '../../src/config/scopes.ts'
import { selectorNeeds } from '../../src/config/selector-needs.ts'
import { families } from '../../src/families/index.ts'
import { configurationOf, listing, problemsOf, resolved } from './load-files.ts'

const set = (value: string, match = '{}'): string =>
  `version: 1\norganizations: { acme: { repository_sets: [{ match: ${match}, secrets: { Q: { value: ${value} } } }] } }`
const own = (value: string): string =>
  `version: 1\norganizations: { acme: { repositories: { my-app: { secrets: { Q: { value: ${value} } } } } } }`

describe('sources that are named after repositories', () => {
  it.each([
    ['{ env: "{REPOSITORY}_QUEUE" }', 'env:MY_APP_QUEUE', 'env:WEB_QUEUE'],
    [
      '{ env: "{ORGANIZATION}_{REPOSITORY}_{NAME}", version: two }',
      'env:ACME_MY_APP_Q version two',
      'env:ACME_WEB_Q version two',
    ],
    ['{ file: "keys/{repository}/{name}" }', 'file:keys/my-app/Q', 'file:keys/web/Q'],
  ])('%s', async (value, first, second) => {
    const { member, messages, held } = await resolved(set(value), listing({ 'my-app': {}, web: {} }))
    expect([messages, held]).toEqual([[], []])
    expect(member('repos/acme/my-app/secrets/Q').spec).toEqual({ value: first })
    expect(member('repos/acme/web/secrets/Q').spec).toEqual({ value: second })
  })

  it('names the environment where it is in one', async () => {
    const secrets = 'secrets: { DB: { value: { env: "{REPOSITORY}_{ENVIRONMENT}_{NAME}" } } }'
    const sets = `[{ match: {}, environments: { Prod-EU: { ${secrets} } } }]`
    const { member, messages } = await resolved(
      `version: 1\norganizations: { acme: { repository_sets: ${sets} } }`,
      listing({ 'my-app': {} }),
    )
    expect(messages).toEqual([])
    expect(member('repos/acme/my-app/environments/prod-eu/secrets/DB').spec).toEqual({
      value: 'env:MY_APP_PROD_EU_DB',
    })
  })

  it('refuses a file that the name of an environment leads out of its folder', async () => {
    const secrets = 'secrets: { DB: { value: { file: "keys/{environment}/db" } } }'
    const yaml = (name: string): string =>
      `version: 1\norganizations: { acme: { repositories: { web: { environments: { "${name}": { ${secrets} } } } } } }`
    const faults = async (name: string): Promise<readonly string[]> =>
      (await resolved(yaml(name), listing({ web: {} }))).messages
    expect(await faults('prod/eu')).toEqual([])
    await expect(faults('..')).rejects.toThrow('cannot be the name of an environment')
    expect(await faults('../../x')).toEqual([
      expect.stringMatching(/^octoform.yaml:2:.* error: `file` leaves its folder/),
    ])
  })

  it('resolves what it can offline', async () => {
    const yaml = `${set('{ env: "{REPOSITORY}_QUEUE" }', '{ name: "*" }').slice(0, -3)}, repositories: { web: {} } } }`
    const { member } = await resolved(yaml)
    expect(member('repos/acme/web/secrets/Q').spec).toEqual({ value: 'env:WEB_QUEUE' })
  })

  it('holds back one that no variable can be called, and goes on', async () => {
    const repositories = listing({ web: {}, '2048': {}, github: {}, 'my-app': {} })
    const digits = await resolved(set('{ env: "{REPOSITORY}_TOKEN" }'), repositories)
    expect(digits.messages).toEqual([])
    expect(digits.held).toEqual([
      expect.stringMatching(
        /^octoform.yaml:2:.*: repos\/acme\/2048\/secrets\/Q null: with the names of repos\/acme\/2048, `env` takes/,
      ),
      expect.stringMatching(
        /repos\/acme\/github\/secrets\/Q null: with the names of repos\/acme\/github, `env` refuses the variables/,
      ),
    ])
    expect(digits.member('repos/acme/2048/secrets/Q').withheld).toBe('all')
    expect(digits.member('repos/acme/web/secrets/Q').withheld).toBeUndefined()
    const lower = await resolved(set('{ env: "{repository}_token" }'), listing({ web: {}, 'my-app': {} }))
    expect(lower.held).toHaveLength(1)
    expect(lower.member('repos/acme/web/secrets/Q').spec).toEqual({ value: 'env:web_token' })
  })

  it('is an error where the YAML alone decides it', async () => {
    const { messages } = await resolved(own('{ env: "{repository}_TOKEN" }'), listing({ 'my-app': {} }))
    expect(messages).toEqual([
      'octoform.yaml:2:68: error: `env` takes the name of an environment variable: letters, digits and `_`',
    ])
  })

  it('fills lists of plain names, and those with `add_` and `remove_`', async () => {
    const yaml = `version: 1
organizations: { acme: {}, beta: { permissions: { selected_actions: { add_patterns_allowed: ["docker/{organization}"] } } } }
organization_sets: [{ match: {}, permissions: { allowed_actions: selected, selected_actions: { patterns_allowed: ["{organization}/*", "docker/*"] } } }]`
    const { member, messages } = await resolved(yaml)
    expect(messages).toEqual([])
    expect(member('orgs/acme/permissions').spec).toMatchObject({
      selected_actions: { patterns_allowed: ['acme/*', 'docker/*'] },
    })
    const beta = await resolved(yaml, undefined, 'beta')
    expect(beta.member('orgs/beta/permissions').spec).toMatchObject({
      selected_actions: { patterns_allowed: ['beta/*', 'docker/*', 'docker/beta'] },
    })
  })

  it('is shown by --explain beside what the YAML has', async () => {
    const configuration = await configurationOf({ 'octoform.yaml': set('{ env: "{REPOSITORY}_QUEUE" }') })
    expect(explain(configuration, 'repos/acme/my-app/secrets/Q', families)[1]).toMatch(
      /^ {2}value = env:MY_APP_QUEUE \(env:\{REPOSITORY\}_QUEUE\) {2}from octoform.yaml:2:/,
    )
  })
})

describe('placeholders that are refused with their line', () => {
  it.each([
    [set('{ env: "{REPOSITORY}" }'), '2:82: error: `env` consists of placeholders alone'],
    [set('{ file: "{repository}{name}" }'), '2:82: error: `file` consists of placeholders alone'],
    [
      set('{ env: "{REPO}_QUEUE" }'),
      '2:82: error: `env` holds a placeholder that does not exist; did you mean `{REPOSITORY}`?',
    ],
    [set('{ env: "{ENVIRONMENT}_QUEUE" }'), '2:82: error: `env` holds `{ENVIRONMENT}`, which means nothing here'],
    [set('{ env: "GH_{NAME}" }'), '2:82: error: `env` refuses the variables GITHUB_*'],
    [set('{ env: "{REPOSITORY}-QUEUE" }'), '2:82: error: `env` takes the name of an environment variable'],
    [set('{ file: "../{repository}" }'), '2:82: error: `file` leaves its folder'],
    [
      'version: 1\norganizations: { acme: { secrets: { Q: { visibility: all, value: { env: "{REPOSITORY}_Q" } } } } }',
      '2:68: error: `env` holds `{REPOSITORY}`, which means nothing here: there are `{organization}`, `{name}`',
    ],
    [
      'version: 1\norganizations: { acme: { permissions: { selected_actions: { patterns_allowed: ["{name}/*"] } } } }',
      '2:80: error: `{name}/*` holds `{name}`, which means nothing here: there is `{organization}`',
    ],
    // A value in the wrong place is not printed.
    [
      own(`{ env: '{"password": "hunter2"}' }`),
      '2:77: error: `env` holds a placeholder that does not exist: there are',
    ],
  ])('%s', async (yaml, problem) => {
    const [first = '', ...more] = await problemsOf({ 'octoform.yaml': yaml })
    expect(first.startsWith(`octoform.yaml:${problem}`), first).toBe(true)
    expect(more).toEqual([])
    expect(first).not.toContain('hunter2')
  })

  it.each([
    ['keys/{environment}', 'keys/../../x', /leaves its folder/],
    ['keys/{environment}/k', 'keys/../k', /leaves its folder with what a placeholder stands for/],
    ['keys/{environment}/k', 'keys//k', /leaves its folder with what/],
    ['keys/.{environment}/k', 'keys/../k', /leaves its folder with what/],
    ['{repository}/k', '.git/k', /\.git folder/],
    ['keys/{name} x', 'keys/a version x', /cannot end in/],
  ])('refuses the file %s where it comes to %s', (template, file, why) => {
    expect(filledFault(`file:${template}`, `file:${file}`)).toMatch(why)
    expect(filledFault('file:keys/{environment}', 'file:keys/prod/eu')).toBeUndefined()
  })
})

describe('`files` is asked after substitution', () => {
  const govern = (values: string): string =>
    `version: 1\nfiles: { octoform.yaml: { addresses: ["**"] }, team.yaml: { addresses: ["**"], values: ${values} } }\norganizations: { acme: {} }`
  const team = (value: string): string => set(value).replace('version: 1\n', '')

  it('offline where the YAML tells the names', async () => {
    const files = (values: string): Record<string, string> => ({
      'octoform.yaml': govern(values),
      'team.yaml': own('{ env: "PAY_{REPOSITORY}" }').replace('version: 1\n', ''),
    })
    expect(await problemsOf(files('["PAY_*"]'))).toEqual([])
    expect(await problemsOf(files('["PAY_MY_APP"]'))).toEqual([])
    expect(await problemsOf(files('["PAY_{REPOSITORY}", "PAY_WEB"]'))).toEqual([
      expect.stringMatching(/^team.yaml:1:68: error: this file may not take env:PAY_MY_APP: /),
    ])
  })

  it('else with the repositories of GitHub', async () => {
    const files = { 'octoform.yaml': govern('["WEB_*"]'), 'team.yaml': team('{ env: "{REPOSITORY}_QUEUE" }') }
    expect((await resolved(files, listing({ web: {} }))).messages).toEqual([])
    expect((await resolved(files, listing({ web: {}, 'my-app': {} }))).messages).toEqual([
      expect.stringMatching(/^team.yaml:1:73: error: this file may not take env:MY_APP_QUEUE: .*"MY_APP_QUEUE"/),
    ])
  })

  it('also for a source that another file overrides', async () => {
    const files = {
      'octoform.yaml': govern('["WEB_*"]')
        .replace('acme: {}', 'acme: { repositories: { my-app: { secrets: { Q: { value: { env: WEB_X } } } } } }')
        .replace('addresses: ["**"] }', 'addresses: ["**"], values: ["**"] }'),
      'team.yaml': team('{ env: "{REPOSITORY}_QUEUE" }'),
    }
    expect((await resolved(files, listing({ 'my-app': {} }))).messages).toEqual([
      expect.stringMatching(/may not take env:MY_APP_QUEUE/),
    ])
  })
})

describe('lists of repositories that hold placeholders', () => {
  const REPOSITORIES = { 'acme-web': { topics: ['acme-app'] }, 'q-api': {}, 'q-web': {}, other: {} }
  const secret = (entries: string): string =>
    `version: 1\norganizations: { acme: { secrets: { Q: { visibility: selected, repositories: ${entries} } } } }`

  it.each<[string, readonly string[]]>([
    ['["{organization}-web"]', ['acme-web']],
    ['["{organization}/{name}-web"]', ['q-web']],
    ['["{name}-*"]', ['q-api', 'q-web']],
    ['["*", "!{name}-*"]', ['acme-web', 'other']],
    ['[{ name: "{name}-*" }]', ['q-api', 'q-web']],
    ['[{ name: ["{name}-*", "!{NAME}-api"] }]', ['q-web']],
    ['[{ topic: "{organization}-app" }]', ['acme-web']],
    ['[{ topic: ["{organization}-app"] }]', ['acme-web']],
  ])('%s', async (entries, expected) => {
    const { member, messages, held } = await resolved(secret(entries), listing(REPOSITORIES))
    expect([messages, held]).toEqual([[], []])
    expect(member('orgs/acme/secrets/Q').spec).toMatchObject({ repositories: expected })
  })

  it('are of each organization that a set gives them to, in its lists and in the match of its repository sets', async () => {
    const yaml = `version: 1
organizations: { acme: {}, beta: {} }
organization_sets:
  - match: {}
    permissions: { enabled_repositories: selected, add_repositories: ["{organization}-web"] }
    repository_sets: [{ match: { name: "{organization}-*" }, permissions: { enabled: true } }]
`
    const configuration = await configurationOf({ 'octoform.yaml': yaml })
    for (const [owner, other] of [
      ['acme', 'beta'],
      ['beta', 'acme'],
    ] as const) {
      const found = resolveOwner(
        configuration,
        owner,
        listing({ [`${owner}-web`]: {}, [`${other}-web`]: {} }),
        families,
      )
      const members = found.sections.flatMap((section) => section.members)
      expect(members.map(({ address }) => address)).toEqual([
        `orgs/${owner}/permissions`,
        `repos/${owner}/${owner}-web/permissions`,
      ])
      expect(members[0]?.edits).toEqual({ repositories: { add: [`${owner}-web`], remove: [] } })
    }
  })

  it('name repositories that are looked up, and teams', async () => {
    const configuration = await configurationOf({
      'octoform.yaml': secret('["{organization}-web", { team: "{name}-team" }]'),
    })
    const layers = configuration.layers
    expect([...namedRepositories(layers, 'acme', families)]).toEqual(['acme-web'])
    expect(selectorNeeds(configuration, 'acme', families).map(({ slug }) => slug)).toEqual(['q-team'])
  })

  it.each([
    ['["{organization}"]', 'consists of placeholders alone'],
    ['["{organization}/{name}"]', 'consists of placeholders alone'],
    ['["*", "!{name}"]', 'consists of placeholders alone'],
    ['["{repository}-web"]', 'holds `{repository}`, which means nothing here'],
    ['["{org}-web"]', 'holds a placeholder that does not exist; did you mean `{organization}`?'],
    ['["{x}-web"]', 'A brace itself is written twice'],
    ['["{{name}}"]', 'cannot be the name of a repository'],
    ['[{ name: "{name}" }]', 'consists of placeholders alone'],
    ['[{ topic: "{name}" }]', 'consists of placeholders alone'],
    ['[{ team: "{repository}-x" }]', 'means nothing here'],
    ['[{ custom_property: { tier: "{name}" } }]', 'consists of placeholders alone'],
    ['[{ custom_property: { tier: [gold, "{x}-y"] } }]', 'does not exist'],
  ])('refuses %s', async (entries, message) => {
    expect(await problemsOf({ 'octoform.yaml': secret(entries) })).toEqual([expect.stringContaining(message)])
  })

  it('are explained with what they come to', async () => {
    const configuration = await configurationOf({ 'octoform.yaml': secret('["{organization}-web"]') })
    expect(explain(configuration, 'orgs/acme/secrets/Q', families).join('\n')).toContain(
      'repositories = ["acme-web"] (["{organization}-web"])',
    )
  })
})

describe('a brace that is written twice', () => {
  it('is one, in patterns, branches and files of values', async () => {
    const actions = 'selected_actions: { patterns_allowed: ["acme/a@{{v1}}", "{organization}/b@{{v1}}"] }'
    const yaml = `version: 1
organizations:
  acme:
    permissions: { allowed_actions: selected, ${actions} }
    repositories:
      web:
        secrets: { Q: { value: { file: "keys/{{name}}/{name}" } } }
        environments: { prod: { deployment_branch_policies: ["release/{{a,b}}", { tag: "{{v*}}" }] } }
`
    const { member, messages } = await resolved(yaml, listing({ web: {} }))
    expect(messages).toEqual([])
    expect(member('orgs/acme/permissions').spec).toMatchObject({
      selected_actions: { patterns_allowed: ['acme/a@{v1}', 'acme/b@{v1}'] },
    })
    expect(member('repos/acme/web/secrets/Q').spec).toEqual({ value: 'file:keys/{name}/Q' })
    expect(member('repos/acme/web/environments/prod').spec).toMatchObject({
      deployment_branch_policies: ['release/{a,b}', 'tag:{v*}'],
    })
    const configuration = await configurationOf({ 'octoform.yaml': yaml })
    expect(declaredValues(configuration, families)).toEqual({
      values: [{ source: 'file:keys/{name}/Q', declaredIn: 'octoform.yaml' }],
      open: [],
    })
    expect(explain(configuration, 'repos/acme/web/environments/prod', families).join('\n')).toContain(
      'deployment_branch_policies = ["release/{a,b}",{"tag":"{v*}"}] (["release/{{a,b}}",{"tag":"{{v*}}"}])',
    )
  })
})
