import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Plan } from '../../src/core/plan.ts'
import { HEAD, TIP } from '../support/github-actions.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'
import { inProcess } from './in-process.ts'
import type { StepRan } from './runner.ts'
import { acmeIn, HOME, ofPullRequest } from './world.ts'

const secret = { visibility: 'selected', repositories: ['web'], value: 'planted' }
const NAMES = Array.from({ length: 20 }, (_, index) => `S_${String(index).padStart(2, '0')}`)
const ofNames = (names: readonly string[]): string =>
  names.map((name) => `      ${name}: { repositories: [web] }\n`).join('')

const seedOf = (visibility: 'private' | 'public') => ({
  organizations: {
    acme: {
      repositories: {
        admin: {
          visibility,
          branches: { main: TIP, topic: HEAD },
          pull_requests: { 7: { head: { ref: 'topic', sha: HEAD }, base: 'main' } },
        },
        web: { topics: ['java'] },
        api: { topics: ['java'] },
      },
      secrets: Object.fromEntries(NAMES.map((name) => [name, secret])),
    },
    globex: { repositories: { web: {} }, secrets: { KEY: secret } },
  },
  tokens: {
    owner: {},
    reading: { read_only: true },
    ghs_plan_job: { workflow: HOME, permissions: { contents: 'read', pull_requests: 'write', checks: 'write' } },
  },
})

const GLOBEX = `  globex:
    secrets: { KEY: { repositories: [web] } }
`
const BASE = `version: 1
guards: { max_deletions: 3, max_revocations: 9 }
organizations:
  acme:
    permissions: { enabled_repositories: all, allowed_actions: all }
    prune: ["secrets/X_*"]
    secrets:
${ofNames(NAMES)}    repository_sets:
      - { match: { topic: java }, permissions: { enabled: true } }
`

/** The same with half of its secrets, and without the set and more. */
const HALF = `version: 1
guards: { max_deletions: 9, max_revocations: 9 }
organizations:
  acme:
    permissions: { enabled_repositories: all }
    secrets:
${ofNames(NAMES.slice(0, 10))}      S_10: unmanaged
`

interface OutputFacts extends StepRan {
  readonly plan: Plan
  readonly comments: readonly string[]
  readonly page: string
}

/** Plans a pull request that changes the one configuration to the other. */
async function planned(
  base: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>>,
  {
    product = 'ghec',
    visibility = 'private' as 'private' | 'public',
    args = '',
    config = 'octoform.yaml',
    moves = undefined as { readonly repository: string; readonly to: string } | undefined,
  } = {},
): Promise<OutputFacts> {
  const sandbox = await watchedSandbox({ product, seed: seedOf(visibility) })
  if (moves) expect((await sandbox.call('POST', '/_sandbox/move', moves)).status).toBe(204)
  const there = Object.entries(base).map(([name, text]) => [`.octoform-base/${name}`, text] as const)
  const job = await inProcess(sandbox, { ...own, ...Object.fromEntries(there) })
  const [json, html] = ['plan.json', 'plan.html'].map((name) => join(job.temp, name))
  const ran = await job.run({
    event: ofPullRequest('opened'),
    with: {
      command: 'plan',
      comment: 'true',
      config,
      'plan-file': json ?? '',
      'html-file': html ?? '',
      args: `--base .octoform-base ${args}`,
    },
    env: { OCTOFORM_TOKEN: 'reading', GITHUB_TOKEN: 'ghs_plan_job' },
  })
  const comments = acmeIn(sandbox).repositories.admin.pull_requests?.[7]?.comments ?? []
  return {
    ...ran,
    plan: JSON.parse(await readFile(json ?? '', 'utf8')) as Plan,
    comments: comments.map(({ body }) => body),
    page: await readFile(html ?? '', 'utf8'),
  }
}

const yaml = (text: string) => ({ 'octoform.yaml': text })
const lostIn = ({ plan }: OutputFacts): readonly string[] =>
  (plan.no_longer_managed ?? []).map(({ address, fields }) => [address, ...(fields ?? [])].join(' '))

const LOST = [
  'orgs/acme/permissions allowed_actions',
  ...NAMES.slice(10).map((name) => `orgs/acme/secrets/${name}`),
  'repos/acme/api/permissions',
  'repos/acme/web/permissions',
]
const LAST = '13 addresses no longer managed.'
const RULES = [
  '`guards`: max_deletions is raised from 3 to 9.',
  'The set `{"topic":"java"}` of acme is gone: it gave `permissions`.',
  '`unmanaged` stands at `orgs/acme/secrets/S_10`.',
  '`prune` loses `secrets/X_*` in orgs/acme.',
]

/** A text without the marks of code, and without the places at which a narrow column may break it. */
function spans(markdown: string): string {
  return markdown.replaceAll('<wbr>', '').replaceAll('`', '')
}

describe('a pull request that unmanages half of a file', () => {
  it('says so first and last, in every format', async () => {
    const told = await planned(yaml(BASE), yaml(HALF))
    expect(told.code).toBe(0)
    expect(lostIn(told)).toEqual(LOST)
    expect(told.plan.governs).toEqual(RULES)
    const [comment = ''] = told.comments
    expect(comment.split('\n')[2]).toMatch(/^### octoform plan · `acme` — .* · 13 addresses no longer managed$/)
    expect(comment).toContain(
      '> - **Stops managing 13 addresses**: `orgs/acme/permissions: allowed_actions`, `orgs/acme/secrets/S_10`, ',
    )
    expect(comment).toMatch(/`orgs\/acme\/secrets\/S_13`, 8 more\. What GitHub has there stays as it is/)
    expect(comment).toContain('### All that is no longer managed (13)')
    expect(comment).toContain('10 members of orgs/acme/secrets (S_10, S_11, ')
    for (const rule of RULES) expect(spans(comment)).toContain(rule.replaceAll('`', ''))
    for (const text of [told.summary]) {
      const first =
        '**This stops managing 13 addresses: `orgs/acme/permissions: allowed_actions`, `orgs/acme/secrets/S_10`, '
      expect(text).toContain(first)
      expect(text).toContain('`orgs/acme/secrets/S_18`, … 3 more.** What GitHub has there stays as it is')
      expect(text).toContain('<summary>All 13 addresses</summary>')
      expect(text).toContain('10 members of orgs/acme/secrets (S_10, S_11, ')
      for (const rule of RULES) expect(text).toContain(rule)
      expect(text.indexOf(first)).toBeLessThan(text.search(/###|Left alone/))
      expect(text.trimEnd().endsWith(LAST)).toBe(true)
    }
    expect(told.stdout).toContain(
      'No longer managed\n  13 addresses: orgs/acme/permissions: allowed_actions, orgs/acme/secrets/S_10, ',
    )
    expect(told.stdout.trimEnd().endsWith(LAST)).toBe(true)
    for (const rule of RULES) expect(told.stdout).toContain(rule)
    expect(told.page).toMatch(/<title>[^<]*13 addresses no longer managed\.<\/title>/)
    expect(told.page).toContain('<code>orgs/acme/secrets/S_19</code>')
  })

  it('says so of a server that knows secrets alone', async () => {
    const secrets = (text: string): string => text.replace(/^.*(permissions|repository_sets).*\n/gm, '')
    const told = await planned(yaml(secrets(BASE)), yaml(secrets(HALF)), { product: 'ghes-2.22' })
    expect(told).toMatchObject({ code: 0, plan: { governs: RULES.filter((rule) => !rule.startsWith('The set')) } })
    expect(told.comments[0]?.split('\n')[2]).toMatch(/ — no changes · 10 addresses no longer managed$/)
    expect(told.comments[0]).toContain('**Stops managing 10 addresses**: `orgs/acme/secrets/S_10`, ')
    for (const text of [told.summary]) {
      expect(text).toContain('**This stops managing 10 addresses: `orgs/acme/secrets/S_10`, ')
      expect(text.trimEnd()).toMatch(/\n\nNo changes\. 10 addresses no longer managed\.$/)
    }
  })
})

describe('what is no longer managed', () => {
  it('is told by number alone where others may read it', async () => {
    const told = await planned(yaml(BASE), yaml(HALF), { visibility: 'public' })
    const [comment = ''] = told.comments
    expect(comment).toContain('**Stops managing 13 addresses**.')
    expect(comment).toContain('or what it reaches:** 4 differences')
    expect(told.summary).toContain('**This stops managing 13 addresses.**')
    expect(told.summary).toContain('sets):** 4 differences.')
    expect(told.summary.trimEnd().endsWith(LAST)).toBe(true)
    for (const text of [comment, told.summary]) {
      expect(text).not.toMatch(/S_1|orgs\/acme|java/)
    }
    expect(told.page).toContain('13 addresses')
    expect(told.page).not.toMatch(/S_1|orgs\/acme|java/)
    // The log alone has the names, all of them.
    expect(told.stdout).toContain('repos/acme/web/permissions')
  })

  it('is in the comment of its own organization, and an organization that is gone is told whole', async () => {
    const own = yaml(HALF)
    const [both, one] = [
      await planned(yaml(BASE + GLOBEX), yaml(HALF + GLOBEX)),
      await planned(yaml(BASE + GLOBEX), own),
    ]
    const [acme = '', globex = ''] = both.comments
    expect(acme).toContain('Stops managing 13 addresses')
    expect(globex).not.toContain('Stops managing')
    expect(globex).toContain('octoform plan · `globex` — no changes')
    expect(lostIn(one)).toEqual([...LOST, 'orgs/globex/secrets/KEY'])
    expect(one.summary).toContain('stops managing 14 addresses: ')
  })

  it('is nothing where a file is moved', async () => {
    const args = { config: 'octoform.yaml orgs' }
    const root = 'version: 1\nguards: { max_deletions: 3, max_revocations: 9 }\nledger: { path: ledger.json }\n'
    const acme = BASE.replace(/guards.*\n/, '')
    const told = await planned(
      { 'octoform.yaml': root, 'orgs/acme.yaml': acme },
      { 'octoform.yaml': root, 'orgs/moved/to.yaml': acme },
      args,
    )
    expect(told.plan.no_longer_managed).toBeUndefined()
    expect(told.plan.governs).toBeUndefined()
    expect(told.stdout).not.toContain('no longer managed')
  })

  it('is what the run is of, and no change of the plan', async () => {
    const owner = await planned(yaml(BASE + GLOBEX), yaml(HALF + GLOBEX), { args: '--owner globex' })
    expect(lostIn(owner)).toEqual([])
    const target = await planned(yaml(BASE), yaml(HALF), { args: '--target orgs/acme/secrets/*' })
    expect(lostIn(target)).toEqual(NAMES.slice(10).map((name) => `orgs/acme/secrets/${name}`))
    const [with_, without] = [await planned(yaml(BASE), yaml(HALF)), await planned(yaml(HALF), yaml(HALF))]
    expect(with_.plan.changes).toEqual(without.plan.changes)
    expect(without.plan.no_longer_managed).toBeUndefined()
  })

  it('cannot be told where the base cannot be read, which is said', async () => {
    const told = await planned(yaml('version: [1'), yaml(HALF))
    expect(told.plan.no_longer_managed).toBeUndefined()
    expect(told.summary).toContain('nor what is no longer managed')
  })

  const of = (acme: string) => yaml(`version: 1\norganizations:\n  acme:\n${acme}\n`)
  const set = (match: string) => of(`    repository_sets: [{ match: ${match}, permissions: { enabled: true } }]`)
  const S_00 = (fields: string) => of(`    secrets: { S_00: ${fields} }`)
  const api = 'repos/acme/api/permissions'
  const own = 'orgs/acme/secrets/S_00 repositories'

  it.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>, readonly string[]]>([
    ['a set of fewer by topic', set('{ topic: java }'), set('{ topic: go }'), [api, 'repos/acme/web/permissions']],
    ['a set of fewer by name', set('{ name: [web, api] }'), set('{ name: [web] }'), [api]],
    ['a set that leaves one out', set('{ name: ["*"] }'), set('{ name: ["*", "!api"] }'), [api]],
    ['a list that adds', S_00('{ repositories: [web] }'), S_00('{ add_repositories: [web] }'), [own]],
    ['a list that adds fewer', S_00('{ add_repositories: [web, api] }'), S_00('{ add_repositories: [web] }'), [own]],
    ['a list of fewer', S_00('{ repositories: [web, api] }'), S_00('{ repositories: [web] }'), []],
  ])('counts %s', async (_, before, after, expected) => {
    const told = await planned(before, after)
    expect(told.code, told.stderr).toBe(0)
    expect(lostIn(told)).toEqual(expected)
    const { length } = expected
    const counted = length === 0 ? '' : ` ${length} ${length === 1 ? 'address' : 'addresses'} no longer managed.`
    expect(told.summary.trimEnd().endsWith(`\n\nNo changes.${counted}`)).toBe(true)
    const [line = ''] = (told.comments[0] ?? '').split('\n').slice(2)
    expect(line).toMatch(length === 0 ? /^\*\*octoform plan · `acme` — no changes\*\* · / : /^### /)
    expect(line).toContain(`— no changes${counted === '' ? '' : ` ·${counted.slice(0, -1)}`}`)
  })

  it('is a rule of `prune` that is taken out, of what nobody listed', async () => {
    const [before, after] = [
      of('    secrets: { S_00: { repositories: [web] } }\n    prune: ["secrets/X_*"]'),
      S_00('{ repositories: [web] }'),
    ]
    const told = await planned(before, after)
    expect(lostIn(told)).toEqual([])
    for (const text of [told.summary, ...told.comments]) {
      expect(text).toContain('`prune` loses `secrets/X_*` in orgs/acme.')
    }
  })

  it.each<[string, string, (name: string) => Readonly<Record<string, string>>]>([
    [
      'a repository of its own',
      'ghec',
      (name) => of(`    repositories: { ${name}: { permissions: { enabled: true } } }`),
    ],
    ['one of a list', 'ghec', (name) => S_00(`{ repositories: [${name}] }`)],
    ['one that a list adds', 'ghec', (name) => S_00(`{ add_repositories: [${name}, api] }`)],
    ['one of a set', 'ghec', (name) => set(`{ name: [${name}] }`)],
    ['one of a list', 'ghes-2.22', (name) => S_00(`{ add_repositories: [${name}, api] }`)],
    ['one with secrets', 'ghes-2.22', (name) => of(`    repositories: { ${name}: { secrets: { T: absent } } }`)],
  ])('is nothing where a repository is renamed on GitHub: %s, %s', async (_, product, of) => {
    const moves = { repository: 'acme/web', to: 'acme/site' }
    for (const after of ['site', 'web']) {
      const told = await planned(of('web'), of(after), { product, moves })
      expect(told.code, told.stderr).toBe(0)
      expect(lostIn(told)).toEqual([])
      expect(told.summary).not.toContain('no longer managed')
    }
  })
})
