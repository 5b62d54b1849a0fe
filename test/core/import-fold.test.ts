import { describe, expect, it } from 'vitest'
import type { ScopeSettings } from '../../src/core/import-compact.ts'
import { compacted, groupsOf } from '../../src/core/import-compact.ts'
import { type FoldedRepository, folded } from '../../src/core/import-fold.ts'
import type { Document, Json } from '../../src/core/json.ts'
import { indexRepositories, type RepositoryVisibility } from '../../src/core/repository.ts'
import { scopeOwned } from '../../src/core/scope.ts'
import { ANY_PRODUCT } from '../../src/engine/get.ts'
import { families } from '../../src/families/index.ts'
import { schemaDefaults } from '../../src/shipped/schema-defaults.ts'

const REPOSITORIES = indexRepositories(
  ['web', 'api'].map((name, id) => ({ id, name, visibility: 'private', fork: false, archived: false, topics: [] })),
  'complete',
)

async function left(own: Document, above?: Document): Promise<Document> {
  const defaultOf = await schemaDefaults()
  const input = { families, product: ANY_PRODUCT, repositories: REPOSITORIES }
  const body: ScopeSettings = { scope: scopeOwned('repository', 'acme', ['web']), body: own }
  const wider = above && { scope: scopeOwned('organization', 'acme'), body: above }
  return compacted({ ...input, defaultOf: (...of) => defaultOf(...of) as Json | undefined }, body, wider)
}

describe('what is left out of an import', () => {
  const LISTED = { allowed_actions: 'selected', selected_actions: { patterns_allowed: ['docker/*'] } }
  it.each<readonly [string, Document, Document | undefined, Document]>([
    [
      "GitHub's default, where nothing above has the field",
      { permissions: { enabled: true } },
      { permissions: {} },
      {},
    ],
    [
      'what the level above says, be it no default',
      { workflow_permissions: { default_workflow_permissions: 'write' } },
      { workflow_permissions: { default_workflow_permissions: 'write' } },
      {},
    ],
    [
      'not a default that differs from the level above',
      { permissions: { enabled: true, allowed_actions: 'all' } },
      { permissions: { allowed_actions: 'local_only' } },
      { permissions: { allowed_actions: 'all' } },
    ],
    [
      'no part of a list and its switch alone',
      { permissions: { ...LISTED, enabled: true } },
      { permissions: { allowed_actions: 'selected', selected_actions: { patterns_allowed: [] } } },
      { permissions: LISTED },
    ],
    ['all of them together', { permissions: LISTED }, { permissions: LISTED }, {}],
    [
      'that the level above does not select it',
      { permissions: { enabled: false } },
      { permissions: { enabled_repositories: 'selected', repositories: ['api'] } },
      {},
    ],
    [
      'not that it is off by itself',
      { permissions: { enabled: false } },
      { permissions: { enabled_repositories: 'selected', repositories: ['web'] } },
      { permissions: { enabled: false } },
    ],
    ['no member', { secrets: { KEY: {} } }, undefined, { secrets: { KEY: {} } }],
    [
      "GitHub's defaults of a member, which stays",
      {
        environments: {
          prod: { wait_timer: 0, can_admins_bypass: true, reviewers: [{ team: 'a' }] },
          dev: { wait_timer: 0 },
        },
      },
      undefined,
      { environments: { prod: { reviewers: [{ team: 'a' }] }, dev: {} } },
    ],
    [
      'one that no configuration creates, and that has the defaults alone',
      { workflows: { 'ci.yml': { state: 'active' }, 'off.yml': { state: 'disabled_manually' } } },
      undefined,
      { workflows: { 'off.yml': { state: 'disabled_manually' } } },
    ],
  ])('%s', async (_, own, above, rest) => expect(await left(own, above)).toEqual(rest))

  it('keeps a list beside the switch that brings it into force', () => {
    const [family] = families.filter(({ name }) => name === 'permissions')
    if (family === undefined) throw new Error('permissions')
    expect([...groupsOf(family, { ...LISTED, enabled: true })]).toEqual([
      ['allowed_actions', ['allowed_actions', 'selected_actions.patterns_allowed']],
      ['enabled', ['enabled']],
    ])
  })
})

const usual = (...names: readonly string[]) => names.map((name) => [name, 'all'] as const)

describe('what most repositories share', () => {
  type Row = readonly [
    name: string,
    allowed: string | undefined,
    visibility?: RepositoryVisibility,
    facts?: { readonly fork?: boolean; readonly topics?: readonly string[] },
  ]
  const fold = (rows: readonly Row[], usual = 'all', unread: readonly string[] = []): ReturnType<typeof folded> => {
    const repositories = rows.map(([name, allowed, visibility = 'private', facts]): FoldedRepository => {
      const body: Document = allowed === undefined ? {} : { permissions: { allowed_actions: allowed } }
      return { name, visibility, ...facts, whole: body, rest: allowed === usual ? {} : body }
    })
    return folded(
      families,
      repositories,
      unread.map((name) => ({ name, visibility: 'private' as const })),
    )
  }
  const said = ({ rest }: ReturnType<typeof folded>): readonly string[] =>
    [...rest].filter(([, body]) => Object.keys(body).length > 0).map(([name]) => name)

  it('is a set, beside which the others say what they have, also what they said not before', () => {
    const found = fold([
      ['a', 'local_only'],
      ['b', 'local_only'],
      ['c', 'local_only'],
      ['d', 'all'],
      ['e', 'selected'],
    ])
    expect(found.sets).toEqual([{ match: {}, body: { permissions: { allowed_actions: 'local_only' } } }])
    expect(said(found)).toEqual(['d', 'e'])
    expect(found.rest.get('d')).toEqual({ permissions: { allowed_actions: 'all' } })
  })

  it.each<readonly [string, readonly Row[]]>([
    [
      'nothing is said by most',
      [
        ['a', 'local_only'],
        ['b', 'selected'],
        ['c', 'all'],
        ['d', 'all'],
      ],
    ],
    [
      'half is not most',
      [
        ['a', 'local_only'],
        ['b', 'all'],
      ],
    ],
    ['one is not several', [['a', 'local_only']]],
    [
      'too many lack it',
      [
        ['a', 'local_only'],
        ['b', 'local_only'],
        ['c', undefined],
      ],
    ],
  ])('%s', (_, rows) => expect(fold(rows).sets).toEqual([]))

  it('leaves out by name the few that lack it, and those that were not read', () => {
    const rows = ['a', 'b', 'c', 'd', 'e'].map((name): Row => [name, 'local_only'])
    expect(fold([...rows, ['z', undefined]], 'all', ['x']).sets.map(({ match }) => match)).toEqual([
      { name: ['*', '!x', '!z'] },
    ])
  })

  it('reaches those of the visibility that have it', () => {
    const rows: readonly Row[] = [
      ['a', 'local_only'],
      ['b', 'local_only', 'internal'],
      ['p', undefined, 'public'],
    ]
    expect(fold(rows).sets.map(({ match }) => match)).toEqual([{ visibility: ['private', 'internal'] }])
    const open: readonly Row[] = [
      ['a', undefined],
      ['p', 'local_only', 'public'],
      ['q', 'local_only', 'public'],
    ]
    expect(fold(open).sets.map(({ match }) => match)).toEqual([{ visibility: 'public' }])
  })

  const topical = (name: string, allowed: string | undefined, ...topics: readonly string[]): Row => {
    return [name, allowed, 'private', { topics }]
  }

  it.each<readonly [string, readonly Row[], readonly Document[], readonly string[]]>([
    [
      'a topic',
      [topical('a', 'local_only', 'java', 'x'), topical('b', 'local_only', 'Java'), ...usual('c', 'd', 'e')],
      [{ topic: 'java' }],
      [],
    ],
    [
      'a topic each, where their values differ',
      [
        ...['a', 'b', 'c'].map((name) => topical(name, 'local_only', 'java')),
        ...['d', 'e'].map((name) => topical(name, 'selected', 'node')),
        ...usual('f', 'g', 'h', 'i', 'j'),
      ],
      [{ topic: 'java' }, { topic: 'node' }],
      [],
    ],
    [
      'one topic alone, where another has some of the same',
      [
        ...['a', 'b', 'c'].map((name) => topical(name, 'local_only', 'java')),
        topical('d', 'local_only', 'java', 'node'),
        ...['e', 'f', 'g'].map((name) => topical(name, 'selected', 'node')),
        ...usual('h', 'i', 'j', 'k', 'l', 'm', 'n'),
      ],
      [{ topic: 'java' }],
      ['e', 'f', 'g'],
    ],
    [
      'a topic, beside which one of the topic says what it has',
      [
        ...['a', 'b', 'c'].map((name) => topical(name, 'local_only', 'java')),
        topical('d', 'all', 'java'),
        ...usual('e', 'f', 'g'),
      ],
      [{ topic: 'java' }],
      ['d'],
    ],
    ['no topic that one has alone', [topical('a', 'local_only', 'java'), ...usual('b', 'c')], [], ['a']],
    [
      'forks',
      [...['a', 'b'].map((name): Row => [name, 'local_only', 'private', { fork: true }]), ...usual('c', 'd', 'e')],
      [{ fork: true }],
      [],
    ],
    [
      'all that are no forks',
      [
        ...['a', 'b', 'c'].map((name): Row => [name, 'local_only', 'private', { fork: false }]),
        ...['d', 'e', 'f'].map((name): Row => [name, undefined, 'private', { fork: true }]),
      ],
      [{ fork: false }],
      [],
    ],
  ])('reaches %s', (_, rows, matches, left) => {
    const found = fold(rows)
    expect(found.sets.map(({ match }) => match)).toEqual(matches)
    expect(said(found)).toEqual(left)
  })

  it('leaves out of a topic only those unread that have it', () => {
    const rows = [topical('a', 'local_only', 'java'), topical('b', 'local_only', 'java')].map(
      ([name, allowed, visibility = 'private', facts]): FoldedRepository => {
        const body: Document = { permissions: { allowed_actions: allowed ?? '' } }
        return { name, visibility, ...facts, whole: body, rest: body }
      },
    )
    const others = ['c', 'd', 'e'].map(
      (name): FoldedRepository => ({ name, visibility: 'private', whole: {}, rest: {} }),
    )
    const unread = [
      { name: 'x', visibility: 'private', topics: ['java'] },
      { name: 'y', visibility: 'private', topics: ['node'] },
    ] as const
    expect(folded(families, [...rows, ...others], unread).sets.map(({ match }) => match)).toEqual([
      { name: ['*', '!x'], topic: 'java' },
    ])
  })

  it('takes members, too, that all have with the same fields', () => {
    const body = { variables: { REGION: { value: 'eu' } } }
    const rows = ['a', 'b', 'c'].map((name): FoldedRepository => {
      return { name, visibility: 'private', whole: body, rest: body }
    })
    const found = folded(families, rows, [])
    expect(found.sets).toEqual([{ match: {}, body }])
    expect(said(found)).toEqual([])
  })
})
