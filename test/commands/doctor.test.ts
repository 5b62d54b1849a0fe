import { describe, expect, it } from 'vitest'
import { type DoctorFlags, doctorCommand } from '../../src/commands/doctor.ts'
import { withHiding } from '../../src/run/io.ts'
import { appKey } from '../support/app-key.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { printingWorld } from '../support/printing-world.ts'
import { answerJson, serve } from '../support/scripted-server.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const CONFIGURATION = `
version: 1
organizations:
  acme:
    permissions: { enabled_repositories: all }
    secrets: { NPM: { visibility: all } }
    runner_groups: { gpu: { visibility: all } }
    repositories:
      web:
        permissions: { enabled: true }
        secrets: { DEPLOY: { value: { env: DEPLOY } } }
`

/** The permissions that reading and writing all of that needs. */
const WRITES = {
  metadata: 'read',
  organization_administration: 'write',
  organization_secrets: 'write',
  organization_self_hosted_runners: 'write',
  administration: 'write',
  secrets: 'write',
} as const
type Permissions = Readonly<Record<string, 'read' | 'write'>>
const READS: Permissions = Object.fromEntries(Object.keys(WRITES).map((name) => [name, 'read']))
const NAMES = Object.keys(WRITES)

const { privateKey, publicKey } = appKey('octoform')
const APP = { OCTOFORM_APP_ID: '11', OCTOFORM_APP_PRIVATE_KEY: privateKey }

interface Made {
  readonly token?: object
  readonly tokens?: object
  readonly app?: object
  readonly product?: string
  readonly env?: Readonly<Record<string, string>>
  readonly configuration?: string
}

async function clinic(made: Made): Promise<{ sandbox: WatchedSandbox; place: Workplace }> {
  const { token = {}, tokens = {}, app, product = 'ghec', env = {}, configuration = CONFIGURATION } = made
  const seed = {
    product,
    organizations: {
      acme: {
        secrets: { NPM: { visibility: 'all', value: 'x' } },
        runner_groups: { gpu: { visibility: 'all' } },
        repositories: { web: { id: 101, visibility: 'private' }, admin: { id: 102, visibility: 'private' } },
      },
    },
    ...(app === undefined
      ? {}
      : { apps: { octoform: { id: 11, private_key_public: publicKey, installations: { acme: { id: 21, ...app } } } } }),
    tokens: { 'token-of-an-owner': token, ...tokens },
  }
  const sandbox = await watchedSandbox({ seed })
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': configuration }, env) }
}

async function doctor(
  { place, url }: { readonly place: Workplace; readonly url: string },
  flags: Partial<DoctorFlags> = {},
  env: Readonly<Record<string, string>> = {},
) {
  const { world, printed } = printingWorld({
    env: { GITHUB_API_URL: url, OCTOFORM_TOKEN: 'token-of-an-owner', ...env },
    cwd: place.folder,
  })
  const common = { config: ['octoform.yaml'], parallelism: 10, for: 'all', format: 'text' } as const
  const code = await doctorCommand(withHiding(world), { ...common, ...flags })
  return { code, ...printed() }
}

async function examined(made: Made, flags: Partial<DoctorFlags> = {}) {
  const { sandbox, place } = await clinic(made)
  const ran = await doctor({ place, url: sandbox.url }, flags, made.env)
  return { ...ran, sandbox, place }
}

describe('a token lacking one permission at a time', () => {
  it('that lacks none reads all', async () => {
    const { place, code, stdout } = await examined({ token: { permissions: READS } }, { for: 'plan' })
    expect(stdout).toContain('The credentials are enough, as far as GitHub says.')
    expect(code).toBe(0)
    expect((await place.run(['plan'])).code).toBe(0)
  })

  it.each(NAMES)('without %s: doctor and plan both name it', async (name) => {
    const { [name]: _, ...permissions } = READS
    const { place, code, stdout } = await examined({ token: { permissions } }, { for: 'plan' })
    expect(stdout).toContain(`- missing for plan: ${name}: read. `)
    expect(stdout).toContain('Not enough: 1 missing.')
    expect(code).toBe(1)
    const planned = await place.run(['plan'])
    expect(planned.code).toBe(5)
    expect(planned.stdout + planned.stderr).toContain(`This needs the permission ${name}: read`)
  })
})

describe('an App lacking one permission at a time', () => {
  it('that lacks none is enough, and plans', async () => {
    const { place, code, stdout, sandbox } = await examined({ app: { permissions: WRITES }, env: APP })
    expect(stdout).toContain('acme: GitHub App (OCTOFORM_APP_ID)')
    expect(code).toBe(0)
    expect(sandbox.writes(), 'it asks for no token').toEqual([])
    expect((await place.run(['plan'], { env: APP })).code).toBe(0)
  })

  it.each(NAMES)('without %s, and with less than writing it', async (name) => {
    const { [name]: _, ...permissions } = WRITES as Permissions
    const without = await examined({ app: { permissions }, env: APP })
    expect(without.code).toBe(1)
    expect(without.stdout).toContain(
      `${name}: read. Add it in the App's settings, under Permissions; then have an owner of acme`,
    )
    const planned = await without.place.run(['plan'], { env: APP })
    expect(planned.stdout + planned.stderr).toContain(
      `The GitHub App octoform lacks a permission on acme: ${name}: read.`,
    )
    expect(planned.code).toBe(5)
    expect(without.sandbox.writes()).toEqual([])
    if (WRITES[name as keyof typeof WRITES] === 'read') return
    const reading = await examined({ app: { permissions: { ...WRITES, [name]: 'read' } }, env: APP })
    expect(reading.code).toBe(1)
    expect(reading.stdout).toContain(`- missing for apply: ${name}: write. `)
    expect(reading.stdout).toContain('Not enough: 1 missing.')
    const planning = await doctor({ place: reading.place, url: reading.sandbox.url }, { for: 'plan' }, APP)
    expect(planning.code).toBe(0)
  })

  it('says when plan’s can write, and when it sees a part', async () => {
    const app = { repositories: ['web'], permissions: { ...READS, organization_secrets: 'write', secrets: 'write' } }
    const planning = await examined({ app, env: APP }, { for: 'plan' })
    expect(planning.stdout).toContain(
      '! The App that plan uses can write (organization_secrets: write, secrets: write)',
    )
    expect(planning.stdout).toContain('! It sees selected repositories only')
    const applying = await examined({ app: { permissions: WRITES }, env: APP }, { for: 'apply' })
    expect(applying.stdout).not.toContain('can write')
  })

  it.each([
    ['suspended', { permissions: WRITES, suspended: true }, 'an active installation on acme (it is suspended)'],
    ['not installed', undefined, 'an installation on acme'],
  ])('%s', async (_, app, says) => {
    const { code, stdout } = await examined({ ...(app === undefined ? {} : { app }), env: APP })
    expect(code).toBe(1)
    expect(stdout).toContain(`- missing for plan and apply: ${says}`)
  })
})

describe('a classic token', () => {
  it.each([
    [['admin:org', 'repo'], 0, []],
    [['admin:org', 'repo', 'gist'], 0, []],
    [['admin:org'], 1, ['repo']],
    [['repo', 'read:org'], 1, ['admin:org']],
    [[], 1, ['admin:org', 'repo']],
  ])('with %j ends with %i and lacks %j', async (scopes, expected, lacking) => {
    const { code, stdout, place } = await examined({ token: { scopes } })
    expect(stdout).toContain('acme: classic token (OCTOFORM_TOKEN)')
    expect(code).toBe(expected)
    const named = [...stdout.matchAll(/missing for plan and apply: the scope (\S+)\. /g)].map(([, scope]) => scope)
    expect(named).toEqual(lacking)
    for (const scope of lacking)
      expect(stdout).toMatch(new RegExp(`gh auth refresh -h 127\\.0\\.0\\.1:\\d+ -s ${scope}\\.`))
    const planned = await place.run(['plan'])
    const refused = lacking.includes('admin:org')
    expect((planned.stdout + planned.stderr).includes('lacks the scope admin:org')).toBe(refused)
  })

  it('without repo, where one repository is named: doctor and plan both name it', async () => {
    const configuration = 'version: 1\nrepositories:\n  acme/web: { secrets: { OLD: absent } }\n'
    const { code, stdout, place } = await examined({ token: { scopes: ['public_repo'] }, configuration })
    expect(stdout).toContain('missing for plan and apply: the scope repo. ')
    expect(code).toBe(1)
    const planned = await place.run(['plan'])
    expect(planned.stdout + planned.stderr).toContain('lacks the scope repo; it has public_repo')
    expect(planned.code).toBe(5)
  })

  it.each([
    ['plan', true],
    ['all', true],
    ['apply', false],
  ] as const)('used for %s can write: said %j', async (purpose, said) => {
    const { stdout } = await examined({ token: { scopes: ['admin:org', 'repo'] } }, { for: purpose })
    expect(stdout.includes('The token that plan uses can write (admin:org, repo)')).toBe(said)
  })
})

describe('what GitHub does not tell', () => {
  it('is said: the writes of a fine-grained token', async () => {
    const { code, stdout } = await examined({ token: { permissions: WRITES } }, { for: 'apply' })
    expect(code).toBe(0)
    expect(stdout).toContain('? GitHub does not say: whether the token may write; apply needs administration: write, ')
  })

  it('what no repository is there to try with', async () => {
    const configuration = `
version: 1
organizations:
  acme:
    repository_sets:
      - match: { topic: none }
        secrets: { X: absent }
`
    const permissions = { metadata: 'read', secrets: 'read' }
    const found = await examined({ token: { permissions }, configuration }, { for: 'plan' })
    expect(found.code, 'the first that is listed is tried').toBe(0)
    expect(found.sandbox.asked.map(({ path }) => path)).toContain('/repos/acme/admin/actions/secrets')
    const answers: Readonly<Record<string, unknown>> = {
      '/meta': { verifiable_password_authentication: false },
      '/orgs/acme': { id: 1, login: 'acme', type: 'Organization', plan: { name: 'enterprise' } },
    }
    const server = await serve(({ path }, response) =>
      answerJson(response, 200, path.includes('/repos') ? [] : answers[path.replace(/^\/api\/v3/, '')]),
    )
    const none = await doctor({ place: found.place, url: server.url }, { for: 'plan' })
    expect(none.stdout).toContain(
      'GitHub does not say: whether it has secrets: read: there is no repository to try it with',
    )
  })
})

describe('GitHub that cannot be asked', () => {
  it.each([
    ['5xx', 502, {}, 5, '? not known: '],
    ['a rate limit', 403, { 'retry-after': '60' }, 5, '? not known: '],
    ['a bad token', 401, {}, 1, 'GitHub does not accept the token from OCTOFORM_TOKEN'],
  ])('%s ends with its own code', async (_, status, headers, expected, says) => {
    const { place } = await clinic({})
    const server = await serve((_, response) => answerJson(response, status, { message: 'no' }, headers))
    const { code, stdout } = await doctor({ place, url: server.url }, { maxWait: 0 })
    expect(stdout).toContain(says)
    expect(code).toBe(expected)
  })

  it('what is missing weighs more than what could not be told', async () => {
    const { sandbox, place } = await clinic({ token: { permissions: { metadata: 'read' } } })
    await sandbox.fault({ method: 'GET', route: '/orgs/{org}/actions/secrets', nth: 1, times: 9, status: 502 })
    const { code, stdout } = await doctor({ place, url: sandbox.url }, { for: 'plan' })
    expect(stdout).toContain('? not known: GET /orgs/acme/actions/secrets')
    expect(stdout).toContain('missing for plan: organization_administration: read')
    expect(code).toBe(1)
  })
})

describe('the repository that the workflow runs in', () => {
  const env = { GITHUB_REPOSITORY: 'acme/admin', GITHUB_TOKEN: 'workflow' }

  it.each([
    ['its own', { workflow: 'acme/admin' }, 0, 'the repository acme/admin: token (GITHUB_TOKEN)'],
    [
      'another’s',
      { workflow: 'acme/web' },
      1,
      '- missing for plan and apply: metadata: read. GET /repos/acme/admin: 404',
    ],
  ])('with the token of a workflow in %s', async (_, workflow, expected, says) => {
    const { code, stdout } = await examined({ token: { permissions: READS }, tokens: { workflow }, env })
    expect(stdout).toContain(says)
    expect(code).toBe(expected)
  })

  it.each([
    ['yet to be made', { metadata: 'read', contents: 'write' }, 0, 'the branch octoform is yet to be made'],
    [
      'not to be read',
      { metadata: 'read' },
      1,
      '- missing for plan: contents: read. GET /repos/acme/admin/branches/octoform',
    ],
  ])('with the ledger on a branch that is %s', async (_, workflow, expected, says) => {
    const ledger = 'ledger: { repository: acme/admin, branch: octoform, path: ledger.json }'
    const { code, stdout, sandbox } = await examined(
      {
        token: { permissions: READS },
        tokens: { workflow: { workflow: 'acme/admin', permissions: workflow } },
        env: { GITHUB_TOKEN: 'workflow' },
        configuration: `${CONFIGURATION}${ledger}\n`,
      },
      { for: 'plan' },
    )
    expect(stdout).toContain('the repository acme/admin (ledger): token (GITHUB_TOKEN)')
    expect(stdout).toContain(says)
    expect(code).toBe(expected)
    expect(sandbox.writes()).toEqual([])
  })

  it('without a token for it', async () => {
    const { code, stdout } = await examined(
      { app: { permissions: WRITES }, env: { ...APP, GITHUB_REPOSITORY: 'acme/admin', OCTOFORM_TOKEN: '' } },
      { for: 'plan' },
    )
    expect(code).toBe(1)
    expect(stdout).toContain('- missing for plan: a token for acme/admin. No token for the repository itself')
  })
})

it('sends nothing but GET, a page of one at most, and prints no token', async () => {
  const { sandbox, stdout, stderr } = await examined({ token: { permissions: READS } })
  expect(sandbox.asked.length).toBeGreaterThan(6)
  expect(sandbox.asked.every(({ method }) => method === 'GET')).toBe(true)
  expect(stdout + stderr).not.toContain('token-of-an-owner')
})

it('leaves out owners that --owner does not name, and knows who is meant', async () => {
  const configuration = `${CONFIGURATION}  other:\n    secrets: {}\n`
  const { stdout } = await examined({ configuration }, { owner: ['ACME'] })
  expect(stdout).not.toContain('other')
  const { sandbox, place } = await clinic({ configuration })
  await expect(doctor({ place, url: sandbox.url }, { owner: ['nobody'] })).rejects.toThrow(
    '--owner nobody: the configuration names only acme, other',
  )
  expect(sandbox.asked).toEqual([])
})

it('as JSON is one document', async () => {
  const { organization_secrets: _, ...permissions } = READS
  const { stdout } = await examined({ token: { permissions } }, { for: 'plan', format: 'json' })
  expect(JSON.parse(stdout)).toMatchObject({
    enough: false,
    checkups: [
      {
        of: 'acme',
        from: 'OCTOFORM_TOKEN',
        kind: 'token',
        needs: { plan: { organization_secrets: 'read', secrets: 'read', metadata: 'read' } },
        missing: [{ what: 'organization_secrets: read', for: ['plan'] }],
        unreachable: [],
      },
    ],
  })
})

it('does not ask GHES 2.22 for what it has not', async () => {
  const { code, sandbox } = await examined({ product: 'ghes-2.22', token: { read_only: true } }, { for: 'plan' })
  expect(sandbox.asked.map(({ route }) => route)).not.toContain('/orgs/{org}/actions/permissions')
  expect(code).toBe(0)
})

it('does not ask GitHub AE of 2021, which github.product says, for what it has not', async () => {
  const configuration = `${CONFIGURATION}github: { product: ghae-2021 }\n`
  const made = { product: 'ghae-2021', configuration, token: { read_only: true } }
  const { code, sandbox } = await examined(made, { for: 'plan' })
  const asked = sandbox.asked.map(({ route }) => route)
  expect(asked).toContain('/orgs/{org}/actions/permissions')
  expect(asked).not.toContain('/orgs/{org}/actions/runner-groups')
  expect(code).toBe(0)
})

it.each([
  ['ghec', true],
  ['ghes-3.10', true],
  ['ghes-3.9', false],
  ['ghae', false],
])('of a token that can write, %s is told of fine-grained ones: %s', async (product, isThere) => {
  const { stdout } = await examined({ product, token: { scopes: ['admin:org', 'repo'] } }, { for: 'plan' })
  expect(stdout).toContain(`Give plan ${isThere ? 'a fine-grained token or ' : ''}a GitHub App that only reads`)
})
