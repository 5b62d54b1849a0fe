import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { Plan } from '../../src/core/plan.ts'
import { sealFor } from '../../src/secrets/seal.ts'
import { HOME, merge, ofPullRequest, ofPush, untold } from '../action/world.ts'
import { actionsEnv, HEAD, type RunOfActions, TIP } from '../support/github-actions.ts'
import { type Ran, type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const NAMES = Array.from({ length: 12 }, (_, index) => `OLD_${index + 1}`)
const SECRETS = Object.fromEntries(NAMES.map((name) => [name, { visibility: 'private', value: 'old' }]))
const ABSENT = NAMES.map((name) => `      ${name}: absent\n`).join('')
const SHARED = `ledger: { repository: ${HOME}, branch: octoform, path: ledger.json }\n`
const yaml = (head: string, body = `    secrets:\n${ABSENT}`): string =>
  `version: 1\n${head}organizations:\n  acme:\n${body}`

function seedOf(acme: object = { secrets: SECRETS }): object {
  const admin = {
    branches: { main: TIP, topic: HEAD },
    pull_requests: { 7: { head: { ref: 'topic', sha: HEAD }, base: 'main' } },
  }
  const { repositories = {}, ...rest } = acme as { repositories?: object }
  return {
    organizations: { acme: { repositories: { admin, ...repositories }, ...rest } },
    tokens: { 'token-of-an-owner': {}, owner: {}, ghs: { workflow: HOME } },
  }
}

/** A run as the runner starts it, with its text in the job's summary. */
async function inCi(place: Workplace, run: RunOfActions, args: readonly string[]): Promise<Ran & { summary: string }> {
  const env: Record<string, string> = { GITHUB_TOKEN: 'ghs', ...(await actionsEnv(run)) }
  const ran = await place.run(args, { env })
  return { ...ran, summary: await readFile(env.GITHUB_STEP_SUMMARY ?? '', 'utf8').catch(() => '') }
}

const planned = (place: Workplace): Promise<Ran & { summary: string }> =>
  inCi(place, ofPullRequest('opened'), ['plan', '--comment'])

/** The two jobs of the shipped apply workflow. */
async function applied(place: Workplace, run: RunOfActions = ofPush()): Promise<Ran & { summary: string }> {
  const { stdout } = await inCi(place, run, ['plan', '--format', 'json'])
  const { digest } = JSON.parse(stdout) as Plan
  const held = ['--expect-digest', digest, '--branch', 'main', '--expect-pull-request']
  return inCi(place, run, ['apply', '--auto-approve', ...held])
}

interface Home {
  readonly check_runs: readonly { readonly conclusion: string; readonly external_id: string; readonly output: object }[]
  readonly pull_requests: Readonly<Record<string, { readonly comments: readonly { readonly body: string }[] }>>
  readonly issues?: Readonly<Record<string, { readonly body: string }>>
}

function homeOf(sandbox: WatchedSandbox): { checks: Home['check_runs']; comments: readonly string[]; home: Home } {
  const state = sandbox.state() as { organizations: { acme: { repositories: { admin: Home } } } }
  const home = state.organizations.acme.repositories.admin
  return { home, checks: home.check_runs, comments: home.pull_requests[7]?.comments.map(({ body }) => body) ?? [] }
}

/** The lines that a text tells to add to the YAML. */
function linesIn(text: string): string {
  const lines = text
    .replaceAll(/^> ?/gm, '')
    .split('\n')
    .filter((line) => /^(approvals:| {2}- \{ digest: )/.test(line))
  return `${[...new Set(lines)].join('\n')}\n`
}

const remake = (sandbox: WatchedSandbox, body: string) =>
  Promise.all(
    NAMES.map(async (name) => {
      const { status } = await sandbox.call('PUT', `/orgs/acme/actions/secrets/${name}`, await sealedFor(sandbox, body))
      expect(status).toBe(201)
    }),
  )

async function sealedFor(sandbox: WatchedSandbox, visibility: string): Promise<object> {
  const { body } = await sandbox.call('GET', '/orgs/acme/actions/secrets/public-key')
  const { key_id, key } = body as { key_id: string; key: string }
  return { ...(await sealFor({ key_id, key }, Buffer.from('old'))), visibility }
}

describe('in a pull request', () => {
  it('a plan that trips a guard prints the lines, is approved there, and applied once', async () => {
    const sandbox = await watchedSandbox({ seed: seedOf() })
    const place = await workplace(sandbox, { 'octoform.yaml': yaml(SHARED) })
    const refused = await planned(place)
    expect(refused.code).toBe(0)
    const first = homeOf(sandbox)
    expect(first.checks).toMatchObject([{ conclusion: 'action_required' }])
    const lines = linesIn(refused.stdout)
    expect(lines).toMatch(/^approvals:\n {2}- \{ digest: [0-9a-f]{64}, allow: \[deletions=12\], reason: "…" \}\n$/)
    for (const text of [first.comments[0], refused.summary, JSON.stringify(first.checks[0])]) {
      for (const line of lines.trimEnd().split('\n'))
        expect(text).toContain(JSON.stringify(line).slice(1, -1).slice(0, 90))
    }
    expect(linesIn(first.comments[0] ?? '')).toBe(lines)
    expect(linesIn(refused.summary)).toBe(lines)

    await place.write('octoform.yaml', yaml(SHARED + lines))
    const approved = await planned(place)
    const second = homeOf(sandbox)
    expect(second.checks).toMatchObject([{ conclusion: 'success', external_id: first.checks[0]?.external_id }])
    for (const text of [second.comments[0], approved.stdout, approved.summary]) {
      expect(text).toMatch(/Approved[\n:][\s\S]*max_deletions: 12 deletions[\s\S]*Approved by octoform\.yaml:4:5 \(…\)/)
      expect(text).not.toContain('Refused by apply')
    }

    await merge(sandbox)
    expect(await applied(place)).toMatchObject({ code: 0, stdout: expect.stringContaining('12 deleted.') })
    const before = untold(sandbox).length
    expect(await applied(place)).toMatchObject({ code: 0, stdout: expect.stringContaining('No changes.') })
    expect(untold(sandbox)).toHaveLength(before)

    // The secrets are restored by hand: it is the same plan, and the line is spent.
    await remake(sandbox, 'private')
    const undone = untold(sandbox).length
    const again = await applied(place)
    expect(again).toMatchObject({ code: 3, stderr: expect.stringMatching(/max_deletions[^\n]*--allow deletions=12/) })
    expect(again.stdout).toMatch(/octoform\.yaml:4:5: warning: this approval is spent and may be removed/)
    expect(untold(sandbox)).toHaveLength(undone)
    const entry = linesIn(again.stdout)
    expect(entry).toMatch(/^ {2}- \{ digest: [0-9a-f]{64}, allow: \[deletions=12\], reason: "… \(2\)" \}\n$/)
    await place.write('octoform.yaml', yaml(SHARED + lines + entry))
    expect(await applied(place)).toMatchObject({ code: 0, stdout: expect.stringContaining('12 deleted.') })
  })

  it('merged without the lines, apply exits 3 and names the guard', async () => {
    const sandbox = await watchedSandbox({ seed: seedOf() })
    const place = await workplace(sandbox, { 'octoform.yaml': yaml(SHARED) })
    await planned(place)
    await merge(sandbox)
    const ran = await applied(place)
    expect(ran).toMatchObject({ code: 3, stderr: expect.stringContaining('max_deletions: 12 deletions') })
    expect(linesIn(ran.stderr)).toContain('allow: [deletions=12]')
    expect(linesIn(ran.summary)).toContain('allow: [deletions=12]')
  })

  it('narrows the access of 150 repositories and what was opened by hand, without a word in a workflow', async () => {
    const names = Array.from({ length: 150 }, (_, index) => `r${index}`)
    const repositories = Object.fromEntries(names.map((name) => [name, { visibility: 'private' }]))
    const acme = { repositories, secrets: { A: { visibility: 'all', value: 'a' } } }
    const body = '    secrets: { A: { repositories: [r1], visibility: selected, value: { env: A } } }\n'
    const sandbox = await watchedSandbox({ seed: seedOf(acme) })
    const place = await workplace(sandbox, { 'octoform.yaml': yaml(SHARED, body) }, { A: 'planted-a' })
    const drift = await inCi(place, { event: 'schedule', payload: { schedule: '0 6 * * *' } }, [
      'drift',
      '--issue',
      HOME,
    ])
    expect(drift.code).toBe(2)
    const lines = linesIn(drift.stdout)
    expect(lines).toContain('allow: [revocations=150]')
    expect(linesIn(Object.values(homeOf(sandbox).home.issues ?? {})[0]?.body ?? '')).toBe(lines)
    await place.write('octoform.yaml', yaml(SHARED + lines, body))
    await planned(place)
    expect(homeOf(sandbox).checks).toMatchObject([{ conclusion: 'success' }])
    await merge(sandbox)
    expect(await applied(place)).toMatchObject({ code: 0, stdout: expect.stringContaining('1 changed') })
    expect(sandbox.state()).toMatchObject({ organizations: { acme: { secrets: { A: { repositories: ['r1'] } } } } })
  })

  it('what trips in apply alone, its own branch, prints its lines there, and is approved by them', async () => {
    const sandbox = await watchedSandbox({ seed: seedOf({}) })
    const body = '    repositories: { admin: { permissions: { enabled: false } } }\n'
    const place = await workplace(sandbox, { 'octoform.yaml': yaml(SHARED, body) })
    await planned(place)
    await merge(sandbox)
    const refused = await applied(place)
    expect(refused).toMatchObject({ code: 3, stderr: expect.stringMatching(/self: this disables Actions/) })
    const lines = linesIn(refused.summary)
    expect(lines).toContain('allow: [self]')
    await place.write('octoform.yaml', yaml(SHARED + lines, body))
    expect(await applied(place)).toMatchObject({ code: 0 })
  })

  it('every organization’s comment prints the same lines and counts', async () => {
    const seed = seedOf() as { organizations: { acme: object } }
    const organizations = { ...seed.organizations, beta: {}, gamma: { secrets: SECRETS } }
    const sandbox = await watchedSandbox({ seed: { ...seed, organizations } })
    const all = `${yaml(SHARED)}  beta: { permissions: { allowed_actions: local_only } }\n  gamma:\n    secrets:\n${ABSENT}`
    const place = await workplace(sandbox, { 'octoform.yaml': all })
    const { stdout } = await planned(place)
    const { comments } = homeOf(sandbox)
    expect(comments).toHaveLength(3)
    for (const comment of comments) {
      expect(linesIn(comment)).toBe(linesIn(stdout))
      expect(comment).toContain('max_deletions: 24 deletions')
      expect(comment).toContain('allow: [deletions=24]')
    }
  })
})

describe('an apply that was interrupted', () => {
  const held = async (place: Workplace): Promise<readonly string[]> => {
    const { digest } = await place.plan()
    return ['--expect-digest', digest]
  }
  const saved = async (place: Workplace): Promise<readonly string[]> => {
    expect(await place.run(['plan', '--out', 'plan.json'])).toMatchObject({ code: 0 })
    return ['plan.json']
  }
  it.each([
    ['by a digest, the ledger in a repository', SHARED, held],
    ['by a saved plan, the ledger in a repository', SHARED, saved],
    ['by a saved plan, the ledger in a file', '', saved],
  ])('goes on under its approval, which is spent once it ended: %s', async (_, ledger, reviewed) => {
    const sandbox = await watchedSandbox({ seed: seedOf() })
    const place = await workplace(sandbox, { 'octoform.yaml': yaml(`${ledger}guards: { max_deletions: 0 }\n`) })
    const lines = (await place.plan()).approve?.lines.join('\n') ?? ''
    await place.write('octoform.yaml', yaml(`${ledger}guards: { max_deletions: 0 }\n${lines}\n`))
    const apply = ['apply', ...(await reviewed(place)), '--auto-approve']
    await sandbox.fault({
      method: 'DELETE',
      route: '/orgs/acme/actions/secrets/OLD_5',
      status: 403,
      body: { message: 'Not now' },
    })
    expect(await place.run(apply)).toMatchObject({ code: 1 })
    // The rest is another plan, which the line would not approve by itself.
    const rest = await place.run(['apply', '--auto-approve'])
    expect(rest).toMatchObject({ code: 3 })
    expect((await place.run(['plan'])).stdout).toContain('may be removed, unless an apply under it was interrupted')
    expect(await place.run(apply)).toMatchObject({ code: 0 })
    expect((await place.plan()).changes).toEqual([])
    await remake(sandbox, 'private')
    expect(await place.run(apply)).toMatchObject({ code: 3, stdout: expect.stringContaining('is spent') })
  })

  it('after its last write leaves its approval to the next run, which notes that it is spent', async () => {
    const sandbox = await watchedSandbox({ seed: seedOf() })
    const place = await workplace(sandbox, { 'octoform.yaml': yaml(SHARED) })
    const { digest, approve } = await place.plan()
    await place.write('octoform.yaml', yaml(`${SHARED}${approve?.lines.join('\n')}\n`))
    const apply = ['apply', '--auto-approve', '--expect-digest', digest]
    // Deleted, but the answer was lost, so that this apply did not end well.
    const last = { method: 'DELETE', route: '/orgs/acme/actions/secrets/OLD_9' }
    await sandbox.fault({ ...last, after: true, drop: true, times: 9 })
    expect(await place.run(apply)).toMatchObject({ code: 1 })
    await sandbox.call('POST', '/_sandbox/faults', [])
    const ended = await place.run(apply)
    expect(ended.code).toBe(0)
    await remake(sandbox, 'private')
    expect(await place.run(apply)).toMatchObject({ code: 3 })
  })
})

it('an apply that ends with 2, since something is held back, uses its approval up', async () => {
  const secrets = { ...SECRETS, HELD: { visibility: 'selected', repositories: ['admin'], value: 'h' } }
  const sandbox = await watchedSandbox({ seed: seedOf({ secrets }) })
  const body = `    secrets:\n      HELD: { repositories: ["nothing-*"] }\n${ABSENT}`
  const place = await workplace(sandbox, { 'octoform.yaml': yaml('', body) })
  const { approve, held_back } = await place.plan()
  expect(held_back).toHaveLength(1)
  await place.write('octoform.yaml', yaml(`${approve?.lines.join('\n')}\n`, body))
  expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 2 })
  await remake(sandbox, 'private')
  expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 3 })
})

describe('where no ledger is kept between runs', () => {
  it('a line holds as long as it stands there, and every plan says so first', async () => {
    const sandbox = await watchedSandbox({ seed: seedOf() })
    const place = await workplace(sandbox, { 'octoform.yaml': yaml('') })
    const lines = (await place.plan()).approve?.lines.join('\n') ?? ''
    await place.write('octoform.yaml', yaml(`${lines}\n`))
    const first = /^Approved\n {2}No ledger is kept between runs: an approval holds as long as its line stands there/
    const push = { ...ofPush(), env: {} }
    for (const command of ['plan', 'drift']) {
      expect((await inCi(place, push, [command])).stdout).toMatch(first)
    }
    for (let times = 0; times < 2; times += 1) {
      const ran = await inCi(place, push, ['apply', '--auto-approve'])
      expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(first) })
      await remake(sandbox, 'private')
    }
    // On a machine of one's own the file stays.
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    await remake(sandbox, 'private')
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 3 })
  })
})

describe('lines that are wrong', () => {
  const D = 'a'.repeat(64)
  it.each([
    [`{ digest: ${D}, allow: [incomplete], reason: R }`, '2:97: error: no line approves `incomplete`'],
    [`{ digest: ${D}, allow: [deletions=2, fork], reason: R }`, '2:110: error: no line approves `fork`'],
    [`{ digest: ${D}, allow: [everything], reason: R }`, '2:97: error: `everything` is not a guard: write deletions=N'],
    [`{ digest: ${D}, allow: [deletions], reason: R }`, 'error: `deletions` is not a guard'],
    [`{ digest: ${D}, allow: [], reason: R }`, 'error: `allow` must not be empty'],
    [`{ digest: ${D}, allow: [self] }`, 'error: entry 1 of `approvals` lacks `reason`'],
    [`{ digest: ${D}, allow: [self], reason: "" }`, 'error: `reason` must not be empty'],
    ['{ digest: abc, allow: [self], reason: R }', 'error: `digest` must be the digest that plan prints'],
    [`{ digest: ${D.toUpperCase()}, allow: [self], reason: R }`, 'error: `digest` must be the digest that plan prints'],
    [`{ digest: ${D}, allow: [self], reason: R, until: 1 }`, 'error: unknown key `until`'],
  ])('%s', async (entry, message) => {
    const sandbox = await watchedSandbox({ seed: {} })
    const place = await workplace(sandbox, { 'octoform.yaml': yaml(`approvals: [${entry}]\n`) })
    for (const command of ['validate', 'plan']) {
      const { code, stdout, stderr } = await place.run([command])
      expect({ code, text: stdout + stderr }).toEqual({ code: 1, text: expect.stringContaining(message) })
    }
    expect(sandbox.asked).toEqual([])
  })

  it('an approval in a team’s file is an error with its line, and so is one in two files', async () => {
    const sandbox = await watchedSandbox({ seed: {} })
    const approvals = `approvals: [{ digest: ${D}, allow: [self], reason: R }]\n`
    const files = 'files: { "octoform.yaml": { addresses: ["**"] }, "teams/**": { addresses: ["**"] } }\n'
    const place = await workplace(sandbox, {
      'octoform.yaml': yaml(files),
      'teams/a.yaml': approvals,
    })
    const config = ['--config', 'octoform.yaml', '--config', 'teams']
    const governed = await place.run(['validate', ...config])
    expect(governed).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('teams/a.yaml:1:1: error: `approvals` stands beside `files`'),
    })
    await place.write('octoform.yaml', yaml(approvals))
    expect(await place.run(['validate', ...config])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('`approvals` stands in one file only'),
    })
    await place.write('octoform.yaml', yaml(files + approvals))
    await place.write('teams/a.yaml', 'x-a: 1\n')
    expect(await place.run(['validate', ...config])).toMatchObject({ code: 0 })
    expect(sandbox.asked).toEqual([])
  })
})

it('an approval changes neither digest nor plan, and names what it does not fit', async () => {
  const sandbox = await watchedSandbox({ seed: seedOf({}) })
  const body = '    permissions: { allowed_actions: local_only }\n'
  const place = await workplace(sandbox, { 'octoform.yaml': yaml('', body) })
  const bare = await place.plan()
  const D = 'a'.repeat(64)
  await place.write('octoform.yaml', yaml(`approvals: [{ digest: ${D}, allow: [self], reason: R }]\n`, body))
  const told = await place.plan()
  const moved = (plan: Plan) => ({ ...plan, changes: plan.changes.map((change) => ({ ...change, source: null })) })
  expect(moved(told)).toEqual({ ...moved(bare), diagnostics: [expect.objectContaining({ severity: 'warning' })] })
  expect(told.digest).toBe(bare.digest)
  expect(told.diagnostics[0]).toMatchObject({
    message: expect.stringContaining('fits no plan: it may be removed'),
    source: { file: 'octoform.yaml', line: 2, col: 13 },
  })
  for (const flags of [
    ['--owner', 'acme'],
    ['--target', 'orgs/**'],
  ]) {
    expect((await place.plan(flags)).diagnostics).toEqual([])
  }
})

it('a pull request that adds an approval says so at the top of its comment', async () => {
  const sandbox = await watchedSandbox({ seed: seedOf() })
  const lines = `approvals: [{ digest: ${'a'.repeat(64)}, allow: [deletions=12], reason: Old ones }]\n`
  const place = await workplace(sandbox, {
    'octoform.yaml': yaml(SHARED + lines),
    'base/octoform.yaml': yaml(SHARED),
  })
  await inCi(place, ofPullRequest('opened'), ['plan', '--comment', '--base', 'base'])
  const [comment = ''] = homeOf(sandbox).comments
  // A narrow column may break the digest.
  expect(comment.replaceAll(/ ?`+<wbr>`+/g, '')).toContain(
    `\`approvals\` gains \`deletions=12\` for the plan ${'a'.repeat(64)}: Old ones`,
  )
})
