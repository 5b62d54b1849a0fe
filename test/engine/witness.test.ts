import { describe, expect, it } from 'vitest'
import { meddler } from '../support/meddler.ts'
import { LEDGER_KEY, type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = {
  product: 'ghec',
  organizations: {
    acme: {
      repositories: { web: { id: 101, secrets: { OLD: { value: 'o' } } }, api: { id: 102 }, docs: { id: 103 } },
      permissions: { enabled_repositories: 'selected', repositories: ['web', 'api'], allowed_actions: 'all' },
      secrets: { GONE: { visibility: 'all', value: 'g' } },
      runner_groups: { gone: { visibility: 'all' } },
    },
    rival: { repositories: { site: { id: 201 } } },
  },
}

/** Everything that goes to `web` by its name or by its id, and something of another repository. */
const YAML = `version: 1
organizations:
  acme:
    secrets: { S: { visibility: selected, repositories: [web], value: { env: S } } }
    repositories:
      web:
        permissions: { allowed_actions: local_only }
        secrets: { A: { value: { env: A } }, B: { value: { env: B } }, OLD: absent }
      api: { secrets: { A: { value: { env: A } } } }
`
const VALUES = { A: 'value-of-a', B: 'value-of-b', S: 'value-of-s' }
const READ = 'GET /repos/acme/web'

type Act = (sandbox: WatchedSandbox) => Promise<unknown>

const anew = (sandbox: WatchedSandbox) =>
  sandbox.call('POST', '/orgs/acme/repos', { name: 'web', visibility: 'private' })
const rename = (sandbox: WatchedSandbox, from: string, to: string) =>
  sandbox.call('PATCH', `/repos/acme/${from}`, { name: to })

/** The possible fates of the name `web`. */
const MOVES: readonly (readonly [string, Act])[] = [
  ['renamed', (sandbox) => rename(sandbox, 'web', 'web-old')],
  [
    'renamed, and its name taken by a new one',
    async (sandbox) => {
      await rename(sandbox, 'web', 'web-old')
      await anew(sandbox)
    },
  ],
  [
    'swapped with another',
    async (sandbox) => {
      await rename(sandbox, 'web', 'between')
      await rename(sandbox, 'docs', 'web')
      await rename(sandbox, 'between', 'docs')
    },
  ],
  ['deleted', (sandbox) => sandbox.call('DELETE', '/repos/acme/web')],
  [
    'deleted and made anew',
    async (sandbox) => {
      await sandbox.call('DELETE', '/repos/acme/web')
      await anew(sandbox)
    },
  ],
  ['transferred', (sandbox) => sandbox.call('POST', '/_sandbox/move', { repository: 'acme/web', to: 'rival/web' })],
]

interface Applied {
  readonly code: number
  readonly stdout: string
  readonly sandbox: WatchedSandbox
  /** Requests of the apply, after its plan was made; of the sandbox itself, so that names are as the server saw them. */
  readonly sent: readonly string[]
}

/** Applies; right before the first request that `when` matches, once the plan is made, something happens. */
async function applied(yaml: string, when: RegExp, act: Act): Promise<Applied> {
  const sent: string[] = []
  let isDone = false
  const sandbox = await watchedSandbox({
    seed: SEED,
    onExchange({ method, path, requestHeaders }) {
      if (requestHeaders['user-agent'] === 'meddler') sent.push(`${method} ${path}`)
    },
  })
  const between = await meddler(sandbox, {
    async before({ method, path }) {
      if (isDone || !when.test(`${method} ${path}`)) return
      isDone = true
      await act(sandbox)
    },
  })
  const place = await workplace(between, { 'octoform.yaml': yaml }, VALUES)
  const { code, stdout } = await place.run(['apply', '--auto-approve', '--parallelism', '1'])
  expect(isDone, stdout).toBe(true)
  return { code, stdout, sandbox, sent: sent.map((line) => line.replace(/^(\S+) \/api\/v3/, '$1 ')) }
}

function writesTo(sent: readonly string[], path: string): readonly string[] {
  return sent.filter((line) => !line.startsWith('GET ') && line.includes(` ${path}`))
}

describe('a repository that moves between its listing and the second read of its id', () => {
  it.each(MOVES)('%s: nothing is written to its name, and the others go on', async (what, act) => {
    const { code, stdout, sent } = await applied(YAML, /GET .*\/repos\/acme\/web$/, act)
    expect(code).toBe(1)
    expect(writesTo(sent, '/repos/acme/web')).toEqual([])
    expect(writesTo(sent, '/repositories/')).toEqual([])
    expect(writesTo(sent, '/repos/acme/api')).toEqual(['PUT /repos/acme/api/actions/secrets/A'])
    expect(stdout.match(/moved since it was read/g)?.length).toBeGreaterThanOrEqual(1)
    // The organization's secret for it alone is written by id, which GitHub refuses once it is not the organization's.
    const others = /deleted|transferred/.test(what) ? 1 : 2
    expect(stdout).toContain(`Applied: ${others} added, 0 changed, 0 deleted.`)
  })

  it.each(MOVES)('%s: what is written by id reaches the one that was planned for, and no other', async (what, act) => {
    const { sandbox } = await applied(YAML, /\/orgs\/acme\/actions\/secrets\/public-key/, act)
    const { body } = await sandbox.call('GET', '/orgs/acme/actions/secrets/S/repositories')
    const ids = ((body as { repositories?: { id: number }[] }).repositories ?? []).map(({ id }) => id)
    // GitHub takes no deleted repository, and none of another owner, into a list.
    expect(ids).toEqual(/deleted|transferred/.test(what) ? [] : [101])
  })

  it('its id is read once, however much is written', async () => {
    const { code, sent } = await applied(YAML, /public-key/, () => Promise.resolve())
    expect(code).toBe(0)
    expect(sent.filter((line) => line === READ)).toHaveLength(1)
    expect(writesTo(sent, '/repos/acme/web')).toHaveLength(4)
    expect(sent.indexOf(READ)).toBe(
      sent.findIndex((line) => / \/repos\/acme\/web\/actions\/.*/.test(line) && !line.startsWith('GET')) - 1,
    )
  })

  it('a gateway that fails says nothing of it: the next change asks again', async () => {
    const { sandbox, place } = await fresh()
    await sandbox.fault({ method: 'GET', route: '/repos/{owner}/{repo}', nth: 1, times: 3, status: 502 })
    const ran = await place.run(['apply', '--auto-approve', '--parallelism', '1'])
    expect(ran.code).toBe(1)
    expect(sandbox.asked.filter(({ path, status }) => path === '/repos/acme/web' && status === 200)).toHaveLength(1)
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
  })

  it('an answer without an id is no proof', async () => {
    const { sandbox, place } = await fresh()
    await sandbox.fault({
      method: 'GET',
      route: '/repos/acme/web',
      times: 9,
      status: 200,
      body: { full_name: 'acme/web' },
    })
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 1 })
    expect(sandbox.writes().filter((line) => line.includes('/repos/acme/web'))).toEqual([])
  })
})

async function fresh(yaml = YAML): Promise<{ sandbox: WatchedSandbox; place: Workplace }> {
  const sandbox = await watchedSandbox({ seed: SEED })
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': yaml }, VALUES) }
}

describe('a value that would be sealed a second time, because the key is another one now', () => {
  const ONE = `version: 1
organizations:
  acme:
    repositories: { web: { secrets: { A: { value: { env: A } } } } }
`

  it.each(MOVES.filter(([what]) => what !== 'renamed' && what !== 'transferred'))(
    'reaches nobody else once the repository was %s after its id was read',
    async (_, act) => {
      const { code, stdout, sandbox, sent } = await applied(ONE, /PUT .*\/secrets\/A/, act)
      expect(code).toBe(1)
      expect(stdout).toMatch(/moved since it was read|404|422/)
      expect(writesTo(sent, '/repos/acme/web')).toHaveLength(1)
      expect(JSON.stringify(sandbox.state())).not.toContain('value-of-a')
    },
  )

  it('is sealed with it where the repository is the same', async () => {
    const { code, sandbox, sent } = await applied(ONE, /PUT .*\/secrets\/A/, async (server) => {
      const rotated = await server.call('POST', '/_sandbox/rotate-keys', { scope: 'repos/acme/web' })
      expect(rotated.status).toBe(204)
    })
    expect(code).toBe(0)
    expect(sent.filter((line) => line === READ)).toHaveLength(2)
    expect(JSON.stringify(sandbox.state())).toContain('value-of-a')
  })
})

describe('a DELETE that is answered with 404 is looked at again', () => {
  const DELETES = `version: 1
organizations:
  acme:
    secrets: { GONE: absent }
    runner_groups: { gone: absent }
    repositories: { web: { secrets: { OLD: absent } } }
`
  const CASES = [
    ['a secret', '/orgs/acme/actions/secrets/GONE'],
    ['a runner group', '/orgs/acme/actions/runner-groups/2'],
    ['a repository’s secret', '/repos/acme/web/actions/secrets/OLD'],
  ] as const

  it.each(CASES)('%s that somebody deleted meanwhile is deleted', async (_, path) => {
    const { code, stdout } = await applied(DELETES, new RegExp(`DELETE .*${path}`), (sandbox) =>
      sandbox.call('DELETE', path),
    )
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining('Applied: 0 added, 0 changed, 3 deleted.'),
    })
  })

  it.each(CASES)('%s that is still listed is not', async (_, path) => {
    const { sandbox, place } = await fresh(DELETES)
    await sandbox.fault({ method: 'DELETE', route: path, status: 404, body: { message: 'Not Found' } })
    const { code, stdout } = await place.run(['apply', '--auto-approve'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining('GitHub still lists it') })
    expect(stdout).toContain('Applied: 0 added, 0 changed, 2 deleted.')
  })

  it.each(CASES)('%s whose list cannot be read is not', async (_, path) => {
    const { sandbox, place } = await fresh(DELETES)
    const list = path.replace(/\/[^/]+$/, '')
    await sandbox.fault({ method: 'DELETE', route: path, status: 404, body: { message: 'Not Found' } })
    await sandbox.fault({ method: 'GET', route: list, nth: 2, times: 9, status: 404, body: { message: 'Not Found' } })
    const { code, stdout } = await place.run(['apply', '--auto-approve'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining('2 deleted.') })
  })

  it.each(MOVES.filter(([what]) => what !== 'renamed' && what !== 'transferred'))(
    'a repository’s secret is not, once the repository was %s',
    async (_, act) => {
      const { code, stdout } = await applied(DELETES, /DELETE .*\/repos\/acme\/web/, act)
      expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining('moved since it was read') })
      expect(stdout).toContain('2 deleted.')
    },
  )
})

it('what fails before its write leaves no interrupted entry in the ledger', async () => {
  const { sandbox, place } = await fresh()
  await sandbox.fault({
    method: 'GET',
    route: '/repos/acme/web',
    times: 1,
    status: 404,
    body: { message: 'Not Found' },
  })
  expect(await place.run(['apply', '--auto-approve'], { env: { OCTOFORM_LEDGER_KEY: LEDGER_KEY } })).toMatchObject({
    code: 1,
  })
  expect(await place.read('.octoform/ledger.json')).not.toContain('repos/acme/web/secrets')
})
