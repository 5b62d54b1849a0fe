import { execFileSync } from 'node:child_process'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeLedger } from '../engine/written-ledger.ts'
import { accepted } from '../support/accepted.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const REPOSITORIES = {
  web: { visibility: 'public' },
  api: {},
  'service-a': { topics: ['java'] },
  'service-b': {},
  'service-legacy': {},
  ml: {},
}

interface Row {
  /** The live state of acme, beside its repositories. */
  readonly live: object
  /** The YAML below `version: 1`. */
  readonly yaml: string
  /** The configuration afterwards; the same where it is left out. */
  readonly after?: string
  readonly notTaken?: readonly object[]
}

async function begin({ live, yaml }: Pick<Row, 'live' | 'yaml'>): Promise<{
  place: Workplace
  sandbox: Awaited<ReturnType<typeof watchedSandbox>>
}> {
  const seed = { product: 'ghec', organizations: { acme: { repositories: REPOSITORIES, ...live } } }
  const sandbox = await watchedSandbox({ seed })
  const place = await workplace(sandbox, { 'octoform.yaml': `version: 1\n${yaml}` })
  return { place, sandbox }
}

const acme = (text: string): string => `organizations:\n  acme:\n${text}`
const secrets = (text: string): string => acme(`    secrets:\n${text}`)
const selected = (...repositories: string[]): object => ({ visibility: 'selected', repositories, value: 'x' })

const ROWS: readonly (readonly [string, Row])[] = [
  [
    'a field, beside comments, quotes and blank lines',
    {
      live: { secrets: { A: { visibility: 'all', value: 'x' } } },
      yaml: secrets('      # who may read it\n      A: { visibility: "private" }   # not all\n\n# the end\n'),
      after: secrets('      # who may read it\n      A: { visibility: all }   # not all\n\n# the end\n'),
    },
  ],
  [
    'names that were added and taken out by hand',
    {
      live: { secrets: { A: selected('ml', 'web') } },
      yaml: secrets(
        '      A:\n        visibility: selected\n        repositories:\n          - web # the site\n          - api # the API\n',
      ),
      after: secrets(
        '      A:\n        visibility: selected\n        repositories:\n          - web # the site\n          - ml\n',
      ),
    },
  ],
  [
    'globs, selectors and negations',
    {
      live: { secrets: { A: selected('web', 'service-b', 'service-legacy') } },
      yaml: secrets(
        '      A: { visibility: selected, repositories: [web, "service-*", { topic: java }, "!service-legacy"] }\n',
      ),
      after: secrets(
        '      A: { visibility: selected, repositories: [web, "service-*", { topic: java }, "!service-a"] }\n',
      ),
    },
  ],
  [
    'a name that a negated glob takes away',
    {
      live: { secrets: { A: selected('web', 'service-b') } },
      yaml: secrets('      A: { visibility: selected, repositories: ["*", "!service-*", "!api", "!ml"] }\n'),
      after: secrets(
        '      A: { visibility: selected, repositories: ["*", "!service-*", "!api", "!ml"], add_repositories: [service-b] }\n',
      ),
    },
  ],
  [
    'an empty list',
    {
      live: { secrets: { A: selected() } },
      yaml: secrets('      A: { visibility: selected, repositories: ["service-*", "!service-legacy"] }\n'),
      after: secrets('      A: { visibility: selected, repositories: [] }\n'),
    },
  ],
  [
    'a list that others share',
    {
      live: { secrets: { A: selected('api', 'ml'), B: selected('web', 'api') } },
      yaml: `x-ci: &ci { visibility: selected, repositories: [web, api] }\n${secrets('      A: { <<: *ci }\n      B: *ci\n')}`,
      after: `x-ci: &ci { visibility: selected, repositories: [web, api] }\n${secrets('      A: { <<: *ci, add_repositories: [ml], remove_repositories: [web] }\n      B: *ci\n')}`,
    },
  ],
  [
    'a field of an alias',
    {
      live: { secrets: { A: { visibility: 'private', value: 'x' }, B: { visibility: 'all', value: 'x' } } },
      yaml: `x-all: &all { visibility: all }\n${secrets('      A: *all\n      B: *all\n')}`,
      after: `x-all: &all { visibility: all }\n${secrets('      A: { <<: *all, visibility: private }\n      B: *all\n')}`,
    },
  ],
  [
    'a list that has no place any more',
    {
      live: { secrets: { A: { visibility: 'all', value: 'x' }, B: { visibility: 'private', value: 'x' } } },
      yaml: `x-ci: &ci { visibility: selected, repositories: [web] }\n${secrets('      A: { visibility: selected, repositories: [web] }\n      B: { <<: *ci, value: { env: B } } # theirs\n')}`,
      after: `x-ci: &ci { visibility: selected, repositories: [web] }\n${secrets('      A: { visibility: all }\n      B: { value: { env: B }, visibility: private } # theirs\n')}`,
    },
  ],
  [
    'add_ and remove_ alone',
    {
      live: { secrets: { A: selected('api', 'ml') } },
      yaml: secrets('      A: { add_repositories: [api, web], remove_repositories: [ml, service-a] }\n'),
      after: secrets('      A: { add_repositories: [api], remove_repositories: [service-a] }\n'),
    },
  ],
  [
    'add_ and remove_ that come to nothing, and globs in them',
    {
      live: { secrets: { A: selected('ml'), B: selected('service-a', 'ml') } },
      yaml: secrets(
        '      A: { add_repositories: [web] }\n      B: { add_repositories: ["service-*"], remove_repositories: ["m*"] }\n',
      ),
      after: secrets(
        '      A: {}\n      B: { add_repositories: ["service-*", "!service-b", "!service-legacy"], remove_repositories: ["m*", "!ml"] }\n',
      ),
    },
  ],
  [
    'a value that a list beside the exact one gave',
    {
      live: { secrets: { A: selected('web', 'ml') } },
      yaml: secrets(
        '      A: { visibility: selected, repositories: [web], add_repositories: [api], remove_repositories: [ml] }\n',
      ),
      after: secrets('      A: { visibility: selected, repositories: [web, ml] }\n'),
    },
  ],
  [
    'what is absent, and there',
    {
      live: { secrets: { A: { visibility: 'all', value: 'x' }, B: { visibility: 'all', value: 'x' } } },
      yaml: secrets('      A: absent # away with it\n      B: {}\n'),
      after: secrets('      B: {}\n'),
    },
  ],
  [
    'what is absent alone',
    {
      live: { secrets: { A: { visibility: 'all', value: 'x' } } },
      yaml: secrets('      A: absent\n'),
      after: acme('    secrets: {}\n'),
    },
  ],
  [
    'what is absent, and would be pruned',
    {
      live: { secrets: { A: selected('web') } },
      yaml: acme('    secrets:\n      A: absent # away with it\n    prune: ["secrets/*"]\n'),
      after: acme(
        '    secrets:\n      A: { visibility: selected, repositories: [web] } # away with it\n    prune: ["secrets/*"]\n',
      ),
    },
  ],
  [
    'what prune would delete',
    {
      live: {
        secrets: { A: selected('web') },
        runner_groups: { 'GPU <1>': { visibility: 'selected', repositories: ['ml'] } },
      },
      yaml: acme(
        '    secrets: {}\n    runner_groups:\n      # none yet\n      Big: { visibility: all }\n    prune: ["*/*"]\n',
      ),
      after: acme(
        '    secrets: { A: { visibility: selected, repositories: [web] } }\n    runner_groups:\n      # none yet\n      "GPU <1>":\n        visibility: selected\n        repositories: [ml]\n        runners: []\n        allows_public_repositories: false\n        restricted_to_workflows: false\n        network_configuration_id: none\n    prune: ["*/*"]\n',
      ),
    },
  ],
  [
    'what is not there any more',
    {
      live: {},
      yaml: secrets('      A: { visibility: all, value: { env: A } }\n      # about B\n      B: {}\n'),
      after: secrets('      # about B\n      B: {}\n'),
    },
  ],
  [
    'a value by GitHub alone',
    {
      live: { secrets: { A: { visibility: 'all', value: 'x' } } },
      yaml: secrets('      A: { visibility: private, value: { env: A } }\n'),
      after: secrets('      A: { visibility: all, value: { env: A } }\n'),
    },
  ],
  [
    'settings, with nested ones',
    {
      live: {
        permissions: {
          enabled_repositories: 'selected',
          repositories: ['web', 'ml'],
          allowed_actions: 'selected',
          selected_actions: {
            github_owned_allowed: true,
            verified_allowed: false,
            patterns_allowed: ['docker/*', 'x/y@v1'],
          },
        },
      },
      yaml: acme(
        '    permissions:\n      enabled_repositories: selected\n      repositories: [ web, api ]\n      allowed_actions: selected\n      selected_actions: # what may run\n        github_owned_allowed: true\n        verified_allowed: true # for now\n        patterns_allowed:\n          - docker/* # images\n          - "old/*"\n',
      ),
      after: acme(
        '    permissions:\n      enabled_repositories: selected\n      repositories: [ web, ml ]\n      allowed_actions: selected\n      selected_actions: # what may run\n        github_owned_allowed: true\n        verified_allowed: false # for now\n        patterns_allowed:\n          - docker/* # images\n          - x/y@v1\n',
      ),
    },
  ],
  [
    'settings that have no place any more',
    {
      live: { permissions: { enabled_repositories: 'none' } },
      yaml: acme(
        '    permissions:\n      enabled_repositories: selected\n      repositories: [web]\n      allowed_actions: selected\n      selected_actions: { github_owned_allowed: true, verified_allowed: true, patterns_allowed: [] }\n',
      ),
      after: acme('    permissions:\n      enabled_repositories: none\n'),
    },
  ],
  [
    'what a set gives to one repository',
    {
      live: { repositories: { ...REPOSITORIES, web: { permissions: { enabled: false } } } },
      yaml: acme(
        '    repository_sets:\n      - match: { name: [web, api] }\n        permissions: { enabled: true, allowed_actions: all }\n',
      ),
      after: acme(
        '    repository_sets:\n      - match: { name: [web, api] }\n        permissions: { enabled: true, allowed_actions: all }\n    repositories:\n      web:\n        permissions: { enabled: false }\n',
      ),
    },
  ],
  [
    'a secret that a set gives and one repository lacks',
    {
      live: { repositories: { ...REPOSITORIES, web: {}, api: { secrets: { Q: { value: 'x' } } } } },
      yaml: acme(
        '    repository_sets:\n      - match: { name: [web, api] }\n        secrets: { Q: { value: { env: Q } } }\n    repositories:\n      api: { secrets: { Q: {} } }\n',
      ),
      after: acme(
        '    repository_sets:\n      - match: { name: [web, api] }\n        secrets: { Q: { value: { env: Q } } }\n    repositories:\n      api: { secrets: { Q: {} } }\n      web:\n        secrets: { Q: unmanaged }\n',
      ),
    },
  ],
  [
    'nothing of an entry that others share',
    {
      live: { secrets: { A: { visibility: 'private', value: 'x' }, B: { visibility: 'all', value: 'x' } } },
      yaml: secrets('      A: &a { visibility: all }\n      B: *a\n'),
      notTaken: [{ address: 'orgs/acme/secrets/A', why: expect.stringContaining('&a') }],
    },
  ],
  [
    'nothing where what a set says stands against it',
    {
      live: { repositories: { ...REPOSITORIES, web: { permissions: { allowed_actions: 'all' } } } },
      yaml: acme(
        '    repository_sets:\n      - match: { name: web }\n        permissions:\n          allowed_actions: selected\n          selected_actions: { github_owned_allowed: true, verified_allowed: true, patterns_allowed: [] }\n',
      ),
      notTaken: [{ address: 'repos/acme/web/permissions', why: expect.stringContaining('selected_actions') }],
    },
  ],
]

describe('drift that is taken over', () => {
  it.each(ROWS)('%s', async (_, row) => {
    const { place, sandbox } = await begin(row)
    expect((await place.run(['drift'])).code).toBe(2)
    const { edits, notTaken } = await accepted(place, sandbox)
    expect(notTaken).toEqual(row.notTaken ?? [])
    const before = await place.read('octoform.yaml')
    for (const { file, text } of edits) await place.write(file, text)
    expect(await place.read('octoform.yaml')).toBe(row.after === undefined ? before : `version: 1\n${row.after}`)
    const { code, stdout } = await place.run(['plan', '--detailed-exitcode'])
    expect(code, stdout).toBe(row.notTaken === undefined ? 0 : 2)
    expect(sandbox.writes()).toEqual([])
  })
})

async function withFiles(
  live: object,
  files: Readonly<Record<string, string>>,
): Promise<{ place: Workplace; sandbox: Awaited<ReturnType<typeof watchedSandbox>> }> {
  const organizations = { acme: { repositories: REPOSITORIES, ...live } }
  const sandbox = await watchedSandbox({ seed: { product: 'ghec', organizations } })
  return { sandbox, place: await workplace(sandbox, files) }
}

describe('values', () => {
  it('of secrets are told, and what is beside them is taken over', async () => {
    const secret = { visibility: 'all', value: 'by hand', updated_at: '2027-01-01T00:00:00Z' }
    const { place, sandbox } = await withFiles(
      { secrets: { A: secret, B: { ...secret, visibility: 'private' } } },
      {
        'octoform.yaml': `version: 1\n${secrets('      A: { visibility: all, value: { env: A } }\n      B: { visibility: all, value: { env: B } }\n')}`,
      },
    )
    await writeLedger(place, sandbox, {
      'orgs/acme/secrets/A': { from: 'A', value: 'planted-value-of-A' },
      'orgs/acme/secrets/B': { from: 'OTHER', value: 'planted-value-of-B' },
    })
    const { diff, notTaken } = await accepted(place, sandbox)
    expect(notTaken).toEqual([
      { address: 'orgs/acme/secrets/A', why: expect.stringContaining('never gives the value') },
      { address: 'orgs/acme/secrets/B', why: expect.stringContaining('never gives the value') },
    ])
    expect(diff.split('\n').filter((line) => /^[+-] /.test(line))).toEqual([
      '-      B: { visibility: all, value: { env: B } }',
      '+      B: { visibility: private, value: { env: B } }',
    ])
    expect(JSON.stringify({ diff, notTaken })).not.toContain('planted')
  })
})

describe('settings that GitHub does not show', () => {
  const issuer = 'oidc_issuer: { include_enterprise_slug: true }'
  const yaml = (days: number, more = issuer): string =>
    `version: 1\nenterprises:\n  inc:\n    ${more} # trusted by AWS\n    artifact_and_log_retention: { days: ${days} }\n`

  it.each([
    ['with others, which are taken over', yaml(30), yaml(60)],
    ['alone', yaml(60), yaml(60)],
    ['in a map that is merged in', yaml(60, `<<: { ${issuer} }`), yaml(60, `<<: { ${issuer} }`)],
  ])('stay as they are: %s', async (_, before, after) => {
    const enterprises = { inc: { artifact_and_log_retention: { days: 60 }, oidc_issuer: {} } }
    const sandbox = await watchedSandbox({ seed: { product: 'ghec', enterprises } })
    const place = await workplace(sandbox, { 'octoform.yaml': before })
    const { edits, notTaken } = await accepted(place, sandbox, { owner: ['enterprises/inc'] })
    expect(edits.map(({ text }) => text)).toEqual(before === after ? [] : [after])
    expect(notTaken).toEqual([
      {
        address: 'enterprises/inc/oidc_issuer',
        why: 'GitHub has no request that shows it: the configuration stays as it is',
      },
    ])
  })
})

it('members that GitHub does not show stay in the configuration', async () => {
  const acme = { repositories: {}, runner_groups: { old: { visibility: 'all' } } }
  const sandbox = await watchedSandbox({ seed: { product: 'ghae-2021', organizations: { acme } } })
  const groups = 'gpu: { visibility: all }\n      old: { visibility: private }'
  const yaml = `version: 1\ngithub: { product: ghae-2021 }\norganizations:\n  acme:\n    runner_groups:\n      ${groups}\n`
  const { edits, notTaken } = await accepted(await workplace(sandbox, { 'octoform.yaml': yaml }), sandbox)
  const why = 'ghae-2021 has no request that shows runner groups: the configuration stays as it is'
  expect(edits).toEqual([])
  expect(notTaken).toEqual(['gpu', 'old'].map((name) => ({ address: `orgs/acme/runner_groups/${name}`, why })))
})

describe('names', () => {
  it('that GitHub has cannot break out of the YAML, nor hide in it', async () => {
    const hostile = [
      '<script>',
      '```',
      '<!--',
      '::error::',
      ']]>',
      '@org/team',
      '\u001b[31mred',
      '\u202eevil',
      'a\u200bb',
      '"}, x: {',
      "' #",
      '<<',
      '&a',
      '*a',
      '!x',
      '- x',
      'true',
      'a: b',
      ' x ',
    ]
    const groups = hostile.map((name) => [name, { visibility: 'selected', repositories: ['web'] }])
    const { place, sandbox } = await withFiles(
      { runner_groups: Object.fromEntries(groups) },
      { 'octoform.yaml': `version: 1\n${acme('    runner_groups: {}\n    prune: ["runner_groups/*"]\n')}` },
    )
    const { edits, notTaken } = await accepted(place, sandbox)
    expect(notTaken).toEqual([])
    for (const { file, text } of edits) await place.write(file, text)
    expect(edits[0]?.text).not.toMatch(/(?!\n)[\p{C}\p{Default_Ignorable_Code_Point}]/u)
    expect((await place.run(['plan', '--detailed-exitcode'])).code).toBe(0)
  })
})

describe('files', () => {
  it('are changed where each says what it says', async () => {
    const live = {
      secrets: {
        A: selected('web', 'ml'),
        B: { visibility: 'all', value: 'x' },
        NEW: { visibility: 'all', value: 'x' },
      },
    }
    const { place, sandbox } = await withFiles(live, {
      'conf/a.yaml': `version: 1\n${secrets('      A: { visibility: selected, repositories: [web] }\n')}`,
      'conf/b.yaml': secrets('      A: { remove_repositories: [ml] }\n      B: { visibility: private }\n'),
      'conf/c.yaml': acme('    prune: ["secrets/N*"]\n'),
    })
    const { edits, notTaken } = await accepted(place, sandbox, { config: ['conf'] })
    expect(notTaken).toEqual([])
    expect(Object.fromEntries(edits.map(({ file, text }) => [file, text]))).toEqual({
      'conf/a.yaml': `version: 1\n${secrets('      A: { visibility: selected, repositories: [web, ml] }\n      NEW: { visibility: all }\n')}`,
      'conf/b.yaml': secrets('      A: {}\n      B: { visibility: all }\n'),
    })
  })

  it('that may not declare an address do not come to declare it', async () => {
    const { place, sandbox } = await withFiles(
      { secrets: { PAY_1: { visibility: 'all', value: 'x' }, OTHER: { visibility: 'all', value: 'x' } } },
      {
        'conf/a.yaml':
          'version: 1\nfiles:\n  a.yaml: { addresses: ["orgs/acme/secrets/OTHER"] }\n  pay.yaml: { addresses: ["orgs/acme/secrets/PAY_*"] }\n',
        'conf/pay.yaml': acme('    secrets: {}\n    prune: ["secrets/PAY_*"]\n'),
      },
    )
    const { edits, notTaken } = await accepted(place, sandbox, { config: ['conf'] })
    expect({ edits, notTaken }).toEqual({
      edits: [
        {
          file: 'conf/pay.yaml',
          text: acme('    secrets: { PAY_1: { visibility: all } }\n    prune: ["secrets/PAY_*"]\n'),
        },
      ],
      notTaken: [],
    })
  })

  it('change by a diff that git applies, in a folder below the top too', async () => {
    const name = 'teams/söme file.yaml'
    const { place, sandbox } = await withFiles(
      { secrets: { A: { visibility: 'all', value: 'x' }, B: selected('ml') } },
      {
        'teams/a.yaml': `version: 1\r\n${secrets('      A: { visibility: private }').replaceAll('\n', '\r\n')}`,
        [name]: secrets('      B:\n        repositories: [web] # theirs'),
      },
    )
    const { diff, edits } = await accepted(place, sandbox, { config: ['teams'] })
    expect(edits).toHaveLength(2)
    await place.write('accept.diff', diff)
    const below = join(place.folder, 'top', 'below')
    await cp(join(place.folder, 'teams'), join(below, 'teams'), { recursive: true })
    execFileSync('git', ['init', '-q', join(place.folder, 'top')])
    execFileSync('git', ['apply', '../../accept.diff'], { cwd: below })
    for (const { file, text } of edits) {
      expect(await place.read(`top/below/${file}`)).toBe(text)
      await place.write(file, text)
    }
    expect((await place.run(['plan', '--config', 'teams', '--detailed-exitcode'])).code).toBe(0)
  })
})
