import { afterAll, describe, expect, it } from 'vitest'
import { untold } from '../action/world.ts'
import { sampledByKind } from '../support/by-night.ts'
import { actionsEnv, HEAD, REPOSITORY, TIP } from '../support/github-actions.ts'
import { meddler } from '../support/meddler.ts'
import { type Ran, type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

/** The settings that a configuration gives to a repository, by its name. */
const GIVEN: Readonly<Record<string, (name: string) => string>> = {
  secret: (name) => `secrets: { S: { visibility: selected, repositories: [${name}, tool], value: { env: V } } }`,
  'access alone': (name) => `secrets: { OLD: { visibility: selected, repositories: [${name}] } }`,
  group: (name) => `runner_groups: { gpu: { visibility: selected, repositories: [${name}, tool] } }`,
  'new group': (name) => `runner_groups: { new: { visibility: selected, repositories: [${name}] } }`,
  'enabled list': (name) => `permissions: { enabled_repositories: selected, repositories: [${name}, tool] }`,
  'own settings': (name) => `repositories: { ${name}: { permissions: { allowed_actions: local_only } } }`,
  'own secret': (name) => `repositories: { ${name}: { secrets: { TOKEN: { value: { env: V } } } } }`,
}

type Act = (sandbox: WatchedSandbox) => Promise<void>

const move = async (sandbox: WatchedSandbox, repository: string, to: string): Promise<void> => {
  const { status } = await sandbox.call('POST', '/_sandbox/move', { repository, to })
  expect(status).toBe(204)
}
const create = async (sandbox: WatchedSandbox): Promise<void> => {
  const { status } = await sandbox.call('POST', '/orgs/acme/repos', { name: 'web', private: true })
  expect(status).toBe(201)
}
const remove = async (sandbox: WatchedSandbox): Promise<void> => {
  const { status } = await sandbox.call('DELETE', '/repos/acme/web')
  expect(status).toBe(204)
}

/** The fates of `acme/web`, and the name of the intended repository afterwards. */
const HAPPENED: readonly (readonly [string, string | undefined, Act])[] = [
  ['renamed', 'site', (sandbox) => move(sandbox, 'acme/web', 'acme/site')],
  [
    'swapped',
    'api',
    async (sandbox) => {
      await move(sandbox, 'acme/web', 'acme/passing')
      await move(sandbox, 'acme/api', 'acme/web')
      await move(sandbox, 'acme/passing', 'acme/api')
    },
  ],
  [
    'renamed and name reused',
    'site',
    async (sandbox) => {
      await move(sandbox, 'acme/web', 'acme/site')
      await create(sandbox)
    },
  ],
  ['deleted', undefined, remove],
  ['transferred', undefined, (sandbox) => move(sandbox, 'acme/web', 'rival/web')],
  [
    'made anew',
    undefined,
    async (sandbox) => {
      await remove(sandbox)
      await create(sandbox)
    },
  ],
]

const OWN = { visibility: 'selected', repositories: [] }
const ADMIN = {
  id: 900,
  default_branch: 'main',
  branches: { main: TIP, topic: HEAD },
  pull_requests: { 7: { head: { ref: 'topic', sha: HEAD }, base: 'main', merged: true, merge_commit_sha: TIP } },
}
const seedFor = (given: string): object => ({
  organizations: {
    acme: {
      // Settings of its own are written to a repository where Actions is on.
      permissions: { enabled_repositories: given === 'enabled list' ? 'selected' : 'all', repositories: ['tool'] },
      secrets: { OLD: { ...OWN, value: 'before' } },
      runner_groups: { gpu: OWN },
      repositories: { web: { id: 101 }, api: { id: 102 }, tool: { id: 103 }, admin: ADMIN },
    },
    rival: { id: 6, repositories: { last: { id: 999 } } },
  },
  tokens: { owner: {}, 'token-of-an-owner': {}, workflow: { workflow: 'acme/admin' } },
})

const yamlOf = (given: string, name: string): string =>
  `version: 1\norganizations:\n  acme:\n    ${GIVEN[given]?.(name) ?? ''}\n`

interface World {
  readonly sandbox: WatchedSandbox
  readonly place: Workplace
}

/** The ways to hold an apply to a review: made before an event, and applied after it. */
const HELD_TO: Readonly<Record<string, { prepare(world: World): Promise<readonly string[]>; event?: 'push' }>> = {
  'a saved plan': {
    async prepare({ place }) {
      expect(await place.run(['plan', '--out', 'plan.json'])).toMatchObject({ code: 0 })
      return ['plan.json']
    },
  },
  'a digest': {
    async prepare({ place }) {
      return ['--expect-digest', (await place.plan()).digest]
    },
  },
  'a pull request': {
    event: 'push',
    async prepare({ sandbox, place }) {
      const { digest: external_id } = await place.plan()
      const made = { name: 'octoform plan', head_sha: HEAD, external_id, status: 'completed', conclusion: 'success' }
      expect((await sandbox.call('POST', '/repos/acme/admin/check-runs', made, 'workflow')).status).toBe(201)
      return ['--expect-pull-request']
    },
  },
}

async function begin(given: string, event: 'push' | undefined): Promise<World> {
  const sandbox = await watchedSandbox({ product: 'ghec', seed: seedFor(given) })
  const actions = event ? { ...(await actionsEnv({ event, payload: REPOSITORY })), GITHUB_TOKEN: 'workflow' } : {}
  const place = await workplace(sandbox, { 'octoform.yaml': yamlOf(given, 'web') }, { ...actions, V: 'planted-value' })
  return { sandbox, place }
}

const tried = { reviewed: 0, right: 0, between: 0, betweenRight: 0 }
afterAll(() => {
  process.stdout.write(
    `\nNames that moved: ${tried.right} of ${tried.reviewed} reviewed plans refused with exit 4 and no write; ` +
      `${tried.betweenRight} of ${tried.between} applies wrote to no other id than was planned for.\n`,
  )
})

/** The kinds of which a saved plan stands for all three ways to be held. */
const ALIKE = ['access alone', 'new group', 'own secret']
const WAYS = Object.keys(GIVEN).flatMap((given) =>
  Object.keys(HELD_TO)
    .filter((held) => held === 'a saved plan' || !ALIKE.includes(given))
    .map((held) => ({ given, held })),
)
const CELLS = WAYS.flatMap((way) =>
  HAPPENED.flatMap(([happened, now, act]) =>
    (now === undefined ? ['web'] : ['web', now]).map((name) => ({ ...way, happened, act, name })),
  ),
)

/** By day each pair of setting, way to hold to it, event and name in the YAML. */
const TRIED = sampledByKind(CELLS, ({ given, held, happened, name }) => [
  `${given} ${held}`,
  `${given} ${happened}`,
  `${held} ${happened} ${name}`,
])

describe('what was reviewed for one repository reaches no other that has its name', () => {
  it.each(TRIED)('$given, $happened, held to $held, the YAML says $name', async ({ given, held, act, name }) => {
    tried.reviewed += 1
    const how = HELD_TO[held]
    const world = await begin(given, how?.event)
    const flags = (await how?.prepare(world)) ?? []
    await act(world.sandbox)
    await world.place.write('octoform.yaml', yamlOf(given, name))
    const before = untold(world.sandbox).length
    const ran = await world.place.run(['apply', ...flags, '--auto-approve'])
    expect(ran, ran.stdout + ran.stderr).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('Nothing was written.'),
    })
    expect(untold(world.sandbox).slice(before)).toEqual([])
    tried.right += 1
  })

  it.each(WAYS)('$given, whose owner is another account of that name now, held to $held', async ({ given, held }) => {
    const how = HELD_TO[held]
    const world = await begin(given, how?.event)
    const flags = (await how?.prepare(world)) ?? []
    expect((await world.sandbox.call('POST', '/_sandbox/accounts', { owner: 'acme', id: 55 })).status).toBe(204)
    const before = untold(world.sandbox).length
    const ran = await world.place.run(['apply', ...flags, '--auto-approve'])
    expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 4 })
    expect(untold(world.sandbox).slice(before)).toEqual([])
  })

  it.each(WAYS)('$given, of which nothing happened, held to $held, is applied', async ({ given, held }) => {
    const how = HELD_TO[held]
    const world = await begin(given, how?.event)
    const flags = (await how?.prepare(world)) ?? []
    const ran = await world.place.run(['apply', ...flags, '--auto-approve'])
    expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 })
  })
})

interface Between extends Ran {
  /** The final settings in the sandbox for the repository with this id. */
  has(id: number): readonly string[]
}

/** Something happens once the plan is made, right before the first request of the apply. */
async function between(given: string, act: Act): Promise<Between> {
  const sandbox = await watchedSandbox({ product: 'ghec', seed: seedFor(given) })
  let begun = false
  const server = await meddler(sandbox, {
    async before({ method, path }) {
      const first = method !== 'GET' || /public-key$|\/repos\/acme\/[^/]+$/.test(path)
      if (begun || !first) return
      begun = true
      await act(sandbox)
    },
  })
  const place = await workplace(server, { 'octoform.yaml': yamlOf(given, 'web') }, { V: 'planted-value' })
  const ran = await place.run(['apply', '--auto-approve'])
  expect(begun).toBe(true)
  return { ...ran, has: (id) => grantsOf(sandbox.state() as State, id) }
}

interface Listing {
  readonly repositories?: readonly string[]
}

interface State {
  readonly organizations: Readonly<
    Record<
      string,
      {
        readonly permissions: Listing
        readonly secrets?: Readonly<Record<string, Listing>>
        readonly runner_groups?: Readonly<Record<string, Listing>>
        readonly repositories: Readonly<
          Record<string, { readonly id: number; readonly permissions: object; readonly secrets?: object }>
        >
      }
    >
  >
}

/** Everything that a repository was given, in words. */
function grantsOf({ organizations }: State, id: number): readonly string[] {
  const found: string[] = []
  for (const { permissions, secrets = {}, runner_groups = {}, repositories } of Object.values(organizations)) {
    const [name, own] = Object.entries(repositories).find(([, repository]) => repository.id === id) ?? []
    if (name === undefined || own === undefined) continue
    const lists = { ...secrets, ...runner_groups, enabled: permissions }
    for (const [list, { repositories: names = [] }] of Object.entries(lists)) if (names.includes(name)) found.push(list)
    if (JSON.stringify(own.permissions).includes('local_only')) found.push('settings')
    found.push(...Object.keys(own.secrets ?? {}))
  }
  return found.sort()
}

const NEXT_ID = 1000

describe('between the listing and the write', () => {
  const cells = Object.keys(GIVEN).flatMap((given) => HAPPENED.map(([happened, , act]) => ({ given, happened, act })))

  it.each(cells)('$given, $happened: no other id gets anything', async ({ given, happened, act }) => {
    tried.between += 1
    const { code, stdout, has } = await between(given, act)
    expect([0, 1], stdout).toContain(code)
    expect([102, NEXT_ID].flatMap(has)).toEqual([])
    // Writes by name are refused, because the name belongs to another repository or to none.
    if (given.startsWith('own'))
      expect({ code, stdout }).toEqual({
        code: 1,
        stdout: expect.stringMatching(/moved since it was read|public-key: 404/),
      })
    // Lists are written by id, so that a rename takes nothing away.
    const gained = given.startsWith('own') || /deleted|transferred|anew/.test(happened) ? 0 : 1
    expect(has(101)).toHaveLength(gained)
    tried.betweenRight += 1
  })
})
