import { afterAll, describe, expect, it } from 'vitest'
import { startSandbox } from '../../src/sandbox/server.ts'
import { workplace } from '../support/octoform.ts'

/**
 * Silence is not success: each argument that takes a glob, a name or a word, and the result where nothing matches,
 * where there is no such family, where it is misspelt, and where it has another case. Each row is a run against one
 * sandbox, which none of them changes.
 */
const SEED = {
  product: 'ghec',
  organizations: {
    acme: {
      repositories: {
        web: { topics: ['govuk', 'container'] },
        lib: { topics: ['govuk', 'gem'] },
        'service-api': { visibility: 'public' },
        'service-legacy': {},
        old: { archived: true },
      },
      secrets: {
        NPM_TOKEN: { visibility: 'all', value: 'leaked' },
        SONAR: { visibility: 'selected', repositories: ['web', 'lib'], value: 'x' },
      },
      runners: { 'gpu-01': {} },
      runner_groups: { gpu: { visibility: 'selected', repositories: ['web'], runners: ['gpu-01'] } },
    },
  },
}

const sandbox = await startSandbox({ seed: SEED })
afterAll(() => sandbox.close())

/** A configuration that GitHub is as it says: with further keys at the top, and in the organization. */
const yaml = (top = '', below = ''): string => `version: 1
ledger: { path: ledger.json }
${top}
organizations:
  acme:
    secrets:
      NPM_TOKEN: { visibility: all, value: { env: NPM_TOKEN } }
      SONAR: { repositories: [web, lib] }
    ${below}
`

const CONFIGURATION = yaml()

interface Ended {
  readonly code: number
  readonly said: string
  readonly last: string
}

async function run(args: readonly string[], text = CONFIGURATION): Promise<Ended> {
  const place = await workplace(sandbox, { 'octoform.yaml': text }, { NPM_TOKEN: 'fresh' })
  const { code, stdout, stderr } = await place.run(args)
  return { code, said: `${stderr}${stdout}`, last: stdout.trimEnd().split('\n').at(-1) ?? '' }
}

/** A word, the exit code, and the message. */
type Row = readonly [word: string, code: number, said: RegExp]

const NO_FAMILY: readonly Row[] = [
  ['orgs/acme/secretz/**', 1, /there is no family `secretz`; did you mean `orgs\/acme\/secrets\/\*\*`\?/],
  ['orgs/acme/secret/*', 1, /there is no family `secret`; did you mean `orgs\/acme\/secrets\/\*`\?/],
  ['orgs/acme/webhooks/*', 1, /there is no family `webhooks`; an organization has permissions, secrets, /],
  [
    'repos/acme/web/runner_groups/*',
    1,
    /`runner_groups` is not a family of a repository; a repository has permissions, secrets/,
  ],
  ['orgs/acme/sek*/*', 1, /no family of an organization is named like `sek\*`/],
  ['org/acme/**', 1, /each begins with `orgs\/`, .*; did you mean `orgs\/acme\/\*\*`\?/],
  ['orgs/acme', 1, /an organization alone is none; did you mean `orgs\/acme\/\*\*`\?/],
  ['secrets/NPM_TOKEN', 1, /did you mean `orgs\/OWNER\/secrets\/NPM_TOKEN`\?/],
]

describe('flags', () => {
  it.each<Row>([
    ...NO_FAMILY,
    [
      'orgs/acme/secrets/NPM_TOKN',
      1,
      /--target \S+ chooses nothing: .*\. The nearest is orgs\/acme\/secrets\/NPM_TOKEN\./,
    ],
    ['orgs/acme/runner_groups/*', 1, /chooses nothing: it matches no address of the configuration and no change/],
    ['orgs/acne/**', 1, /chooses nothing/],
    ['repos/acme/web/secrets/*', 1, /chooses nothing/],
    ['ORGS/Acme/Secrets/npm_token', 0, /No changes\.$/],
    ['orgs/acme/sec*/*', 0, /No changes\.$/],
    ['**', 0, /No changes\.$/],
  ])('--target %s: exit %i', async (glob, code, said) => {
    const ended = await run(['plan', '--target', glob])
    expect(ended.said.trimEnd()).toMatch(said)
    expect(ended.code).toBe(code)
    if (code !== 0) expect(ended.said).not.toContain('No changes.')
  })

  it.each<Row>([
    ...NO_FAMILY,
    [
      'orgs/acme/secrets/NPM_TOKN',
      1,
      /--rotate \S+ chooses nothing: .*\. The nearest is orgs\/acme\/secrets\/NPM_TOKEN\./,
    ],
    ['repos/acme/web/secrets/*', 1, /chooses nothing: it matches no secret of this run that has a value in the YAML/],
    ['orgs/acme/secrets/SONAR', 1, /chooses nothing: what it matches has no value in the YAML/],
    ['env:NPM_TOKN', 1, /no secret of this run takes its value from there\. The nearest is env:NPM_TOKEN\./],
    ['env:npm_token', 1, /no secret of this run takes its value from there/],
    ['orgs/acme/secrets/npm_token', 0, /Plan: 0 to add, 1 to change, 0 to delete\.$/],
    ['env:NPM_TOKEN', 0, /Plan: 0 to add, 1 to change, 0 to delete\.$/],
  ])('--rotate %s: exit %i', async (word, code, said) => {
    const ended = await run(['plan', '--rotate', word])
    expect(ended.said.trimEnd()).toMatch(said)
    expect(ended.code).toBe(code)
  })

  it('each of several by itself, and within what --target leaves', async () => {
    const two = await run([
      'plan',
      '--rotate',
      '**',
      '--rotate',
      'orgs/acme/secrets/A',
      '--target',
      '**',
      '--target',
      'repos/**',
    ])
    expect(two).toMatchObject({ code: 1 })
    expect(two.said).toMatch(/--target repos\/\*\* chooses nothing.*\n--rotate orgs\/acme\/secrets\/A chooses nothing/)
    const left = await run(['plan', '--rotate', '**/NPM_TOKEN', '--target', '**/SONAR'])
    expect(left).toMatchObject({ code: 1, said: expect.stringContaining('--target leaves out what it matches') })
  })

  it('apply writes nothing, and asks for nothing', async () => {
    for (const flag of [
      ['--rotate', '**/NPM_TOKN'],
      ['--target', '**/NPM_TOKN'],
      ['--protect', '**/secret/*'],
    ]) {
      expect((await run(['apply', '--auto-approve', ...flag])).code, flag.join(' ')).toBe(1)
    }
    const { organizations } = sandbox.state() as { organizations: { acme: { secrets: { NPM_TOKEN: object } } } }
    expect(organizations.acme.secrets.NPM_TOKEN).toMatchObject({ value: 'leaked' })
  })

  it.each<Row>([
    ...NO_FAMILY,
    // Members of a glob without a match may still come.
    ['orgs/acme/secrets/DEPLOY_*', 0, /No changes\.$/],
    ['Orgs/ACME/secrets/*', 0, /No changes\.$/],
    ['orgs/acne/secrets/*', 0, /is about acne, and no file of the configuration names it; did you mean `acme`\?/],
  ])('--protect %s: exit %i', async (glob, code, said) => {
    const ended = await run(['plan', '--protect', glob])
    expect(ended.said.trimEnd()).toMatch(said)
    expect(ended.code).toBe(code)
  })

  it.each([
    [['plan', '--owner', 'acne'], 1, /--owner acne: the configuration names only acme; did you mean `acme`\?/],
    [['plan', '--owner', 'ACME'], 0, /No changes\.$/],
    [['plan', '--owner', 'acme', '--owner', 'beta'], 1, /--owner beta: the configuration names only acme/],
    [['plan', '--allow', 'deletion=3'], 1, /--allow deletion=3 is unknown: write deletions=N/],
    [['plan', '--accept', 'acme'], 1, /--accept acme lets nothing in/],
    [['plan', '--accept', 'acme/webb=7'], 0, /warning: --accept acme\/webb=7 lets nothing in: .*did you mean `web`\?/],
    [['plan', '--accept', 'acne/web=7'], 0, /warning: --accept acne\/web=7 is about acne, .*did you mean `acme`\?/],
    [['doctor', '--owner', 'acne'], 1, /did you mean `acme`\?/],
    [['import', 'orgs/acme', '--only', 'secret'], 1, /--only secret: the families are .*; did you mean `secrets`\?/],
    [['import', 'orgs/acme/secretz/*'], 1, /there is no family `secretz`; did you mean `orgs\/acme\/secrets\/\*`\?/],
    [['import', 'repos/acme/web/runner_groups'], 1, /`runner_groups` is not a family of a repository/],
    [['import', 'orgs/acme/secrets/NOPE'], 1, /Nothing on GitHub is named orgs\/acme\/secrets\/NOPE/],
    [['import', 'orgs/acme/Secrets/npm_token'], 0, /NPM_TOKEN/],
    [['ledger', 'adopt', 'orgs/acme/secretz/*'], 1, /there is no family `secretz`/],
    [
      ['ledger', 'adopt', 'orgs/acme/secrets/NPM_TOKN'],
      1,
      /matches nothing in the configuration that has a value\. The nearest is orgs\/acme\/secrets\/NPM_TOKEN\./,
    ],
    [
      ['validate', '--explain', 'orgs/acme/secretz/NPM_TOKEN'],
      1,
      /there is no family `secretz`; did you mean `orgs\/acme\/secrets\/NPM_TOKEN`\?/,
    ],
    [
      ['validate', '--explain', 'repos/acme/web/runner_groups/gpu'],
      1,
      /`runner_groups` is not a family of a repository/,
    ],
    [
      ['validate', '--explain', 'orgs/acme/secrets/NPM_TOKN'],
      0,
      /is not in the configuration: .*; did you mean `orgs\/acme\/secrets\/NPM_TOKEN`\?/,
    ],
    [
      ['validate', '--explain', 'orgs/acme/secrets/npm_token'],
      0,
      /orgs\/acme\/secrets\/NPM_TOKEN {2}from octoform\.yaml/,
    ],
    [['seal', 'orgs/acme/secretz/X'], 1, /there is no family `secretz`; did you mean `orgs\/acme\/secrets\/X`\?/],
  ] as const)('%j: exit %i', async (args, code, said) => {
    const ended = await run(args)
    expect(ended.said.trimEnd()).toMatch(said)
    expect(ended.code).toBe(code)
  })
})

describe('globs in the YAML', () => {
  it.each(NO_FAMILY)('%s is exit 1 with its place, in guards and files, found offline', async (glob, code, said) => {
    for (const [key, place] of [
      ['guards: { protect: ["**", "', '3:27'],
      ['guards: { never_public: ["**", "', '3:32'],
      ['files: { "**": { values: ["**"], addresses: ["**", "', '3:52'],
    ] as const) {
      const text = yaml(`${key}${glob}"] ${'}'.repeat(key.split('{').length - 1)}`)
      for (const command of ['validate', 'plan']) {
        const ended = await run([command], text)
        expect(ended.said, key).toMatch(said)
        expect(ended.said, key).toContain(`octoform.yaml:${place}: error: \`${glob}\` matches no address`)
        expect(ended.code, key).toBe(code)
      }
    }
  })

  it.each<Row>([
    ['secret/*', 1, /`secret\/\*` names no family; did you mean `secrets\/\*`\?/],
    ['webhooks/*', 1, /names no family; those with members here are secrets, /],
    ['sek*/*', 1, /names no family with members/],
    ['permissions/*', 1, /names settings, which cannot be deleted/],
    ['secrets', 1, /names no members: write `secrets\/\*` for all of them/],
    ['runner_groups/*', 1, /needs `runner_groups` in this scope/],
    ['secrets/NOTHING_*', 0, /No changes\.$/],
    ['Secrets/nothing_*', 0, /No changes\.$/],
  ])('prune %s: exit %i', async (glob, code, said) => {
    const ended = await run(['plan'], yaml('', `prune: ["${glob}"]`))
    expect(ended.said.trimEnd()).toMatch(said)
    expect(ended.code).toBe(code)
  })

  it.each([
    ['guards: { protect: ["orgs/acme/secrets/DEPLOY_*"] }', undefined],
    ['guards: { never_public: ["Orgs/Acme/Runner_Groups/*"] }', undefined],
    [
      'guards: { protect: ["orgs/acne/secrets/*"] }',
      '3:21: warning: `orgs/acne/secrets/*` is about acne, and no file of the configuration names it; did you mean `acme`?',
    ],
    [
      'accept: ["acne/web=7"]',
      '3:10: warning: `acne/web=7` is about acne, and no file of the configuration names it; did you mean `acme`?',
    ],
    [
      'accept: ["acme/webb=7"]',
      '3:10: warning: `acme/webb=7` lets nothing in: no repository of acme is named so; did you mean `web`?',
    ],
    ['files: { "**": { addresses: ["**"], values: ["**"] }, "teams/**": {} }', '3:55: warning: '],
    [
      'organization_sets: [{ match: { name: acmee }, secrets: {} }]',
      '3:23: warning: `match` matches no organization under `organizations`; the set is skipped; did you mean `acme`?',
    ],
  ])('%s', async (top, warning) => {
    const ended = await run(['plan'], yaml(top))
    expect(ended).toMatchObject({ code: 0, last: 'No changes.' })
    if (warning === undefined) expect(ended.said).not.toContain('warning')
    else expect(ended.said).toContain(`octoform.yaml:${warning}`)
  })
})

describe('repositories and runners', () => {
  /** The warnings of a plan with their lines and columns. */
  async function warnings(below: string): Promise<readonly string[]> {
    const place = await workplace(sandbox, { 'octoform.yaml': yaml('', below) }, { NPM_TOKEN: 'fresh' })
    const { diagnostics } = await place.plan()
    return diagnostics.map(({ source, message }) => `${source?.line}:${source?.col}: ${message}`)
  }

  const list = (entries: string): string => `runner_groups: { gpu: { repositories: ${entries} } }`
  const set = (match: string): string => `repository_sets: [{ match: ${match}, secrets: {} }]`

  it.each([
    [
      'a name',
      list('[web, wbe]'),
      '9:49: repository acme/wbe does not exist (deleted, renamed or misspelt); it is skipped; did you mean `web`?',
    ],
    ['a name in another case', list('[WEB]'), undefined],
    [
      'a glob',
      list('[web, "servce-*"]'),
      '9:49: `servce-*` matches no repository of acme; it is skipped; did you mean `service-api`?',
    ],
    ['a glob in another case', list('[web, "SERVICE-*"]'), undefined],
    [
      'a glob that only archived ones match',
      list('[web, "ol*"]'),
      '9:49: `ol*` matches only archived repositories of acme; it is skipped',
    ],
    [
      'a name that is taken away',
      list('[web, "service-*", "!service-legcy"]'),
      '9:62: `!service-legcy` takes nothing away: it matches no repository of acme; did you mean `service-legacy`?',
    ],
    [
      'a glob that is taken away',
      list('[web, "*", "!servce-*"]'),
      '9:54: `!servce-*` takes nothing away: it matches no repository of acme; did you mean `service-api`?',
    ],
    ['a glob that keeps out what may come', list('[web, "!secret-*"]'), undefined],
    [
      'a topic',
      list('[web, { topic: contaner }]'),
      '9:49: the selector matches no repository of acme; it is skipped; none has the topic `contaner`; did you mean `container`?',
    ],
    ['a topic in another case', list('[{ topic: Container }]'), undefined],
    [
      'two topics',
      list('[web, { topic: [govuk, gems] }]'),
      '9:49: the selector matches no repository of acme; it is skipped; none has the topic `gems`; did you mean `gem`?',
    ],
    [
      'a visibility',
      list('[web, { visibility: internal }]'),
      '9:49: the selector matches no repository of acme; it is skipped; none is `internal`',
    ],
    [
      'a selector of archived ones',
      list('[web, { name: "ol*" }]'),
      '9:49: the selector matches no repository of acme; it is skipped; only archived ones are so, which `archived: true` takes',
    ],
    [
      'one name of several',
      list('[{ name: [web, wbe] }]'),
      '9:58: `wbe` matches no repository of acme here; it is skipped; did you mean `web`?',
    ],
    [
      'a name that a selector takes away',
      list('[{ name: [web, "s*", "!service-legcy"] }]'),
      '9:64: `!service-legcy` takes nothing away: it matches no repository of acme; did you mean `service-legacy`?',
    ],
    [
      'add_',
      'runner_groups: { gpu: { add_repositories: ["servce-*"] } }',
      '9:48: `servce-*` matches no repository of acme; it is skipped; did you mean `service-api`?',
    ],
    [
      'remove_',
      'runner_groups: { gpu: { remove_repositories: [wbe] } }',
      '9:51: repository acme/wbe does not exist (deleted, renamed or misspelt); it is skipped; did you mean `web`?',
    ],
    [
      'the name of a set',
      set('{ name: wbe }'),
      '9:25: `match` matches no repository of acme; the set is skipped; did you mean `web`?',
    ],
    [
      'a glob of a set',
      set('{ name: "servce-*" }'),
      '9:25: `match` matches no repository of acme; the set is skipped; did you mean `service-api`?',
    ],
    [
      'names of a set',
      set('{ name: [wbe, "servce-*"] }'),
      '9:25: `match` matches no repository of acme; the set is skipped; did you mean `web`?',
    ],
    [
      'one name of a set',
      set('{ name: [web, "servce-*"] }'),
      '9:46: `servce-*` matches no repository of acme here; it is skipped; did you mean `service-api`?',
    ],
    [
      'a name that a set takes away',
      set('{ name: ["*", "!service-legcy"] }'),
      '9:46: `!service-legcy` takes nothing away: it matches no repository of acme; did you mean `service-legacy`?',
    ],
    [
      'the topic of a set',
      set('{ topic: contaner }'),
      '9:25: `match` matches no repository of acme; the set is skipped; none has the topic `contaner`; did you mean `container`?',
    ],
    [
      'the topics of a set',
      set('{ topic: [govuk, gems] }'),
      '9:25: `match` matches no repository of acme; the set is skipped; none has the topic `gems`; did you mean `gem`?',
    ],
    [
      'the visibility of a set',
      set('{ visibility: internal }'),
      '9:25: `match` matches no repository of acme; the set is skipped; none is `internal`',
    ],
    [
      'a repository by its key',
      'repositories: { wbe: { secrets: {} } }',
      '9:21: repository acme/wbe does not exist (deleted, renamed or misspelt); it is skipped; did you mean `web`?',
    ],
    [
      'a runner',
      'runner_groups: { gpu: { runners: [gpu-01, gpu-02] } }',
      '9:47: no runner is registered as gpu-02: it is left out until there is one; did you mean `gpu-01`?',
    ],
    [
      'a runner in another case',
      'runner_groups: { gpu: { runners: [GPU-01] } }',
      '9:39: no runner is registered as GPU-01: it is left out until there is one; did you mean `gpu-01`?',
    ],
    [
      'a glob of runners',
      'runner_groups: { gpu: { add_runners: ["gpu-*"] } }',
      '9:43: no runner is registered as gpu-*: it is left out until there is one, and runners are written one by one; did you mean `gpu-01`?',
    ],
    ['what is to be absent', 'repositories: { web: { secrets: { NOPE: absent, NONE: unmanaged } } }', undefined],
  ])('%s', async (_, below, warning) => {
    expect(await warnings(below)).toEqual(warning === undefined ? [] : [warning])
  })
})

describe('a configuration that names no owner', () => {
  const NO_OWNER =
    /names no organization and no repository, so that nothing is managed: .*--config.*include.*import.*init/

  it.each([
    ['version alone', 'version: 1\n', '1:1'],
    ['no organizations', 'version: 1\norganizations: {}\n', '2:1'],
    ['no repositories', 'version: 1\nrepositories: {}\n', '2:1'],
    ['sets alone', 'version: 1\norganization_sets: [{ match: {}, secrets: {} }]\n', '2:1'],
    ['guards alone', 'version: 1\nguards: { max_deletions: 3 }\n', '1:1'],
  ])('%s: exit 1, and not No changes.', async (_, text, place) => {
    for (const command of ['validate', 'plan', 'drift', 'apply', 'doctor']) {
      const ended = await run([command], text)
      expect(ended.said, command).toMatch(NO_OWNER)
      expect(ended.said, command).toContain(`octoform.yaml:${place}: error: `)
      expect(ended.said, command).not.toMatch(/No changes|No drift|is valid/)
      expect(ended.code, command).toBe(1)
    }
  })

  it.each([
    ['all of it commented out', '# version: 1\n# organizations: { acme: {} }\n', /the file holds nothing/],
    ['nothing', '', /the file holds nothing/],
  ])('%s: exit 1', async (_, text, said) => {
    expect(await run(['plan'], text)).toMatchObject({ code: 1, said: expect.stringMatching(said) })
  })

  it.each([
    ['organizations: { acme: {} }', 'octoform import orgs/acme'],
    ['organizations: { acme: { repositories: { web: {} } } }', 'octoform import orgs/acme'],
    ['repositories: { acme/web: {} }', 'octoform import repos/acme/NAME'],
  ])('%s names one of which nothing is said: told, and no error', async (text, hint) => {
    for (const command of ['validate', 'plan']) {
      const ended = await run([command], `version: 1\n${text}\n`)
      expect(ended.code).toBe(0)
      expect(ended.said).toMatch(
        /octoform\.yaml:2:\d+: warning: nothing is said of acme, so that all of it is left alone/,
      )
      expect(ended.said).toContain(hint)
    }
  })
})
