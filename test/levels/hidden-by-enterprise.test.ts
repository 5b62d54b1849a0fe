import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { instantClock } from '../support/instant-clock.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

type Body = Readonly<Record<string, unknown>>

const GITHUB = { github_owned_allowed: true, verified_allowed: false, patterns_allowed: [] }
const DOCKER = { github_owned_allowed: false, verified_allowed: false, patterns_allowed: ['docker/*'] }
const BOTH = ['--owner', 'enterprises/inc', '--owner', 'acme']
const [TOP, OWN] = ['PUT /enterprises/inc/actions/permissions', 'PUT /orgs/acme/actions/permissions']

interface Levels {
  /** What the enterprise, the organization and its repository `web` have of their own. */
  readonly has: readonly [top: Body, own: Body, web?: Body | undefined]
  /** What the YAML wants of them. */
  readonly wants: readonly [top: Body | undefined, own: Body | undefined, web?: Body | undefined]
}

async function placeWith({ has, wants }: Levels) {
  const [top, own, web] = has
  const seed = {
    organizations: { acme: { permissions: own, repositories: { web: web ? { permissions: web } : {} } } },
    enterprises: { inc: { organizations: { acme: {} }, permissions: top } },
  }
  const sandbox = await watchedSandbox({ seed, product: 'ghec' })
  const yaml = ([topWish, ownWish, webWish]: Levels['wants']): string => {
    const repositories = webWish ? { repositories: { web: { permissions: webWish } } } : {}
    const acme = { ...(ownWish ? { permissions: ownWish } : {}), ...repositories }
    const inc = { ...(topWish ? { permissions: topWish } : {}), organizations: { acme } }
    return stringify({ version: 1, enterprises: { inc } }, { aliasDuplicateObjects: false })
  }
  const place = await workplace(sandbox, { 'octoform.yaml': yaml(wants) }, { OCTOFORM_ENTERPRISE_TOKEN: 'token' })
  return { sandbox, place, write: (to: Levels['wants']) => place.write('octoform.yaml', yaml(to)) }
}

const lastOf = (text: string) => text.trimEnd().split('\n').at(-1)
const apply = ['apply', '--auto-approve', ...BOTH]
/** A refused write is sent again after a while. */
const waiting = () => ({ clock: instantClock(Date.now()).clock })

describe.each<[string, Levels, readonly string[]]>([
  [
    'is on, and wanted off as GitHub shows it',
    {
      has: [{ enabled_organizations: 'selected', organizations: [] }, { enabled_repositories: 'all' }],
      wants: [{ enabled_organizations: 'all' }, { enabled_repositories: 'none' }],
    },
    [OWN, TOP],
  ],
  [
    'is on, and wanted for a list',
    {
      has: [{ enabled_organizations: 'none' }, { enabled_repositories: 'all' }],
      wants: [
        { enabled_organizations: 'selected', organizations: ['acme'], allowed_actions: 'local_only' },
        { repositories: ['web'], allowed_actions: 'local_only' },
      ],
    },
    [OWN, TOP, `${TOP}/organizations`, OWN, `${OWN}/repositories`],
  ],
  [
    'admits all actions, and is wanted with local ones as GitHub shows it',
    {
      has: [{ allowed_actions: 'local_only' }, { allowed_actions: 'all' }],
      wants: [{ allowed_actions: 'all' }, { allowed_actions: 'local_only' }],
    },
    [OWN, TOP],
  ],
  [
    'admits all actions, and is wanted with a list that the enterprise does not take yet',
    {
      has: [{ allowed_actions: 'local_only' }, { allowed_actions: 'all' }],
      wants: [{ allowed_actions: 'all' }, { allowed_actions: 'selected', selected_actions: DOCKER }],
    },
    [OWN, TOP, OWN, `${OWN}/selected-actions`],
  ],
  [
    'has a list of actions, and is wanted with that of the enterprise as GitHub shows it',
    {
      has: [
        { allowed_actions: 'selected', selected_actions: GITHUB },
        { allowed_actions: 'selected', selected_actions: DOCKER },
      ],
      wants: [{ allowed_actions: 'all' }, { allowed_actions: 'selected', selected_actions: GITHUB }],
    },
    [OWN, TOP, `${OWN}/selected-actions`],
  ],
  [
    'requires no pinning, and is wanted with it as GitHub shows it',
    {
      has: [{ sha_pinning_required: true }, { sha_pinning_required: false }],
      wants: [{ sha_pinning_required: false }, { sha_pinning_required: true }],
    },
    [OWN, TOP],
  ],
])('an organization that by its own hidden setting %s', (_, levels, writes) => {
  it('is closed before its enterprise opens, and is then as the YAML says', async () => {
    const { sandbox, place } = await placeWith(levels)
    const ran = await place.run(apply)
    expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 })
    expect(sandbox.writes()).toEqual(writes)
    expect(lastOf((await place.run(['plan', ...BOTH])).stdout)).toBe('No changes.')
  })

  it('keeps its enterprise from opening where GitHub does not take that', async () => {
    const { sandbox, place } = await placeWith(levels)
    await sandbox.fault({ method: 'PUT', route: '/orgs/{org}/actions/permissions', status: 500, times: 3 })
    const ran = await place.run(apply, waiting())
    expect(ran).toMatchObject({ code: 1, stdout: expect.stringMatching(/was to be closed before this opens/) })
    expect(new Set(sandbox.writes())).toEqual(new Set([OWN]))
    expect(await place.run(apply)).toMatchObject({ code: 0 })
    expect(lastOf((await place.run(['plan', ...BOTH])).stdout)).toBe('No changes.')
  })
})

describe.each<[string, Levels]>([
  [
    'itself',
    {
      has: [{ enabled_organizations: 'none' }, {}],
      wants: [{ enabled_organizations: 'all', allowed_actions: 'all' }, { allowed_actions: 'local_only' }],
    },
  ],
  [
    'for a repository',
    {
      has: [{ enabled_organizations: 'selected', organizations: [] }, {}],
      wants: [{ enabled_organizations: 'selected', organizations: ['acme'] }, undefined, { enabled: false }],
    },
  ],
])('an organization that the enterprise comes to enable, with something forbidden %s', (_, { has, wants }) => {
  const held = expect.objectContaining({
    address: 'enterprises/inc/permissions',
    reason: expect.stringMatching(/^GitHub shows what acme has of its own only once the enterprise enables it/),
    help: 'Write enabled_repositories of acme, too.',
  })

  it('keeps the enterprise from that, as long as the YAML does not say which of its repositories have Actions', async () => {
    const { sandbox, place, write } = await placeWith({ has, wants })
    expect((await place.plan(BOTH)).held_back).toContainEqual(held)
    expect(await place.run(apply)).toMatchObject({ code: 2 })
    expect(sandbox.writes()).toEqual([])
    const [top, own, web] = wants
    await write([top, { ...own, enabled_repositories: 'all', allowed_actions: 'local_only' }, web])
    const ran = await place.run(apply)
    expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 })
    expect(sandbox.writes()[0]).toMatch(/\/(orgs|repos)\/acme/)
    expect(lastOf((await place.run(['plan', ...BOTH])).stdout)).toBe('No changes.')
  })
})

it('nor is it enabled where what the YAML says of it is held back', async () => {
  const { sandbox, place } = await placeWith({
    has: [
      { enabled_organizations: 'selected', organizations: [], allowed_actions: 'selected', selected_actions: GITHUB },
      { enabled_repositories: 'all' },
    ],
    wants: [{ enabled_organizations: 'all' }, { repositories: ['web'], allowed_actions: 'all' }],
  })
  const { held_back, changes } = await place.plan(BOTH)
  expect(new Set(held_back.map(({ address }) => address))).toEqual(
    new Set(['enterprises/inc/permissions', 'orgs/acme/permissions']),
  )
  expect(changes).toEqual([])
  expect(await place.run(apply)).toMatchObject({ code: 2 })
  expect(sandbox.writes()).toEqual([])
})

it('but it is where nothing is forbidden', async () => {
  const { place } = await placeWith({
    has: [{ enabled_organizations: 'none' }, {}],
    wants: [{ enabled_organizations: 'all', allowed_actions: 'all' }, { sha_pinning_required: false }],
  })
  expect(await place.run(apply)).toMatchObject({ code: 0 })
})

it('an organization that goes to a list does so before a list of actions of its enterprise takes the place of its own', async () => {
  const { sandbox, place } = await placeWith({
    has: [
      { allowed_actions: 'all' },
      { enabled_repositories: 'all', allowed_actions: 'all' },
      { allowed_actions: 'selected', selected_actions: DOCKER },
    ],
    wants: [
      { allowed_actions: 'selected', selected_actions: GITHUB },
      { repositories: ['web'], allowed_actions: 'local_only' },
      { allowed_actions: 'local_only' },
    ],
  })
  const ran = await place.run(apply)
  expect(ran, ran.stdout).toMatchObject({ code: 0 })
  expect(sandbox.writes()).toEqual([OWN, `${OWN}/repositories`, TOP, `${TOP}/selected-actions`])
})

describe('what opens further down than below a policy that was not written', () => {
  const ENTERPRISE = { method: 'PUT', route: '/enterprises/{enterprise}/actions/permissions', status: 500, times: 3 }

  it('waits where that was to narrow', async () => {
    const { sandbox, place } = await placeWith({
      has: [{}, { allowed_actions: 'all' }, { allowed_actions: 'local_only' }],
      wants: [{ sha_pinning_required: true }, undefined, { allowed_actions: 'all' }],
    })
    await sandbox.fault(ENTERPRISE)
    const message = 'enterprises/inc/permissions was not written, and was to limit this before it opens'
    expect(await place.run(apply, waiting())).toMatchObject({ code: 1, stdout: expect.stringContaining(message) })
    expect(new Set(sandbox.writes())).toEqual(new Set([TOP]))
  })

  it('waits where a list of actions was to end, which stands in the place of a narrower one', async () => {
    const { sandbox, place } = await placeWith({
      has: [
        { allowed_actions: 'selected', selected_actions: { ...DOCKER, verified_allowed: true } },
        { enabled_repositories: 'selected', repositories: [], allowed_actions: 'selected', selected_actions: DOCKER },
      ],
      wants: [{ allowed_actions: 'all' }, { enabled_repositories: 'all' }],
    })
    await sandbox.fault(ENTERPRISE)
    const message = 'enterprises/inc/permissions was not written, and was to be in force before this opens'
    expect(await place.run(apply, waiting())).toMatchObject({ code: 1, stdout: expect.stringContaining(message) })
    expect(new Set(sandbox.writes())).toEqual(new Set([TOP]))
  })
})

it('a longer list of actions of the enterprise waits for a repository two levels down that was to be closed', async () => {
  const { sandbox, place } = await placeWith({
    has: [
      { allowed_actions: 'selected', selected_actions: DOCKER },
      { enabled_repositories: 'all', allowed_actions: 'all' },
      { enabled: true },
    ],
    wants: [{ selected_actions: { ...DOCKER, verified_allowed: true } }, undefined, { enabled: false }],
  })
  await sandbox.fault({ method: 'PUT', route: '/repos/{owner}/{repo}/actions/permissions', status: 500, times: 3 })
  const message = 'repos/acme/web/permissions was not written, and was to be closed before this opens'
  expect(await place.run(apply, waiting())).toMatchObject({ code: 1, stdout: expect.stringContaining(message) })
  expect(new Set(sandbox.writes())).toEqual(new Set(['PUT /repos/acme/web/actions/permissions']))
})
