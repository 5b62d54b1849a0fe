import { describe, expect, it, test } from 'vitest'
import type { Edit, Family, FamilyAt, Get, Known } from '../../../src/core/family.ts'
import { routeOf } from '../../../src/core/leaves.ts'
import { type ScopeOf, scopeParams } from '../../../src/core/scope.ts'
import type { Params, Send } from '../../../src/core/send.ts'
import {
  accessFields,
  checkSelected,
  reachOf,
  VISIBILITIES,
  wholeAccess,
} from '../../../src/families/common/selected-access.ts'
import {
  directedSends,
  type ListedIds,
  listSends,
  readList,
  selectedList,
} from '../../../src/families/common/selected-list.ts'
import { planAndApply } from '../../support/answering.ts'
import { ACME, factsOf, listed } from '../../support/stub-family.ts'

const LIST = selectedList('/orgs/{org}/boxes/{name}')
const known: Known = { ...factsOf({} as Family).known, repositories: listed(['web:public', 'api', 'hub:internal']) }

test('the routes of a list stand below its path', () => {
  expect(LIST).toEqual({
    field: 'repositories',
    as: 'selected_repository_ids',
    item: 'repository_id',
    read: 'GET /orgs/{org}/boxes/{name}/repositories',
    replace: 'PUT /orgs/{org}/boxes/{name}/repositories',
    add: 'PUT /orgs/{org}/boxes/{name}/repositories/{repository_id}',
    remove: 'DELETE /orgs/{org}/boxes/{name}/repositories/{repository_id}',
  })
  expect(selectedList('/enterprises/{enterprise}/boxes/{name}', 'organizations')).toMatchObject({
    as: 'selected_organization_ids',
    add: 'PUT /enterprises/{enterprise}/boxes/{name}/organizations/{org_id}',
  })
})

test.each<[string | undefined, string[]]>([
  ['none', []],
  ['selected', ['api']],
  ['private', ['api', 'hub']],
  ['all', ['web', 'api', 'hub']],
  [undefined, ['web', 'api', 'hub']],
])('%s reaches %j', (mode, expected) => {
  const names = reachOf(mode, ['api', 'unseen'], known).map((id) => known.repositories.byId.get(id)?.name)
  expect(names).toEqual(expected)
})

test.each<[object, object, string[]]>([
  [{ visibility: 'all', repositories: ['web'] }, {}, ['repositories needs visibility: selected, but it is all']],
  [
    { visibility: 'all' },
    { repositories: { add: ['web'], remove: [] } },
    ['repositories needs visibility: selected, but it is all'],
  ],
  [{ visibility: 'selected', repositories: [] }, {}, []],
  [{ repositories: [] }, {}, []],
  [{ visibility: 'all' }, {}, []],
])('%j with %j contradicts itself: %j', (spec, edits, expected) => {
  const wanted = { key: 'a', state: 'present', spec, edits } as Parameters<typeof checkSelected>[0]
  expect(checkSelected(wanted, 'visibility', 'repositories').map(({ message }) => message)).toEqual(expected)
})

interface Box {
  readonly visibility?: 'selected' | 'private' | 'all'
  readonly repositories?: readonly string[]
}

function edit(before: Box, after: Box, rest: Partial<Edit<Box, { repositories: ListedIds }>> = {}) {
  const changed = (['visibility', 'repositories'] as const).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  )
  const sides = { action: 'update', scope: ACME, key: 'a', before, after, changed: new Set(changed) } as const
  const others = { given: new Set<string>(), shared: new Set<string>(), putsValue: false, known } as const
  return { ...sides, ...others, ref: { repositories: { old: 44 } }, ...rest } as Edit<Box, { repositories: ListedIds }>
}

const params = (): Params => ({ ...scopeParams(ACME), name: 'a' })
const shown = (sends: readonly Send<{ repositories: ListedIds }>[]) =>
  sends.map((send) => [
    send.phase,
    send.route.split(' ')[0],
    send.params(undefined).repository_id,
    send.body?.(undefined),
  ])

describe('the requests that change a list', () => {
  const shared = { shared: new Set(['repositories']) }
  const selected = (...repositories: string[]): Box => ({ visibility: 'selected', repositories })

  test.each([
    [
      'fewer',
      selected('api', 'web'),
      selected('api'),
      {},
      [['narrow', 'PUT', undefined, { selected_repository_ids: [2] }]],
    ],
    [
      'more',
      selected('api'),
      selected('api', 'web'),
      {},
      [['widen', 'PUT', undefined, { selected_repository_ids: [2, 1] }]],
    ],
    ['others', selected('api'), selected('web'), {}, [['widen', 'PUT', undefined, { selected_repository_ids: [1] }]]],
    [
      'those of a shared list one by one',
      selected('old', 'api'),
      selected('api', 'web'),
      shared,
      [
        ['narrow', 'DELETE', 44, undefined],
        ['widen', 'PUT', 1, undefined],
      ],
    ],
    ['nothing', selected('api'), selected('api'), {}, []],
  ] as const)('%s', (_, before, after, rest, expected) => {
    expect(shown(directedSends(LIST, edit(before, after, rest), params, { wasOpen: false }))).toEqual(expected)
  })

  test('narrow from the first on where the switch was open', () => {
    const sends = directedSends(LIST, edit({ visibility: 'all' }, selected('web')), params, { wasOpen: true })
    expect(shown(sends)).toEqual([['narrow', 'PUT', undefined, { selected_repository_ids: [1] }]])
  })

  test('keep an id that the listing lacks, and are a bug without one', () => {
    const kept = listSends(LIST, edit(selected('old'), selected('old', 'web')), params)
    expect(kept[0]?.body?.(undefined)).toEqual({ selected_repository_ids: [44, 1] })
    const lost = listSends(LIST, edit(selected(), selected('lost')), params)
    expect(() => lost[0]?.body?.(undefined)).toThrow('bug: the repository lost has no id')
  })
})

test.each([
  ['repositories', 'name', { repositories: ['api', 'web'] }],
  ['organizations', 'login', { organizations: ['api', 'web'] }],
] as const)('a list of %s is read by %s', async (field, name, spec) => {
  const answers = [
    { id: 2, [name]: 'Web' },
    { id: 1, [name]: 'api' },
  ]
  const [one, oneIfAny, listIfShown] = Array.from({ length: 3 }, () => () => Promise.reject(new Error('a list')))
  const get = { one, oneIfAny, listIfShown, list: async <T>() => answers as object as readonly T[] } as Get
  const list = selectedList('/enterprises/{enterprise}/boxes/{name}', field)
  expect(await readList(list, {}, get, true)).toEqual({
    spec,
    ref: { [field]: { web: 2, api: 1 } },
    shown: { web: 'Web' },
  })
  expect(await readList(list, {}, get, false)).toEqual({ spec: {}, ref: { [field]: {} } })
})

/** Variables as GitHub has them at organizations: POST creates, PATCH changes, and both take the access with the text. */
interface Variable extends Box {
  readonly value?: string
}
const AT = '/orgs/{org}/actions/variables'
const ONE = `${AT}/{name}` as const
const SELECTED = selectedList(ONE)

const organization: FamilyAt<'organization', Variable, { repositories: ListedIds }> = {
  presence: `GET ${AT}`,
  reads: [`GET ${AT}`, SELECTED.read, `GET ${ONE}`],
  writes: [`POST ${AT}`, `PATCH ${ONE}`, SELECTED.replace, SELECTED.add, SELECTED.remove, `DELETE ${ONE}`],
  required: ['visibility'],
  async read(scope, get, ask) {
    const all = await get.list<{ name: string } & Variable>(`GET ${AT}`, scopeParams(scope))
    return Promise.all(
      all.map(async ({ name, value, visibility }) => {
        const isRead = visibility === 'selected' && ask.concerns(name.toUpperCase())
        const { spec, ref } = await readList(SELECTED, { ...scopeParams(scope), name }, get, isRead)
        const own = { ...(visibility ? { visibility } : {}), ...(value === undefined ? {} : { value }) }
        return { key: name.toUpperCase(), spec: { ...own, ...spec }, ref }
      }),
    )
  },
  check: (wanted) => checkSelected(wanted, 'visibility', 'repositories'),
  reach: ({ visibility, repositories }, ask) => reachOf(visibility, repositories, ask),
  write: writeVariable,
}

function writeVariable(
  change: Edit<Variable, { repositories: ListedIds }, 'organization'>,
): Send<{ repositories: ListedIds }>[] {
  const { scope, key, after, changed, action } = change
  const at = (): Params => ({ ...scopeParams(scope as ScopeOf<'organization'>), name: key })
  if (action === 'delete') return [{ route: `DELETE ${ONE}`, fields: [], params: at }]
  const { reads, body } = wholeAccess(SELECTED, `GET ${ONE}`, change)
  if (action === 'create') {
    const whole = () => ({ name: key, value: after?.value, ...body([]) })
    return [{ route: `POST ${AT}`, fields: [...changed], params: () => scopeParams(scope), body: whole }]
  }
  if (!changed.has('value') && !changed.has('visibility')) return listSends(SELECTED, change, at)
  const rereads = reads.map((route) => ({ route, params: at }))
  const whole = (_: unknown, reread: readonly unknown[] = []) => ({ value: after?.value, ...body(reread) })
  return [
    {
      route: `PATCH ${ONE}`,
      fields: [...changed],
      params: at,
      body: whole,
      ...(rereads.length > 0 ? { rereads } : {}),
    },
  ]
}

const variables = {
  name: 'variables',
  shape: 'members',
  fields: {
    ...accessFields('visibility', VISIBILITIES, { organization: { route: `PATCH ${ONE}`, list: SELECTED } }),
    value: { wider: 'never', written: { organization: { route: `PATCH ${ONE}` } } },
  },
  fold: (key) => key.toUpperCase(),
  listed: ({ repositories }) => repositories,
  scopes: { organization },
} satisfies Family<Variable, { repositories: ListedIds }>

it('variables can be made of these parts', async () => {
  expect(routeOf(variables as Family, 'repositories', 'organization')).toBe(SELECTED.replace)
  const { reads, changes, requests, told } = await planAndApply(
    variables as Family,
    `organizations:
  acme:
    variables:
      region: { value: eu, visibility: all }
      NEW: { value: a, repositories: [api], visibility: selected }
      TEAM: { repositories: [web] }
`,
    {
      '/orgs/acme/actions/variables': [
        { name: 'Region', value: 'us', visibility: 'private' },
        { name: 'TEAM', value: 'x', visibility: 'selected' },
      ],
      '/orgs/acme/actions/variables/TEAM/repositories': [{ id: 2, name: 'api' }],
    },
  )
  expect(told).toEqual([])
  expect(reads).toEqual(['GET /orgs/acme/actions/variables', 'GET /orgs/acme/actions/variables/TEAM/repositories'])
  expect([...changes].sort()).toEqual([
    'create orgs/acme/variables/NEW, for api',
    'update orgs/acme/variables/REGION, widens visibility',
    'update orgs/acme/variables/TEAM, widens repositories, for web',
  ])
  expect([...requests].sort()).toEqual([
    ['PATCH /orgs/acme/actions/variables/REGION', { value: 'eu', visibility: 'all' }],
    [
      'POST /orgs/acme/actions/variables',
      { name: 'NEW', value: 'a', visibility: 'selected', selected_repository_ids: [2] },
    ],
    ['PUT /orgs/acme/actions/variables/TEAM/repositories', { selected_repository_ids: [1] }],
  ])
})
