import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { instantClock } from '../support/instant-clock.ts'
import { type Ran, type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const IMPORT = ['import', 'orgs/acme', '--with-repositories', '--out', 'conf']
const LOCAL = { permissions: { allowed_actions: 'local_only' } }
const DAYS = { max_cache_retention_days: 3 }

const SEED = {
  product: 'ghec',
  organizations: {
    acme: {
      repositories: {
        api: { ...LOCAL, secrets: { KEY: { value: 'planted-key' } } },
        web: { ...LOCAL, visibility: 'public' },
        docs: LOCAL,
        '.github': { visibility: 'public' },
        open: { permissions: { allowed_actions: 'selected', selected_actions: { patterns_allowed: ['docker/*'] } } },
        off: { permissions: { enabled: false, allowed_actions: 'local_only' } },
        more: LOCAL,
        old: { archived: true, ...LOCAL },
      },
      permissions: { enabled_repositories: 'all', allowed_actions: 'all' },
      secrets: { NPM: { visibility: 'selected', repositories: ['web', 'old'], value: 'planted-npm' } },
    },
  },
}

async function begin(seed: object = SEED): Promise<{ sandbox: WatchedSandbox; place: Workplace }> {
  const sandbox = await watchedSandbox({ seed })
  return { sandbox, place: await workplace(sandbox, {}) }
}

async function filesIn({ folder }: Workplace, below = 'conf'): Promise<readonly string[]> {
  const all = await readdir(join(folder, below), { recursive: true })
  return all.map((name) => name.replaceAll('\\', '/')).sort()
}

function noChanges(ran: Ran): void {
  expect(ran.code, ran.stderr + ran.stdout).toBe(0)
  expect(ran.stdout).toMatch(/(^|\n)No changes\.\n$/)
}

const plan = (place: Workplace): Promise<Ran> => place.run(['plan', '--config', 'conf', '--detailed-exitcode'])

describe('import --with-repositories', () => {
  it('writes the organization, a set of what most share, and a file for each repository that differs', async () => {
    const { sandbox, place } = await begin()
    // Of all families the files would grow with each that comes.
    const ran = await place.run([...IMPORT, '--only', 'permissions', '--only', 'secrets'])
    expect(ran.code, ran.stderr).toBe(0)
    expect(await filesIn(place)).toEqual([
      'acme',
      'acme.yaml',
      'acme/%2egithub.yaml',
      'acme/api.yaml',
      'acme/off.yaml',
      'acme/open.yaml',
    ])
    const organization = parse(await place.read('conf/acme.yaml')).organizations.acme
    expect(organization.repository_sets).toEqual([
      // GitHub shows no other permissions where Actions are off.
      { match: { name: ['*', '!off'] }, permissions: { allowed_actions: 'local_only' } },
    ])
    expect(parse(await place.read('conf/acme/%2egithub.yaml'))).toEqual({
      version: 1,
      organizations: { acme: { repositories: { '.github': { permissions: { allowed_actions: 'all' } } } } },
    })
    expect(parse(await place.read('conf/acme/off.yaml')).organizations.acme.repositories.off).toEqual({
      permissions: { enabled: false },
    })
    expect(await place.read('conf/acme/api.yaml')).toContain('        KEY: {} # value: { env: "{REPOSITORY}_KEY" }\n')
    expect(await place.read('conf/acme.yaml')).toContain('        # value: { env: NPM }\n')
    expect(ran.stderr).toContain('Reading acme and 7 repositories: some ')
    expect(ran.stderr).toContain('Archived, and left out: old.')
    expect(ran.stderr).toContain('acme.yaml, and 4 of repositories. The other 3 say nothing beside it.')
    expect(JSON.stringify(ran)).not.toContain('planted')
    noChanges(await plan(place))
    expect(sandbox.writes()).toEqual([])
  })

  it('--no-compact writes all that there is, which plans to no changes as well', async () => {
    const { place } = await begin()
    expect(await place.run([...IMPORT, '--no-compact'])).toMatchObject({ code: 0 })
    expect((await filesIn(place, 'conf/acme')).length).toBe(7)
    expect(
      parse(await place.read('conf/acme/docs.yaml')).organizations.acme.repositories.docs.permissions,
    ).toMatchObject({
      enabled: true,
      allowed_actions: 'local_only',
    })
    noChanges(await plan(place))
  })

  it('leaves out that Actions are off where the organization does not select the repository', async () => {
    const { organizations } = SEED
    const { place } = await begin({
      ...SEED,
      organizations: {
        acme: {
          ...organizations.acme,
          permissions: { enabled_repositories: 'selected', repositories: ['web', 'api'], allowed_actions: 'all' },
        },
      },
    })
    expect(await place.run(IMPORT)).toMatchObject({ code: 0 })
    const files = await Promise.all((await filesIn(place, 'conf/acme')).map((name) => place.read(`conf/acme/${name}`)))
    expect(files.join('')).not.toContain('enabled: false')
    noChanges(await plan(place))
  })

  it('plans to no changes with all families, and environments with what is in them', async () => {
    const prod = {
      wait_timer: 5,
      secrets: { DB: { value: 'planted-db' } },
      variables: { REGION: { value: 'eu' } },
    }
    const many = Array.from({ length: 6 }, (_, index) => [`r-${index}`, { ...LOCAL, environments: { prod } }])
    const { acme } = SEED.organizations
    const repositories = { ...acme.repositories, ...Object.fromEntries(many) }
    const { place } = await begin({ ...SEED, organizations: { acme: { ...acme, repositories } } })
    expect(await place.run(IMPORT)).toMatchObject({ code: 0 })
    const written = await place.read('conf/acme/r-0.yaml')
    expect(parse(written).organizations.acme.repositories['r-0'].environments.prod).toMatchObject({
      secrets: { DB: {} },
      variables: { REGION: { value: 'eu' } },
    })
    expect(written).toContain('DB: {} # value: { env: "{REPOSITORY}_{ENVIRONMENT}_DB" }\n')
    noChanges(await plan(place))
  })

  it('goes on where it was stopped, and asks for nothing again', async () => {
    const repositories = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`r-${index}`, LOCAL]))
    const { sandbox, place } = await begin({ product: 'ghec', organizations: { acme: { repositories } } })
    const route = 'GET /repos/{owner}/{repo}/actions/permissions'
    const [method, path] = route.split(' ')
    await sandbox.call('POST', '/_sandbox/faults', { method, route: path, nth: 22, times: 1, status: 451 })
    const stopped = await place.run(IMPORT)
    expect(stopped.code).toBe(5)
    expect(stopped.stderr).toMatch(/repos\/acme\/r-\d+ could not be read: /)
    expect(stopped.stderr).toContain(
      'No file was written. 49 repositories are kept in conf/.octoform-import-acme.jsonl',
    )
    expect(await filesIn(place)).toEqual(['.octoform-import-acme.jsonl'])
    // Cut off in the middle of a line, as by a crash: that repository is read again.
    const journal = join(place.folder, 'conf/.octoform-import-acme.jsonl')
    const text = await readFile(journal, 'utf8')
    await writeFile(journal, text.slice(0, -20))
    const before = sandbox.asked.filter((each) => each.route === path).length
    const ended = await place.run(IMPORT)
    expect(ended.code, ended.stderr).toBe(0)
    expect(ended.stderr).toContain('48 were read before (conf/.octoform-import-acme.jsonl).')
    expect(sandbox.asked.filter((each) => each.route === path).length - before).toBe(2)
    expect(await filesIn(place)).toEqual(['acme.yaml'])
    noChanges(await plan(place))
  })

  it('leaves out what cannot be read however often, and lets no set reach it', async () => {
    const { acme } = SEED.organizations
    const repositories = { ...acme.repositories, one: LOCAL, two: LOCAL }
    const { sandbox, place } = await begin({ ...SEED, organizations: { acme: { ...acme, repositories } } })
    const fault = { method: 'GET', route: '/repos/{owner}/{repo}/actions/secrets', nth: 1, times: 1, status: 451 }
    await sandbox.call('POST', '/_sandbox/faults', fault)
    const [first] = (await place.run(IMPORT)).stderr.match(/repos\/acme\/\S+(?= could not)/) ?? []
    await sandbox.call('POST', '/_sandbox/faults', fault)
    const ended = await place.run(IMPORT)
    expect([ended.code, ended.stderr]).toEqual([
      5,
      expect.stringContaining(`${first} could not be read, and is in no file`),
    ])
    const [set] = parse(await place.read('conf/acme.yaml')).organizations.acme.repository_sets
    const names = ['off', first?.split('/').at(-1) ?? ''].sort().map((name) => `!${name}`)
    expect(set.match).toEqual({ name: ['*', ...names] })
    noChanges(await plan(place))
  })

  it('leaves out a family alone that GitHub does not show, and says where', async () => {
    const { acme } = SEED.organizations
    const { sandbox, place } = await begin({ ...SEED, organizations: { acme: { ...acme, cache_limits: DAYS } } })
    const unpaid = { method: 'GET', status: 402, body: { message: 'No valid payment method on file' }, times: 999 }
    await sandbox.fault({ ...unpaid, route: '/organizations/{org}/actions/cache/storage-limit' })
    await sandbox.fault({ ...unpaid, route: '/repos/{owner}/{repo}/actions/cache/storage-limit' })
    const { code, stderr } = await place.run(IMPORT)
    expect(code, stderr).toBe(5)
    expect(stderr).toMatch(
      /\nwarning: orgs\/acme\/cache_limits, repos\/acme\/\S+, \S+, … \d+ more could not be read, and are left out; the first: GET \/organizations\/acme\/\S+: 402 No valid payment/,
    )
    const written = await place.read('conf/acme.yaml')
    expect(written).toMatch(/^# orgs\/acme\/cache_limits, repos\/acme\/\S+, .* could not be read, and are left out/m)
    expect(written.replace(/^#.*$/gm, '')).not.toContain('cache_limits')
    noChanges(await plan(place))
  })

  it('leaves out a family alone that the credential may not read', async () => {
    const { acme } = SEED.organizations
    const { sandbox, place } = await begin(SEED)
    const refused = { method: 'GET', status: 403, body: { message: 'Resource not accessible' }, times: 999 }
    await sandbox.fault({ ...refused, route: '/orgs/{org}/actions/secrets' })
    await sandbox.fault({ ...refused, route: '/repos/{owner}/{repo}/actions/secrets' })
    const { code, stderr } = await place.run(IMPORT)
    expect(code, stderr).toBe(5)
    expect(stderr).toMatch(/\nwarning: orgs\/acme\/secrets, repos\/acme\/\S+, .* could not be read, and are left out/)
    const [written = '', ...others] = await Promise.all(
      (await filesIn(place)).filter((name) => name.endsWith('.yaml')).map((name) => place.read(`conf/${name}`)),
    )
    expect(Object.keys(acme.repositories).length).toBeGreaterThan(others.length)
    expect(written).toMatch(/^# orgs\/acme\/secrets, repos\/acme\//m)
    for (const each of others) expect(each).toMatch(/^# repos\/acme\/\S+\/secrets could not be read, and is left out/m)
    for (const each of [written, ...others]) expect(each.replace(/^#.*$/gm, '')).not.toContain('\n    secrets')
    noChanges(await plan(place))
  })

  it('lets no set with a family reach where GitHub does not show it, and says so after it was stopped, too', async () => {
    const repositories = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`r-${index}`, { ...LOCAL, cache_limits: DAYS }]),
    )
    const { sandbox, place } = await begin({ product: 'ghec', organizations: { acme: { repositories } } })
    const unpaid = { route: '/repos/acme/r-3/actions/cache/storage-limit', status: 402, body: { message: 'no' } }
    await sandbox.fault({ method: 'GET', times: 1, ...unpaid })
    const stop = { route: '/repos/acme/r-9/actions/permissions', status: 451, body: { message: 'no' } }
    await sandbox.fault({ method: 'GET', times: 1, ...stop })
    expect(await place.run(IMPORT)).toMatchObject({ code: 5, stderr: expect.stringContaining('No file was written.') })
    const ended = await place.run(IMPORT)
    expect([ended.code, ended.stderr]).toEqual([
      5,
      expect.stringContaining(
        'warning: repos/acme/r-3/cache_limits could not be read, and is left out: GET /repos/acme/',
      ),
    ])
    const sets = parse(await place.read('conf/acme.yaml')).organizations.acme.repository_sets
    const byFamily = (family: string) => sets.find((set: object) => Object.hasOwn(set, family)).match
    expect([byFamily('cache_limits'), byFamily('permissions')]).toEqual([{ name: ['*', '!r-3'] }, {}])
    noChanges(await plan(place))
  })

  it('sends the same requests for each of several hundred repositories', async () => {
    const count = async (many: number): Promise<number> => {
      const each = (index: number): object => ({ permissions: { allowed_actions: index % 9 ? 'local_only' : 'all' } })
      const names = Array.from({ length: many }, (_, index) => [`r-${index}`, each(index)])
      const repositories = Object.fromEntries(names)
      const { sandbox, place } = await begin({ product: 'ghec', organizations: { acme: { repositories } } })
      const { code, stderr } = await place.run(IMPORT)
      expect(code).toBe(0)
      expect((await filesIn(place, 'conf/acme')).length).toBe(Math.ceil(many / 9))
      const told = Number(/some ([\d,]+) requests/.exec(stderr)?.[1]?.replaceAll(',', ''))
      expect(Math.abs(told / sandbox.asked.length - 1), `${told} of ${sandbox.asked.length}`).toBeLessThan(0.15)
      return sandbox.asked.length
    }
    const [few, many] = [await count(10), await count(310)]
    // The listing has pages of a hundred.
    const perRepository = (many - few - 3) / 300
    expect([Number.isInteger(perRepository), perRepository > 3]).toEqual([true, true])
  })

  it('never writes over a file, names all that are in the way before it writes any, and goes on afterwards', async () => {
    const { sandbox, place } = await begin()
    for (const name of ['api', 'open']) await place.write(`conf/acme/${name}.yaml`, 'version: 1\n')
    const ran = await place.run(IMPORT)
    expect([ran.code, ran.stderr]).toEqual([
      1,
      expect.stringContaining(
        'conf/acme/api.yaml, conf/acme/open.yaml are there already. Give another --out, or move them',
      ),
    ])
    expect(await place.read('conf/acme/open.yaml')).toBe('version: 1\n')
    expect((await filesIn(place, 'conf/acme')).length).toBe(2)
    for (const name of ['api', 'open']) await rm(join(place.folder, `conf/acme/${name}.yaml`))
    const [before] = [sandbox.asked.length]
    expect(await place.run(IMPORT)).toMatchObject({ code: 0, stderr: expect.stringContaining('7 were read before') })
    expect(sandbox.asked.slice(before).filter(({ path }) => path.startsWith('/repos/acme/'))).toEqual([])
    noChanges(await plan(place))
  })

  it('says before it reads that the file of the organization is there already', async () => {
    const { sandbox, place } = await begin()
    await place.write('conf/acme.yaml', 'version: 1\n')
    const ran = await place.run(IMPORT)
    expect([ran.code, ran.stderr]).toEqual([1, expect.stringContaining('conf/acme.yaml is there already.')])
    expect(sandbox.asked.map(({ route }) => route).filter((route) => route.includes('actions'))).toEqual([])
    expect(await filesIn(place)).toEqual(['acme.yaml'])
  })

  it('writes the same files in whichever run a repository was read', async () => {
    const KEYS = (names: string) => ({
      secrets: Object.fromEntries([...names].map((name) => [name, { value: 'planted' }])),
    })
    const repositories = Object.fromEntries(
      ['aa', 'bb', 'cc', 'dd', 'ee'].map((name, index) => [name, { ...LOCAL, ...KEYS(index === 0 ? 'XYZ' : 'ZYX') }]),
    )
    const seed = { product: 'ghec', organizations: { acme: { repositories } } }
    const whole = await begin(seed)
    const cut = await begin(seed)
    await cut.sandbox.fault({ method: 'GET', route: '/repos/acme/aa/actions/secrets', status: 451, times: 1 })
    expect(await whole.place.run(IMPORT)).toMatchObject({ code: 0 })
    expect(await cut.place.run(IMPORT)).toMatchObject({ code: 5 })
    expect(await cut.place.run(IMPORT)).toMatchObject({ code: 0 })
    expect(await cut.place.read('conf/acme.yaml')).toBe(await whole.place.read('conf/acme.yaml'))
  })

  describe('of repositories that GitHub refuses', () => {
    const repositories = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`r-${index}`, LOCAL]))
    const seed = { product: 'ghec', organizations: { acme: { repositories } } }
    const refused = { method: 'GET', status: 403, body: { message: 'Resource not accessible' }, times: 999 }
    const ofAll = async (sandbox: WatchedSandbox, names: readonly string[]): Promise<void> => {
      for (const name of names) {
        const routes = ['actions/permissions', 'actions/secrets'].map((part) => `/repos/acme/${name}/${part}`)
        for (const route of routes) await sandbox.fault({ ...refused, route })
      }
    }
    const names = Object.keys(repositories).sort()
    const ONLY = [...IMPORT, '--only', 'permissions', '--only', 'secrets']

    it('reads those behind them, and leaves these out in the next run', async () => {
      const { sandbox, place } = await begin(seed)
      await ofAll(sandbox, names.slice(0, 25))
      const first = await place.run(ONLY)
      expect([first.code, first.stderr]).toEqual([5, expect.stringContaining('5 repositories are kept in')])
      expect(first.stderr).not.toContain('not reached')
      const second = await place.run(ONLY)
      expect([second.code, second.stderr]).toEqual([
        5,
        expect.stringContaining('repos/acme/r-0 could not be read, and is'),
      ])
      expect(await filesIn(place)).toEqual(['acme.yaml'])
      noChanges(await plan(place))
    })

    it('ends, also where one that was read has left since, and where none can be read', async () => {
      const { sandbox, place } = await begin(seed)
      await ofAll(sandbox, ['r-3'])
      expect(await place.run(ONLY)).toMatchObject({ code: 5 })
      await sandbox.call('DELETE', '/repos/acme/r-4')
      expect(await place.run(ONLY)).toMatchObject({ code: 5, stderr: expect.stringContaining('Wrote 1 file below') })
      const other = await begin(seed)
      await ofAll(other.sandbox, names)
      expect(await other.place.run(ONLY)).toMatchObject({ code: 5 })
      expect(await other.place.run(ONLY)).toMatchObject({
        code: 5,
        stderr: expect.stringContaining('Wrote 1 file below'),
      })
    })

    it('leaves none out for a connection that broke twice, while it finds others', async () => {
      const { sandbox, place } = await begin(seed)
      const route = (name: string): string => `/repos/acme/${name}/actions/permissions`
      await sandbox.fault({ method: 'GET', route: route('r-3'), drop: true, times: 999 })
      await sandbox.fault({ method: 'GET', route: route('r-5'), status: 451, times: 1 })
      const again = () => place.run(ONLY, instantClock())
      expect(await again()).toMatchObject({ code: 5, stderr: expect.stringContaining('28 repositories are kept in') })
      expect(await again()).toMatchObject({ code: 5, stderr: expect.stringContaining('29 repositories are kept in') })
      expect(await again()).toMatchObject({ code: 5, stderr: expect.stringContaining('Wrote 1 file below') })
    })

    it('does not take a limit, or an outage at some that were not asked before, for a refusal', async () => {
      const { sandbox, place } = await begin(seed)
      await ofAll(sandbox, ['r-29'])
      expect(await place.run(ONLY)).toMatchObject({ code: 5 })
      const limited = { status: 403, headers: { 'retry-after': '9999' }, body: { message: 'secondary rate limit' } }
      await sandbox.call('POST', '/_sandbox/reset', {})
      await sandbox.fault({ method: 'GET', route: '/repos/acme/r-29/actions/permissions', times: 9, ...limited })
      const again = await place.run([...ONLY, '--max-wait', '1s'])
      expect([again.code, again.stderr]).toEqual([
        5,
        expect.stringContaining('No file was written. 29 repositories are kept'),
      ])
      await sandbox.call('POST', '/_sandbox/reset', {})
      expect(await place.run(ONLY)).toMatchObject({ code: 0 })
    })
  })

  it.each([
    [['import', 'repos/acme/web', '--with-repositories', '--out', 'conf'], '--with-repositories takes an organization'],
    [['import', 'orgs/acme', '--with-repositories'], 'give a folder with --out DIR'],
  ])('%j is refused before a request', async (args, why) => {
    const { sandbox, place } = await begin()
    expect(await place.run(args)).toMatchObject({ code: 1, stderr: expect.stringContaining(why) })
    expect(sandbox.asked).toEqual([])
  })
})
