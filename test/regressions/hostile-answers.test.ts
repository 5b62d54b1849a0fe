import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { parseMarker } from '../../src/render/marker.ts'
import { sampled } from '../support/by-night.ts'
import { commentFaults } from '../support/comment-faults.ts'
import { actionsEnv, HEAD, pullRequest, REPOSITORY, type RunOfActions, TIP } from '../support/github-actions.ts'
import { logFaults, markdownFaults, pageFaults, terminalFaults, textsIn } from '../support/harmless.ts'
import { CANARY, TEXTS } from '../support/hostile-world.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { simulatedClock } from '../support/simulated-clock.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const ALL = TEXTS.join(' ')
/** A header takes no line break, and no character beyond Latin 1. */
const IN_HEADER =
  'pwned ::error::pwned ##[error]pwned <b>pwned</b> @pwned/team `pwned` \u009b31mpwned \u0085::error::pwned'

const SEED = {
  product: 'ghec',
  organizations: {
    acme: {
      repositories: {
        web: { visibility: 'public' },
        api: {},
        admin: {
          default_branch: 'main',
          branches: { main: TIP, topic: HEAD },
          pull_requests: { 7: { head: { ref: 'topic', sha: HEAD }, base: 'main' } },
        },
      },
      secrets: {
        OLD: { visibility: 'all', value: 'x' },
        ACCESS: { visibility: 'selected', repositories: [], value: 'x' },
      },
      runner_groups: { gpu: { visibility: 'all' } },
    },
  },
  tokens: { owner: {}, 'token-of-an-owner': {}, 'token-of-the-workflow': { workflow: 'acme/admin' } },
}

const YAML = `version: 1
organizations:
  acme:
    permissions: { allowed_actions: local_only }
    secrets:
      NEW: { visibility: all, value: { env: NEW } }
      ACCESS: { repositories: ["*"] }
      OLD: absent
    runner_groups:
      gpu: { visibility: selected, repositories: ["*"] }
      fresh: { visibility: all }
    repositories: { web: { permissions: { allowed_actions: local_only } } }
`

const ON_PULL = { event: 'pull_request', payload: { ...REPOSITORY, pull_request: pullRequest('acme/admin') } }
const ON_PUSH = { event: 'push', payload: REPOSITORY }

interface Place {
  readonly sandbox: WatchedSandbox
  readonly place: Workplace
  summary(): Promise<string>
}

async function placeOf(event: RunOfActions | undefined, yaml = YAML, seed: object = SEED): Promise<Place> {
  const sandbox = await watchedSandbox({ seed })
  const env: Record<string, string> = { GITHUB_TOKEN: 'token-of-the-workflow', NEW: 'planted-value-of-new' }
  if (event) Object.assign(env, await actionsEnv(event))
  const here = await workplace(sandbox, { 'octoform.yaml': yaml }, env)
  // A 403 with any retry-after is a limit that is waited out: on a clock that jumps over it.
  const place: Workplace = { ...here, run: (args, given) => here.run(args, { clock: simulatedClock(), ...given }) }
  return { sandbox, place, summary: () => readFile(env.GITHUB_STEP_SUMMARY ?? '', 'utf8') }
}

/** GitHub's answer from now on to all requests of a route. */
function answers({ sandbox }: Place, request: string, status: number, body?: unknown): Promise<void> {
  const [method = '', route = ''] = request.split(' ')
  const headers = {
    'x-github-request-id': IN_HEADER,
    'x-accepted-github-permissions': IN_HEADER,
    'x-oauth-scopes': IN_HEADER,
    'x-accepted-oauth-scopes': IN_HEADER,
    'x-github-sso': IN_HEADER,
    'retry-after': IN_HEADER,
  }
  const words = { message: ALL, errors: [ALL, { message: ALL, [ALL]: ALL }], documentation_url: ALL }
  const fault = { method, route, status, times: 1000, body: body ?? words, ...(status < 400 ? {} : { headers }) }
  return sandbox.fault(fault)
}

function bodies({ sandbox }: Place, request: string): readonly Record<string, unknown>[] {
  return sandbox.asked
    .filter(({ method, route }) => `${method} ${route}` === request)
    .map(({ body }) => body as Record<string, unknown>)
}

const READS = [
  'GET /orgs/{org}',
  'GET /orgs/{org}/repos',
  'GET /orgs/{org}/actions/secrets',
  'GET /orgs/{org}/actions/permissions',
  'GET /orgs/{org}/actions/runner-groups',
  'GET /repos/{owner}/{repo}/actions/permissions',
]

const PLACES = [
  ['at a terminal', undefined],
  ['in GitHub Actions', ON_PUSH],
] as const

describe.each(PLACES)('what GitHub says of a read that fails, %s', (_, event) => {
  it.each(sampled(READS, event === undefined ? 3 : 6))('does nothing: %s', async (route) => {
    for (const status of event === undefined ? [403, 404, 200] : [403]) {
      const all = await placeOf(event)
      const { place } = all
      await answers(all, route, status, status === 200 ? `<b>${ALL}</b>` : undefined)
      const text = await place.run(['plan', '--debug'])
      expect(text.code).toBe(5)
      expect({ status, faults: logFaults(text) }).toEqual({ status, faults: [] })
      if (status === 403 && event === undefined) expect(text.stdout + text.stderr).toContain(CANARY)
      const json = await place.run(['plan', '--format', 'json'])
      expect({ status, faults: logFaults(json) }).toEqual({ status, faults: [] })
      if (json.stdout !== '') JSON.parse(json.stdout)
      const markdown = await place.run(['drift', '--format', 'markdown'])
      expect({ status, faults: [...logFaults(markdown), ...markdownFaults(markdown.stdout)] }).toEqual({
        status,
        faults: [],
      })
      const html = await place.run(['drift', '--format', 'html'])
      expect(logFaults(html)).toEqual([])
      if (html.stdout !== '') expect(pageFaults(html.stdout)).toEqual([])
      const issue = await place.run(['drift', '--issue', 'acme/admin'])
      expect({ status, faults: logFaults(issue) }).toEqual({ status, faults: [] })
      for (const { title, body } of bodies(all, 'POST /repos/{owner}/{repo}/issues')) {
        expect(title).toMatch(/^octoform: (?:drift in acme|acme could not be compared)$/)
        expect(parseMarker(String(body).split('\n')[0] ?? '')).toMatchObject({ owner: 'acme' })
        expect(markdownFaults(String(body))).toEqual([])
      }
      for (const args of [
        ['import', 'orgs/acme'],
        ['doctor'],
        ['doctor', '--format', 'json'],
        ['apply', '--auto-approve'],
      ]) {
        const ran = await place.run(args)
        expect({ status, args, faults: logFaults(ran) }).toEqual({ status, args, faults: [] })
      }
      if (event) expect(markdownFaults(await all.summary())).toEqual([])
    }
  })
})

describe.each(PLACES)('what GitHub says of a write that it refuses, %s', (_, event) => {
  it.each([
    'PUT /orgs/{org}/actions/secrets/{secret_name}',
    'DELETE /orgs/{org}/actions/secrets/{secret_name}',
    'PUT /orgs/{org}/actions/permissions',
    'POST /orgs/{org}/actions/runner-groups',
  ])('does nothing: %s', async (route) => {
    for (const format of ['text', 'json']) {
      const all = await placeOf(event)
      await answers(all, route, 422)
      const ran = await all.place.run(['apply', '--auto-approve', '--format', format, '--report', 'r.json', '--debug'])
      expect(ran.code).toBe(1)
      expect(ran.stdout).toContain(CANARY)
      expect(logFaults(ran)).toEqual([])
      const report = await all.place.read('r.json')
      expect(terminalFaults(report)).toEqual([])
      expect(textsIn(JSON.parse(report)).some((text) => text.includes(TEXTS[0] ?? ''))).toBe(true)
      if (format === 'json') JSON.parse(ran.stdout)
      if (event) expect(markdownFaults(await all.summary())).toEqual([])
    }
  })
})

it('what GitHub says of comments, checks and issues that it refuses does nothing', async () => {
  for (const [route, args, event] of [
    ['GET /repos/{owner}/{repo}', ['plan', '--comment'], ON_PULL],
    ['GET /repos/{owner}/{repo}/issues/{issue_number}/comments', ['plan', '--comment'], ON_PULL],
    ['POST /repos/{owner}/{repo}/issues/{issue_number}/comments', ['plan', '--comment'], ON_PULL],
    ['GET /repos/{owner}/{repo}/commits/{ref}/check-runs', ['plan', '--comment'], ON_PULL],
    ['POST /repos/{owner}/{repo}/check-runs', ['plan', '--comment'], ON_PULL],
    ['POST /graphql', ['plan', '--comment'], ON_PULL],
    ['GET /repos/{owner}/{repo}/issues', ['drift', '--issue', 'acme/admin'], ON_PUSH],
    ['POST /repos/{owner}/{repo}/issues', ['drift', '--issue', 'acme/admin'], ON_PUSH],
    ['GET /repos/{owner}/{repo}/branches/{branch}', ['apply', '--auto-approve'], ON_PUSH],
    ['GET /repos/{owner}/{repo}/commits/{ref}/pulls', ['apply', '--auto-approve', '--expect-pull-request'], ON_PUSH],
  ] as const) {
    const all = await placeOf(event)
    await answers(all, route, route.includes('issues') ? 410 : 403)
    const ran = await all.place.run(args)
    expect({ route, faults: logFaults(ran) }).toEqual({ route, faults: [] })
  }
})

describe('repositories whose names are none', () => {
  it.each([
    ['at a terminal', undefined],
    ['on a pull request', ON_PULL],
  ] as const)('do nothing where they gain access, %s', async (_, event) => {
    const all = await placeOf(event)
    const { sandbox, place } = all
    const listed = (await sandbox.call('GET', '/orgs/acme/repos?per_page=100')).body as Record<string, unknown>[]
    const [model = {}] = listed
    const named = TEXTS.map((text, index) => ({
      ...model,
      id: 9000 + index,
      name: text,
      full_name: `acme/${text}`,
      visibility: index % 2 === 0 ? 'public' : 'private',
      private: index % 2 !== 0,
    }))
    await answers(all, 'GET /orgs/{org}/repos', 200, [...listed, ...named])
    // No repository of GitHub's can have such a name: the organization counts as unread.
    for (const format of ['text', 'markdown', 'html', 'json']) {
      const ran = await place.run(['plan', '--format', format])
      expect(ran.code).toBe(5)
      expect(ran.stdout + ran.stderr).toContain('name which is not the name of a repository')
      expect(logFaults(ran)).toEqual([])
      if (format === 'markdown') expect(markdownFaults(ran.stdout)).toEqual([])
      if (format === 'html') expect(pageFaults(ran.stdout)).toEqual([])
      if (format === 'json') expect(JSON.parse(ran.stdout).changes).toEqual([])
    }
    const imported = await place.run(['import', 'repos/acme/*'])
    expect(imported).toMatchObject({ code: 5, stdout: '' })
    expect(logFaults(imported)).toEqual([])
    if (event === undefined) return
    const commented = await place.run(['plan', '--comment'])
    expect(commented.code).toBe(5)
    expect(logFaults(commented)).toEqual([])
    const [comment] = bodies(all, 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments')
    expect(commentFaults(String(comment?.body))).toEqual([])
    expect(markdownFaults(await all.summary())).toEqual([])
  })
})

it('a public key whose id is none does nothing, sealed or asked for', async () => {
  for (const event of [undefined, ON_PUSH]) {
    const all = await placeOf(event)
    const { sandbox, place } = all
    const { body } = await sandbox.call('GET', '/orgs/acme/actions/secrets/public-key')
    await answers(all, 'GET /orgs/{org}/actions/secrets/public-key', 200, { ...(body as object), key_id: ALL })
    const sealed = await place.run(['seal', 'orgs/acme/secrets/NEW'], { stdin: 'planted' })
    expect(sealed.code).toBe(0)
    expect(logFaults(sealed)).toEqual([])
    expect(parse(sealed.stdout)).toMatchObject({ value: { sealed: { key_id: ALL } } })
    const box = parse(sealed.stdout).value.sealed.encrypted_value
    const value = JSON.stringify({ sealed: { key_id: '1', encrypted_value: box } })
    await place.write('octoform.yaml', YAML.replace('{ env: NEW }', value))
    const applied = await place.run(['apply', '--auto-approve'])
    expect(applied.code).toBe(1)
    expect(applied.stderr).toContain('it was sealed for the key')
    expect(applied.stderr).toContain(CANARY)
    expect(logFaults(applied)).toEqual([])
    expect(sandbox.writes()).toEqual([])
  }
})

it('a lock whose holder is none does nothing', async () => {
  for (const text of [ALL, '\n::error::pwned']) {
    const holder = {
      actor: text,
      host: text,
      run: { repository: 'acme/admin', run_id: '1', run_attempt: 1, url: text },
    }
    const since = new Date().toISOString()
    const lock = { format_version: '1.0', state: 'held', nonce: text, holder, since, heartbeat: since }
    const files = { 'ledger.json.lock.json': JSON.stringify(lock) }
    const { admin, ...others } = SEED.organizations.acme.repositories
    const repositories = {
      ...others,
      admin: { ...admin, files: { octoform: files }, runs: { 1: { status: 'in_progress' } } },
    }
    const seed = { ...SEED, organizations: { acme: { ...SEED.organizations.acme, repositories } } }
    const ledger = 'ledger: { repository: acme/admin, branch: octoform, path: ledger.json }\n'
    const { place, sandbox } = await placeOf(ON_PUSH, `${YAML}${ledger}`, seed)
    const ran = await place.run(['apply', '--auto-approve', '--lock-timeout', '1s'])
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('another run is applying') })
    expect(ran.stderr).toContain(CANARY)
    expect({ text, faults: logFaults(ran) }).toEqual({ text, faults: [] })
    expect(sandbox.writes()).toEqual([])
  }
})

it('a server that names a product that is none does nothing', async () => {
  const all = await placeOf(undefined)
  for (const version of [IN_HEADER, '3.19\u009b31mpwned']) {
    await all.sandbox.call('POST', '/_sandbox/reset')
    await all.sandbox.fault({
      times: 1000,
      status: 200,
      headers: { 'x-github-enterprise-version': version },
      body: { installed_version: ALL },
    })
    for (const args of [['plan'], ['doctor'], ['import', 'orgs/acme']]) {
      expect(logFaults(await all.place.run(args))).toEqual([])
    }
  }
})
