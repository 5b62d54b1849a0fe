import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { digestText } from '../../src/core/canonical.ts'
import type { Plan } from '../../src/core/plan.ts'
import { appKey } from '../support/app-key.ts'
import { sampled } from '../support/by-night.ts'
import { type Astray, type FalseGitHub, falseGitHub } from '../support/false-github.ts'
import { actionsEnv, HEAD, REPOSITORY, TIP } from '../support/github-actions.ts'
import { type Ran, type Workplace, workplace } from '../support/octoform.ts'
import { answerJson, type ScriptedServer, serve } from '../support/scripted-server.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const { privateKey, publicKey } = appKey('authorization')
const OWNER = 'ghp_plantedOwner00000000000000000001'
const WORKFLOW = 'ghs_plantedWorkflow000000000000000002'
const MERGE = 'c'.repeat(40)

const YAML = `version: 1
ledger: { repository: acme/admin, branch: octoform, path: ledger.json }
organizations:
  acme:
    permissions: { allowed_actions: local_only }
    runner_groups: { gpu: { visibility: selected, repositories: [web], runners: [] } }
    secrets:
      NEW: { visibility: selected, repositories: [web], value: { env: NEW } }
      KEPT: { visibility: all, value: { env: NEW } }
      OLD: absent
    repositories: { web: { secrets: { DEPLOY: { value: { env: NEW } } } } }
`

const ISSUE = {
  title: 'Drift',
  body: 'about something else',
  user: 'octocat',
  comments: [{ user: 'octocat', body: 'hello' }],
}

function seed(trap: string): object {
  const admin = {
    visibility: 'private',
    branches: { main: TIP, topic: HEAD },
    files: { main: { 'README.md': 'code' } },
    pull_requests: {
      7: { head: { ref: 'topic', sha: HEAD }, base: { ref: 'main', sha: TIP }, comments: ISSUE.comments },
    },
    issues: { 8: ISSUE },
    check_runs: [{ name: 'build', head_sha: HEAD, details_url: `${trap}/details` }],
    runs: { 4711: { status: 'in_progress' } },
  }
  const permissions = {
    actions: 'write',
    administration: 'write',
    metadata: 'read',
    organization_actions: 'write',
    organization_administration: 'write',
    organization_plan: 'read',
    organization_secrets: 'write',
    organization_self_hosted_runners: 'write',
    secrets: 'write',
  }
  return {
    product: 'ghec',
    organizations: {
      acme: {
        repositories: { admin, web: { visibility: 'public' } },
        secrets: { OLD: { visibility: 'all', value: 'old' }, KEPT: { visibility: 'all', value: 'kept' } },
      },
    },
    tokens: { [OWNER]: {}, [WORKFLOW]: { workflow: 'acme/admin' } },
    apps: { octoform: { id: 301, private_key_public: publicKey, installations: { acme: { permissions } } } },
  }
}

/** octoform, a server that says it is GitHub, the sandbox behind it, and the server that must never see a credential. */
interface World {
  readonly sandbox: WatchedSandbox
  readonly github: FalseGitHub
  readonly trap: ScriptedServer
  readonly place: Workplace
  run(command: Command): Promise<Ran>
}

interface Command {
  readonly name: string
  readonly args: readonly string[]
  /** Of GitHub Actions; `push` of the default branch when left out. */
  readonly event?: 'push' | 'pull_request' | 'schedule'
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: string
  /** An earlier run, without interference. */
  prepare?(world: World): Promise<void>
  /** Where everything is as it should be. */
  readonly code: number
}

const APP = { OCTOFORM_TOKEN: '', OCTOFORM_APP_ID: '301', OCTOFORM_APP_PRIVATE_KEY: privateKey }

const COMMANDS: readonly Command[] = [
  { name: 'plan', args: ['plan'], code: 0 },
  { name: 'plan as an App', args: ['plan'], env: APP, code: 0 },
  { name: 'plan --comment', args: ['plan', '--comment'], event: 'pull_request', code: 0 },
  {
    name: 'plan --comment again, on a comment that is there',
    args: ['plan', '--comment', '--owner', 'acme'],
    event: 'pull_request',
    prepare: async ({ run, place }) => {
      await run({ name: '', args: ['plan', '--comment'], event: 'pull_request', code: 0 })
      await place.write('octoform.yaml', YAML.replace('      OLD: absent\n', ''))
    },
    code: 0,
  },
  { name: 'apply', args: ['apply', '--auto-approve', '--report', 'report.json'], code: 0 },
  { name: 'apply as an App', args: ['apply', '--auto-approve'], env: APP, code: 0 },
  {
    name: 'apply of what is there already, with a ledger',
    args: ['apply', '--auto-approve', '--rotate', '**'],
    prepare: async ({ run }) => void (await run({ name: '', args: ['apply', '--auto-approve'], code: 0 })),
    code: 0,
  },
  {
    name: 'apply PLAN',
    args: ['apply', 'plan.json', '--auto-approve'],
    prepare: async ({ run }) => void (await run({ name: '', args: ['plan', '--out', 'plan.json'], code: 0 })),
    code: 0,
  },
  {
    name: 'apply --expect-pull-request',
    args: ['apply', '--auto-approve', '--expect-pull-request'],
    env: { GITHUB_SHA: MERGE },
    prepare: async ({ run, sandbox }) => {
      await run({ name: '', args: ['plan', '--comment'], event: 'pull_request', code: 0 })
      const merged = { owner: 'acme', repository: 'admin', number: 7, merge_commit_sha: MERGE }
      expect(await sandbox.call('POST', '/_sandbox/merge', merged)).toMatchObject({ status: 200 })
    },
    code: 0,
  },
  { name: 'drift --issue', args: ['drift', '--issue', 'acme/admin'], event: 'schedule', code: 2 },
  {
    name: 'drift --issue, on an issue that is there',
    args: ['drift', '--issue', 'acme/admin'],
    event: 'schedule',
    prepare: async ({ run, place }) => {
      await run({ name: '', args: ['drift', '--issue', 'acme/admin'], event: 'schedule', code: 2 })
      await place.write('octoform.yaml', YAML.replace('      OLD: absent\n', ''))
    },
    code: 2,
  },
  { name: 'ledger adopt', args: ['ledger', 'adopt', '**'], code: 0 },
  { name: 'doctor', args: ['doctor'], code: 0 },
  { name: 'doctor as an App', args: ['doctor'], env: APP, code: 0 },
  { name: 'import', args: ['import', 'orgs/acme'], code: 0 },
  { name: 'seal', args: ['seal', 'orgs/acme/secrets/NEW'], stdin: 'planted-value', code: 0 },
]

async function world(yaml: (trap: string) => string = () => YAML): Promise<World> {
  const trap = await serve((_, response) => answerJson(response, 200, { token: 'x', id: 1, key_id: '1' }))
  const sandbox = await watchedSandbox({ seed: seed(trap.url) })
  const github = await falseGitHub(sandbox)
  const place = await workplace(github, { 'octoform.yaml': yaml(trap.url) })
  return {
    sandbox,
    github,
    trap,
    place,
    async run({ args, event = 'push', env = {}, stdin = '' }) {
      const ofRun = await actionsEnv({ event, payload: payloadOf(event, trap.url) })
      return place.run(args, {
        env: {
          ...ofRun,
          OCTOFORM_TOKEN: OWNER,
          GITHUB_TOKEN: WORKFLOW,
          GITHUB_SERVER_URL: trap.url,
          GITHUB_GRAPHQL_URL: `${trap.url}/graphql`,
          NEW: 'planted-value',
          ...env,
        },
        stdin,
      })
    },
  }
}

/** Every URL that the payload of an event gives leads to the other server. */
function payloadOf(event: string, trap: string): object {
  const urls = {
    url: `${trap}/url`,
    html_url: `${trap}/html`,
    comments_url: `${trap}/comments`,
    issue_url: `${trap}/issue`,
  }
  const repo = { full_name: 'acme/admin', ...urls, contents_url: `${trap}/contents/{+path}`, git_url: `${trap}/git` }
  const pull = { number: 7, ...urls, head: { ref: 'topic', sha: HEAD, repo }, base: { ref: 'main', sha: TIP, repo } }
  return {
    repository: { ...REPOSITORY.repository, ...urls },
    ...(event === 'pull_request' ? { pull_request: pull } : {}),
  }
}

/** Nothing reached the trap, and the API got credentials only in headers. */
function expectNothingAstray({ trap, github }: Pick<World, 'trap' | 'github'>): void {
  expect(trap.seen).toEqual([])
  for (const { path, body, headers } of github.seen) {
    const token = headers.authorization?.replace(/^Bearer /, '') ?? 'none'
    for (const secret of [OWNER, WORKFLOW, token, 'planted-value', 'BEGIN']) {
      expect(path).not.toContain(secret)
      expect(body).not.toContain(secret)
    }
  }
}

/** Method and path: repeated requests count once. */
function kindOf({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path.replace(/\?.*/, '')}`
}

/** Prepares, then runs with interference. */
async function ledAstray(command: Command, astray: (world: World) => Astray): Promise<World & { readonly ran: Ran }> {
  const here = await world()
  await command.prepare?.(here)
  expect(here.trap.seen).toEqual([])
  here.github.lead(astray(here))
  return { ...here, ran: await here.run(command) }
}

it('the other server would tell', async () => {
  const { trap } = await world()
  await fetch(`${trap.url}/x`, { headers: { authorization: `Bearer ${OWNER}` } })
  expect(trap.seen).toMatchObject([{ method: 'GET', path: '/x', headers: { authorization: `Bearer ${OWNER}` } }])
})

describe('a server that is named in the fields of answers and in the payload of the event sees nothing', () => {
  it.each(sampled(COMMANDS, 2))('$name', async (command) => {
    const { ran, github, ...here } = await ledAstray(command, ({ trap }) => ({ fields: trap.url }))
    expect(ran.code, ran.stdout + ran.stderr).toBe(command.code)
    expect(github.planted()).toBeGreaterThan(0)
    expectNothingAstray({ ...here, github })
  })
})

describe('a server that is named in Link sees nothing', () => {
  const LINKS: readonly ((trap: string) => string)[] = [
    (trap) => `<${trap}/page?page=2>; rel="next"`,
    (trap) => `<${trap.replace('http:', '')}/page?page=2>; rel=next`,
    (trap) => `<${trap.replace('http://', 'http://api@')}/page?page=2>; rel="last next"`,
  ]

  it.each(sampled(COMMANDS, 4))('$name', async (command) => {
    for (const link of LINKS) {
      const here = await ledAstray(command, ({ trap }) => ({ link: link(trap.url) }))
      expectNothingAstray(here)
      expect(here.ran.stdout + here.ran.stderr).not.toContain('bug in octoform')
    }
  })

  it('and a list that goes on there counts as unread', async () => {
    const here = await ledAstray({ name: 'plan', args: ['plan'], code: 5 }, ({ trap }) => ({
      link: `<${trap.url}/x>; rel="next"`,
    }))
    expect(here.ran.code).toBe(5)
    expect(here.ran.stdout + here.ran.stderr).toContain('where the token is not sent')
    expect(here.sandbox.writes()).toEqual([])
  })
})

describe('a server that is named in Location sees nothing', () => {
  const STATUSES = [301, 302, 307, 308, 303]
  const LOCATIONS: readonly ((trap: string) => string)[] = [
    (trap) => `${trap}/moved?token=x`,
    (trap) => trap.replace('http:', ''),
    (trap) => trap.replace('http://', 'http://api@'),
    (trap) => trap.replace('127.0.0.1', 'localhost'),
  ]

  /** Every kind of request that octoform sends comes up in these. */
  const ENOUGH = [
    'plan as an App',
    'plan --comment',
    'plan --comment again, on a comment that is there',
    'apply',
    'apply --expect-pull-request',
    'drift --issue',
    'doctor',
    'import',
    'seal',
  ]

  it.each(
    sampled(
      COMMANDS.filter(({ name }) => ENOUGH.includes(name)),
      4,
    ),
  )(
    '$name: whichever request is answered so',
    async (command) => {
      const { github } = await ledAstray(command, () => ({}))
      const kinds = [...new Set(github.since().map(kindOf))]
      expect(kinds.length).toBeGreaterThan(0)
      // Each kind of request in turn; over all of them each status and each spelling of the place comes up.
      for (const [nth, kind] of sampled([...kinds.entries()], 3)) {
        const status = STATUSES[nth % STATUSES.length] ?? 302
        const location = LOCATIONS[nth % LOCATIONS.length] ?? String
        const here = await ledAstray(command, ({ trap }) => ({
          redirect: (asked) => (kindOf(asked) === kind ? { status, location: location(trap.url) } : undefined),
        }))
        expectNothingAstray(here)
        expect(here.ran.stdout + here.ran.stderr, kind).not.toContain('bug in octoform')
      }
    },
    60_000,
  )

  it.each(sampled(COMMANDS, 3))('$name: every write is answered so', async (command) => {
    for (const status of [302, 307]) {
      const here = await ledAstray(command, ({ trap }) => ({
        redirect: ({ method }) => (method === 'GET' ? undefined : { status, location: `${trap.url}/written` }),
      }))
      expectNothingAstray(here)
      expect(here.ran.stdout + here.ran.stderr).not.toContain('bug in octoform')
    }
  })

  it.each([
    ['GET', ['plan'], 5, '/organizations/9/actions/hop'],
    ['PUT', ['apply', '--auto-approve'], 1, '/orgs/acme/actions/hop'],
  ] as const)('nor is %s led to another place of the API, and from there to it', async (asked, args, code, hop) => {
    const here = await ledAstray({ name: '', args, code }, ({ trap }) => ({
      redirect({ method, path }) {
        if (method !== asked || !path.startsWith('/orgs/acme/actions/')) return undefined
        return { status: 307, location: path === hop ? `${trap.url}/hop` : hop }
      },
    }))
    expect(here.github.seen.map(({ path }) => path)).not.toContain(hop)
    expect(here.ran.code).toBe(code)
    expect(here.ran.stdout + here.ran.stderr).toContain('moved since it was read')
    expectNothingAstray(here)
  })
})

describe('a server that is named in YAML sees nothing', () => {
  const pointed = (trap: string): string => YAML.replace('\n', `\ngithub: { api_url: "${trap}" }\n`)
  const configured = COMMANDS.filter(({ args, prepare }) => !['seal', 'import'].includes(args[0] ?? '') && !prepare)

  it.each(configured)('$name: exit 1 before the first request, and the flag is named', async (command) => {
    const here = await world(pointed)
    const { code, stderr } = await here.run(command)
    // Whether this is the branch's tip is asked only once it is known that this is the right server.
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('--api-url') })
    expect(here.github.seen).toEqual([])
    expectNothingAstray(here)
  })

  it.each([
    ['ledger: { repository: acme/admin,', 'ledger: { repository: "TRAP/acme",'],
    ['ledger: { repository: acme/admin,', 'ledger: { repository: "//TRAP/admin",'],
    ['ledger: { repository: acme/admin,', 'ledger: { repository: "http://TRAP",'],
    ['branch: octoform,', 'branch: "http://TRAP/x",'],
    ['path: ledger.json }', 'path: "http://TRAP/ledger.json" }'],
    ['path: ledger.json }', 'path: "//TRAP/ledger.json" }'],
    ['  acme:', '  "http://TRAP":'],
    ['  acme:', '  "@TRAP":'],
    ['{ web: { secrets:', '{ "../../../TRAP": { secrets:'],
  ])('%s → %s', async (from, to) => {
    const here = await world((trap) => YAML.replace(from, to.replace('TRAP', trap.replace('http://', ''))))
    for (const command of [
      { name: 'plan', args: ['plan'], code: 1 },
      { name: 'apply', args: ['apply', '--auto-approve'], code: 1 },
    ]) {
      await here.run(command)
      expectNothingAstray(here)
      expect(here.sandbox.writes().filter((write) => !write.includes('/acme/'))).toEqual([])
    }
  })
})

describe('a server that is named elsewhere sees nothing', () => {
  it('in a saved plan, however well made', async () => {
    const here = await world()
    const { place, trap, github, sandbox, run } = here
    await run({ name: 'plan', args: ['plan', '--out', 'plan.json'], code: 0 })
    const saved = JSON.parse(await place.read('plan.json')) as Plan
    let asked = github.seen.length
    for (const host of [trap.url.replace('http://', ''), trap.url, `${trap.url}/api/v3`]) {
      const moved = { ...saved, host, api_url: trap.url, github: { api_url: trap.url } }
      const digest = createHash('sha256').update(digestText(moved)).digest('hex')
      await place.write('moved.json', JSON.stringify({ ...moved, digest }))
      for (const format of ['text', 'json', 'markdown', 'html']) {
        await run({ name: 'show', args: ['show', 'moved.json', '--format', format], code: 0 })
      }
      expect(github.seen).toHaveLength(asked)
      const ran = await run({ name: 'apply', args: ['apply', 'moved.json', '--auto-approve'], code: 4 })
      expect(ran.code, ran.stderr).toBe(4)
      expect(sandbox.writes()).toEqual([])
      expectNothingAstray(here)
      asked = github.seen.length
    }
  })

  it('in the lock and the ledger, which others may write too', async () => {
    const here = await world()
    const { sandbox, trap, run } = here
    await run({ name: 'apply', args: ['apply', '--auto-approve'], code: 0 })
    const file = '/repos/acme/admin/contents/ledger.json.lock.json'
    const { body } = await sandbox.call('GET', `${file}?ref=octoform`, undefined, OWNER)
    const { sha, content } = body as { readonly sha: string; readonly content: string }
    for (const repository of ['acme/admin', trap.url, `..//${trap.url}`, `x@${trap.url.replace('http://', '')}/y`]) {
      const holder = {
        actor: 'mona',
        host: trap.url,
        run: { repository, run_id: '1', run_attempt: 1, url: `${trap.url}/run` },
      }
      const lock = {
        ...JSON.parse(Buffer.from(content, 'base64').toString()),
        state: 'held',
        nonce: repository,
        holder,
      }
      const latest = (await sandbox.call('GET', `${file}?ref=octoform`, undefined, OWNER)).body as {
        readonly sha: string
      }
      const text = Buffer.from(JSON.stringify(lock)).toString('base64')
      const put = { message: 'x', sha: latest.sha ?? sha, content: text, branch: 'octoform' }
      expect((await sandbox.call('PUT', file, put, OWNER)).status).toBe(200)
      const { code, stderr } = await run({
        name: 'apply',
        args: ['apply', '--auto-approve', '--rotate', '**'],
        code: 1,
      })
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('has held the lock') })
      expectNothingAstray(here)
    }
  })

  it.each([
    ['drift', '--issue', 'http://TRAP/acme/admin'],
    ['drift', '--issue', 'TRAP/admin'],
    ['plan', '--comment', 'http://TRAP/acme/admin#7'],
    ['plan', '--comment', 'TRAP/admin#7'],
    ['import', 'orgs/TRAP'],
    ['import', 'orgs/..%2F..%2FTRAP'],
    ['seal', 'orgs/@TRAP/secrets/X'],
    ['ledger', 'adopt', 'http://TRAP/**'],
  ])('on the command line: %s %s %s', async (...words) => {
    const here = await world()
    const args = words.map((word) => word.replace('TRAP', here.trap.url.replace('http://', '')))
    const { stdout, stderr } = await here.run({ name: '', args, code: 1 })
    expectNothingAstray(here)
    expect(stdout + stderr).not.toContain('bug in octoform')
  })
})
