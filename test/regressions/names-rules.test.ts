import { describe, expect, it } from 'vitest'
import { GIVEN, type Given, HAPPENED, namesWorld } from '../support/names-world.ts'

const YAML = (body: string) => `version: 1\norganizations:\n  acme:\n    ${body}\n`

describe('what a repository that was renamed is given by its old name', () => {
  it('is told with its line, and its value is held back though it changed at its source', async () => {
    const world = await namesWorld(GIVEN['own secret']('web'))
    await world.apply()
    await world.move('acme/web', 'acme/site')
    const ran = await world.apply([], { V: 'another-value' })
    expect(ran).toMatchObject({ code: 2, writes: [] })
    expect(ran.stdout).toContain('octoform.yaml:4:21: warning: acme/web is called acme/site now: write site')
    const { held_back, changes } = await world.place.plan([], { V: 'another-value' })
    expect(changes).toEqual([])
    expect(held_back).toMatchObject([{ address: 'repos/acme/site/secrets/TOKEN', field: 'value' }])
    await world.place.write('octoform.yaml', GIVEN['own secret']('site'))
    expect(await world.apply([], { V: 'another-value' })).toMatchObject({
      code: 0,
      writes: ['PUT /repos/acme/site/actions/secrets/TOKEN'],
    })
  })

  it('goes on where it takes something away, and waits where it gives', async () => {
    const world = await namesWorld(YAML('repositories: { web: { permissions: { allowed_actions: local_only } } }'))
    await world.apply()
    await world.move('acme/web', 'acme/site')
    await world.place.write('octoform.yaml', YAML('repositories: { web: { permissions: { allowed_actions: all } } }'))
    expect(await world.apply()).toMatchObject({ code: 2, writes: [] })
    await world.place.write('octoform.yaml', YAML('repositories: { web: { permissions: { enabled: false } } }'))
    expect(await world.apply()).toMatchObject({ code: 0, writes: ['PUT /repos/acme/site/actions/permissions'] })
  })

  it.each([
    ['a list', 'runner_groups: { gpu: { visibility: selected, repositories: [web, tool] } }', [103]],
    ['a selector', 'runner_groups: { gpu: { visibility: selected, repositories: [{ name: web }, tool] } }', [103]],
    ['add_', 'runner_groups: { gpu: { add_repositories: [web, tool] } }', [103]],
  ])('is no new access: %s', async (_, body, has) => {
    const world = await namesWorld(YAML(body))
    await world.move('acme/web', 'acme/site')
    const ran = await world.apply()
    expect(ran.code).toBe(2)
    expect([101, 102, 103].filter((id) => world.has(id).group)).toEqual(has)
    expect((await world.place.plan()).held_back).toMatchObject([
      { address: 'orgs/acme/runner_groups/gpu', field: 'repositories', help: 'Write site.' },
    ])
  })

  it('is not taken from it by a glob that it matches now, nor given by one that excludes it', async () => {
    const list = (entries: string) => YAML(`runner_groups: { gpu: { visibility: selected, repositories: ${entries} } }`)
    const world = await namesWorld(list('["*", "!web"]'))
    await world.apply()
    expect([101, 102, 103].filter((id) => world.has(id).group)).toEqual([102, 103])
    await world.move('acme/web', 'acme/site')
    expect(await world.apply()).toMatchObject({ code: 0, writes: [] })
    await world.place.write('octoform.yaml', list('[web, api]'))
    expect((await world.apply()).code).toBe(2)
    expect([101, 102, 103].filter((id) => world.has(id).group)).toEqual([102])
  })

  it.each([
    ['a negation', 'runner_groups: { gpu: { visibility: selected, repositories: ["*", "!web"] } }'],
    ['a selector', 'runner_groups: { gpu: { visibility: selected, repositories: [{ name: ["*", "!WEB"] }] } }'],
    ['remove_', 'runner_groups: { gpu: { add_repositories: ["*"], remove_repositories: [acme/web] } }'],
    [
      'remove_ beside a list',
      'runner_groups: { gpu: { visibility: selected, repositories: ["*"], remove_repositories: [web] } }',
    ],
    ['the list of a secret', 'secrets: { S: { visibility: selected, repositories: ["*", "!web"] } }'],
    ['the enabled list', 'permissions: { enabled_repositories: selected, repositories: ["*", "!web"] }'],
    ['a set', 'repository_sets: [{ match: { name: ["*", "!web"] }, secrets: { T: { value: { env: V } } } }]'],
  ])('by a glob, where %s excluded it and another one has its name now', async (_, body) => {
    const world = await namesWorld(YAML(body))
    await world.apply()
    const before = [101, 102, 103].map((id) => world.has(id))
    await world.move('acme/web', 'acme/site')
    await world.create('web')
    expect(await world.apply()).toMatchObject({ code: 2, writes: [] })
    expect([101, 102, 103].map((id) => world.has(id))).toEqual(before)
    expect(world.has(1000)).toMatchObject({ group: false, secret: false, enabled: false })
    expect((await world.place.plan()).held_back[0]?.reason).toContain('the ledger knows 101')
  })

  it('by a set that writes its name out', async () => {
    const sets = YAML('repository_sets: [{ match: { name: [web, api] }, secrets: { T: { value: { env: V } } } }]')
    const world = await namesWorld(sets)
    await world.apply()
    await world.move('acme/web', 'acme/site')
    expect(await world.apply()).toMatchObject({ code: 0, writes: [] })
    const changed = await world.apply([], { V: 'another' })
    expect(changed).toMatchObject({ code: 2, writes: ['PUT /repos/acme/api/actions/secrets/T'] })
  })

  it('by a second key is held back: the name of now counts', async () => {
    const two = YAML(
      'repositories: { web: { permissions: { enabled: false } }, site: { permissions: { allowed_actions: local_only } } }',
    )
    const world = await namesWorld(two)
    await world.move('acme/web', 'acme/site')
    const { changes, held_back } = await world.place.plan()
    expect(changes).toMatchObject([
      { address: 'repos/acme/site/permissions', after: { allowed_actions: 'local_only' } },
    ])
    expect(held_back).toMatchObject([{ address: 'repos/acme/site', field: null }])
  })
})

describe('an id that is let in', () => {
  const flag = ['--accept', 'acme/web=1000']
  it.each([
    ['by the flag', flag, ''],
    ['by the YAML', [], 'accept: ["ACME/web=1000"]\n'],
  ])('%s is planned like any other, and recorded', async (_, flags, line) => {
    const world = await namesWorld(GIVEN['own secret']('web'))
    await world.apply()
    await world.remove('web')
    await world.create('web')
    expect(await world.apply(['--accept', 'acme/web=1001'])).toMatchObject({ code: 2, writes: [] })
    await world.place.write('octoform.yaml', GIVEN['own secret']('web') + line)
    expect(await world.apply(flags)).toMatchObject({ code: 0, writes: ['PUT /repos/acme/web/actions/secrets/TOKEN'] })
    expect(world.has(1000).token).toBe('planted-value')
    await world.place.write('octoform.yaml', GIVEN['own secret']('web'))
    expect(await world.apply()).toMatchObject({ code: 0, writes: [] })
  })

  it('of both that were swapped takes each one’s own value to it', async () => {
    const yaml = YAML(
      'repositories: { web: { secrets: { T: { value: { env: W } } } }, api: { secrets: { T: { value: { env: A } } } } }',
    )
    const env = { W: 'value-of-web', A: 'value-of-api' }
    const world = await namesWorld(yaml)
    await world.apply([], env)
    await world.move('acme/web', 'acme/passing')
    await world.move('acme/api', 'acme/web')
    await world.move('acme/passing', 'acme/api')
    expect(await world.apply([], env)).toMatchObject({ code: 2, writes: [] })
    const both = await world.apply(['--accept', 'acme/web=102', '--accept', 'acme/api=101'], env)
    expect(both).toMatchObject({ code: 0 })
    expect(both.writes).toHaveLength(2)
    expect(await world.apply([], env)).toMatchObject({ code: 0, writes: [] })
  })

  it('of an owner lets everything of it in, and nothing without', async () => {
    const world = await namesWorld(GIVEN.secret('web'))
    await world.apply()
    await world.sandbox.call('POST', '/_sandbox/accounts', { owner: 'acme', id: 55 })
    await world.place.write('octoform.yaml', GIVEN.secret('api'))
    const held = await world.apply()
    expect(held).toMatchObject({ code: 2, writes: [] })
    expect((await world.place.plan()).held_back).toMatchObject([
      { address: 'orgs/acme', field: null, help: expect.stringContaining('--accept acme=55') },
    ])
    expect((await world.apply(['--accept', 'acme=55'])).code).toBe(0)
    expect((await world.apply()).code).toBe(0)
  })

  it.each([
    ['acme/web', 'acme/web=9', 'acme/web has the id 101 now, and `accept` lets in 9'],
    ['acme', 'acme=9', 'acme has the id 5 now, and `accept` lets in 9'],
  ])('that %s does not have is told as what it is, where no ledger knows the name', async (_, accepted, says) => {
    const world = await namesWorld(GIVEN['own secret']('web'))
    const ran = await world.apply(['--accept', accepted])
    expect(ran).toMatchObject({ code: 2, writes: [] })
    expect(ran.stdout).toContain(says)
  })

  it('is written as name and id', async () => {
    const world = await namesWorld(`${GIVEN.secret('web')}accept: ["acme/web"]\n`)
    expect(await world.place.run(['validate'])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('acme/web=777'),
    })
    await world.place.write('octoform.yaml', GIVEN.secret('web'))
    expect(await world.place.run(['plan', '--accept', 'acme/web'])).toMatchObject({ code: 1 })
  })
})

describe('a repository that takes a name which another one gave up', () => {
  it.each(Object.keys(GIVEN) as Given[])('gets nothing between two runs: %s', async (given) => {
    const world = await namesWorld(GIVEN[given]('web'))
    await world.apply()
    await world.move('acme/web', 'acme/site')
    expect(await world.apply()).toMatchObject({ code: 0, writes: [] })
    await world.create('web')
    const before = [101, 1000].map(world.has)
    expect(await world.apply([], { V: 'another' })).toMatchObject({ code: 2 })
    expect([101, 1000].map(world.has)).toEqual(before)
  })

  it('gets nothing where only GitHub told of the rename', async () => {
    const world = await namesWorld(GIVEN.group('web'))
    await world.move('acme/web', 'acme/site')
    expect((await world.apply()).code).toBe(2)
    await world.create('web')
    expect(await world.apply()).toMatchObject({ code: 2, writes: [] })
    expect(world.has(1000).group).toBe(false)
  })
})

describe('a repository that is named alone, without its organization', () => {
  const yaml = (name: string) =>
    `version: 1\nrepositories: { acme/${name}: { secrets: { TOKEN: { value: { env: V } } } } }\n`
  it.each(['renamed', 'renamed and name reused', 'transferred', 'made anew'] as const)('%s', async (happened) => {
    const world = await namesWorld(yaml('web'))
    await world.apply()
    await HAPPENED[happened].by(world)
    const before = [101, 1000].map(world.has)
    expect(await world.apply([], { V: 'another' })).toMatchObject({ code: 2, writes: [] })
    expect([101, 1000].map(world.has)).toEqual(before)
  })
})

it('a name that nobody recorded is asked of GitHub once, and only where the listing lacks it', async () => {
  const world = await namesWorld(GIVEN.group('web'))
  await world.move('acme/web', 'acme/site')
  await world.place.plan()
  const asked = world.sandbox.asked.filter(({ route }) => route === '/repos/{owner}/{repo}').map(({ path }) => path)
  expect(asked).toEqual(['/repos/acme/web', '/repositories/101'])
})

it('what is protected or targeted by the old name is so by the new one', async () => {
  const world = await namesWorld(GIVEN['own secret']('web'))
  await world.apply()
  await world.move('acme/web', 'acme/site')
  await world.place.write('octoform.yaml', YAML('repositories: { web: { secrets: { TOKEN: absent } } }'))
  expect(await world.apply(['--protect', 'repos/acme/web/secrets/*'])).toMatchObject({ code: 3, writes: [] })
  const targeted = await world.place.plan(['--target', 'repos/acme/web/**'])
  expect(targeted.changes).toMatchObject([{ address: 'repos/acme/site/secrets/TOKEN', action: 'delete' }])
})

it('thirty renames at once lose nothing and send nothing again', async () => {
  const names = Array.from({ length: 30 }, (_, index) => `r${index}`)
  const yaml = (prefix: string) =>
    YAML(
      [
        `secrets: { S: { visibility: selected, repositories: [${names.map((name) => prefix + name)}], value: { env: V } } }`,
        `    repositories: { ${names.map((name) => `${prefix}${name}: { secrets: { T: { value: { env: V } } } }`).join(', ')} }`,
      ].join('\n'),
    )
  const repositories = Object.fromEntries(names.map((name, index) => [name, { id: 200 + index }]))
  const world = await namesWorld(yaml(''), { organizations: { acme: { id: 5, repositories } } })
  expect((await world.apply()).writes).toHaveLength(31)
  for (const name of names) await world.move(`acme/${name}`, `acme/new-${name}`)
  expect(await world.apply()).toMatchObject({ code: 0, writes: [] })
  await world.place.write('octoform.yaml', yaml('new-'))
  const asked = world.sandbox.asked.length
  expect(await world.apply()).toMatchObject({ code: 0, writes: [] })
  const reads = world.sandbox.asked.slice(asked).filter(({ route }) => route === '/repos/{owner}/{repo}')
  expect(reads).toEqual([])
  const changed = await world.apply([], { V: 'rotated' })
  expect(changed.code).toBe(0)
  expect(changed.writes).toHaveLength(31)
})

it('drift --accept writes the name of now, wherever the old one stands, and nothing else', async () => {
  const yaml = `version: 1
x-all: &all [tool, "acme/web"] # both
organizations:
  acme:
    runner_groups: { gpu: { visibility: selected, repositories: *all } }
    secrets: { S: { visibility: selected, repositories: ["*", "!web"], value: { env: V } } }
    repository_sets:
      - { match: { name: [api, Web] }, permissions: { allowed_actions: local_only } }
    repositories:
      'web': { secrets: { TOKEN: { value: { env: V } } } } # its own
`
  const world = await namesWorld(yaml)
  expect((await world.apply()).code).toBe(0)
  await world.move('acme/web', 'acme/site')
  const { code, stdout } = await world.place.run(['drift', '--accept'])
  expect(code).toBe(0)
  const lines = stdout.split('\n').filter((line) => /^[+-] /.test(line) || /^[+-][^+-]/.test(line))
  expect(lines).toEqual([
    '-x-all: &all [tool, "acme/web"] # both',
    '+x-all: &all [tool, "acme/site"] # both',
    '-    secrets: { S: { visibility: selected, repositories: ["*", "!web"], value: { env: V } } }',
    '+    secrets: { S: { visibility: selected, repositories: ["*", "!site"], value: { env: V } } }',
    '-      - { match: { name: [api, Web] }, permissions: { allowed_actions: local_only } }',
    '+      - { match: { name: [api, site] }, permissions: { allowed_actions: local_only } }',
    "-      'web': { secrets: { TOKEN: { value: { env: V } } } } # its own",
    "+      'site': { secrets: { TOKEN: { value: { env: V } } } } # its own",
  ])
  await world.place.write('octoform.yaml', yaml.replaceAll(/web/gi, 'site'))
  const after = await world.apply()
  expect(after).toMatchObject({ code: 0, writes: [] })
  expect(after.stdout).not.toContain('is called')
})
