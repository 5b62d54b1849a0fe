import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { HEAD, TIP } from '../support/github-actions.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'
import { inProcess, type Job } from './in-process.ts'
import type { Step, StepRan } from './runner.ts'
import { administers, HOME, merge, ofPullRequest, ofPush } from './world.ts'

const NEXT = 'd'.repeat(40)
const FORK = 'octocat/admin'

/** The pull request's configuration of two organizations. */
const GOOD = `version: 1
organizations:
  acme:
    secrets:
      SHARED: { repositories: [web] }
  globex:
    secrets:
      KEY: { repositories: [web] }
`

const secret = { visibility: 'selected', repositories: ['api'], value: 'planted' }

const seedOf = (visibility: 'private' | 'public', product: string) => ({
  product,
  organizations: {
    acme: {
      repositories: {
        admin: {
          visibility,
          branches: { main: TIP, topic: HEAD },
          pull_requests: { 7: { head: { ref: 'topic', sha: HEAD }, base: 'main' } },
        },
        web: {},
        api: {},
      },
      secrets: { SHARED: secret },
    },
    globex: { repositories: { web: {}, api: {} }, secrets: { KEY: secret } },
  },
  tokens: {
    owner: {},
    reading: { read_only: true },
    writing: {},
    ghs_plan_job: { workflow: HOME, permissions: { contents: 'read', pull_requests: 'write', checks: 'write' } },
    ghs_apply_job: {
      workflow: HOME,
      permissions: { contents: 'write', pull_requests: 'read', checks: 'read', actions: 'read' },
    },
    ghs_fork: { workflow: HOME, permissions: { contents: 'read' } },
  },
})

const ENV = { OCTOFORM_TOKEN: 'reading', GITHUB_TOKEN: 'ghs_plan_job' }

interface World {
  readonly sandbox: WatchedSandbox
  readonly job: Job
}

async function world(product = 'ghec', visibility: 'private' | 'public' = 'private'): Promise<World> {
  const sandbox = await watchedSandbox({ product, seed: seedOf(visibility, product) })
  return { sandbox, job: await inProcess(sandbox, { 'octoform.yaml': GOOD }) }
}

/** The plan job of the pull request. */
function plans({ job }: World, more: Partial<Step> = {}, head = HEAD): Promise<StepRan> {
  const { with: inputs, env, event = ofPullRequest('synchronize', head) } = more
  return job.run({ event, with: { command: 'plan', comment: 'true', ...inputs }, env: { ...ENV, ...env } })
}

interface Seen {
  readonly comments: readonly { readonly id: number; readonly body: string }[]
  readonly checks: readonly {
    readonly head_sha: string
    readonly external_id: string
    readonly conclusion: string
    readonly output: { readonly title: string; readonly summary: string }
  }[]
}

function seen({ sandbox }: World): Seen {
  const { organizations } = sandbox.state() as {
    organizations: { acme: { repositories: { admin: { pull_requests: object; check_runs?: Seen['checks'] } } } }
  }
  const { pull_requests: pulls, check_runs: checks = [] } = organizations.acme.repositories.admin
  const { comments = [] } = (pulls as Record<string, { comments?: Seen['comments'] }>)[7] ?? {}
  return { comments, checks }
}

/** Someone pushes to the pull request. */
async function push({ sandbox }: World, sha = NEXT): Promise<void> {
  await sandbox.call('POST', '/_sandbox/push', { owner: 'acme', repository: 'admin', branch: 'topic', sha })
}

/** Each way in which a plan fails: its cause, and its report. */
interface Failing {
  readonly fails: (world: World) => Promise<Partial<Step>>
  readonly code: number
  readonly headline: string
  readonly reason: string
  /** The expected `failure_reason`. */
  readonly failure: string
}

const ways: Readonly<Record<string, Failing>> = {
  'a misspelt key': {
    fails: ({ job }) => job.write('octoform.yaml', GOOD.replace('repositories', 'repositorys')).then(() => ({})),
    code: 1,
    headline: 'the configuration has 1 error.',
    reason: `[\`octoform.yaml:5:17\`](<https://github.example.com/${HOME}/blob/${NEXT}/octoform.yaml#L5>): \`\`unknown key \`repositorys\``,
    failure: 'invalid_configuration',
  },
  'no YAML at all': {
    fails: ({ job }) => job.write('octoform.yaml', 'version: [1').then(() => ({})),
    code: 1,
    headline: 'the configuration has ',
    reason: `octoform.yaml#L1>)`,
    failure: 'invalid_configuration',
  },
  'no configuration': {
    fails: ({ job }) => job.remove('octoform.yaml').then(() => ({})),
    code: 1,
    headline: 'the configuration has 1 error.',
    reason: 'octoform.yaml',
    failure: 'invalid_configuration',
  },
  'a token that expired': {
    fails: async () => ({ env: { OCTOFORM_TOKEN: 'expired' } }),
    code: 5,
    headline: 'something could not be read.',
    reason: '401',
    failure: 'unread',
  },
  'an organization that may not be read': {
    fails: async ({ sandbox }) => {
      const route = '/orgs/{org}/actions/secrets'
      await sandbox.fault({ method: 'GET', route, times: 1, status: 403, body: { message: 'Forbidden' } })
      return {}
    },
    code: 5,
    headline: 'something could not be read.',
    reason: 'GET /orgs/acme/actions/secrets',
    failure: 'unread',
  },
  'no connection': {
    fails: async ({ sandbox }) => {
      await sandbox.fault({ method: 'GET', route: '/meta', times: 3, drop: true })
      return {}
    },
    code: 5,
    headline: 'something could not be read.',
    reason: '/meta',
    failure: 'unread',
  },
  'an error that only planning finds': {
    fails: ({ job }) => {
      const prune = '    prune: ["variables/*"]\n  globex:'
      return job.write('octoform.yaml', GOOD.replace('  globex:', prune)).then(() => ({}))
    },
    code: 1,
    headline: 'the configuration has 1 error.',
    reason: 'octoform.yaml#L6>)',
    failure: 'invalid_configuration',
  },
  'a misspelt flag': {
    fails: async () => ({ with: { args: '--parallelsim 3' } }),
    code: 1,
    headline: 'octoform could not run as it was started.',
    reason: "unknown option '--parallelsim'",
    failure: 'could_not_run',
  },
  'a flag with a wrong word': {
    fails: async () => ({ with: { 'max-wait': 'soon' } }),
    code: 1,
    headline: 'octoform could not run as it was started.',
    reason: 'soon',
    failure: 'could_not_run',
  },
  'a wrong input': {
    fails: async () => ({ with: { 'expect-digest': 'f'.repeat(64) } }),
    code: 1,
    headline: 'octoform could not run as it was started.',
    reason: 'expect-digest',
    failure: 'could_not_run',
  },
  'half of an App’s credentials': {
    fails: async () => ({ env: { OCTOFORM_APP_ID: '7', OCTOFORM_TOKEN: '' } }),
    code: 1,
    headline: 'octoform could not run as it was started.',
    reason: 'OCTOFORM_APP_PRIVATE_KEY',
    failure: 'could_not_run',
  },
}

const PRODUCTS = ['ghec', 'ghes-2.22'] as const
const ON_EVERY_PRODUCT: readonly string[] = [
  'a misspelt key',
  'a token that expired',
  'an organization that may not be read',
]

describe.each(PRODUCTS)('%s: a plan that fails after one that did not', (product) => {
  // Requests differ by product; the ways to start a run do not.
  const told = Object.entries(ways).filter(([way]) => product === 'ghec' || ON_EVERY_PRODUCT.includes(way))
  it.each(told)('for %s', async (_, { fails, code, headline, reason, failure }) => {
    const it = await world(product)
    const first = await plans(it, { event: ofPullRequest('opened') })
    expect(first).toMatchObject({ code: 0, outputs: { failure_reason: '' } })
    const before = seen(it)
    expect(before.comments).toHaveLength(2)

    await push(it)
    const failed = await plans(it, await fails(it), NEXT)
    expect(failed).toMatchObject({ code, outputs: { failure_reason: failure } })
    const during = seen(it)
    expect(during.comments.map(({ id }) => id)).toEqual(before.comments.map(({ id }) => id))
    for (const { body } of during.comments) {
      expect(body).toContain(`**The plan of ${NEXT} failed: ${headline}`)
      expect(body).not.toContain(HEAD)
    }
    const whole = during.comments.map(({ body }) => body).join('\n')
    expect(whole).toContain(reason)
    const [, check] = during.checks
    expect(check).toMatchObject({ head_sha: NEXT, external_id: '', conclusion: 'failure' })
    expect(check?.output.title).toContain(`The plan of ${NEXT} failed: ${headline}`)
    expect(check?.output.summary).toContain(reason)
    expect(failed.summary).toContain(`**The plan of ${NEXT} failed: ${headline}`)
    expect(failed.summary).toContain(reason)
    expect(failed.stderr).toMatch(/^::error [^\n]*octoform/m)

    await it.job.write('octoform.yaml', GOOD)
    const again = await plans(it, {}, NEXT)
    expect(again).toMatchObject({ code: 0, outputs: { plan_digest: first.outputs.plan_digest } })
    const after = seen(it)
    expect(after.comments.map(({ id }) => id)).toEqual(before.comments.map(({ id }) => id))
    for (const { body } of after.comments) {
      expect(body).not.toContain('failed')
      expect(body).toMatch(/^### octoform plan · `\w+` — 0 to add, 1 to change, 0 to delete$/m)
    }
    expect(after.checks[1]).toMatchObject({ external_id: first.outputs.plan_digest, conclusion: 'success' })
    expect(after.checks).toHaveLength(2)
    expect(administers(it.sandbox)).toEqual([])
  })

  it('merged, is not applied', async () => {
    const it = await world(product)
    await it.job.write('octoform.yaml', GOOD.replace('repositories', 'repositorys'))
    await plans(it)
    await it.job.write('octoform.yaml', GOOD)
    await merge(it.sandbox, 'c'.repeat(40))
    const apply = await it.job.run({
      event: ofPush('c'.repeat(40)),
      with: { command: 'apply', args: '--branch main --expect-pull-request' },
      env: { OCTOFORM_TOKEN: 'writing', GITHUB_TOKEN: 'ghs_apply_job' },
    })
    expect(apply).toMatchObject({ code: 4, outputs: { failure_reason: 'plan_changed' } })
    expect(apply.stderr).toContain('says failure: that plan does not hold')
    expect(administers(it.sandbox)).toEqual([])
  })
})

describe('where no comment stood', () => {
  it('one is made, which the plan takes over once it works', async () => {
    const it = await world()
    await it.job.write('octoform.yaml', 'version: [1')
    await plans(it)
    await plans(it)
    const [made, ...others] = seen(it).comments
    expect(others).toEqual([])
    expect(made?.body).toContain(`**The plan of ${HEAD} failed`)

    await it.job.write('octoform.yaml', GOOD)
    await plans(it)
    const { comments } = seen(it)
    expect(comments).toHaveLength(2)
    expect(comments.find(({ id }) => id === made?.id)?.body).toContain('### octoform plan · `acme` — ')
    expect(comments.every(({ body }) => !body.includes('failed'))).toBe(true)
  })

  it('a run of one organization makes that one’s, and leaves those of others as they are', async () => {
    const it = await world()
    await plans(it, { with: { owner: 'globex' } })
    const [globex] = seen(it).comments
    await it.job.write('octoform.yaml', 'version: [1')
    await plans(it, { with: { owner: 'acme' } })
    const { comments } = seen(it)
    expect(comments).toHaveLength(2)
    expect(comments[0]).toEqual(globex)
    expect(comments[1]?.body).toContain('### octoform plan · `acme` — failed\n\n**The plan of')
  })
})

describe('an earlier commit', () => {
  it.each<[string, string]>([
    ['whose plan works', GOOD],
    ['whose plan fails', 'version: [1'],
  ])('%s is not told in place of a later one', async (_, yaml) => {
    const it = await world()
    await push(it)
    await plans(it, {}, NEXT)
    const { comments } = seen(it)
    await it.job.write('octoform.yaml', yaml)
    const late = await plans(it, {}, HEAD)
    expect(seen(it).comments).toEqual(comments)
    expect(late.stderr).toContain(`the last one of ${HOME}#7 is ${NEXT}: its comment is left to the run of that one`)
    expect(
      seen(it)
        .checks.map((check) => check.head_sha)
        .sort(),
    ).toEqual([HEAD, NEXT].sort())
    expect(late.summary).not.toBe('')
  })
})

describe('one of two organizations', () => {
  it('that cannot be read fails the plan in both comments, each with what is its own', async () => {
    const it = await world()
    const route = '/orgs/{org}/actions/secrets'
    await it.sandbox.fault({ method: 'GET', route, nth: 2, times: 1, status: 403, body: { message: 'Forbidden' } })
    const ran = await plans(it)
    expect(ran.code).toBe(5)
    const [acme = '', globex = ''] = seen(it).comments.map(({ body }) => body)
    expect(acme).toContain(`The plan of ${HEAD} failed`)
    expect(acme).toContain('What failed is of another owner.')
    expect(acme).toContain('SHARED')
    expect(acme).not.toContain('globex')
    expect(globex).toContain('- `orgs/globex: GET /orgs/globex/actions/secrets')
    expect(globex).not.toContain('Nothing is deleted')
  })
})

describe('a public repository', () => {
  it('is told that names are left out, and where they are', async () => {
    const it = await world('ghec', 'public')
    const good = await plans(it)
    for (const text of [good.summary, ...seen(it).comments.map(({ body }) => body)]) {
      expect(text).toContain("Names are left out because this repository is not private; [the job's log](<https://")
      expect(text).not.toContain('SHARED')
    }
    const route = '/orgs/{org}/actions/secrets'
    await it.sandbox.fault({ method: 'GET', route, times: 1, status: 403, body: { message: 'Forbidden' } })
    const failed = await plans(it)
    const [check] = seen(it).checks
    for (const text of [failed.summary, check?.output.summary ?? '', ...seen(it).comments.map(({ body }) => body)]) {
      expect(text).not.toContain('orgs/acme')
    }
    expect(seen(it).comments[0]?.body).toContain(`The plan of ${HEAD} failed: something could not be read.`)
    expect(failed.stdout).toContain('orgs/acme')
  })
})

describe('the log of a public repository', () => {
  // More than a log names of one row elsewhere.
  const many = Array.from({ length: 14 }, (_, index) => `r-${String(index).padStart(2, '0')}`)

  it.each<[string, Step['with'], 'private' | 'public', boolean]>([
    ['plan', { command: 'plan' }, 'public', true],
    ['plan', { command: 'plan' }, 'private', false],
    ['drift', { command: 'drift' }, 'public', true],
    ['apply', { command: 'apply', args: '--protect **' }, 'public', true],
  ])('of %s names all, since nothing else does: %j, %s', async (_, inputs, visibility, all) => {
    const seed = seedOf(visibility, 'ghec')
    const { acme } = seed.organizations
    const repositories = { ...acme.repositories, ...Object.fromEntries(many.map((name) => [name, {}])) }
    const organizations = { ...seed.organizations, acme: { ...acme, repositories } }
    const sandbox = await watchedSandbox({ product: 'ghec', seed: { ...seed, organizations } })
    const yaml = GOOD.replace(
      'SHARED: { repositories: [web] }',
      `SHARED: { repositories: [${many.join(', ')}] }\n      NONE: absent`,
    )
    const job = await inProcess(sandbox, { 'octoform.yaml': yaml })
    const ran = await job.run({ event: ofPush(TIP), with: inputs, env: { ...ENV, OCTOFORM_LEDGER_KEY: '' } })
    expect(ran.stdout.includes('r-13')).toBe(all)
    expect(/… \d+ more/.test(ran.stdout)).toBe(!all)
    expect(ran.summary.includes('r-13')).toBe(!all)
  })
})

describe('a job that may not write', () => {
  it('says so, and keeps exit code and summary', async () => {
    const it = await world()
    await it.job.write('octoform.yaml', 'version: [1')
    const ran = await plans(it, { env: { GITHUB_TOKEN: 'ghs_fork' } })
    expect(ran).toMatchObject({ code: 1, outputs: { failure_reason: 'invalid_configuration' } })
    expect(ran.stderr).toContain(`The failed plan could not be reported on ${HOME}#7`)
    expect(ran.summary).toContain(`The plan of ${HEAD} failed`)
    expect(seen(it)).toEqual({ comments: [], checks: [] })
  })

  it('and has no token at all has a summary', async () => {
    const it = await world()
    const ran = await plans(it, { env: { GITHUB_TOKEN: '', OCTOFORM_TOKEN: '' } })
    expect(ran).toMatchObject({ code: 1, outputs: { failure_reason: 'no_credentials' } })
    expect(ran.summary).toContain(`The plan of ${HEAD} failed: there is no credential to read GitHub with.`)
    expect(it.sandbox.asked).toEqual([])
  })
})

describe('a fork', () => {
  const payload = (head: string) => {
    const own = ofPullRequest('opened')
    const { pull_request: pull } = own.payload as { pull_request: { head: object } }
    const of = { ...pull, head: { ...pull.head, repo: { full_name: head } } }
    return { ...own, payload: { ...(own.payload as object), pull_request: of } }
  }

  it.each<[string, string, number, string]>([
    ['that is right', GOOD, 0, 'The configuration is valid.'],
    ['that is not', GOOD.replace('repositories', 'repositorys'), 1, 'The configuration has 1 error.'],
  ])('%s is told that it was only validated', async (_, yaml, code, verdict) => {
    const it = await world()
    await it.job.write('octoform.yaml', yaml)
    const ran = await plans(it, { event: payload(FORK), env: { GITHUB_TOKEN: 'ghs_fork', OCTOFORM_TOKEN: '' } })
    expect(ran.code).toBe(code)
    expect(ran.summary).toContain('## octoform plan\n\n**This configuration was only validated, not planned.**')
    expect(ran.summary).toContain(`pull request #7 comes from ${FORK}, not from ${HOME}`)
    expect(ran.summary).toContain(`**${verdict}**`)
    expect(it.sandbox.asked).toEqual([])
  })

  it('with a misspelt flag sends no request either', async () => {
    const it = await world()
    const ran = await plans(it, { event: payload(FORK), with: { args: '--fsh' } })
    expect(ran.code).toBe(1)
    expect(ran.summary).toContain('The plan of')
    expect(it.sandbox.asked).toEqual([])
  })
})

describe('the page that html-file saves', () => {
  const file = (it: World): string => join(it.job.temp, 'plan.html')
  const withPage = (it: World): Partial<Step> => ({ with: { 'html-file': file(it) } })

  it('is the report of the plan, and says so where the plan fails', async () => {
    const it = await world()
    const good = await plans(it, withPage(it))
    expect(good.outputs.html_path).toBe(file(it))
    const page = await readFile(file(it), 'utf8')
    expect(page).toContain('<title>Plan: 0 to add, 2 to change, 0 to delete.</title>')
    expect(page).toContain('SHARED')
    expect(page).toContain('Who may use what')
    const web = 'https://github.example.com/acme'
    for (const path of [`admin/commit/${HEAD}`, `admin/blob/${HEAD}/octoform.yaml#L5`, 'web', 'api']) {
      expect(page).toContain(`<a href="${web}/${path}"`)
    }
    expect(page).toMatch(/Made at<\/dt><dd><time datetime="\d{4}-\d\d-\d\dT/)

    await it.job.write('octoform.yaml', GOOD.replace('repositories', 'repositorys'))
    const failed = await plans(it, withPage(it))
    expect(failed).toMatchObject({ code: 1, outputs: { html_path: file(it) } })
    const instead = await readFile(file(it), 'utf8')
    expect(instead).toContain(`<h1>The plan of ${HEAD} failed: the configuration has 1 error.</h1>`)
    const place = `${web}/admin/blob/${HEAD}/octoform.yaml#L5`
    expect(instead).toContain(
      `<a href="${place}" rel="noopener noreferrer"><code class="source">octoform.yaml:5:17</code>`,
    )
    expect(instead).not.toContain('<script')
  })

  it('hides in a public repository what the comment hides', async () => {
    const it = await world('ghec', 'public')
    expect((await plans(it, withPage(it))).code).toBe(0)
    const page = await readFile(file(it), 'utf8')
    expect(page).toContain('organization secrets: 2 to change')
    expect(page).toContain('Names are left out because this repository is not private')
    for (const name of ['SHARED', 'KEY', 'web', 'globex', 'Who may use what']) expect(page).not.toContain(`>${name}`)
    // The script knows what the addresses of each level look like.
    expect(page.replace(/<script>[\s\S]*?<\/script>/, '')).not.toMatch(/orgs\/|SHARED|globex/)
    expect(page).not.toMatch(/SHARED|globex/)

    await it.sandbox.fault({ method: 'GET', route: '/meta', times: 1, status: 401, body: { message: 'Bad' } })
    expect((await plans(it, withPage(it))).code).toBe(5)
    expect(await readFile(file(it), 'utf8')).not.toContain('/meta')
  })

  it('names all with --show-private, and of drift as well', async () => {
    const it = await world('ghec', 'public')
    const event = ofPush(TIP)
    const inputs = { command: 'drift', 'html-file': file(it), args: '--show-private' }
    const ran = await it.job.run({ event, with: inputs, env: ENV })
    expect(ran).toMatchObject({ code: 2, outputs: { html_path: file(it) } })
    const page = await readFile(file(it), 'utf8')
    expect(page).toContain('<title>Drift: 0 to add, 2 to change, 0 to delete.</title>')
    expect(page).toContain('orgs/acme/secrets/SHARED')
  })

  it('where it cannot be saved, fails the plan in its comment too', async () => {
    const it = await world()
    const ran = await plans(it, { with: { 'html-file': 'nowhere/plan.html' } })
    expect(ran).toMatchObject({ code: 1, outputs: { html_path: '', failure_reason: 'could_not_run' } })
    expect(seen(it).comments[0]?.body).toContain(`The plan of ${HEAD} failed`)
  })
})

describe('the summary of a job is never empty', () => {
  const push = ofPush(TIP)
  it.each<[string, number, Step['with'], Step['event']]>([
    ['validate', 0, { command: 'validate' }, push],
    ['validate of a folder that is not there', 1, { command: 'validate', config: 'nowhere' }, push],
    ['plan of a push', 0, { command: 'plan' }, push],
    ['plan of an event that cannot be read', 0, { command: 'plan', comment: 'true' }, { event: 'pull_request' }],
    ['drift', 2, { command: 'drift' }, push],
    ['drift of a folder that is not there', 1, { command: 'drift', config: 'nowhere' }, push],
    ['apply for a pull request', 3, { command: 'apply' }, ofPullRequest('opened')],
    ['apply of a folder that is not there', 1, { command: 'apply', config: 'nowhere' }, push],
    ['no command', 1, { command: 'pln' }, push],
  ])('%s: exit %d', async (_, code, inputs, event) => {
    const it = await world()
    const ran = await it.job.run({ event, with: inputs, env: ENV })
    expect(ran.code).toBe(code)
    expect(ran.summary.trim()).not.toBe('')
  })
})
