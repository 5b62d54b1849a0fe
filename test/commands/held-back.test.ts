import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Plan } from '../../src/core/plan.ts'
import type { OutputFacts } from '../../src/run/io.ts'
import { merge, ofPullRequest, ofPush, untold } from '../action/world.ts'
import { WRITTEN_AT, type Written, writeLedger } from '../engine/written-ledger.ts'
import { actionsEnv, HEAD, type RunOfActions, TIP } from '../support/github-actions.ts'
import { type Ran, type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const OLD = { visibility: 'all', value: 'planted', updated_at: WRITTEN_AT }
const APPLY = ['apply', '--auto-approve']

/** Wishes that GitHub's answers hold back, with others that go on. */
const HELD = {
  permissions:
    '{ enabled_repositories: all, allowed_actions: selected, selected_actions: { github_owned_allowed: true } }',
  groups: '{ gpu: { repositories: ["gone-*"], allows_public_repositories: false } }',
}
const HELD_FIELDS = ['allowed_actions', 'repositories', 'visibility']

function seedOf(secrets: object): object {
  const admin = {
    default_branch: 'main',
    branches: { main: TIP, topic: HEAD },
    pull_requests: { 7: { head: { ref: 'topic', sha: HEAD }, base: 'main' } },
  }
  return {
    product: 'ghec',
    organizations: {
      acme: {
        repositories: { admin, web: {}, api: {} },
        permissions: { enabled_repositories: 'selected', repositories: ['web'], allowed_actions: 'all' },
        secrets: { GONE: OLD, KEPT: OLD, ...secrets },
        runner_groups: { gpu: { visibility: 'selected', repositories: ['web'], allows_public_repositories: true } },
      },
    },
    tokens: { 'token-of-an-owner': {}, owner: {}, ghs: { workflow: 'acme/admin' } },
  }
}

const yaml = (secrets: string): string => `version: 1
organizations:
  acme:
    permissions: ${HELD.permissions}
    runner_groups: ${HELD.groups}
    secrets:
      GONE: absent
      KEPT: { visibility: private }
${secrets}`

async function begin(secrets = '', live: object = {}): Promise<{ sandbox: WatchedSandbox; place: Workplace }> {
  const sandbox = await watchedSandbox({ seed: seedOf(live) })
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': yaml(secrets) }) }
}

describe('one digest, without values and keys as with both, where something is held back', () => {
  const value = '{ visibility: all, value: { env: T } }'
  const versioned = '{ visibility: all, value: { env: T, version: two } }'
  const entry = { T: { from: 'T', value: 'planted' } }
  const interrupted = { T: { from: 'T', value: 'planted', at: 'never' } }
  interface State {
    readonly member: string
    readonly live?: object
    readonly ledger?: Readonly<Record<string, Written>>
    readonly flags?: readonly string[]
    readonly put: boolean
  }
  it.each<[string, State]>([
    ['created', { member: value, put: true }],
    ['unknown', { member: value, live: OLD, put: false }],
    ['rotated', { member: value, live: OLD, ledger: entry, flags: ['--rotate', '**/T'], put: true }],
    ['given a version', { member: versioned, live: OLD, ledger: entry, put: true }],
    ['unknown, given a version', { member: versioned, live: OLD, put: true }],
    ['changed at its source', { member: value, live: OLD, ledger: entry, put: true }],
    ['of another source', { member: value, live: OLD, ledger: { T: { from: 'S', value: 'planted' } }, put: true }],
    ['put again', { member: value, live: OLD, ledger: interrupted, put: true }],
    ['of access only', { member: '{ visibility: all }', live: OLD, put: false }],
    [
      'closed and put',
      { member: '{ repositories: ["gone-*"], value: { env: T } }', live: OLD, ledger: entry, put: true },
    ],
  ])('%s', async (_, { member, live, ledger = {}, flags = [], put }) => {
    const { sandbox, place } = await begin(`      T: ${member}\n`, live && { T: live })
    const entries = Object.entries(ledger).map(([name, written]) => [`orgs/acme/secrets/${name}`, written] as const)
    if (entries.length > 0) await writeLedger(place, sandbox, Object.fromEntries(entries))
    const reading = { T: '', OCTOFORM_LEDGER_KEY: '' }
    const both = { T: 'another value' }
    const [without, withBoth] = [await place.plan(flags, reading), await place.plan(flags, both)]
    expect(withBoth.digest).toBe(without.digest)
    expect(withBoth.held_back).toEqual(without.held_back)
    expect(without.held_back.map(({ field }) => field)).toEqual(expect.arrayContaining(HELD_FIELDS))
    const ran = await place.run([...APPLY, ...flags, '--expect-digest', without.digest], { env: both })
    expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 2 })
    const sealed = sandbox.asked.filter(({ body }) => JSON.stringify(body ?? null).includes('encrypted_value'))
    expect(sealed.map(({ path }) => path)).toEqual(put ? ['/orgs/acme/actions/secrets/T'] : [])
    const { secrets } = (sandbox.state() as { organizations: { acme: { secrets: Record<string, object> } } })
      .organizations.acme
    expect(secrets.KEPT).toMatchObject({ visibility: 'all', value: 'planted' })
    expect(secrets.T).toMatchObject({ visibility: 'all', value: put ? 'another value' : 'planted' })
  })

  it('is the digest of the same plan without what is held back', async () => {
    const { place } = await begin()
    const all = await place.plan()
    await place.write(
      'octoform.yaml',
      yaml('')
        .replace(/ {6}KEPT: .*\n/, '')
        .replace('repositories: ["gone-*"], ', ''),
    )
    const { digest, held_back } = await place.plan()
    expect(held_back).toHaveLength(1)
    expect(all.held_back).toHaveLength(3)
    expect(digest).toBe(all.digest)
  })
})

/** The remedies of held-back settings, in every format. */
const HELP = [
  /selected_actions in the YAML|Give selected_actions/,
  /Name repositories that are there/,
  /Give its value in the YAML/,
]

async function inCi(
  place: Workplace,
  run: RunOfActions,
  args: readonly string[],
): Promise<Ran & { told: OutputFacts[]; summary: string }> {
  const env: Record<string, string> = { GITHUB_TOKEN: 'ghs', ...(await actionsEnv(run)) }
  const told: OutputFacts[] = []
  const ran = await place.run(args, { env, record: (one) => void told.push(one) })
  const file = env.GITHUB_STEP_SUMMARY ?? ''
  return { ...ran, told, summary: await readFile(file, 'utf8').catch(() => '') }
}

interface Admin {
  readonly check_runs: readonly { readonly conclusion: string; readonly external_id: string }[]
  readonly pull_requests: Readonly<Record<string, { readonly comments: readonly { readonly body: string }[] }>>
  readonly issues: Readonly<Record<string, { readonly body: string }>>
}

const adminOf = (sandbox: WatchedSandbox): Admin =>
  (sandbox.state() as { organizations: { acme: { repositories: { admin: Admin } } } }).organizations.acme.repositories
    .admin

describe('what is held back is told first, with its line and what would help', () => {
  it('in text, JSON, HTML, comment, job summary and the issue about drift', async () => {
    const { sandbox, place } = await begin()
    const pull = await inCi(place, ofPullRequest('opened'), ['plan', '--comment'])
    const html = await place.run(['plan', '--format', 'html'])
    const markdown = await place.run(['plan', '--format', 'markdown'])
    const drift = await inCi(place, ofPush(TIP), ['drift', '--issue', 'acme/admin'])
    expect([pull.code, html.code, markdown.code, drift.code]).toEqual([0, 0, 0, 2])
    const { pull_requests, issues } = adminOf(sandbox)
    const comment = pull_requests[7]?.comments[0]?.body ?? ''
    const issue = Object.values(issues)[0]?.body ?? ''
    const texts = {
      text: pull.stdout,
      html: html.stdout,
      markdown: markdown.stdout,
      comment,
      summary: pull.summary,
      issue,
    }
    for (const [where, text] of Object.entries(texts)) {
      const at = text.toLowerCase().indexOf('held back')
      expect(at, where).toBeGreaterThan(-1)
      for (const help of HELP) expect(text, where).toMatch(help)
      for (const line of [4, 5, 8]) expect(text, where).toMatch(new RegExp(`octoform\\.yaml:${line}:\\d+`))
      expect(text.replace(/<[^>]*>/g, ''), where).toContain('3 held back')
      // The issue about drift begins with access that the configuration does not give.
      // The comment counts it in its alert, above the table, and unfolds what would help.
      if (where === 'comment') expect(at, where).toBeLessThan(text.indexOf('| Change | Effect |'))
      else if (where !== 'issue')
        expect(text.indexOf('Give its value'), where).toBeLessThan(text.lastIndexOf('secrets/GONE'))
    }
    const { held_back } = await place.plan()
    expect(held_back).toEqual([
      {
        address: 'orgs/acme/permissions',
        field: 'allowed_actions',
        reason: expect.stringContaining('allowed_actions: selected needs selected_actions'),
        source: { file: 'octoform.yaml', line: 4, col: expect.any(Number) },
        help: expect.stringContaining('in the YAML'),
      },
      {
        address: 'orgs/acme/runner_groups/gpu',
        field: 'repositories',
        reason: expect.stringContaining('resolves to no repository of acme'),
        source: { file: 'octoform.yaml', line: 5, col: expect.any(Number) },
        help: expect.stringContaining('[]'),
      },
      {
        address: 'orgs/acme/secrets/KEPT',
        field: 'visibility',
        reason: expect.stringContaining('takes private only with the value'),
        source: { file: 'octoform.yaml', line: 8, col: expect.any(Number) },
        help: expect.stringContaining('Give its value'),
      },
    ])
  })

  it('apply does the rest, ends with 2, and tells why', async () => {
    const { sandbox, place } = await begin()
    const ran = await inCi(place, ofPush(TIP), APPLY)
    expect(ran.code, ran.stdout + ran.stderr).toBe(2)
    expect(ran.stdout).toMatch(/\nApplied: 0 added, 2 changed, 1 deleted\. 3 held back\.\n$/)
    expect(ran.summary).toContain('Applied: 0 added, 2 changed, 1 deleted. 3 held back.')
    expect(ran.told.flatMap(({ failure }) => failure ?? [])).toEqual(['held_back'])
    const before = sandbox.writes().length
    const again = await inCi(place, ofPush(TIP), [...APPLY, '--format', 'json'])
    expect(again).toMatchObject({ code: 2 })
    expect(JSON.parse(again.stdout)).toMatchObject({ changes: [], held_back: [{}, {}, {}] })
    expect(again.told.flatMap(({ failure }) => failure ?? [])).toEqual(['held_back'])
    expect(sandbox.writes()).toHaveLength(before)
    for (const [args, code] of [
      [['plan'], 0],
      [['plan', '--detailed-exitcode'], 2],
      [['drift'], 2],
    ] as const)
      expect(await place.run(args)).toMatchObject({ code, stdout: expect.stringMatching(/ 3 held back\.\n$/) })
  })
})

describe('what is left of a wish', () => {
  const OPEN = { visibility: 'all', allows_public_repositories: false }
  interface Left {
    readonly live: object
    readonly wish: string
    readonly reason: RegExp
    readonly patched?: object
  }
  it.each<[string, Left]>([
    [
      'lets no public repository in while the list that came to nothing holds the group open',
      {
        live: OPEN,
        wish: '{ repositories: ["gone-*"], allows_public_repositories: true }',
        reason: /; visibility, allows_public_repositories wait with it; admin, api, web have access beyond the YAML$/,
      },
    ],
    [
      'lets none in while the mode waits for its list',
      {
        live: OPEN,
        wish: '{ visibility: selected, allows_public_repositories: true }',
        reason: /; allows_public_repositories waits with it; admin, api, web have access beyond the YAML$/,
      },
    ],
    [
      'is planned where it opens nothing',
      {
        live: { visibility: 'selected', repositories: ['web'], allows_public_repositories: false },
        wish: '{ repositories: ["gone-*"], allows_public_repositories: true }',
        reason: /is never emptied by that$/,
        patched: { allows_public_repositories: true },
      },
    ],
    [
      'is planned where it closes',
      {
        live: { visibility: 'all', allows_public_repositories: true },
        wish: '{ repositories: ["gone-*"], allows_public_repositories: false }',
        reason: /; visibility waits with it; pub \(public\), admin, api, web have access beyond the YAML$/,
        patched: { allows_public_repositories: false },
      },
    ],
    [
      'is planned where the rest of the wish means it',
      {
        live: { visibility: 'selected', repositories: ['web'], allows_public_repositories: false },
        wish: '{ visibility: all, allows_public_repositories: true, restricted_to_workflows: true }',
        reason: /^restricted_to_workflows: true needs selected_workflows/,
        patched: { allows_public_repositories: true, visibility: 'all' },
      },
    ],
  ])('%s', async (_, { live, wish, reason, patched }) => {
    const repositories = { admin: {}, web: {}, api: {}, pub: { visibility: 'public' } }
    const sandbox = await watchedSandbox({
      seed: { product: 'ghec', organizations: { acme: { repositories, runner_groups: { gpu: live } } } },
    })
    const text = `version: 1\norganizations: { acme: { runner_groups: { gpu: ${wish} } } }\n`
    const place = await workplace(sandbox, { 'octoform.yaml': text })
    const { held_back } = await place.plan()
    expect(held_back).toEqual([expect.objectContaining({ reason: expect.stringMatching(reason) })])
    expect(await place.run(APPLY)).toMatchObject({ code: 2 })
    const bodies = sandbox.asked.filter(({ method }) => method !== 'GET').map(({ body }) => body)
    expect(bodies).toEqual(patched ? [expect.objectContaining(patched)] : [])
    const last = / to change, 0 to delete\. 1 held back\.\n$/
    expect(await place.run(['plan'])).toMatchObject({ stdout: expect.stringMatching(last) })
  })

  it.each(['selected', undefined])('names who has what was opened by hand: visibility %s', async (visibility) => {
    const mode = visibility === undefined ? '' : `visibility: ${visibility}, `
    const { place } = await begin(`      T: { ${mode}repositories: ["gone-*"], value: { env: T } }\n`, { T: OLD })
    const { held_back } = await place.plan()
    expect(held_back.filter(({ address }) => address === 'orgs/acme/secrets/T')).toEqual([
      expect.objectContaining({
        field: 'repositories',
        reason: expect.stringMatching(/; visibility waits with it; admin, api, web have access beyond the YAML$/),
      }),
    ])
  })
})

describe('the check run of a pull request', () => {
  const base = async (place: Workplace, text: string): Promise<readonly string[]> => {
    await place.write('base/octoform.yaml', text)
    return ['--base', 'base']
  }
  const free = 'version: 1\norganizations: { acme: { secrets: { GONE: absent } } }\n'
  it.each<[string, string, string | undefined, string]>([
    ['nothing is held back', free, free, 'success'],
    ['the base holds it back too', yaml(''), `# a line more\n${yaml('')}`, 'success'],
    ['the base holds all but one back', yaml(''), yaml('').replace('private', 'all'), 'action_required'],
    ['the base holds nothing back', yaml(''), free, 'action_required'],
    ['there is no base', yaml(''), undefined, 'action_required'],
    ['the base has it in another field', yaml(''), yaml('').replace('private', 'selected'), 'action_required'],
  ])('where %s', async (_, own, before, conclusion) => {
    const { sandbox, place } = await begin()
    await place.write('octoform.yaml', own)
    const flags = before === undefined ? [] : await base(place, before)
    expect(await inCi(place, ofPullRequest('opened'), ['plan', '--comment', ...flags])).toMatchObject({ code: 0 })
    expect(adminOf(sandbox).check_runs).toMatchObject([{ conclusion, external_id: (await place.plan()).digest }])
  })

  it('that wants an action is taken by apply, which does what it can', async () => {
    const { sandbox, place } = await begin()
    await inCi(place, ofPullRequest('opened'), ['plan', '--comment'])
    await merge(sandbox)
    const ran = await inCi(place, ofPush(), [...APPLY, '--branch', 'main', '--expect-pull-request'])
    expect(ran.code, ran.stderr).toBe(2)
    expect(ran.stdout).toMatch(/\nApplied: 0 added, 2 changed, 1 deleted\. 3 held back\.\n$/)
  })
})

describe('a reviewed change that is held back now is exit 4', () => {
  const CHANGES = yaml('      S: { visibility: selected, repositories: ["ap*"] }\n').replace(/ {6}KEPT: .*\n/, '')
  const LIVE = { S: { visibility: 'selected', repositories: ['web'], value: 'planted' } }

  async function reviewed(): Promise<{ sandbox: WatchedSandbox; place: Workplace; plan: Plan }> {
    const { sandbox, place } = await begin('', LIVE)
    await place.write('octoform.yaml', CHANGES)
    await inCi(place, ofPullRequest('opened'), ['plan', '--comment', '--out', 'plan.json'])
    const plan = await place.plan()
    await merge(sandbox)
    // The only repository that the list matches goes.
    expect(await sandbox.call('DELETE', '/repos/acme/api')).toMatchObject({ status: 204 })
    return { sandbox, place, plan }
  }

  it.each<[string, (plan: Plan) => readonly string[]]>([
    ['saved plan', () => ['plan.json']],
    ['digest', ({ digest }) => ['--expect-digest', digest]],
    ['pull request', () => ['--branch', 'main', '--expect-pull-request']],
  ])('%s', async (kind, flagsOf) => {
    const { sandbox, place, plan } = await reviewed()
    const before = untold(sandbox).length
    const ran = await inCi(place, ofPush(), [...APPLY, ...flagsOf(plan)])
    expect(ran.code, ran.stdout + ran.stderr).toBe(4)
    if (kind === 'saved plan') expect(ran.stderr).toContain('repositories is held back now')
    expect(untold(sandbox)).toHaveLength(before)
    await rm(join(place.folder, 'plan.json'))
  })
})
