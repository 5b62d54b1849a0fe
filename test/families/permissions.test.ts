import { describe, expect, it } from 'vitest'
import type { Known } from '../../src/core/family.ts'
import type { Document, Json } from '../../src/core/json.ts'
import { fieldAt } from '../../src/core/leaves.ts'
import { isWider } from '../../src/core/wider.ts'
import { families } from '../../src/families/index.ts'
import { permissions } from '../../src/families/permissions/index.ts'
import { findingsAt, type Place, planAt, reachAt, requestsAt, type Written, wantedOf } from '../support/family-case.ts'
import { workplace } from '../support/octoform.ts'
import { has, WEB } from '../support/stub-family.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const family = families.find(({ name }) => name === permissions.name) ?? expect.unreachable()
const ORG: Place = { family }
const REPO: Place = { family, scope: WEB }
const INC: Place = {
  family,
  scope: { type: 'enterprise', enterprise: 'inc' },
  repositories: ['acme', 'beta'],
}
const ON = { enabled_repositories: 'all', allowed_actions: 'all', sha_pinning_required: false }
const OFF = { enabled_repositories: 'none', sha_pinning_required: false }
const ACTIONS = { github_owned_allowed: true, verified_allowed: false, patterns_allowed: ['a/*'] }
const SOME = { ...ON, allowed_actions: 'selected', selected_actions: ACTIONS }
const PERMISSIONS = 'PUT /orgs/acme/actions/permissions'
const REPO_PERMISSIONS = 'PUT /repos/acme/web/actions/permissions'

describe('which direction is wider', () => {
  it.each<[string, Json | undefined, Json | undefined, boolean]>([
    ['enabled_organizations', 'none', 'selected', true],
    ['enabled_organizations', 'selected', 'all', true],
    ['enabled_organizations', 'all', 'selected', false],
    ['enabled_organizations', 'selected', 'none', false],
    ['organizations', ['acme'], ['acme', 'beta'], true],
    ['organizations', ['acme', 'beta'], ['acme'], false],
    ['enabled_repositories', 'none', 'selected', true],
    ['enabled_repositories', 'selected', 'all', true],
    ['enabled_repositories', 'all', 'selected', false],
    ['enabled_repositories', 'all', 'none', false],
    ['repositories', ['api'], ['api', 'web'], true],
    ['repositories', ['api', 'web'], ['api'], false],
    ['repositories', ['api'], ['web'], true],
    ['enabled', false, true, true],
    ['enabled', true, false, false],
    ['allowed_actions', 'local_only', 'selected', true],
    ['allowed_actions', 'selected', 'all', true],
    ['allowed_actions', 'all', 'local_only', false],
    ['allowed_actions', undefined, 'local_only', true],
    ['sha_pinning_required', true, false, true],
    ['sha_pinning_required', false, true, false],
    ['selected_actions.github_owned_allowed', false, true, true],
    ['selected_actions.github_owned_allowed', true, false, false],
    ['selected_actions.verified_allowed', false, true, true],
    ['selected_actions.verified_allowed', true, false, false],
    ['selected_actions.patterns_allowed', ['a/*'], ['a/*', 'b/*'], true],
    ['selected_actions.patterns_allowed', ['a/*', 'b/*'], ['a/*'], false],
    ['selected_actions.patterns_allowed', ['a/*'], ['a/*', '!a/b@*'], false],
    ['selected_actions.patterns_allowed', ['a/*', '!a/b@*'], ['a/*'], true],
    ['selected_actions.patterns_allowed', undefined, ['a/*'], true],
    ['selected_actions.patterns_allowed', undefined, ['!a/*'], false],
  ])('%s from %j to %j: %j', (field, before, after, wider) => {
    expect(isWider(fieldAt(permissions, field), before, after)).toBe(wider)
  })
})

describe('who it reaches', () => {
  it.each<[Place, Document, string[]]>([
    [ORG, { enabled_repositories: 'all' }, ['api', 'ml', 'web']],
    [ORG, { enabled_repositories: 'selected', repositories: ['ml', 'unseen'] }, ['ml']],
    [ORG, { enabled_repositories: 'selected', repositories: [] }, []],
    [ORG, { enabled_repositories: 'none' }, []],
    [INC, { enabled_organizations: 'all' }, ['acme', 'beta']],
    [INC, { enabled_organizations: 'selected', organizations: ['beta', 'unseen'] }, ['beta']],
    [INC, { enabled_organizations: 'none' }, []],
    [REPO, { enabled: true }, ['web']],
    [REPO, { enabled: false }, []],
  ])('%#', (place, spec, reached) => {
    expect(reachAt(place, spec)).toEqual(reached)
  })
})

describe('changes as requests: the enterprise', () => {
  const ALL = { enabled_organizations: 'all', allowed_actions: 'all', sha_pinning_required: false }
  const PUT = 'PUT /enterprises/inc/actions/permissions'
  it.each<[string, Document, Document, Written[], string?]>([
    [
      'a switch carries the others',
      { allowed_actions: 'local_only' },
      ALL,
      [[PUT, { ...ALL, allowed_actions: 'local_only' }]],
    ],
    [
      'switching off leaves allowed_actions out',
      { enabled_organizations: 'none' },
      ALL,
      [[PUT, { enabled_organizations: 'none', sha_pinning_required: false }]],
    ],
    [
      'a list narrows after its switch, from all',
      { enabled_organizations: 'selected', organizations: ['beta'] },
      ALL,
      [
        [PUT, { ...ALL, enabled_organizations: 'selected' }],
        [`${PUT}/organizations`, { selected_organization_ids: [2] }],
      ],
    ],
    [
      'a list comes before its switch opens, from none, with local actions alone',
      { enabled_organizations: 'selected', organizations: ['acme'], allowed_actions: 'all' },
      { enabled_organizations: 'none' },
      [
        [PUT, { enabled_organizations: 'selected', allowed_actions: 'local_only' }],
        [`${PUT}/organizations`, { selected_organization_ids: [1] }],
        [PUT, { enabled_organizations: 'selected', allowed_actions: 'all' }],
      ],
      'ghes-3.4',
    ],
    [
      'a list of actions, whole, on a release without verified creators',
      { selected_actions: { patterns_allowed: ['b/*'] } },
      {
        ...ALL,
        allowed_actions: 'selected',
        selected_actions: { github_owned_allowed: true, patterns_allowed: ['a/*'] },
      },
      [[`${PUT}/selected-actions`, { github_owned_allowed: true, patterns_allowed: ['b/*'] }]],
      'ghes-3.12',
    ],
  ])('%s', (_, wants, live, expected, product = 'ghec') => {
    expect(requestsAt({ ...INC, product }, { wants, live })).toEqual(expected)
  })

  it('one organization is added by itself where others may share the list', () => {
    const live = { ...ALL, enabled_organizations: 'selected', organizations: ['acme'] }
    const rest = { edits: { organizations: { add: ['beta'], remove: ['acme'] } } }
    expect(requestsAt(INC, { wants: {}, live, rest })).toEqual([
      ['DELETE /enterprises/inc/actions/permissions/organizations/1'],
      ['PUT /enterprises/inc/actions/permissions/organizations/2'],
    ])
  })

  it.each<[string, Document, Document, string[]]>([
    [
      'a kept list that nobody sees',
      { enabled_organizations: 'selected' },
      { ...ALL, enabled_organizations: 'none' },
      ['enabled_organizations'],
    ],
    ['a kept list of actions', { allowed_actions: 'selected' }, ALL, ['allowed_actions']],
    [
      'switching on without what may run',
      { enabled_organizations: 'all' },
      { enabled_organizations: 'none' },
      ['enabled_organizations'],
    ],
  ])('%s is not brought into force', (_, wants, live, held) => {
    expect(planAt(INC, { wants, live }).heldBack?.map(({ field }) => field)).toEqual(held)
    expect(planAt(INC, { wants, live }).work).toBeUndefined()
  })

  it('a list beside another switch is a contradiction', () => {
    expect(findingsAt(INC, { wants: { enabled_organizations: 'all', organizations: ['acme'] } })).toEqual([
      'error organizations: organizations needs enabled_organizations: selected, but it is all',
    ])
  })
})

describe('an organization below its enterprise', () => {
  const ACTIONS_HOLD = "the enterprise's allowed_actions is selected: its list holds here and cannot be overridden"
  const LACKS = "enabled_repositories: all is refused: the enterprise's list of organizations lacks this one"
  const NONE = 'the enterprise enables Actions for no organization, so enabled_repositories: all is refused'
  const below = (live: Document | undefined, desired?: Document): Place => ({
    ...ORG,
    known: {
      live: (of, from) => (of === 'permissions' && from === 'above' && live ? [has('', live)] : undefined),
      desired: (of, from) =>
        of === 'permissions' && from === 'above' && desired ? [wantedOf('', desired)] : undefined,
      writes: () => 'elsewhere' as const,
    },
  })
  it.each<[string, Document | undefined, Document | undefined, Document, string[]]>([
    ['no policy known', undefined, undefined, { allowed_actions: 'all' }, []],
    [
      'looser actions than on GitHub',
      { allowed_actions: 'local_only' },
      undefined,
      { allowed_actions: 'all' },
      ["held back allowed_actions: allowed_actions: all is looser than the enterprise's local_only"],
    ],
    [
      'looser actions than in the YAML',
      { allowed_actions: 'all' },
      { allowed_actions: 'selected' },
      { allowed_actions: 'all' },
      ["error allowed_actions: allowed_actions: all is looser than the enterprise's selected"],
    ],
    [
      'allowed by the YAML, and not yet by GitHub',
      { allowed_actions: 'local_only' },
      { allowed_actions: 'all' },
      { allowed_actions: 'all' },
      ["held back allowed_actions: allowed_actions: all is looser than the enterprise's local_only"],
    ],
    [
      'refused by both: once',
      { allowed_actions: 'local_only' },
      { allowed_actions: 'local_only' },
      { allowed_actions: 'all' },
      ["error allowed_actions: allowed_actions: all is looser than the enterprise's local_only"],
    ],
    [
      'no pinning where it is required',
      { sha_pinning_required: true },
      undefined,
      { sha_pinning_required: false },
      [
        "held back sha_pinning_required: sha_pinning_required: false is looser than the enterprise's, which requires it",
      ],
    ],
    [
      'a list of actions of its own',
      { enabled_organizations: 'all', allowed_actions: 'selected' },
      undefined,
      { selected_actions: ACTIONS },
      [`held back selected_actions: ${ACTIONS_HOLD}`],
    ],
    [
      'not on the list',
      { enabled_organizations: 'selected', organizations: ['beta'] },
      undefined,
      { enabled_repositories: 'all' },
      [`held back enabled_repositories: ${LACKS}`],
    ],
    [
      'taken off the list by the YAML',
      { enabled_organizations: 'selected', organizations: ['acme'] },
      { organizations: ['beta'] },
      { enabled_repositories: 'all' },
      [`error enabled_repositories: ${LACKS}`],
    ],
    [
      'a list that was not read',
      { enabled_organizations: 'selected' },
      { enabled_organizations: 'selected' },
      { enabled_repositories: 'all' },
      [],
    ],
    [
      'nothing is enabled',
      { enabled_organizations: 'none' },
      undefined,
      { enabled_repositories: 'all' },
      [`held back enabled_repositories: ${NONE}`],
    ],
    [
      'switched off, which no policy forbids',
      { enabled_organizations: 'none' },
      undefined,
      { enabled_repositories: 'none' },
      [],
    ],
  ])('%s', (_, live, desired, wants, expected) => {
    expect(findingsAt(below(live, desired), { wants })).toEqual(expected)
  })

  it.each([
    [{ enabled_repositories: 'none' }, []],
    [{ repositories: ['web'] }, ['enabled_organizations', 'organizations']],
    [{ sha_pinning_required: true }, []],
    [{ sha_pinning_required: false }, ['sha_pinning_required']],
  ])('%j depends on %j above', (wants, above) => {
    expect(permissions.boundBy(wantedOf('', wants))).toEqual(expect.arrayContaining(above))
    if (above.length === 0) expect(permissions.boundBy(wantedOf('', wants))).toEqual([])
  })
})

describe('changes as requests: the organization', () => {
  it.each<[string, Document, Document, Written[], string?]>([
    [
      'a switch carries the others',
      { allowed_actions: 'local_only' },
      ON,
      [[PERMISSIONS, { ...ON, allowed_actions: 'local_only' }]],
    ],
    ['switching off leaves allowed_actions out', { enabled_repositories: 'none' }, ON, [[PERMISSIONS, OFF]]],
    [
      'switching off twice is no request',
      { enabled_repositories: 'none', sha_pinning_required: true },
      OFF,
      [[PERMISSIONS, { ...OFF, sha_pinning_required: true }]],
    ],
    [
      'switching on begins with local actions',
      { enabled_repositories: 'all', allowed_actions: 'all' },
      OFF,
      [
        [PERMISSIONS, { ...ON, allowed_actions: 'local_only' }],
        [PERMISSIONS, ON],
      ],
    ],
    [
      'switching on with local actions alone',
      { enabled_repositories: 'all', allowed_actions: 'local_only' },
      OFF,
      [[PERMISSIONS, { ...ON, allowed_actions: 'local_only' }]],
    ],
    [
      'a product without sha_pinning_required is not sent it',
      { allowed_actions: 'local_only' },
      { enabled_repositories: 'all', allowed_actions: 'all' },
      [[PERMISSIONS, { enabled_repositories: 'all', allowed_actions: 'local_only' }]],
      'ghes-3.18',
    ],
    [
      'the switch before the list that it makes hold, by whole numbers',
      { enabled_repositories: 'selected', repositories: ['api', 'ml'] },
      ON,
      [
        [PERMISSIONS, { ...ON, enabled_repositories: 'selected' }],
        [`${PERMISSIONS}/repositories`, { selected_repository_ids: [2, 3] }],
      ],
    ],
    [
      'a list of nobody is sent',
      { repositories: [] },
      { ...ON, enabled_repositories: 'selected', repositories: ['api'] },
      [[`${PERMISSIONS}/repositories`, { selected_repository_ids: [] }]],
    ],
    [
      'the switch before the actions that it makes hold',
      { allowed_actions: 'selected', selected_actions: ACTIONS },
      ON,
      [
        [PERMISSIONS, { ...ON, allowed_actions: 'selected' }],
        [`${PERMISSIONS}/selected-actions`, ACTIONS],
      ],
    ],
    [
      'false and [] are sent, what the YAML leaves out goes along',
      { selected_actions: { github_owned_allowed: false, patterns_allowed: [] } },
      SOME,
      [
        [
          `${PERMISSIONS}/selected-actions`,
          { github_owned_allowed: false, verified_allowed: false, patterns_allowed: [] },
        ],
      ],
    ],
    [
      'GHES 3.4 to 3.7 know no verified_allowed and want the other two together',
      { selected_actions: { github_owned_allowed: false } },
      {
        enabled_repositories: 'all',
        allowed_actions: 'selected',
        selected_actions: { github_owned_allowed: true, patterns_allowed: ['a/*'] },
      },
      [[`${PERMISSIONS}/selected-actions`, { github_owned_allowed: false, patterns_allowed: ['a/*'] }]],
      'ghes-3.7',
    ],
    ['another order of patterns is none', { allowed_actions: 'all', selected_actions: {} }, SOME, [[PERMISSIONS, ON]]],
  ])('%s', (_, wants, live, expected, product = 'ghec') => {
    expect(requestsAt({ ...ORG, product }, { wants, live })).toEqual(expected)
  })

  it('adds and removes one by one where the list is shared, by the ids that the live list has', () => {
    const live = { ...ON, enabled_repositories: 'selected', repositories: ['api', 'renamed'] }
    const rest = { edits: { repositories: { add: ['ml'], remove: ['renamed'] } } }
    expect(requestsAt(ORG, { wants: {}, live, rest, ref: { repositories: { api: 2, renamed: 77 } } })).toEqual([
      [`DELETE /orgs/acme/actions/permissions/repositories/77`],
      [`${PERMISSIONS}/repositories/3`],
    ])
  })
})

describe('changes as requests: the repository', () => {
  const LIVE = { enabled: true, allowed_actions: 'all', sha_pinning_required: true }
  it.each<[string, Document, Document, Written[]]>([
    ['switching off', { enabled: false }, LIVE, [[REPO_PERMISSIONS, { enabled: false, sha_pinning_required: true }]]],
    [
      'switching on',
      { enabled: true, allowed_actions: 'all' },
      { enabled: false },
      [[REPO_PERMISSIONS, { enabled: true, allowed_actions: 'all' }]],
    ],
    [
      'one switch',
      { allowed_actions: 'local_only' },
      LIVE,
      [[REPO_PERMISSIONS, { ...LIVE, allowed_actions: 'local_only' }]],
    ],
    [
      'the actions after the switch',
      { allowed_actions: 'selected', selected_actions: ACTIONS },
      LIVE,
      [
        [REPO_PERMISSIONS, { ...LIVE, allowed_actions: 'selected' }],
        [`${REPO_PERMISSIONS}/selected-actions`, ACTIONS],
      ],
    ],
  ])('%s', (_, wants, live, expected) => {
    expect(requestsAt(REPO, { wants, live })).toEqual(expected)
  })
})

describe('what contradicts itself', () => {
  it.each<[string, Place, Document, Document | undefined, RegExp[]]>([
    ['nothing said', ORG, {}, ON, []],
    [
      'off with actions',
      ORG,
      { enabled_repositories: 'none', allowed_actions: 'all' },
      undefined,
      [/^error allowed_actions: .*enabled_repositories is none/],
    ],
    [
      'off with patterns',
      REPO,
      { enabled: false, selected_actions: { patterns_allowed: [] } },
      undefined,
      [/^warning selected_actions\.patterns_allowed: .*enabled is false/],
    ],
    [
      'a list beside all',
      ORG,
      { enabled_repositories: 'all', repositories: ['api'] },
      undefined,
      [/^error repositories: .*but it is all/],
    ],
    ['a list while GitHub has all', ORG, { repositories: ['api'] }, ON, []],
    [
      'selected without a list where it is so',
      ORG,
      { enabled_repositories: 'selected' },
      { ...ON, enabled_repositories: 'selected', repositories: [] },
      [],
    ],
    [
      'actions beside all',
      ORG,
      { allowed_actions: 'all', selected_actions: ACTIONS },
      undefined,
      [/^error selected_actions\.\w+: .*but it is all/],
    ],
    ['actions while GitHub has all', ORG, { selected_actions: ACTIONS }, ON, []],
    [
      'half of the actions where what holds was hidden',
      ORG,
      { allowed_actions: 'selected', selected_actions: { github_owned_allowed: true } },
      { ...ON, allowed_actions: 'selected' },
      [/^held back selected_actions: .*needs verified_allowed and patterns_allowed too/],
    ],
    [
      'on without actions',
      ORG,
      { enabled_repositories: 'all' },
      OFF,
      [/^held back enabled_repositories: switching Actions on needs allowed_actions/],
    ],
    [
      'on without actions, in a repository',
      REPO,
      { enabled: true },
      { enabled: false },
      [/^held back enabled: switching Actions on needs allowed_actions/],
    ],
    ['on with them', REPO, { enabled: true, allowed_actions: 'all' }, { enabled: false }, []],
    [
      'a whole that GitHub does not show',
      ORG,
      { sha_pinning_required: true },
      { enabled_repositories: 'all', sha_pinning_required: false },
      [/needs allowed_actions too: GitHub's answer does not tell/],
    ],
  ])('%s', (_, place, wants, live, expected) => {
    const found = findingsAt(place, { wants, ...(live ? { live } : {}) })
    expect(found).toEqual(expected.map((message) => expect.stringMatching(message)))
  })
})

/** What stands above a repository. */
function above(live: Document | undefined, desired?: Document, edits: object = {}): Partial<Known> {
  return {
    live: (_, from) => (from === 'above' && live ? [has('', live)] : undefined),
    desired: (_, from) => {
      if (from !== 'above' || !desired) return undefined
      return [wantedOf('', desired, { edits: edits as never })]
    },
  }
}

describe('a repository looser than its organization', () => {
  const on = { enabled: true, allowed_actions: 'local_only', sha_pinning_required: true }
  it.each<[string, Document, Document, RegExp[]]>([
    [
      'all below selected',
      { allowed_actions: 'selected' },
      { allowed_actions: 'all' },
      [/^error allowed_actions: .*looser than the organization's selected/],
    ],
    [
      'all below local_only',
      { allowed_actions: 'local_only' },
      { allowed_actions: 'all' },
      [/^error allowed_actions: .*looser/],
    ],
    [
      'selected below local_only',
      { allowed_actions: 'local_only' },
      { allowed_actions: 'selected' },
      [/^error allowed_actions: .*looser/],
    ],
    ['selected below selected inherits', { allowed_actions: 'selected' }, { allowed_actions: 'selected' }, []],
    [
      'local_only below selected may be refused',
      { allowed_actions: 'selected' },
      { allowed_actions: 'local_only' },
      [/^warning allowed_actions: GitHub may refuse/],
    ],
    ['anything below all', { allowed_actions: 'all' }, { allowed_actions: 'all' }, []],
    [
      'a list of its own below selected',
      { allowed_actions: 'selected' },
      { allowed_actions: 'selected', selected_actions: ACTIONS },
      [/^error selected_actions\.\w+: .*cannot be overridden/],
    ],
    [
      'on where nothing is',
      { enabled_repositories: 'none' },
      { enabled: true, allowed_actions: 'all' },
      [/^error enabled: the organization enables Actions for no repository/],
    ],
    [
      'on though the list lacks it',
      { enabled_repositories: 'selected', repositories: ['api'] },
      { enabled: true, allowed_actions: 'all' },
      [/^error enabled: .*list of repositories lacks it/],
    ],
    [
      'on and listed',
      { enabled_repositories: 'selected', repositories: ['api', 'web'] },
      { enabled: true, allowed_actions: 'all' },
      [],
    ],
    ['off and listed', { enabled_repositories: 'selected', repositories: ['web'] }, { enabled: false }, []],
    [
      'pinning given up where it is required',
      { sha_pinning_required: true },
      { sha_pinning_required: false },
      [/^error sha_pinning_required: .*looser than the organization/],
    ],
    ['pinning where it is not', { sha_pinning_required: false }, { sha_pinning_required: true }, []],
  ])('%s', (_, organization, wants, expected) => {
    const messages = expected.map((message) => expect.stringMatching(message))
    expect(findingsAt({ ...REPO, known: above(undefined, organization) }, { wants }), 'offline').toEqual(messages)
    if (wants.enabled === undefined) {
      const online = { ...REPO, known: above({ ...ON, ...organization }, {}) }
      const held = expected.map(({ source }) => {
        return expect.stringMatching(source.replace('^error', '^held back').replace('\\.\\w+', ''))
      })
      expect(findingsAt(online, { wants, live: on }), 'by what GitHub has').toEqual(held)
      const both = { ...REPO, known: above({ ...ON, allowed_actions: 'all' }, organization) }
      expect(findingsAt(both, { wants, live: on }), 'by what will be').toEqual(messages)
    }
  })

  it.each<[string, Document]>([
    ['none', { enabled_repositories: 'none' }],
    ['a list without it', { enabled_repositories: 'selected', repositories: ['api'] }],
  ])('cannot stay enabled where this run makes the organization enable %s', (_, desired) => {
    const place = { ...REPO, known: above(ON, desired) }
    expect(findingsAt(place, { wants: { enabled: true }, live: on })).toEqual([
      expect.stringMatching(/^error enabled: /),
    ])
  })

  it('is judged by what the organization will have, not by what it has', () => {
    const known = above({ ...ON, allowed_actions: 'local_only' }, { allowed_actions: 'all' })
    expect(findingsAt({ ...REPO, known }, { wants: { allowed_actions: 'all' }, live: on })).toEqual([])
  })
})

describe('which actions may run waits while Actions is off', () => {
  const both = { allowed_actions: 'selected', selected_actions: ACTIONS }
  it.each<[string, Place, Document, Document, string[]]>([
    ['in a repository', REPO, both, { enabled: false }, ['allowed_actions', 'selected_actions']],
    ['in an organization', ORG, both, OFF, ['allowed_actions', 'selected_actions']],
    ['as far as it is mentioned', REPO, { allowed_actions: 'all' }, { enabled: false }, ['allowed_actions']],
  ])('%s', (_, place, wants, live, waiting) => {
    const { work, diagnostics } = planAt(place, { wants, live })
    expect(work).toBeUndefined()
    expect(diagnostics.map(({ severity, message }) => `${severity}: ${message}`)).toEqual(
      waiting.map(
        (field) => `warning: ${field} waits until Actions is switched on here: GitHub keeps none while it is off`,
      ),
    )
  })

  it('also where patterns are only added', () => {
    const rest = { edits: { 'selected_actions.patterns_allowed': { add: ['b/*'], remove: [] } } }
    const { work, diagnostics } = planAt(REPO, { wants: {}, live: { enabled: false }, rest })
    expect(work).toBeUndefined()
    expect(diagnostics.map(({ severity }) => severity)).toEqual(['warning'])
  })

  it.each([
    ['a list below', OFF, { enabled_repositories: 'all', allowed_actions: 'all' }, both],
    [
      'an organization that goes from a list to all',
      { ...ON, enabled_repositories: 'selected', repositories: ['api'] },
      { enabled_repositories: 'all' },
      { allowed_actions: 'local_only' },
    ],
  ])('and not where this run may switch it on: that has to be said: %s', (_, now, then, wants) => {
    const { heldBack } = planAt({ ...REPO, known: above(now, then) }, { wants, live: { enabled: false } })
    expect(heldBack).toContainEqual(
      expect.objectContaining({ field: 'allowed_actions', reason: expect.stringContaining('has no effect while') }),
    )
  })

  it('and local actions alone are written once an organization that was off is on for all', () => {
    const place = { ...REPO, known: above(OFF, { enabled_repositories: 'all', allowed_actions: 'all' }) }
    const { work, heldBack } = planAt(place, { wants: { allowed_actions: 'local_only' }, live: { enabled: false } })
    expect(heldBack ?? []).toEqual([])
    expect(work?.change.after).toEqual({ allowed_actions: 'local_only' })
    expect(work?.phases).toEqual(['widen'])
  })
})

describe("enabled: true waits for the organization's list", () => {
  const listedNow = { ...ON, enabled_repositories: 'selected', repositories: ['api'] }
  const off = { enabled: false }
  it.each<[string, Document, Document, object, boolean]>([
    ['the desired list names it', listedNow, { repositories: ['api', 'web'] }, {}, true],
    ['it is added to a shared list', listedNow, {}, { repositories: { add: ['web'], remove: [] } }, true],
    [
      'the switch goes from none to selected',
      OFF,
      { enabled_repositories: 'selected', repositories: ['web'], allowed_actions: 'all' },
      {},
      true,
    ],
    ['it stands on the list already', { ...listedNow, repositories: ['web'] }, { repositories: ['web'] }, {}, false],
    ['all are enabled', ON, { enabled_repositories: 'all' }, {}, false],
  ])('%s', (_, live, desired, edits, waits) => {
    const place = { ...REPO, known: above(live, desired, edits) }
    const { work, diagnostics, heldBack = [] } = planAt(place, { wants: { enabled: true }, live: off })
    expect(diagnostics).toEqual([])
    expect({ work: work?.change.after, held: heldBack.map(({ reason }) => reason) }).toEqual({
      work: undefined,
      held: waits ? [] : [expect.stringContaining('switching Actions on needs allowed_actions')],
    })
  })

  it('enabled: false beside a list that names it is refused, for both would never hold', () => {
    const place = { ...REPO, known: above(listedNow, { repositories: ['api', 'web'] }) }
    expect(findingsAt(place, { wants: { enabled: false }, live: off })).toEqual([
      expect.stringMatching(/^error enabled: joining the organization's list/),
    ])
  })
})

const yaml = (body: string): Record<string, string> => ({
  'octoform.yaml': `version: 1\norganizations:\n  acme:\n${body}`,
})
const seedOf = (own: object, repository: object = {}) => ({
  organizations: { acme: { ...own, repositories: { web: { visibility: 'public', ...repository }, api: {} } } },
})

describe('on the sandbox', () => {
  const MENTIONED =
    '{ selected_actions: { github_owned_allowed: true, patterns_allowed: [] }, allowed_actions: selected }'
  // One alone, for a list above holds below.
  const EACH = [`    permissions: ${MENTIONED}\n`, `    repositories: { web: { permissions: ${MENTIONED} } }\n`]
  it.each<[string, object, object, string[]]>([
    ['selected', { allowed_actions: 'all' }, { allowed_actions: 'selected' }, ['/repos/acme/web']],
    ['all', { allowed_actions: 'all' }, { allowed_actions: 'all' }, []],
    [
      'nothing, for Actions is off there',
      { allowed_actions: 'all' },
      { enabled: false, allowed_actions: 'selected' },
      [],
    ],
    ['selected above and so below', { allowed_actions: 'selected' }, {}, ['/orgs/acme', '/repos/acme/web']],
    [
      'nothing, for Actions is off above',
      { enabled_repositories: 'none', allowed_actions: 'selected' },
      { allowed_actions: 'selected' },
      [],
    ],
  ])('selected-actions are read only where GitHub says selected: %s', async (_, organization, repository, expected) => {
    const seed = seedOf({ permissions: organization }, { permissions: repository })
    const sandbox = await watchedSandbox({ seed })
    for (const body of EACH) await (await workplace(sandbox, yaml(body))).plan()
    const read = sandbox.asked.filter(({ path }) => path.includes('selected-actions'))
    const scopes = new Set(read.map(({ path }) => path.replace('/actions/permissions/selected-actions', '')))
    expect([...scopes].sort()).toEqual(expected)
    expect(sandbox.asked.every(({ status }) => status === 200)).toBe(true)
  })

  it('a document that mentions neither list nor actions is one request', async () => {
    const sandbox = await watchedSandbox({
      seed: seedOf({ permissions: { enabled_repositories: 'selected', allowed_actions: 'selected' } }),
    })
    const place = await workplace(sandbox, yaml('    permissions: { allowed_actions: local_only }\n'))
    await place.plan()
    expect(sandbox.asked.filter(({ path }) => path.includes('permissions')).map(({ route }) => route)).toEqual([
      '/orgs/{org}/actions/permissions',
    ])
  })

  it.each([
    ['taken', undefined, 0, 'local_only'],
    ['refused', 409, 1, 'selected'],
  ])('local_only below selected: %s', async (_, status, code, becomes) => {
    const sandbox = await watchedSandbox({ seed: seedOf({ permissions: { allowed_actions: 'selected' } }) })
    const route = '/repos/{owner}/{repo}/actions/permissions'
    if (status !== undefined) await sandbox.fault({ method: 'PUT', route, status, times: 9 })
    const place = await workplace(
      sandbox,
      yaml(
        '    permissions: { allowed_actions: selected }\n    repositories: { web: { permissions: { allowed_actions: local_only } } }\n',
      ),
    )
    expect((await place.run(['plan'])).stdout).toMatch(/warning: GitHub may refuse allowed_actions: local_only/)
    const applied = await place.run(['apply', '--auto-approve'])
    expect(applied.code).toBe(code)
    if (status === 409) {
      expect(applied.stdout).toMatch(/409, no message\. GitHub answers so where the level above holds it by policy/)
      expect(sandbox.writes()).toHaveLength(1)
    }
    const { body } = await sandbox.call('GET', '/repos/acme/web/actions/permissions')
    expect(body).toMatchObject({ allowed_actions: becomes })
  })

  it('a repository that waits is enabled with the list, and then nothing is left to do', async () => {
    const seed = seedOf(
      { permissions: { enabled_repositories: 'selected', repositories: ['api'] } },
      { permissions: { enabled: false } },
    )
    const sandbox = await watchedSandbox({ seed })
    const place = await workplace(
      sandbox,
      yaml(
        '    permissions: { add_repositories: [web] }\n    repositories: { web: { permissions: { enabled: true } } }\n',
      ),
    )
    expect((await place.plan()).changes.map(({ address }) => address)).toEqual(['orgs/acme/permissions'])
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    const { body } = await sandbox.call('GET', '/repos/acme/web/actions/permissions')
    expect(body).toMatchObject({ enabled: true })
    expect((await place.plan()).changes).toEqual([])
  })

  it('taking the document out of the YAML resets nothing', async () => {
    const sandbox = await watchedSandbox({ seed: seedOf({ permissions: { allowed_actions: 'local_only' } }) })
    const place = await workplace(sandbox, yaml('    secrets: {}\n'))
    expect((await place.plan()).changes).toEqual([])
    expect(sandbox.asked.some(({ path }) => path.includes('permissions'))).toBe(false)
  })
})

it('a set may say which actions run in many repositories, one of which is off', async () => {
  const sandbox = await watchedSandbox({ seed: 'organizations: { acme: { repositories: { web: {}, api: {} } } }' })
  const yaml = `
version: 1
organizations:
  acme:
    repositories: { web: { permissions: { enabled: false } } }
    repository_sets: [{ match: {}, permissions: { enabled: true, allowed_actions: local_only } }]
`
  const place = await workplace(sandbox, { 'octoform.yaml': yaml })
  expect(await place.run(['validate'])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('has no effect while'),
  })
  expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
  expect(await place.run(['plan', '--detailed-exitcode'])).toMatchObject({ code: 0 })
  expect(sandbox.state()).toMatchObject({
    organizations: {
      acme: {
        repositories: {
          web: { permissions: { enabled: false } },
          api: { permissions: { allowed_actions: 'local_only' } },
        },
      },
    },
  })
})

describe('an organization against its enterprise, by the whole command', () => {
  const yaml = (above: string, own: string): Record<string, string> => ({
    'octoform.yaml': `version: 1\nenterprises:\n  inc:\n    permissions: { ${above} }\n    organizations: { acme: { permissions: { ${own} } } }\n`,
  })
  const seedOf = (above: object): object => ({
    enterprises: { inc: { organizations: { acme: {} }, permissions: above } },
    organizations: { acme: { repositories: { web: {} } } },
  })
  const ALONE = ['--owner', 'acme']

  it.each([
    [
      'allowed_actions: local_only',
      'allowed_actions: all',
      /:5:\d+: error: allowed_actions: all is looser .*: see octoform\.yaml:4:\d+/,
    ],
    [
      'enabled_organizations: none',
      'enabled_repositories: all',
      /:5:\d+: error: the enterprise enables Actions for no organization.*: see octoform\.yaml:4:\d+/,
    ],
  ])('%s against %s is told offline with both lines', async (above, own, expected) => {
    const sandbox = await watchedSandbox({ seed: seedOf({}), product: 'ghec' })
    const place = await workplace(sandbox, yaml(above, own))
    const { code, stdout, stderr } = await place.run(['validate'])
    expect({ code, told: stdout + stderr }).toEqual({ code: 1, told: expect.stringMatching(expected) })
  })

  it('a policy on GitHub holds back, also where the YAML of the enterprise allows it', async () => {
    const sandbox = await watchedSandbox({ seed: seedOf({ allowed_actions: 'local_only' }), product: 'ghec' })
    const place = await workplace(sandbox, yaml('allowed_actions: all', 'allowed_actions: all'))
    const { code, stdout } = await place.run(['apply', '--auto-approve', ...ALONE])
    expect({ code, stdout }).toEqual({ code: 2, stdout: expect.stringMatching(/Apply the enterprise first/) })
    expect(sandbox.writes()).toEqual([])
    expect(sandbox.asked.map(({ path }) => path)).toContain('/enterprises/inc/actions/permissions')
  })
})
