import { describe, expect, it } from 'vitest'
import type { Known } from '../../src/core/family.ts'
import type { Document, Json } from '../../src/core/json.ts'
import { fieldAt } from '../../src/core/leaves.ts'
import type { Live } from '../../src/core/live.ts'
import { isWider } from '../../src/core/wider.ts'
import { families } from '../../src/families/index.ts'
import { runnerGroups } from '../../src/families/runner-groups/index.ts'
import {
  deleteRequestsAt,
  findingsAt,
  type Place,
  planAt,
  reachAt,
  requestsAt,
  type Written,
  wantedOf,
} from '../support/family-case.ts'
import { workplace } from '../support/octoform.ts'
import { has } from '../support/stub-family.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const family = families.find(({ name }) => name === runnerGroups.name) ?? expect.unreachable()
const RUNNERS = { one: 11, two: 12, three: 13 }
const ref = { id: 7, repositories: { api: 2, unseen: 99 }, runners: RUNNERS }
const HOME = has('Default', { visibility: 'all', allows_public_repositories: false }, { ref, fixed: 'default' })

/** The organization with these groups beside its default group, and these wishes for others. */
function org(groups: readonly Live[] = [], wanted: Readonly<Record<string, Document>> = {}, product = 'ghec'): Place {
  const known: Partial<Known> = {
    live: () => [HOME, ...groups],
    desired: (family, from) =>
      family === 'runner_groups' && from === 'here'
        ? Object.entries(wanted).map(([key, spec]) => wantedOf(key, spec))
        : undefined,
  }
  return { family, product, known }
}

const CLOSED = { allows_public_repositories: false, restricted_to_workflows: false }
const GROUP = 'PATCH /orgs/acme/actions/runner-groups/7'
const LIST = 'PUT /orgs/acme/actions/runner-groups/7/repositories'
const WORKFLOW = 'acme/web/.github/workflows/build.yml@refs/heads/main'

describe('which direction is wider', () => {
  it.each<[string, Json | undefined, Json | undefined, boolean]>([
    ['visibility', 'selected', 'private', true],
    ['visibility', 'private', 'all', true],
    ['visibility', 'all', 'selected', false],
    ['repositories', ['api'], ['api', 'web'], true],
    ['repositories', ['api', 'web'], ['api'], false],
    ['runners', ['one'], ['one', 'two'], true],
    ['runners', ['one', 'two'], ['two'], false],
    ['allows_public_repositories', false, true, true],
    ['allows_public_repositories', true, false, false],
    ['restricted_to_workflows', true, false, true],
    ['restricted_to_workflows', false, true, false],
    ['selected_workflows', [], [WORKFLOW], true],
    ['selected_workflows', [WORKFLOW], [], false],
  ])('%s from %j to %j: %j', (field, before, after, wider) => {
    expect(isWider(fieldAt(runnerGroups, field), before, after)).toBe(wider)
  })
})

describe('who it reaches', () => {
  const repositories = ['web:public', 'api', 'hub:internal']
  const open = { allows_public_repositories: true }
  it.each<[Document, string[], string?]>([
    [{ visibility: 'all', ...open }, ['api', 'hub', 'web']],
    [{ visibility: 'all', allows_public_repositories: false }, ['api', 'hub']],
    [{ visibility: 'private', ...open }, ['api', 'hub']],
    [{ visibility: 'selected', repositories: ['web', 'api', 'unseen'], ...open }, ['api', 'web']],
    [{ visibility: 'selected', repositories: ['web', 'api'], allows_public_repositories: false }, ['api']],
    [{ visibility: 'selected', repositories: [], ...open }, []],
    // A group is created closed to public repositories where GitHub can close it.
    [{ visibility: 'all' }, ['api', 'hub']],
    [{ visibility: 'all' }, ['api', 'hub', 'web'], 'ghes-2.22'],
  ])('%#', (spec, reached, product = 'ghec') => {
    expect(reachAt({ ...org([], {}, product), repositories }, spec)).toEqual(reached)
  })
})

describe('changes as requests', () => {
  const begin = { name: 'gpu', visibility: 'selected', selected_repository_ids: [], runners: [] }
  const CREATE = 'POST /orgs/acme/actions/runner-groups'

  it.each<[string, Document, Written[], string?]>([
    ['for nobody', { visibility: 'selected' }, [[CREATE, { ...begin, allows_public_repositories: false }]]],
    [
      'closed, then its list, then its runners',
      { visibility: 'selected', repositories: ['api'], runners: ['one', 'two'] },
      [
        [CREATE, { ...begin, allows_public_repositories: false }],
        [LIST, { selected_repository_ids: [2] }],
        ['PUT /orgs/acme/actions/runner-groups/7/runners', { runners: [11, 12] }],
      ],
    ],
    [
      'closed and restricted, then opened',
      {
        visibility: 'all',
        allows_public_repositories: true,
        restricted_to_workflows: true,
        selected_workflows: [WORKFLOW],
      },
      [
        [
          CREATE,
          {
            ...begin,
            allows_public_repositories: false,
            restricted_to_workflows: true,
            selected_workflows: [WORKFLOW],
          },
        ],
        [
          GROUP,
          {
            name: 'gpu',
            visibility: 'all',
            allows_public_repositories: true,
            restricted_to_workflows: true,
            selected_workflows: [WORKFLOW],
          },
        ],
      ],
    ],
    [
      'false and [] are sent',
      { visibility: 'selected', restricted_to_workflows: false, selected_workflows: [] },
      [
        [
          CREATE,
          { ...begin, allows_public_repositories: false, restricted_to_workflows: false, selected_workflows: [] },
        ],
      ],
    ],
    [
      'GHES 2.22 takes neither public repositories nor workflows',
      { visibility: 'private' },
      [
        [CREATE, begin],
        [GROUP, { name: 'gpu', visibility: 'private' }],
      ],
      'ghes-2.22',
    ],
  ])('a create: %s', (_, wants, expected, product) => {
    expect(requestsAt(org([], {}, product), { key: 'gpu', wants }, ref)).toEqual(expected)
  })

  it.each<[string, Document, Document, Written[], string?]>([
    [
      'PATCH carries the name, the visibility and the booleans that the YAML leaves open',
      { restricted_to_workflows: true, selected_workflows: [WORKFLOW] },
      { visibility: 'all', allows_public_repositories: true, restricted_to_workflows: false },
      [
        [
          GROUP,
          {
            name: 'gpu',
            visibility: 'all',
            allows_public_repositories: true,
            restricted_to_workflows: true,
            selected_workflows: [WORKFLOW],
          },
        ],
      ],
    ],
    [
      'PATCH carries the workflows that the YAML leaves open',
      { allows_public_repositories: true },
      { visibility: 'all', ...CLOSED, restricted_to_workflows: true, selected_workflows: [WORKFLOW] },
      [
        [
          GROUP,
          {
            name: 'gpu',
            visibility: 'all',
            allows_public_repositories: true,
            restricted_to_workflows: true,
            selected_workflows: [WORKFLOW],
          },
        ],
      ],
    ],
    [
      'a list alone',
      { repositories: ['ml'] },
      { visibility: 'selected', repositories: ['api'], ...CLOSED },
      [[LIST, { selected_repository_ids: [3] }]],
    ],
    [
      'a list of nobody',
      { repositories: [] },
      { visibility: 'selected', repositories: ['api'], ...CLOSED },
      [[LIST, { selected_repository_ids: [] }]],
    ],
    [
      'the visibility before the list that it makes hold',
      { visibility: 'selected', repositories: ['api'] },
      { visibility: 'all', ...CLOSED },
      [
        [GROUP, { name: 'gpu', visibility: 'selected', ...CLOSED }],
        [LIST, { selected_repository_ids: [2] }],
      ],
    ],
    [
      'private shuts public repositories out, whether it sticks or not',
      { visibility: 'private' },
      { visibility: 'all', allows_public_repositories: true, restricted_to_workflows: false },
      [[GROUP, { name: 'gpu', visibility: 'private', ...CLOSED }]],
    ],
    [
      'runners are taken up one by one, and let go of last',
      { runners: ['two', 'three'] },
      { visibility: 'all', ...CLOSED, runners: ['one', 'two'] },
      [
        ['PUT /orgs/acme/actions/runner-groups/7/runners/13'],
        ['PUT /orgs/acme/actions/runner-groups/7/runners', { runners: [12, 13] }],
      ],
    ],
    [
      'runners that only come are no replacement of the list',
      { runners: ['one', 'two'] },
      { visibility: 'all', ...CLOSED, runners: ['one'] },
      [['PUT /orgs/acme/actions/runner-groups/7/runners/12']],
    ],
    [
      'nobody is left in it',
      { runners: [] },
      { visibility: 'all', ...CLOSED, runners: ['one'] },
      [['PUT /orgs/acme/actions/runner-groups/7/runners', { runners: [] }]],
    ],
    [
      'GHES 2.22',
      { visibility: 'all' },
      { visibility: 'private', allows_public_repositories: false },
      [[GROUP, { name: 'gpu', visibility: 'all' }]],
      'ghes-2.22',
    ],
  ])('an update: %s', (_, wants, live, expected, product) => {
    const place = org([has('gpu', live, { ref })], {}, product)
    expect(requestsAt(place, { key: 'gpu', wants, live, ref })).toEqual(expected)
  })

  it('a shared list is changed one by one, by the ids that it has', () => {
    const live = { visibility: 'selected', repositories: ['api', 'unseen'], ...CLOSED }
    const rest = { edits: { repositories: { add: ['ml'], remove: ['unseen'] } } }
    expect(requestsAt(org(), { key: 'gpu', wants: {}, live, rest, ref })).toEqual([
      ['DELETE /orgs/acme/actions/runner-groups/7/repositories/99'],
      [`${LIST}/3`],
    ])
  })

  it('a delete', () => {
    expect(deleteRequestsAt(org(), { key: 'gpu', live: { visibility: 'all' }, ref })).toEqual([
      ['DELETE /orgs/acme/actions/runner-groups/7'],
    ])
  })

  it('no id in the answer to a create is an error, not a group without one', () => {
    const { work } = planAt(org(), { key: 'gpu', wants: { visibility: 'all' } })
    expect(work?.sends[0]?.learn?.({ id: 9 })).toMatchObject({ id: 9 })
    expect(() => work?.sends[0]?.learn?.({})).toThrow(/no id for the runner group/)
  })
})

describe('private, and all without public repositories, are one and the same', () => {
  const open = { allows_public_repositories: true }
  const closed = { allows_public_repositories: false }
  it.each<[Document, Document, boolean, string?]>([
    [{ visibility: 'private' }, { visibility: 'all', ...closed }, false],
    [{ visibility: 'private', ...closed }, { visibility: 'all', ...closed }, false],
    [{ visibility: 'all' }, { visibility: 'private', ...closed }, false],
    [{ visibility: 'all', ...closed }, { visibility: 'private', ...closed }, false],
    [{ visibility: 'private' }, { visibility: 'all', ...open }, true],
    [{ visibility: 'all', ...open }, { visibility: 'private', ...closed }, true],
    [{ visibility: 'private' }, { visibility: 'selected', repositories: [], ...closed }, true],
    [{ visibility: 'private' }, { visibility: 'all', ...closed }, true, 'ghes-2.22'],
  ])('%j of %j', (wants, live, changes, product) => {
    const { work, diagnostics } = planAt(org([], {}, product), { key: 'gpu', wants, live, ref })
    expect(diagnostics).toEqual([])
    expect(work !== undefined).toBe(changes)
  })
})

describe('what contradicts itself, another group or what GitHub has', () => {
  const LIVE = { visibility: 'all', ...CLOSED }
  it.each<[string, Document, Document | undefined, RegExp[]]>([
    [
      'a list beside all',
      { visibility: 'all', repositories: ['api'] },
      undefined,
      [/^error repositories: .*but it is all/],
    ],
    ['a list while GitHub has private', { repositories: [] }, { ...LIVE, visibility: 'private' }, []],
    [
      'private with public repositories',
      { visibility: 'private', allows_public_repositories: true },
      undefined,
      [/^error allows_public_repositories: /],
    ],
    [
      'public repositories where GitHub has private',
      { allows_public_repositories: true },
      { ...LIVE, visibility: 'private' },
      [/^held back allows_public_repositories: /],
    ],
    [
      'workflows without the restriction',
      { restricted_to_workflows: false, selected_workflows: [WORKFLOW] },
      undefined,
      [/^error selected_workflows: .*needs restricted_to_workflows: true/],
    ],
    ['workflows while GitHub does not restrict', { selected_workflows: [WORKFLOW] }, LIVE, []],
    ['no workflows without the restriction', { restricted_to_workflows: false, selected_workflows: [] }, LIVE, []],
    [
      'a tag and a commit',
      {
        restricted_to_workflows: true,
        selected_workflows: ['a/b/.github/workflows/x.yaml@v1', `a/b/.github/workflows/x.yml@${'a'.repeat(40)}`],
      },
      undefined,
      [],
    ],
    [
      'a runner that nobody registered',
      { runners: ['one', 'ghost'] },
      LIVE,
      [/^warning runners: no runner is registered as ghost/],
    ],
    ['a runner with another case', { runners: ['ONE'] }, LIVE, [/^warning runners: no runner is registered as ONE/]],
    [
      'a name that every object has',
      { runners: ['constructor'] },
      LIVE,
      [/^warning runners: no runner is registered as constructor/],
    ],
  ])('%s', (_, wants, live, expected) => {
    const found = findingsAt(org(), { key: 'gpu', wants, ...(live ? { live, ref } : {}) })
    expect(found).toEqual(expected.map((message) => expect.stringMatching(message)))
  })

  it('a runner in two groups', () => {
    const place = org([], { gpu: { runners: ['one'] }, other: { runners: ['two', 'one'] } })
    expect(findingsAt(place, { key: 'gpu', wants: { visibility: 'all', runners: ['one'] } })).toEqual([
      expect.stringMatching(/^error runners: one is listed in other too/),
    ])
    const added = { edits: { runners: { add: ['two'] } } }
    expect(findingsAt(place, { key: 'gpu', wants: {}, live: LIVE, ref, rest: added })).toEqual([
      expect.stringMatching(/^error runners: two is listed in other too/),
    ])
  })

  it('a runner that is not registered is left out, and comes once it is', () => {
    const live = { ...LIVE, runners: ['one'] }
    expect(planAt(org(), { key: 'gpu', wants: { runners: ['one', 'ghost'] }, live, ref }).work).toBeUndefined()
    const { work } = planAt(org(), { key: 'gpu', wants: { runners: ['two', 'ghost'] }, live, ref })
    expect(work?.change.after).toEqual({ runners: ['two'] })
  })

  it('runners of the default group, which holds those that no other lists', () => {
    const asked = { key: 'Default', live: HOME.spec as Document, ref, fixed: 'default' } as const
    expect(findingsAt(org(), { ...asked, wants: { runners: ['one'] } })).toEqual([
      expect.stringMatching(/^held back runners: Default is the default group/),
    ])
    expect(findingsAt(org(), { ...asked, wants: { visibility: 'all' } })).toEqual([])
  })

  it('an inherited group', () => {
    const asked = { key: 'shared', wants: { visibility: 'all' }, live: LIVE, fixed: 'inherited' } as const
    expect(findingsAt(org(), asked)).toEqual([expect.stringMatching(/^held back member: shared is inherited/)])
    expect(planAt(org(), asked).work).toBeUndefined()
  })

  it.each<[Document, readonly RegExp[]]>([
    [{ inherited: true, repositories: ['web'] }, []],
    [{ inherited: true }, []],
    [
      { inherited: true, visibility: 'selected' },
      [/^error visibility: visibility cannot be given for shared, which is inherited: /],
    ],
    [{ inherited: true, runners: [] }, [/^error runners: .* its runners are those of the enterprise$/]],
    [
      { inherited: true, allows_public_repositories: false, restricted_to_workflows: true, selected_workflows: [] },
      [/^error allows_public/, /^error restricted_to/, /^error selected_workflows/],
    ],
  ])('of an inherited group may be given: %j', (wants, expected) => {
    const found = findingsAt({ ...org(), known: { live: () => undefined } }, { key: 'shared', wants })
    expect(found).toEqual(expected.map((message) => expect.stringMatching(message)))
  })

  it('one that the enterprise does not share is not created', () => {
    const known = { live: () => [has('Default', LIVE, { fixed: 'default' })] }
    const asked = { key: 'shared', wants: { inherited: true, repositories: ['web'] } }
    const { work, heldBack } = planAt({ ...org(), known }, asked)
    expect(work).toBeUndefined()
    expect(heldBack).toMatchObject([
      { field: null, reason: 'the enterprise shares no group named shared with the organization' },
    ])
  })

  it('the repositories of an inherited group are its own, and nothing else of it is sent', () => {
    const live = { inherited: true, visibility: 'all', allows_public_repositories: true, restricted_to_workflows: true }
    const asked = { key: 'shared', live, fixed: 'inherited', ref: { id: 4, repositories: {}, runners: {} } } as const
    expect(requestsAt(org(), { ...asked, wants: { inherited: true, repositories: ['api'] } })).toEqual([
      [
        'PATCH /orgs/acme/actions/runner-groups/4',
        { name: 'shared', visibility: 'selected', allows_public_repositories: true },
      ],
      ['PUT /orgs/acme/actions/runner-groups/4/repositories', { selected_repository_ids: [2] }],
    ])
    const selected = { ...live, visibility: 'selected', repositories: ['web'] }
    expect(requestsAt(org(), { ...asked, live: selected, wants: { inherited: true, repositories: ['api'] } })).toEqual([
      ['PUT /orgs/acme/actions/runner-groups/4/repositories', { selected_repository_ids: [2] }],
    ])
  })

  it.each(['absent', 'unmanaged'] as const)('the default and an inherited group cannot be %s', (state) => {
    for (const fixed of ['default', 'inherited'] as const) {
      const { work, diagnostics } = planAt(org(), { key: 'g', wants: {}, live: LIVE, fixed, rest: { state } })
      expect({ work, messages: diagnostics.map(({ severity, message }) => `${severity} ${message}`) }).toEqual({
        work: undefined,
        messages: [expect.stringMatching(new RegExp(`^error g is .* cannot be ${state}$`))],
      })
    }
  })

  it('no list without a restriction is no change, however often it is asked', () => {
    const wants = { restricted_to_workflows: false, selected_workflows: [] }
    expect(planAt(org(), { key: 'gpu', wants, live: LIVE, ref }).work).toBeUndefined()
    expect(planAt(org(), { key: 'gpu', wants: { selected_workflows: [] }, live: LIVE, ref }).work).toBeUndefined()
  })
})

const SEED = {
  organizations: {
    acme: {
      repositories: { web: { visibility: 'public' }, api: {}, ml: {} },
      runners: { one: { id: 11 }, two: { id: 12 }, three: { id: 13 }, four: { id: 14 } },
      runner_groups: {
        'Our runners': { id: 1, default: true, visibility: 'all' },
        gpu: { id: 2, visibility: 'selected', repositories: ['api', 'ml'], runners: ['one', 'two'] },
        arm: { id: 3, visibility: 'all', allows_public_repositories: true, runners: ['three'] },
        shared: { id: 4, visibility: 'all', inherited: true },
      },
    },
  },
}
const yaml = (body: string): Record<string, string> => ({
  'octoform.yaml': `version: 1\norganizations:\n  acme:\n${body}`,
})
const ALLOWED = ['--auto-approve', '--allow', 'deletions=99,revocations=99,runner_moves=99']

/** The groups of the organization as GitHub has them now. */
function groupsOf(sandbox: WatchedSandbox): unknown {
  const { organizations } = sandbox.state() as { organizations: { acme: { runner_groups: unknown } } }
  return organizations.acme.runner_groups
}

describe('on the sandbox', () => {
  it('PATCH loses neither repositories nor runners nor what the YAML leaves open', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(
      sandbox,
      yaml(
        '    runner_groups: { gpu: { allows_public_repositories: true }, arm: { restricted_to_workflows: true, selected_workflows: [] } }\n',
      ),
    )
    expect(await place.run(['apply', ...ALLOWED])).toMatchObject({ code: 0 })
    expect(groupsOf(sandbox)).toMatchObject({
      gpu: {
        visibility: 'selected',
        repositories: ['api', 'ml'],
        runners: ['one', 'two'],
        allows_public_repositories: true,
      },
      arm: { visibility: 'all', allows_public_repositories: true, restricted_to_workflows: true, runners: ['three'] },
    })
    expect((await place.plan()).changes).toEqual([])
  })

  it('the default group is found by GitHub’s word for it, whatever it is called', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(
      sandbox,
      yaml('    runner_groups: { Our runners: { allows_public_repositories: true } }\n'),
    )
    expect((await place.plan()).changes).toMatchObject([
      { action: 'update', address: 'orgs/acme/runner_groups/Our%20runners' },
    ])
    for (const name of ['Default', 'default']) {
      await place.write(
        'octoform.yaml',
        yaml(`    runner_groups: { ${name}: { visibility: all } }\n`)['octoform.yaml'] ?? '',
      )
      expect(await place.run(['apply', ...ALLOWED])).toMatchObject({
        code: 2,
        stdout: expect.stringMatching(
          /octoform\.yaml:4:\d+: orgs\/acme\/runner_groups\/[Dd]efault: the default group is named Our runners here: write Our runners for /,
        ),
      })
    }
    expect(sandbox.writes()).toEqual([])
  })

  it('prune takes neither the default nor an inherited group, and names the runners that fall', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, yaml('    runner_groups: {}\n    prune: ["runner_groups/*"]\n'))
    const plan = await place.plan()
    expect(plan.changes).toMatchObject([
      {
        action: 'delete',
        address: 'orgs/acme/runner_groups/arm',
        consequences: [{ message: expect.stringContaining('runner three falls to the default group Our runners') }],
      },
      {
        action: 'delete',
        address: 'orgs/acme/runner_groups/gpu',
        consequences: [{ message: expect.stringContaining('runners one, two fall'), widens: true }],
      },
    ])
    expect(await place.run(['apply', ...ALLOWED])).toMatchObject({ code: 0 })
    expect(Object.keys(groupsOf(sandbox) as object).sort()).toEqual(['Our runners', 'shared'])
    expect((await place.plan()).changes).toEqual([])
  })

  it.each([
    ['ghec', 'all repositories but public ones'],
    ['ghes-3.4', 'all repositories but public ones'],
    ['ghes-2.22', 'all repositories but public ones'],
  ])('the runners of a group that goes are named, though no runner stands in the YAML (%s)', async (product, who) => {
    const sandbox = await watchedSandbox({ seed: SEED, product })
    const place = await workplace(sandbox, yaml('    runner_groups: { gpu: absent }\n'))
    const plan = await place.plan()
    expect(plan.changes).toMatchObject([
      {
        consequences: [
          {
            message: `runners one, two fall to the default group Our runners, where ${who} may use them`,
            widens: true,
          },
        ],
      },
    ])
    const { stdout } = await place.run(['plan'])
    expect(stdout).toMatch(/runners one, two fall to the default group Our runners/)
  })

  it.each<[string, object, object, boolean]>([
    ['selected repositories from all', {}, {}, false],
    ['selected repositories from other ones', {}, { visibility: 'selected', repositories: [] }, true],
    ['selected repositories from the same', {}, { visibility: 'selected', repositories: ['api'] }, false],
    ['selected repositories from more', {}, { visibility: 'selected', repositories: ['api', 'web'] }, false],
    ['no repository', { repositories: [] }, { visibility: 'selected', repositories: [] }, false],
    ['all from all and public ones', { visibility: 'all' }, {}, false],
    ['all from selected ones', { visibility: 'all' }, { visibility: 'selected', repositories: ['api', 'web'] }, true],
    ['all from all', { visibility: 'all' }, { allows_public_repositories: false }, false],
    [
      'public repositories',
      { allows_public_repositories: true, repositories: ['web'] },
      { allows_public_repositories: false },
      true,
    ],
    [
      'public repositories, though none is there today',
      { visibility: 'all', allows_public_repositories: true },
      { allows_public_repositories: false },
      true,
    ],
    ['any workflow', {}, { restricted_to_workflows: true }, true],
    [
      'the same workflow',
      { restricted_to_workflows: true, selected_workflows: [WORKFLOW] },
      { restricted_to_workflows: true, selected_workflows: [WORKFLOW] },
      false,
    ],
    [
      'another workflow',
      { restricted_to_workflows: true, selected_workflows: [WORKFLOW] },
      { restricted_to_workflows: true },
      true,
    ],
  ])('a runner that falls may give access to %s', async (_, home, own, widens) => {
    const seed = {
      organizations: {
        acme: {
          repositories: { web: { visibility: 'public' }, api: {} },
          runners: { one: {} },
          runner_groups: {
            Default: { visibility: 'selected', repositories: ['api'], allows_public_repositories: false, ...home },
            gpu: { visibility: 'all', allows_public_repositories: true, runners: ['one'], ...own },
          },
        },
      },
    }
    const place = await workplace(await watchedSandbox({ seed }), yaml('    runner_groups: { gpu: { runners: [] } }\n'))
    expect((await place.plan()).changes).toMatchObject([{ consequences: [{ widens }], runner_moves: [{ widens }] }])
  })

  it.each<[string, string, string, object]>([
    [
      'an unmanaged group, of which others stay',
      'arm: { runners: [three, two] }',
      'runner two moves from gpu (not managed here) to arm, where all repositories, public ones too, may use it',
      { runner: 'two', from: 'gpu', from_managed: false, leaves_none: false, to: 'arm', widens: true },
    ],
    [
      'an unmanaged group, which is left with none',
      'gpu: { add_runners: [three] }',
      'runner three moves from arm (not managed here) to gpu, where api, ml may use it; arm is left with no runner',
      { runner: 'three', from: 'arm', from_managed: false, leaves_none: true, to: 'gpu', widens: false },
    ],
    [
      'a managed group, which is left with none',
      'gpu: { add_runners: [three] }, arm: { visibility: all }',
      'runner three moves from arm to gpu, where api, ml may use it; arm is left with no runner',
      { from_managed: true, leaves_none: true },
    ],
    [
      'a managed group, which takes up another',
      'gpu: { runners: [one, three] }, arm: { runners: [two] }',
      'runner three moves from arm to gpu, where api, ml may use it',
      { from_managed: true, leaves_none: false },
    ],
    [
      'the default group',
      'gpu: { add_runners: [four] }',
      'runner four moves from Our runners (the default group, not managed here) to gpu, where api, ml may use it; Our runners is left with no runner',
      { from: 'Our runners', from_default: true, from_managed: false, leaves_none: true, widens: false },
    ],
    [
      'the default group, to a group that is made for it',
      'new: { visibility: all, allows_public_repositories: true, runners: [four] }',
      'runner four moves from Our runners (the default group, not managed here) to new, where all repositories, public ones too, may use it; Our runners is left with no runner',
      { to: 'new', widens: true },
    ],
    [
      'a group, to the default group as it will be',
      'gpu: { runners: [one] }, Our runners: { visibility: selected, repositories: [api] }',
      'runner two falls to the default group Our runners, where api may use it',
      { from: 'gpu', to: 'Our runners', to_default: true, leaves_none: false, widens: false },
    ],
    [
      'a group that is left with none by its own list',
      'gpu: { runners: [] }',
      'runners one, two fall to the default group Our runners, where all repositories but public ones may use them; gpu is left with no runner',
      { from_managed: true, leaves_none: true, to_default: true, widens: true },
    ],
    [
      'a group that goes',
      'gpu: absent, arm: { add_runners: [one] }',
      'runner one moves from gpu to arm, where all repositories, public ones too, may use it',
      { from: 'gpu', from_managed: true, leaves_none: false, to: 'arm' },
    ],
  ])('a runner that moves is named with the group that it leaves, and who may use it then: %s', async (...row) => {
    const [, groups, message, move] = row
    for (const product of ['ghec', 'ghes-3.7']) {
      const sandbox = await watchedSandbox({ seed: SEED, product })
      const place = await workplace(sandbox, yaml(`    runner_groups: { ${groups} }\n`))
      const { changes } = await place.plan()
      expect(changes.flatMap(({ consequences }) => consequences.map((each) => each.message))).toContain(message)
      expect(changes.flatMap(({ runner_moves = [] }) => runner_moves)).toContainEqual(expect.objectContaining(move))
      const words = (text: string): string => text.replaceAll(/\s+/g, ' ')
      expect(words((await place.run(['plan'])).stdout)).toContain(words(message))
      expect((await place.run(['apply', ...ALLOWED])).code).toBe(0)
      expect((await place.plan()).changes).toEqual([])
    }
  })

  it('a runner that another group takes up falls nowhere', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(
      sandbox,
      yaml('    runner_groups: { gpu: { runners: [one] }, arm: { runners: [two, three] } }\n'),
    )
    const moved = 'runner two moves from gpu to arm, where all repositories, public ones too, may use it'
    expect((await place.plan()).changes.flatMap(({ consequences }) => consequences)).toEqual([
      { message: moved, widens: true },
    ])
    expect(await place.run(['apply', ...ALLOWED])).toMatchObject({ code: 0 })
    expect(groupsOf(sandbox)).toMatchObject({ gpu: { runners: ['one'] }, arm: { runners: ['two', 'three'] } })
  })

  it.each([
    ['for want of a field', 'new: { add_runners: [two] }'],
    ['whole, as it is inherited', 'shared: { add_runners: [two] }'],
    ['in its runners, as it is the default group', 'Our runners: { add_runners: [two] }'],
    ['for want of a field, by its own list', 'new: { runners: [two] }'],
  ])('a runner that a group takes up which is held back %s falls as one that none takes up', async (_, claiming) => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const of = (groups: string): Record<string, string> => yaml(`    runner_groups: { ${groups} }\n`)
    const place = await workplace(sandbox, of('gpu: { remove_runners: [two] }'))
    const { changes: alone } = await place.plan()
    await place.write('octoform.yaml', of(`gpu: { remove_runners: [two] }, ${claiming}`)['octoform.yaml'] ?? '')
    const { changes, held_back } = await place.plan()
    expect(held_back).toHaveLength(1)
    const told = alone.flatMap(({ runner_moves = [] }) => runner_moves)
    expect(told).toMatchObject([{ runner: 'two', from: 'gpu', to: 'Our runners', to_default: true, widens: true }])
    expect(changes.flatMap(({ runner_moves = [] }) => runner_moves)).toEqual(told)
    expect(await place.run(['apply', ...ALLOWED])).toMatchObject({ code: 2 })
    expect(sandbox.writes()).toEqual(['DELETE /orgs/acme/actions/runner-groups/2/runners/12'])
    expect(groupsOf(sandbox)).toMatchObject({ gpu: { runners: ['one'] } })
  })

  it.each<[string, string, readonly string[], RegExp]>([
    ['visibility: all', 'gpu: { visibility: all }', ['PATCH /orgs/acme/actions/runner-groups/2'], /No changes\./],
    ['absent', 'gpu: absent', ['DELETE /orgs/acme/actions/runner-groups/2'], /its runners fall to the default group/],
    ['the list that is kept', 'arm: { visibility: selected }', [], /repositories that GitHub kept, which ghae neither/],
    [
      'a new one',
      'new: { visibility: all }',
      ['POST /orgs/acme/actions/runner-groups', 'PATCH /orgs/acme/actions/runner-groups/5'],
      /No changes\./,
    ],
  ])('GitHub AE shows no list of a group, and none is asked for: %s', async (_, groups, writes, told) => {
    const sandbox = await watchedSandbox({ seed: SEED, product: 'ghae' })
    const place = await workplace(sandbox, yaml(`    runner_groups: { ${groups} }\n`))
    const { stdout } = await place.run(['apply', ...ALLOWED])
    expect(sandbox.writes()).toEqual(writes)
    expect(stdout + (await place.run(['plan'])).stdout).toMatch(told)
    expect(sandbox.asked.filter(({ status }) => status >= 400)).toEqual([])
  })

  it.each([
    ['', 0, /access for 2 repositories, 2 of them PUBLIC: (?:.|\n)*the list of those that may use it is not shown/],
    ['guards: { never_public: ["**"] }\n', 3, /public repositories gain at orgs\/acme\/runner_groups\/gpu/],
  ])('GitHub AE may let any public repository in by its switch %#', async (guards, code, told) => {
    const seed = {
      ...SEED.organizations.acme,
      repositories: { web: { visibility: 'public' }, hub: { visibility: 'public' }, api: {} },
    }
    const groups = { gpu: { id: 2, visibility: 'selected', repositories: ['hub'] } }
    const { runners: _, ...acme } = { ...seed, runner_groups: groups }
    const sandbox = await watchedSandbox({ seed: { organizations: { acme } }, product: 'ghae' })
    const text = yaml('    runner_groups: { gpu: { allows_public_repositories: true } }\n')
    const place = await workplace(sandbox, { 'octoform.yaml': `${text['octoform.yaml']}${guards}` })
    const { stdout, stderr, code: ended } = await place.run(['apply', '--auto-approve'])
    expect({ ended, said: stdout + stderr }).toEqual({ ended: code, said: expect.stringMatching(told) })
  })

  it('a group with the name of an inherited one is refused', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, yaml('    runner_groups: { shared: { visibility: all } }\n'))
    expect(await place.run(['apply', ...ALLOWED])).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/shared is inherited from the enterprise/),
    })
    expect(sandbox.writes()).toEqual([])
  })

  it.each([
    ['ghec', '[one, four]', ['/runners']],
    ['ghes-3.8', '[one]', ['/runners']],
    ['ghes-3.7', '[one]', ['/runner-groups/2/runners']],
    [
      'ghes-3.7',
      '[one, four]',
      ['/runner-groups/2/runners', '/runners', '/runner-groups/1/runners', '/runner-groups/3/runners'],
    ],
    ['ghes-2.22', '[one, ghost]', ['/runner-groups/2/runners', '/runners']],
  ])(
    'runners are read by one list where they name their group, else by that of each group that matters: %s, %s',
    async (product, runners, expected) => {
      const sandbox = await watchedSandbox({ seed: SEED, product })
      const place = await workplace(sandbox, yaml(`    runner_groups: { gpu: { runners: ${runners} } }\n`))
      const after = runners.includes('four') ? ['four', 'one'] : ['one']
      expect((await place.plan()).changes).toMatchObject([
        { before: { runners: ['one', 'two'] }, after: { runners: after } },
      ])
      const read = sandbox.asked.filter(({ route }) => route.endsWith('/runners'))
      expect(read.map(({ path }) => path.replace(/^(\/api\/v3)?\/orgs\/acme\/actions/, ''))).toEqual(expected)
    },
  )

  it('private may read back as all without public repositories, and nothing is planned', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, yaml('    runner_groups: { arm: { visibility: private } }\n'))
    expect(await place.run(['apply', ...ALLOWED])).toMatchObject({ code: 0 })
    expect(groupsOf(sandbox)).toMatchObject({ arm: { visibility: 'private', allows_public_repositories: false } })
    await sandbox.call('PATCH', '/orgs/acme/actions/runner-groups/3', { name: 'arm', visibility: 'all' })
    expect((await place.plan()).changes).toEqual([])
  })
})

describe('of an enterprise', () => {
  const inc: Place = {
    family,
    scope: { type: 'enterprise', enterprise: 'inc' },
    repositories: ['acme', 'beta'],
  }
  const ONE = 'enterprises/inc/actions/runner-groups/7'
  const was = {
    visibility: 'selected',
    organizations: ['acme'],
    allows_public_repositories: false,
    restricted_to_workflows: false,
  }
  const { organizations: _, ...open } = { ...was, visibility: 'all' }
  const idOf = { id: 7, organizations: {}, runners: { one: 1 } }

  it('who it reaches', () => {
    expect(reachAt(inc, { visibility: 'all' })).toEqual(['acme', 'beta'])
    expect(reachAt(inc, { visibility: 'selected', organizations: ['beta', 'unseen'] })).toEqual(['beta'])
  })

  it('it is created without an organization', () => {
    const wants = { visibility: 'selected', organizations: ['beta'], allows_public_repositories: true }
    const begin = {
      visibility: 'selected',
      selected_organization_ids: [],
      runners: [],
      allows_public_repositories: false,
    }
    expect(requestsAt(inc, { key: 'gpu', wants }, idOf)).toEqual([
      ['POST /enterprises/inc/actions/runner-groups', { name: 'gpu', ...begin }],
      [`PATCH /${ONE}`, { name: 'gpu', visibility: 'selected', allows_public_repositories: true }],
      [`PUT /${ONE}/organizations`, { selected_organization_ids: [2] }],
    ])
  })

  it.each<[string, Document, Written[]]>([
    [
      'a list',
      { organizations: ['acme', 'beta'] },
      [[`PUT /${ONE}/organizations`, { selected_organization_ids: [1, 2] }]],
    ],
    // GitHub's PATCH would make a group visible to all whose visibility it does not get.
    ['all', { visibility: 'all' }, [[`PATCH /${ONE}`, { ...open, name: 'gpu' }]]],
    [
      'another switch',
      { allows_public_repositories: true },
      [[`PATCH /${ONE}`, { ...open, name: 'gpu', visibility: 'selected', allows_public_repositories: true }]],
    ],
  ])('a change to %s carries what PATCH would reset', (_name, wants, expected) => {
    expect(requestsAt(inc, { key: 'gpu', wants, live: was, ref: idOf })).toEqual(expected)
  })

  it('a kept list of organizations is not brought into force', () => {
    const asked = { key: 'gpu', wants: { visibility: 'selected' }, live: open, ref: idOf }
    expect(planAt(inc, asked).heldBack?.map(({ field }) => field)).toEqual(['visibility'])
  })
})
