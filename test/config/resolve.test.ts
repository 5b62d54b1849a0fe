import { describe, expect, it } from 'vitest'
import { listing, resolved } from './load-files.ts'

const ORG = 'version: 1\norganizations:\n  acme:\n'

describe('precedence', () => {
  // Six places give the value of one secret of acme/web: each overrides those before it.
  const place = (value: string): string => `{ secrets: { S: { value: { env: ${value} } } } }`
  const ranks: readonly [string, string][] = [
    [
      'SET_SET',
      `organization_sets: [{ match: {}, repository_sets: [{ match: {}, secrets: { S: { value: { env: SET_SET } } } }] }]`,
    ],
    ['SET', `organizations: { acme: { repository_sets: [{ match: {}, secrets: { S: { value: { env: SET } } } }] } }`],
    ['SET_OWN', `organization_sets: [{ match: {}, repositories: { web: ${place('SET_OWN')} } }]`],
    ['OWN', `organizations: { acme: { repositories: { web: ${place('OWN')} } } }`],
  ]
  const declared = 'version: 1\norganizations: { acme: {} }'

  it.each(ranks.map(([name], index) => [name, index] as const))(
    '%s is stronger than those before it',
    async (name, index) => {
      const files = Object.fromEntries(ranks.slice(0, index + 1).map(([, text], at) => [`${9 - at}.yaml`, text]))
      const { member, messages } = await resolved({ 'main.yaml': declared, ...files }, listing({ web: {} }))
      expect(messages).toEqual([])
      expect(member('repos/acme/web/secrets/S').spec).toEqual({ value: `env:${name}` })
      expect(member('repos/acme/web/secrets/S').sources.value?.file).toBe(`${9 - index}.yaml`)
    },
  )

  it('an organization is stronger than an organization set', async () => {
    const files = {
      'a.yaml': 'version: 1\norganizations: { acme: { secrets: { S: { visibility: all } } } }',
      'b.yaml': 'organization_sets: [{ match: {}, secrets: { S: { visibility: private, value: { env: S } } } }]',
    }
    const { member } = await resolved(files)
    expect(member('orgs/acme/secrets/S')).toMatchObject({
      spec: { visibility: 'all', value: 'env:S' },
      source: { file: 'a.yaml', line: 2, col: 37 },
      sources: { visibility: { file: 'a.yaml', line: 2, col: 42 }, value: { file: 'b.yaml', line: 1, col: 71 } },
      fromSet: true,
    })
  })

  it('the later of two sets in one file wins, and both of two files are an error', async () => {
    const sets = (first: string, second: string): string =>
      `[{ match: {}, secrets: { S: { value: { env: ${first} } } } }, { match: {}, secrets: { S: { value: { env: ${second} } } } }]`
    const one = { 'a.yaml': `version: 1\norganizations: { acme: { repository_sets: ${sets('A', 'B')} } }` }
    const web = listing({ web: {} })
    expect((await resolved(one, web)).member('repos/acme/web/secrets/S').spec).toEqual({ value: 'env:B' })
    const two = { ...one, 'b.yaml': `organizations: { acme: { repository_sets: ${sets('C', 'D')} } }` }
    expect((await resolved(two, web)).messages).toEqual([
      'b.yaml:1:73: error: `value` is given here and at a.yaml:2:127, with the same rank: keep one of them',
    ])
  })

  it('applies an organization set only where its name matches', async () => {
    const yaml =
      'version: 1\norganizations: { acme: {}, beta: {} }\norganization_sets: [{ match: { name: ["b*", "!beta2"] }, secrets: {} }]'
    expect((await resolved(yaml)).sections).toEqual([])
    expect((await resolved(yaml, undefined, 'beta')).sections.map(({ family }) => family)).toEqual(['secrets'])
  })
})

describe('two files', () => {
  const a =
    'version: 1\norganizations: { acme: { permissions: { enabled_repositories: all }, secrets: { S: { visibility: all } } } }'

  it('join different fields', async () => {
    const b =
      'organizations: { Acme: { permissions: { allowed_actions: all }, secrets: { s: { value: { file: k } } } } }'
    const { member, messages } = await resolved({ 'a.yaml': a, 'b.yaml': b })
    expect(messages).toEqual([])
    expect(member('orgs/acme/permissions').spec).toEqual({ enabled_repositories: 'all', allowed_actions: 'all' })
    expect(member('orgs/acme/secrets/S').spec).toEqual({ visibility: 'all', value: 'file:k' })
  })

  it.each([
    [
      '{ permissions: { enabled_repositories: all } }',
      'b.yaml:1:41: error: `enabled_repositories` is given here and at a.yaml:2:41,',
    ],
    ['{ permissions: unmanaged }', 'b.yaml:1:26: error: `permissions` is given here and at a.yaml:2:26,'],
    ['{ secrets: { s: { visibility: all } } }', 'b.yaml:1:42: error: `visibility` is given here and at a.yaml:2:86,'],
    ['{ secrets: { s: absent } }', 'b.yaml:1:37: error: `S` is given here and at a.yaml:2:81,'],
  ])('must not give the same: %s', async (acme, expected) => {
    const { messages } = await resolved({ 'a.yaml': a, 'b.yaml': `organizations: { acme: ${acme} }` })
    expect(messages).toEqual([`${expected} with the same rank: keep one of them`])
  })

  it('must not give the same by the two ways to name a repository, even in one file', async () => {
    const web = '{ permissions: { enabled: true } }'
    const yaml = `version: 1\norganizations: { acme: { repositories: { web: ${web} } } }\nrepositories: { acme/web: ${web} }`
    expect((await resolved(yaml)).messages).toEqual([
      'octoform.yaml:3:44: error: `enabled` is given here and at octoform.yaml:2:64, with the same rank: keep one of them',
    ])
  })
})

describe('absent and unmanaged', () => {
  it.each([
    ['absent', '{ value: { env: B } }', { state: 'present', spec: { value: 'env:B' } }],
    ['{ value: { env: A } }', 'absent', { state: 'absent', spec: {}, sources: {} }],
    ['{ value: { env: A } }', 'unmanaged', { state: 'unmanaged', spec: {}, fromSet: false }],
    ['unmanaged', '{}', { state: 'present', spec: {}, fromSet: false }],
    ['{ value: { env: A } }', '{}', { state: 'present', spec: { value: 'env:A' }, fromSet: true }],
  ])('set: %s, own: %s', async (set, own, expected) => {
    const yaml = `${ORG}    repository_sets: [{ match: {}, secrets: { S: ${set} } }]\n    repositories: { web: { secrets: { S: ${own} } } }`
    expect((await resolved(yaml, listing({ web: {} }))).member('repos/acme/web/secrets/S')).toMatchObject(expected)
  })

  it('drops the settings that a set gives', async () => {
    const yaml = `${ORG}    repository_sets: [{ match: {}, permissions: { enabled: true } }]\n    repositories: { web: { permissions: unmanaged } }`
    const { member } = await resolved(yaml, listing({ web: {}, api: {} }))
    expect(member('repos/acme/web/permissions')).toMatchObject({ state: 'unmanaged', spec: {} })
    expect(member('repos/acme/api/permissions')).toMatchObject({
      state: 'present',
      spec: { enabled: true },
      fromSet: true,
    })
  })
})

describe('what comes out', () => {
  it('holds only what is mentioned, with explicit false and []', async () => {
    const yaml = `${ORG}    permissions: { repositories: [], selected_actions: { github_owned_allowed: false, patterns_allowed: [b/x, a/x, b/x] } }\n    secrets: {}\n    runner_groups: { g: {} }`
    const { sections, member } = await resolved(yaml)
    expect(member('orgs/acme/permissions')).toMatchObject({
      key: '',
      spec: { repositories: [], selected_actions: { github_owned_allowed: false, patterns_allowed: ['a/x', 'b/x'] } },
      matched: {},
      edits: {},
    })
    expect(member('orgs/acme/runner_groups/g').spec).toEqual({})
    expect(sections.map(({ family, members }) => [family, members.length])).toEqual([
      ['permissions', 1],
      ['runner_groups', 1],
      ['secrets', 0],
    ])
  })

  it('folds names as GitHub does, and keeps those of runner groups', async () => {
    const yaml = `${ORG}    secrets: { npm: {} }\n    runner_groups: { "My Group": { repositories: [WEB] } }\n    repositories: { Web: { secrets: {} } }`
    const { sections, member } = await resolved(yaml)
    expect(member('orgs/acme/secrets/NPM').key).toBe('NPM')
    expect(member('orgs/acme/runner_groups/My%20Group')).toMatchObject({
      key: 'My Group',
      spec: { repositories: ['web'] },
    })
    expect(sections.at(-1)?.scope).toEqual({ type: 'repository', owner: 'acme', repo: 'web' })
  })
})

describe('add_ and remove_', () => {
  const group = (fields: string): string => `organizations: { acme: { runner_groups: { g: ${fields} } } }`
  const at = 'orgs/acme/runner_groups/g'
  const all = listing({ web: {}, api: {}, 'ml-1': {}, 'ml-2': {} })

  it('are applied to the list where it is given, by whichever file', async () => {
    const files = {
      'a.yaml': `version: 1\n${group('{ repositories: [web, api], add_runners: [r2] }')}`,
      'b.yaml': group('{ add_repositories: ["ml-*"], runners: [r1, r3] }'),
      'c.yaml': group('{ add_repositories: [ml-1], remove_repositories: [api, "ml-2"], remove_runners: [r3] }'),
    }
    const { member, messages } = await resolved(files, all)
    expect(messages).toEqual([])
    expect(member(at)).toMatchObject({
      spec: { repositories: ['ml-1', 'web'], runners: ['r1', 'r2'] },
      edits: {},
      matched: {},
    })
  })

  it('edit what GitHub has where it is not', async () => {
    const files = {
      'a.yaml': `version: 1\n${group('{ add_repositories: ["ml-*"] }')}`,
      'b.yaml': group('{ add_repositories: [ml-2], remove_repositories: [web, api], remove_runners: [r9] }'),
    }
    const { member } = await resolved(files, all)
    expect(member(at)).toMatchObject({
      spec: {},
      edits: {
        repositories: { add: ['ml-1', 'ml-2'], remove: ['api', 'web'] },
        runners: { add: [], remove: ['r9'] },
      },
      matched: { repositories: ['ml-1'] },
      sources: { repositories: { file: 'b.yaml', line: 1, col: 48 }, runners: { file: 'b.yaml', line: 1, col: 107 } },
    })
  })

  it.each([
    [
      'in one file',
      ['{ add_repositories: [api, web], remove_repositories: [web] }'],
      'a.yaml:2:100',
      'a.yaml:2:72',
      'web',
    ],
    [
      'in two files',
      ['{ add_repositories: [web] }', '{ remove_repositories: [web] }'],
      'b.yaml:2:70',
      'a.yaml:2:67',
      'web',
    ],
    [
      'in another case',
      ['{ add_repositories: [web], remove_repositories: [WEB] }'],
      'a.yaml:2:95',
      'a.yaml:2:67',
      'WEB',
    ],
    [
      'with its owner',
      ['{ add_repositories: [web], remove_repositories: [acme/web] }'],
      'a.yaml:2:95',
      'a.yaml:2:67',
      'acme/web',
    ],
    [
      'as a selector',
      ['{ add_repositories: [{ name: web }], remove_repositories: [web] }'],
      'a.yaml:2:105',
      'a.yaml:2:67',
      'web',
    ],
    ['a runner', ['{ add_runners: [r1], remove_runners: [r1] }'], 'a.yaml:2:84', 'a.yaml:2:62', 'r1'],
  ])('of one name are an error with both places: %s', async (_, groups, at, other, name) => {
    const files = Object.fromEntries(
      groups.map((fields, index) => [`${'ab'[index]}.yaml`, `${index === 0 ? 'version: 1' : ''}\n${group(fields)}`]),
    )
    const expected = `${at}: error: \`${name}\` is taken away here and added at ${other}: keep one of them`
    expect((await resolved(files, all)).messages).toEqual([expected])
    expect((await resolved(files)).messages).toEqual([expected])
  })

  it('of one name are none where a glob adds it, where runners differ in case, or where a set is made an exception of', async () => {
    const files = {
      'a.yaml': `version: 1\n${group('{ add_repositories: ["ml-*", "!web"], add_runners: [r], remove_runners: [R], remove_repositories: [ml-1] }')}`,
      'b.yaml': 'organization_sets: [{ match: {}, runner_groups: { g: { add_repositories: [ml-1] } } }]',
    }
    const { member, messages } = await resolved(files, all)
    expect(messages).toEqual([])
    expect(member(at).edits.repositories).toEqual({ add: ['ml-2'], remove: ['ml-1'] })
  })

  it('join those of a weaker rank', async () => {
    const files = {
      'a.yaml': `version: 1\n${group('{ add_runners: [own] }')}`,
      'b.yaml': 'organization_sets: [{ match: {}, runner_groups: { g: { add_runners: [set] } } }]',
    }
    expect((await resolved(files, all)).member(at)).toMatchObject({
      edits: { runners: { add: ['own', 'set'], remove: [] } },
      fromSet: true,
    })
  })
})

describe('repositories that are not there', () => {
  const yaml = `${ORG}    repositories: { web: { secrets: {} }, gone: { secrets: {} } }\n    permissions: { repositories: [web, gone] }`

  it('are warned of and skipped', async () => {
    const { sections, messages, member } = await resolved(yaml, listing({ web: {} }))
    const lost = 'repository acme/gone does not exist (deleted, renamed or misspelt); it is skipped'
    expect(messages).toEqual([`octoform.yaml:4:43: warning: ${lost}`, `octoform.yaml:5:40: warning: ${lost}`])
    expect(sections.map(({ scope }) => scope.type)).toEqual(['organization', 'repository'])
    expect(member('orgs/acme/permissions').spec).toEqual({ repositories: ['web'] })
  })

  it('are said to be out of sight where the credentials do not see everything', async () => {
    const { messages } = await resolved(yaml, listing({ web: {} }, 'partial'))
    const unseen = 'repository acme/gone cannot be seen with these credentials (or does not exist); it is skipped'
    expect(messages).toEqual([`octoform.yaml:4:43: warning: ${unseen}`, `octoform.yaml:5:40: warning: ${unseen}`])
  })

  it('are no concern offline', async () => {
    expect((await resolved(yaml)).messages).toEqual([])
  })

  it('hold a list back that resolves to nothing, and never make an empty list of it', async () => {
    const selected = `${ORG}    permissions: { repositories: [{ topic: jaav }] }`
    const { held, member } = await resolved(selected, listing({ web: { topics: ['java'] } }))
    expect(held).toEqual([
      'octoform.yaml:4:20: orgs/acme/permissions repositories: `repositories` resolves to no repository of acme: an access ' +
        'list is never emptied by that',
    ])
    expect(member('orgs/acme/permissions')).toMatchObject({ spec: {}, withheld: ['repositories'] })
    const partial = await resolved(selected, listing({ web: {} }, 'partial'))
    expect(partial.messages).toEqual([
      'octoform.yaml:4:20: warning: `repositories` resolves to no repository that these credentials see; it is left alone',
      'octoform.yaml:4:35: warning: the selector matches no repository that these credentials see; it is skipped; none has ' +
        'the topic `jaav`',
    ])
    expect(partial.held).toEqual([])
    expect(partial.member('orgs/acme/permissions')).toMatchObject({ spec: {}, withheld: ['repositories'] })
  })

  it('only warn where an added or taken list resolves to nothing', async () => {
    const edit = (key: string): string => `${ORG}    permissions: { ${key}: ["old-*"] }`
    for (const key of ['add_repositories', 'remove_repositories']) {
      const { messages, held } = await resolved(edit(key), listing({ web: {} }))
      expect(messages).toEqual([
        `octoform.yaml:4:${23 + key.length}: warning: \`old-*\` matches no repository of acme; it is skipped`,
      ])
      expect(held).toEqual([])
    }
  })

  it('are named at their own place, entry by entry, with what is spelt nearly so', async () => {
    const yaml = `${ORG}    repository_sets:
      - { match: { name: ["web*", "srv-*"] }, permissions: { enabled: true } }
      - { match: { topic: jaav }, secrets: {} }
    permissions:
      repositories:
        - webb
        - "appi*"
        - "old-*"
        - { topic: jaav }
        - { name: [web, gone, "w*"], visibility: private }
        - "!nothing-*"
        - { name: web }`
    const repositories = listing({ web: { topics: ['java'] }, api: {}, 'old-1': { archived: true } })
    const { messages, member, held } = await resolved(yaml, repositories)
    expect(messages.map((message) => message.replace('octoform.yaml:', '').replace('warning: ', ''))).toEqual([
      '5:35: `srv-*` matches no repository of acme here; it is skipped',
      '6:11: `match` matches no repository of acme; the set is skipped; none has the topic `jaav`; did you mean `java`?',
      '9:11: repository acme/webb does not exist (deleted, renamed or misspelt); it is skipped; did you mean `web`?',
      '10:11: `appi*` matches no repository of acme; it is skipped; did you mean `api`?',
      '11:11: `old-*` matches only archived repositories of acme; it is skipped',
      '12:11: the selector matches no repository of acme; it is skipped; none has the topic `jaav`; did you mean `java`?',
      '13:25: `gone` matches no repository of acme here; it is skipped',
    ])
    expect(member('orgs/acme/permissions').spec).toEqual({ repositories: ['web'] })
    expect(held).toEqual([])
  })
})

describe('repository sets', () => {
  const yaml = `${ORG}    repository_sets:
      - match: {}
        permissions: { enabled: true }
      - match: { archived: true }
        permissions: { enabled: false }
      - match: { name: [old, web] }
        secrets: {}
    repositories: { named: { secrets: {} } }`
  const scopes = async (repositories?: Parameters<typeof resolved>[1]): Promise<readonly string[]> => {
    const { sections } = await resolved(yaml, repositories)
    return sections.map(({ scope, family }) => `${scope.type === 'repository' ? scope.repo : ''} ${family}`)
  }

  it('apply to every repository that matches, archived ones only where it is said', async () => {
    expect(
      await scopes(listing({ new: {}, old: { archived: true }, named: { archived: true }, dead: { archived: true } })),
    ).toEqual([
      'dead permissions',
      'named permissions',
      'named secrets',
      'new permissions',
      'old permissions',
      'old secrets',
    ])
  })

  it('apply offline to what is named, by its name alone', async () => {
    expect(await scopes()).toEqual([
      'named permissions',
      'named secrets',
      'old permissions',
      'old secrets',
      'web permissions',
      'web secrets',
    ])
  })
})
