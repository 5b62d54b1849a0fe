import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = {
  organizations: {
    acme: {
      repositories: {
        web: {
          visibility: 'public',
          permissions: { allowed_actions: 'local_only' },
          secrets: { KEY: { value: 'planted-key' } },
        },
        api: { secrets: { KEY: { value: 'planted-key' } } },
        'service-a': {},
      },
      permissions: { enabled_repositories: 'selected', repositories: ['web', 'api'], allowed_actions: 'all' },
      secrets: {
        ALL: { visibility: 'all', value: 'planted-all' },
        SOME: { visibility: 'selected', repositories: ['web', 'api'], value: 'planted-some' },
      },
      runners: { one: {}, two: {} },
      runner_groups: { gpu: { visibility: 'selected', repositories: ['api'], runners: ['one'] } },
    },
  },
  repositories: { 'octocat/hello': { secrets: { MINE: { value: 'planted-mine' } } } },
}

async function imported(): Promise<{ sandbox: WatchedSandbox; place: Workplace }> {
  const sandbox = await watchedSandbox({ seed: SEED })
  return { sandbox, place: await workplace(sandbox, {}) }
}

describe('import', () => {
  it.each(['orgs/acme', 'orgs/ACME', 'repos/acme/web', 'repos/acme/*', 'repos/octocat/hello', 'orgs/acme/secrets/S*'])(
    '%s prints YAML that plans to no changes and holds no value',
    async (address) => {
      const { sandbox, place } = await imported()
      const ran = await place.run(['import', address])
      expect(ran).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^# yaml-language-server: \$schema=\S+\nversion: 1\n/),
      })
      expect(ran.stdout).not.toMatch(/planted|value:/)
      await place.write('octoform.yaml', ran.stdout)
      expect(await place.run(['validate'])).toMatchObject({ code: 0 })
      expect(await place.run(['plan', '--detailed-exitcode'])).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/(^|\n)No changes\.\n$/),
      })
      expect(sandbox.writes()).toEqual([])
    },
  )

  it('gives secrets by their access only', async () => {
    const { place } = await imported()
    const { stdout } = await place.run(['import', 'orgs/acme', '--only', 'secrets'])
    expect(parse(stdout)).toEqual({
      version: 1,
      organizations: {
        acme: {
          secrets: { ALL: { visibility: 'all' }, SOME: { visibility: 'selected', repositories: ['api', 'web'] } },
        },
      },
    })
    const below = await place.run(['import', 'repos/acme/web', '--only', 'secrets'])
    expect(parse(below.stdout)).toEqual({
      version: 1,
      organizations: { acme: { repositories: { web: { secrets: { KEY: {} } } } } },
    })
  })

  it('--only takes several families, and reads no other', async () => {
    const { sandbox, place } = await imported()
    const ran = await place.run(['import', 'orgs/acme', '--only', 'permissions,runner_groups'])
    expect(Object.keys(parse(ran.stdout).organizations.acme).sort()).toEqual(['permissions', 'runner_groups'])
    expect(sandbox.asked.some(({ path }) => path.includes('secrets'))).toBe(false)
    expect(await place.run(['import', 'orgs/acme', '--only', 'secret'])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/--only secret: the families are permissions, /),
    })
  })

  it('--out writes one file, and never over another', async () => {
    const { place } = await imported()
    const ran = await place.run(['import', 'orgs/acme', '--out', 'conf'])
    expect(ran).toMatchObject({ code: 0, stdout: '', stderr: expect.stringMatching(/Wrote .*conf\/acme\.yaml\n/) })
    expect(await place.run(['plan', '--config', 'conf', '--detailed-exitcode'])).toMatchObject({ code: 0 })
    await place.write('conf/acme.yaml', '# of a person\n')
    const again = await place.run(['import', 'orgs/acme', '--out', 'conf'])
    expect(again).toMatchObject({ code: 1, stderr: expect.stringMatching(/conf\/acme\.yaml is there already/) })
    expect(await place.read('conf/acme.yaml')).toBe('# of a person\n')
    await place.write('file', '')
    const onto = await place.run(['import', 'orgs/acme', '--out', 'file'])
    expect(onto.code).toBe(1)
    expect(onto.stderr).not.toContain('bug in octoform')
  })

  it('--out writes an organization and its repositories side by side', async () => {
    const { place } = await imported()
    const both = [
      ['orgs/acme', 'orgs/acme.yaml'],
      ['repos/acme/*', 'orgs/acme.repositories.yaml'],
    ] as const
    const texts: string[] = []
    for (const [address, file] of both) {
      const { code, stderr } = await place.run(['import', address, '--out', 'orgs'])
      expect(code).toBe(0)
      expect(stderr).toContain(`/${file}\n`)
      texts.push(await place.read(file))
    }
    expect(await place.read('orgs/acme.yaml')).toBe(texts[0])
    expect(texts[0]).not.toContain('repositories:\n      web')
    expect(await place.run(['plan', '--config', 'orgs', '--detailed-exitcode'])).toMatchObject({ code: 0 })
  })

  it.each([['acme'], ['orgs'], ['orgs/*'], ['repos/*/web'], ['teams/acme']])(
    '%s is not an address: exit 1',
    async (address) => {
      const { sandbox, place } = await imported()
      expect(await place.run(['import', address])).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/is not an address/),
      })
      expect(sandbox.asked).toEqual([])
    },
  )

  it('of all repositories of a personal account: exit 1 and what to write instead', async () => {
    const { place } = await imported()
    expect(await place.run(['import', 'repos/octocat/*'])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/octocat is a personal account: name one/),
    })
  })

  it('of what is not there: exit 5 for a scope, 1 where nothing has the name', async () => {
    const { place } = await imported()
    expect(await place.run(['import', 'repos/acme/missing'])).toMatchObject({
      code: 5,
      stderr: expect.stringMatching(/404/),
    })
    expect(await place.run(['import', 'orgs/acme/secrets/NOBODY'])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/Nothing on GitHub is named/),
    })
  })

  it('of patterns that no configuration may have: the others are added, and the plan has no changes', async () => {
    const patterns_allowed = ['docker/*', 'a/b@v1, c/d@v1', 'a b/c@v1']
    const actions = { github_owned_allowed: true, verified_allowed: false, patterns_allowed }
    const permissions = { allowed_actions: 'selected', selected_actions: actions }
    const sandbox = await watchedSandbox({ seed: { organizations: { acme: { permissions } } } })
    const place = await workplace(sandbox, {})
    const { code, stdout, stderr } = await place.run(['import', 'orgs/acme/permissions'])
    const told =
      'orgs/acme/permissions selected_actions.patterns_allowed: left out what GitHub has and a configuration may not say; selected_actions.remove_patterns_allowed takes it away: `a b/c@v1` is not a pattern of actions: '
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: expect.stringContaining(`\n# ${told}`),
      stderr: expect.stringContaining(`warning: ${told}`),
    })
    expect(parse(stdout).organizations.acme.permissions.selected_actions).toEqual({
      github_owned_allowed: true,
      verified_allowed: false,
      add_patterns_allowed: ['docker/*'],
    })
    const taken = await workplace(sandbox, { 'octoform.yaml': stdout })
    expect(await taken.run(['plan'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/No changes\.\n$/) })
  })

  it.each([
    ['a placeholder', 'build-{organization}'],
    ['one that does not exist', 'build-{x}'],
    ['nothing else', '{NAME}'],
  ])(
    'of names on GitHub that would be %s: with braces written twice, and the plan has no changes',
    async (_, runner) => {
      const groups = { gpu: { runners: [runner, 'b'] }, cpu: { runners: [`${runner}2`] } }
      const runners = { [runner]: {}, [`${runner}2`]: {}, b: {}, 'build-acme': {} }
      const acme = { runners, runner_groups: groups }
      const sandbox = await watchedSandbox({ seed: { organizations: { acme } } })
      const place = await workplace(sandbox, {})
      const { code, stdout, stderr } = await place.run(['import', 'orgs/acme/runner_groups'])
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('warning') })
      const escaped = runner.replace('{', '{{').replace('}', '}}')
      const { gpu, cpu } = parse(stdout).organizations.acme.runner_groups
      expect([...gpu.runners, ...cpu.runners].sort()).toEqual([escaped, `${escaped}2`, 'b'].sort())
      const taken = await workplace(sandbox, { 'octoform.yaml': stdout })
      expect(await taken.run(['plan'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/No changes\.\n$/) })
    },
  )

  describe('of a family that GitHub does not show there', () => {
    const LIMIT = '/organizations/acme/actions/cache/retention-limit'
    const MANAGED = '/orgs/acme/actions/permissions/fork-pr-workflows-private-repos'
    it.each([
      ['cache_limits', LIMIT, 402, 'No valid payment method on file'],
      ['cache_limits', LIMIT, 403, 'Forbidden'],
      ['fork_pr_workflows_private_repos', MANAGED, 403, 'managed by the enterprise owner'],
    ])('%s, %s with %i: the rest is printed with a warning, exit 5', async (family, route, status, message) => {
      const sandbox = await watchedSandbox({
        seed: { organizations: { acme: { secrets: { A: { visibility: 'all', value: 'planted' } } } } },
      })
      await sandbox.fault({ method: 'GET', route, status, body: { message }, times: 99 })
      const place = await workplace(sandbox, {})
      const { code, stdout, stderr } = await place.run(['import', 'orgs/acme'])
      const told = `orgs/acme/${family} could not be read, and is left out: GET ${route}: ${status} ${message}`
      expect(code, stderr).toBe(5)
      expect(stderr).toContain(`warning: ${told}`)
      expect(stdout).toContain(`\n# ${told}`)
      const { acme } = parse(stdout).organizations
      expect(Object.keys(acme)).toEqual(expect.arrayContaining(['permissions', 'secrets', 'workflow_permissions']))
      expect(Object.keys(acme)).not.toContain(family)
      const taken = await workplace(sandbox, { 'octoform.yaml': stdout })
      expect(await taken.run(['plan', '--detailed-exitcode'])).toMatchObject({ code: 0 })
      const alone = await place.run(['import', 'orgs/acme', '--only', family])
      expect(alone).toMatchObject({ code: 5, stdout: '', stderr: expect.stringContaining(`warning: ${told}`) })
    })

    it('of a repository alone', async () => {
      const sandbox = await watchedSandbox({
        seed: { organizations: { acme: { repositories: { web: {}, api: {} } } } },
      })
      const route = '/repos/acme/web/actions/cache/storage-limit'
      await sandbox.fault({ method: 'GET', route, status: 402, body: { message: 'no' }, times: 9 })
      const { code, stdout, stderr } = await (await workplace(sandbox, {})).run(['import', 'repos/acme/*'])
      expect([code, stderr]).toEqual([5, expect.stringContaining('warning: repos/acme/web/cache_limits could not be')])
      const { web, api } = parse(stdout).organizations.acme.repositories
      expect([Object.keys(web), Object.keys(api)]).toEqual([
        expect.not.arrayContaining(['cache_limits']),
        expect.arrayContaining(['cache_limits', ...Object.keys(web)]),
      ])
      expect(Object.keys(web)).toContain('permissions')
    })
  })

  it('of a family that cannot be read: the rest is printed, exit 5', async () => {
    const { sandbox, place } = await imported()
    await sandbox.fault({ route: '/repos/acme/web/actions/secrets', status: 403, body: { message: 'no' }, times: 9 })
    const ran = await place.run(['import', 'repos/acme/*'])
    const told = /repos\/acme\/web\/secrets could not be read, and is left out: .*403/
    expect(ran).toMatchObject({ code: 5, stdout: expect.stringMatching(told), stderr: expect.stringMatching(told) })
    const { web, api } = parse(ran.stdout).organizations.acme.repositories
    expect([Object.keys(web), Object.keys(api)]).toEqual([
      expect.not.arrayContaining(['secrets']),
      expect.arrayContaining(['permissions']),
    ])
    expect(Object.keys(web)).toContain('permissions')
  })

  it('of a scope of which nothing can be read: it is in no file, exit 5', async () => {
    const { sandbox, place } = await imported()
    for (const family of ['permissions', 'secrets']) {
      const route = `/repos/acme/web/actions/${family}`
      await sandbox.fault({ method: 'GET', route, status: 403, body: { message: 'no' }, times: 9 })
    }
    const ran = await place.run(['import', 'repos/acme/*', '--only', 'permissions,secrets'])
    expect(ran).toMatchObject({ code: 5, stderr: expect.stringMatching(/repos\/acme\/web could not be read: .*403/) })
    expect(Object.keys(parse(ran.stdout).organizations.acme.repositories)).toContain('api')
    expect(Object.keys(parse(ran.stdout).organizations.acme.repositories)).not.toContain('web')
  })
})

describe('import --product', () => {
  const importing = async (product: string, args: readonly string[]) => {
    const sandbox = await watchedSandbox({ seed: SEED, product })
    const place = await workplace(sandbox, {})
    return { sandbox, place, ran: await place.run(['import', ...args]) }
  }

  it.each([
    [['orgs/acme', '--product', 'ghae-2021', '--out', 'conf'], 'conf/acme.yaml'],
    [['orgs/acme', '--product', 'ghae-2021', '--with-repositories', '--out', 'conf'], 'conf/acme.yaml'],
  ])('%j says the product that the server does not tell, and the YAML says it too', async (args, file) => {
    const { sandbox, place, ran } = await importing('ghae-2021', args)
    expect(ran).toMatchObject({ code: 0 })
    expect(parse(await place.read(file)).github).toEqual({ product: 'ghae-2021' })
    expect(sandbox.asked.filter(({ status }) => status >= 400)).toEqual([])
    expect((await place.run(['plan', '--config', 'conf'])).stdout).toMatch(/(^|\n)No changes\.\n$/)
  })

  it('is refused where the server tells another', async () => {
    const { ran } = await importing('ghes-3.19', ['orgs/acme', '--product', 'ghae-2021'])
    expect(ran).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--product is ghae-2021, but the server is ghes-3.19'),
    })
  })
})
