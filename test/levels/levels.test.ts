import { describe, expect, it, test } from 'vitest'
import { acceptDrift } from '../../src/accept/accept.ts'
import { explain } from '../../src/config/explain.ts'
import { listingNeeds } from '../../src/config/listing.ts'
import { resolveOwner } from '../../src/config/resolve.ts'
import { whyNoAddress } from '../../src/core/address-glob.ts'
import { formatDiagnostic } from '../../src/core/diagnostic.ts'
import type { Family } from '../../src/core/family.ts'
import type { Document } from '../../src/core/json.ts'
import { LEVELS, ownerOf, scopeAbove } from '../../src/core/scope.ts'
import { importScopes } from '../../src/engine/import.ts'
import { readOrganizations } from '../../src/engine/organizations.ts'
import { readSections } from '../../src/engine/read-sections.ts'
import { schedule } from '../../src/engine/schedule.ts'
import { GitHubError } from '../../src/github/errors.ts'
import { renderConfiguration } from '../../src/render/configuration.ts'
import { importRoutes, routesNeeded } from '../../src/run/needs.ts'
import {
  apply,
  CHECKS,
  LEVEL_FAMILIES,
  listedBy,
  load,
  openWorld,
  planOf,
  REPOSITORIES,
  readingOf,
  textFile,
  type World,
} from '../support/levels.ts'

const EVERYWHERE = `enterprises:
  Inc:
    boxes: { e: { level: high } }
    organizations: { acme: {} }
organizations:
  acme:
    boxes: { o: { level: high } }
    repository_sets:
      - match: { name: "w*" }
        environments: { prod: { boxes: { set: { level: low }, both: { level: low, tags: [a] } } } }
    repositories:
      web:
        boxes: { r: { level: high } }
        environments:
          Prod: { level: low, boxes: { v: { level: high }, both: { level: high } } }
          eu/west: { boxes: { v: absent } }
`

const ADDRESSES = [
  'enterprises/inc/boxes/e',
  'orgs/acme/boxes/o',
  'repos/acme/web/boxes/r',
  'repos/acme/web/environments/eu%2Fwest',
  'repos/acme/web/environments/prod',
  'repos/acme/web/environments/eu%2Fwest/boxes/v',
  'repos/acme/web/environments/prod/boxes/both',
  'repos/acme/web/environments/prod/boxes/set',
  'repos/acme/web/environments/prod/boxes/v',
]

function configured(text: string) {
  const { configuration, problems } = load({ 'octoform.yaml': text })
  if (configuration === undefined) throw new Error(problems.join('\n'))
  return configuration
}

function wished(text: string): readonly string[] {
  const configuration = configured(text)
  return configuration.owners.flatMap(({ name }) =>
    resolveOwner(configuration, name, REPOSITORIES, LEVEL_FAMILIES).sections.flatMap(({ members }) =>
      members.map(({ address }) => address),
    ),
  )
}

describe('a configuration', () => {
  it('speaks of every level, in sets and inside repositories too', () => {
    expect([...wished(EVERYWHERE)].sort()).toEqual([...ADDRESSES].sort())
  })

  it('has sets of organizations at the top alone: in an enterprise they say nothing of it', () => {
    const set = 'organization_sets: [{ match: {}, boxes: { s: { level: low } } }]'
    expect(wished(`enterprises: { inc: { ${set} } }\norganizations: { acme: {} }`)).toEqual([])
    expect(wished(`${set}\norganizations: { acme: {} }`)).toEqual(['orgs/acme/boxes/s'])
  })

  it('merges by rank at every level: what stands in the repository overrides what its set gives', () => {
    const configuration = configured(EVERYWHERE)
    const { sections } = resolveOwner(configuration, 'acme', REPOSITORIES, LEVEL_FAMILIES)
    const both = sections.flatMap(({ members }) => members).find(({ address }) => address.endsWith('/both'))
    expect(both).toMatchObject({ spec: { level: 'high', tags: ['a'] }, fromSet: true })
  })

  it.each([
    ['absent', 'web: { environments: { Prod: absent } }', ['repos/acme/web/environments/prod']],
    ['unmanaged', 'web: { environments: { prod: unmanaged } }', ['repos/acme/web/environments/prod']],
    [
      'a map again',
      'web: { environments: { prod: { boxes: { own: {} } } } }',
      [
        'repos/acme/web/environments/prod',
        'repos/acme/web/environments/prod/boxes/own',
        'repos/acme/web/environments/prod/boxes/set',
      ],
    ],
  ])('says nothing of what is in an environment that is %s', (_, own, expected) => {
    const set = '{ match: { name: web }, environments: { prod: { boxes: { set: { level: low } } } } }'
    const yaml = `organizations: { acme: { repository_sets: [${set}], repositories: { ${own} } } }`
    expect([...wished(yaml)].sort()).toEqual(expected)
  })

  it('knows what is above an organization only where it names its enterprise', () => {
    const configuration = configured(EVERYWHERE)
    const above = configuration.owners.flatMap(({ name }) =>
      resolveOwner(configuration, name, REPOSITORIES, LEVEL_FAMILIES).sections.map(({ scope }) => scopeAbove(scope)),
    )
    expect(above).toContainEqual({ type: 'enterprise', enterprise: 'inc' })
    const alone = configured('organizations: { acme: { boxes: { o: { level: high } } } }')
    const [section] = resolveOwner(alone, 'acme', REPOSITORIES, LEVEL_FAMILIES).sections
    expect(section && scopeAbove(section.scope)).toBeUndefined()
  })

  it('has an enterprise for an owner of its own, though an organization is called the same', () => {
    const { owners } = configured('enterprises: { acme: { boxes: {} } }\norganizations: { acme: { boxes: {} } }')
    expect(owners.map(({ name, by }) => `${name} ${by}`)).toEqual(['acme organization', 'enterprises/acme enterprise'])
  })

  it('needs no listing of repositories for an enterprise', () => {
    expect(listingNeeds(configured(EVERYWHERE), 'enterprises/inc', LEVEL_FAMILIES)).toEqual({ names: [] })
    expect(listingNeeds(configured(EVERYWHERE), 'acme', LEVEL_FAMILIES)).toBe('all')
  })

  it.each([
    ['two files', { 'a.yaml': 'level: low', 'b.yaml': 'level: high' }, '`level` is given here and at a.yaml'],
    ['different fields of two files', { 'a.yaml': 'level: low', 'b.yaml': 'tags: [a]' }, undefined],
  ])('holds %s to one rank in an environment', (_, bodies, expected) => {
    const files = Object.fromEntries(
      Object.entries(bodies).map(([name, body]) => [
        name,
        `organizations: { acme: { repositories: { web: { environments: { prod: { boxes: { v: { ${body} } } } } } } } }`,
      ]),
    )
    const { configuration } = load(files)
    const { diagnostics } =
      configuration === undefined
        ? { diagnostics: [] }
        : resolveOwner(configuration, 'acme', REPOSITORIES, LEVEL_FAMILIES)
    const errors = diagnostics.filter(({ severity }) => severity === 'error').map(formatDiagnostic)
    if (expected === undefined) expect(errors).toEqual([])
    else expect(errors.join('\n')).toContain(expected)
  })

  it.each([
    ['repos/acme/web/environments/prod/boxes/both', ['(repository)', 'overrides "low"  from octoform.yaml']],
    ['enterprises/inc/boxes/e', ['(enterprise)']],
  ])('explains %s', (address, expected) => {
    const text = explain(configured(EVERYWHERE), address, LEVEL_FAMILIES, REPOSITORIES).join('\n')
    for (const part of expected) expect(text).toContain(part)
  })

  it.each([
    ['repos/acme/web/**', undefined],
    ['repos/acme/web/environments/prod/**', 'repos/acme/web/environments/eu%2Fwest'],
    ['orgs/acme/**', 'repos/acme/web/'],
  ])('with `files` may say what %s gives', (glob, refused) => {
    const yaml = `organizations:
  acme:
    repositories:
      web: { environments: { eu/west: { level: low, boxes: { v: { level: low } } } } }
`
    const { problems } = load({
      'octoform.yaml': `files: { "*": { addresses: ["${glob}"] }, "octoform.yaml": { addresses: ["**"] } }`,
      'team.yaml': yaml,
    })
    if (refused === undefined) expect(problems).toEqual([])
    else expect(problems.join('\n')).toContain(refused)
  })
})

describe('names of scopes', () => {
  it.each([
    ['enterprises: { Inc: {}, inc: {} }', '`inc` is the same name as `Inc` at octoform.yaml'],
    ['enterprises: { "a b": {} }', '`a b` cannot be the name of an enterprise'],
    ['enterprises: { inc: { organizations: { Acme: {}, acme: {} } } }', '`acme` is the same name as `Acme`'],
    ['enterprises: { inc: { organizations: { "-": {} } } }', '`-` cannot be the name of an organization'],
    [
      'repositories: { acme/web: { environments: { Prod: { level: low }, prod: { level: low } } } }',
      '`prod` is the same name as `Prod`',
    ],
    [
      'organizations: { acme: { repository_sets: [{ match: {}, environments: { Prod: {}, prod: {} } }] } }',
      '`prod` is the same name as `Prod`',
    ],
  ])('%s', (yaml, message) => {
    const { problems } = load({ 'octoform.yaml': yaml })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(message)
  })
})

describe('an organization under two enterprises', () => {
  const error = (owner: string, first: string) =>
    `\`${owner}\` is in enterprises/${first}: an organization is in one enterprise, so name it under one`

  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      'of one file',
      { 'a.yaml': 'enterprises: { inc: { organizations: { acme: {} } }, two: { organizations: { acme: {} } } }' },
      [`a.yaml:2:78: error: ${error('acme', 'inc at a.yaml:2:40')}`],
    ],
    [
      'of two files, in another case',
      {
        'a.yaml': 'enterprises: { Inc: { organizations: { Acme: {} } } }',
        'b.yaml': 'enterprises: { two: { organizations: { ACME: { boxes: {} } } } }',
      },
      [`b.yaml:2:40: error: ${error('ACME', 'inc at a.yaml:2:40')}`],
    ],
    [
      'of three',
      {
        'a.yaml': 'enterprises: { inc: { organizations: { acme: {} } } }',
        'b.yaml': 'enterprises: { two: { organizations: { acme: {}, beta: {} } } }',
        'c.yaml': 'enterprises: { three: { organizations: { acme: { repositories: { web: { boxes: {} } } } } } }',
      },
      [
        `b.yaml:2:40: error: ${error('acme', 'inc at a.yaml:2:40')}`,
        `c.yaml:2:42: error: ${error('acme', 'inc at a.yaml:2:40')}`,
      ],
    ],
    [
      'and one, in two files',
      {
        'a.yaml': 'enterprises: { inc: { organizations: { acme: {} } } }',
        'b.yaml': 'enterprises: { INC: { organizations: { Acme: {} } } }\norganizations: { ACME: { boxes: {} } }',
      },
      [],
    ],
  ])('%s', (_, files, expected) => {
    const { problems } = load(files)
    expect(problems).toHaveLength(expected.length)
    for (const part of expected) expect(problems.join('\n')).toContain(part)
  })
})

describe('a list of organizations', () => {
  const listOf = (fields: string, owner = 'enterprises/inc') => {
    const text = `enterprises: { inc: { boxes: { e: { ${fields} } } } }\norganizations: { acme: {}, beta: {} }`
    const configuration = configured(text)
    const { sections, diagnostics } = resolveOwner(configuration, owner, listedBy(owner), LEVEL_FAMILIES)
    const [member] = sections.flatMap(({ members }) => members)
    return { member, messages: diagnostics.map(formatDiagnostic), configuration }
  }

  it.each([
    ['organizations: [ACME]', { organizations: ['acme'] }],
    ['organizations: ["*", "!beta"]', { organizations: ['acme'] }],
    ['organizations: ["b*", acme]', { organizations: ['acme', 'beta'] }],
  ])('%s takes names and globs', (fields, spec) => {
    expect(listOf(fields)).toMatchObject({ member: { spec }, messages: [] })
  })

  it.each([
    ['organizations: [acme, nobody]', 'warning: organization nobody does not exist (deleted, renamed or misspelt)'],
    ['organizations: [acme, "x*"]', 'warning: `x*` matches no organization of enterprises/inc; it is skipped'],
    [
      'organizations: ["*", "!xyz"]',
      'warning: `!xyz` takes nothing away: it matches no organization of enterprises/inc',
    ],
    ['add_organizations: ["x*"]', 'warning: `x*` matches no organization of enterprises/inc; it is skipped'],
  ])('%s speaks of organizations', (fields, message) => {
    expect(listOf(fields).messages.join('\n')).toContain(message)
  })

  it('that comes to nothing is held back, in words of organizations', () => {
    const text = 'enterprises: { inc: { boxes: { e: { organizations: ["x*"] } } } }\norganizations: { acme: {} }'
    const { heldBack } = resolveOwner(configured(text), 'enterprises/inc', listedBy('enterprises/inc'), LEVEL_FAMILIES)
    expect(heldBack.map(({ reason, help }) => `${reason}; ${help}`)).toEqual([
      '`organizations` resolves to no organization of enterprises/inc: an access list is never emptied by that; ' +
        'Name organizations that are there, or write [] where none is wanted.',
    ])
  })

  it('keeps out organizations that the configuration puts into another enterprise', () => {
    const text = `enterprises:
  inc: { organizations: { acme: {} }, boxes: { e: { organizations: ["*"] } } }
  two: { organizations: { beta: {} }, boxes: {} }
organizations: { gamma: {} }`
    expect(listingNeeds(configured(text), 'enterprises/inc', LEVEL_FAMILIES)).toEqual({
      names: ['acme', 'gamma'],
      patterns: true,
    })
  })

  it('takes `add_` and `remove_`', () => {
    const { member } = listOf('add_organizations: [beta], remove_organizations: [acme]')
    expect(member?.edits).toEqual({ organizations: { add: ['beta'], remove: ['acme'] } })
  })

  it('is known offline by the organizations that the configuration names', () => {
    const { configuration } = listOf('organizations: ["*"]')
    const [section] = resolveOwner(configuration, 'enterprises/inc', undefined, LEVEL_FAMILIES).sections
    expect(section?.members[0]?.spec).toEqual({ organizations: ['acme', 'beta'] })
    expect(listingNeeds(configuration, 'enterprises/inc', LEVEL_FAMILIES)).toEqual({
      names: ['acme', 'beta'],
      patterns: true,
    })
  })

  it.each([
    ['organizations: ["no such one"]', 'cannot be the name of an organization'],
    ['organizations: ["!acme"]', 'only takes names away'],
  ])('%s is refused', (fields, message) => {
    const { problems } = load({ 'octoform.yaml': `enterprises: { inc: { boxes: { e: { ${fields} } } } }` })
    expect(problems.join('\n')).toContain(message)
  })

  it('records the id of each that comes or goes, by its name alone', async () => {
    const { configuration } = listOf('organizations: [beta]')
    const { get } = openWorld({ '/enterprises/inc/boxes': { e: { organizations: ['acme'] } } })
    const { planned } = await planOf(configuration, get)
    expect([planned.plan.held_back, planned.plan.diagnostics]).toEqual([[], []])
    expect(planned.plan.changes.map(({ address, ids, owner_id }) => ({ address, ids, owner_id }))).toEqual([
      { address: 'enterprises/inc/boxes/e', ids: { acme: 11, beta: 12 }, owner_id: 7 },
    ])
  })

  it('tells who gains and who loses, and who may use what', async () => {
    const { configuration } = listOf('organizations: ["b*"]')
    const { get } = openWorld({ '/enterprises/inc/boxes': { e: { organizations: ['acme'] } } })
    const { plan } = (await planOf(configuration, get)).planned
    const at = { visibility: 'private' }
    expect(plan.changes.map(({ access }) => access)).toEqual([
      {
        gains: [{ repository: 'beta', via: 'matched', ...at }],
        loses: [{ repository: 'acme', via: 'matched', ...at }],
      },
    ])
    expect(plan.reach?.repositories.map(({ name }) => name)).toEqual(['acme', 'beta'])
    expect(plan.reach?.rows).toEqual([{ address: 'enterprises/inc/boxes/e', before: '0', after: '1' }])
  })

  it('is read one by one; one that is not there is left out, and one that may not be read is named', async () => {
    const one = async (_: string, { org }: { readonly org?: unknown }) => {
      const status = org === 'gone' ? 404 : 403
      if (org !== 'acme') throw new GitHubError('refused', { kind: 'forbidden', route: 'GET /orgs/{org}', status })
      return { id: 11, login: 'Acme' }
    }
    const get = { one, list: () => expect.unreachable() } as never
    const { repositories, notRead } = await readOrganizations(get, ['acme', 'gone', 'shut'])
    expect(repositories.all.map(({ id, name }) => `${name} ${id}`)).toEqual(['acme 11'])
    expect(notRead).toEqual([{ scope: 'orgs/shut', reason: 'refused' }])
  })
})

describe('addresses', () => {
  test.each(ADDRESSES)('%s can be matched', (address) => {
    expect(whyNoAddress(address, LEVEL_FAMILIES)).toBeUndefined()
  })

  test('a misspelt family of an environment is told with those that it has', () => {
    expect(whyNoAddress('repos/acme/web/environments/prod/crates/x', LEVEL_FAMILIES)).toBe(
      'matches no address: there is no family `crates`; an environment has boxes',
    )
  })
})

describe('plan and apply', () => {
  it('reads, plans, writes from wide to narrow, and then finds no changes', async () => {
    const world: World = { '/repos/acme/web/environments/eu%2Fwest/boxes': { v: { level: 'low' } } }
    world['/repos/acme/web/environments'] = { 'eu/west': { level: 'low' } }
    const configuration = configured(EVERYWHERE)
    const { get, client, asked } = openWorld(world)
    const { planned } = await planOf(configuration, get)
    const changes = planned.plan.changes.map(({ action, address }) => `${action} ${address}`)
    expect(changes.filter((change) => change.startsWith('delete'))).toEqual([
      'delete repos/acme/web/environments/eu%2Fwest/boxes/v',
    ])
    expect(planned.plan.complete).toBe(true)
    asked.length = 0
    expect(await apply(planned, client)).toMatchObject({ complete: true })
    const order = asked.map((request) => LEVELS.findIndex((level) => request.includes(PATHS[level])))
    const writes = order.filter((_, index) => asked[index]?.startsWith('PUT '))
    expect(writes).toEqual([...writes].sort())
    expect((await planOf(configuration, openWorld(world).get)).planned.plan.changes).toEqual([])
  })

  it('creates an environment and what is in it in one run: it is read as empty, and made first', async () => {
    const world: World = {}
    const refusing = (request: string): boolean =>
      request.startsWith('GET ') &&
      request.includes('/environments/prod/') &&
      !('/repos/acme/web/environments' in world)
    const yaml = 'repositories: { acme/web: { environments: { prod: { level: low, boxes: { v: { level: low } } } } } }'
    const { get, client, asked } = openWorld(world, refusing)
    const { planned, notRead } = await planOf(configured(yaml), get)
    expect(notRead).toEqual([])
    expect(planned.plan.changes.map(({ address }) => address)).toEqual([
      'repos/acme/web/environments/prod',
      'repos/acme/web/environments/prod/boxes/v',
    ])
    asked.length = 0
    await apply(planned, client)
    expect(asked).toEqual(['PUT /repos/acme/web/environments/prod', 'PUT /repos/acme/web/environments/prod/boxes/v'])
  })

  it('comes no sooner than the scope that it is in, whatever its own phase', async () => {
    const { get } = openWorld({})
    const yaml = 'repositories: { acme/web: { environments: { prod: { level: low, boxes: { v: { level: low } } } } } }'
    const { works } = (await planOf(configured(yaml), get)).planned
    const narrowing = works.map((work) =>
      work.family.name === 'boxes' ? { ...work, phases: ['narrow' as const] } : { ...work, phases: ['widen' as const] },
    )
    const waves = schedule(narrowing, LEVEL_FAMILIES).map((wave) => wave.flat().map(({ work }) => work.change.address))
    expect(waves).toEqual([['repos/acme/web/environments/prod'], ['repos/acme/web/environments/prod/boxes/v']])
  })

  it('writes nothing in an environment that could not be made', async () => {
    const yaml = 'repositories: { acme/web: { environments: { prod: { level: low, boxes: { v: { level: low } } } } } }'
    const { get, client } = openWorld({}, (request) => request === 'PUT /repos/acme/web/environments/prod')
    const { planned } = await planOf(configured(yaml), get)
    const { changes } = await apply(planned, client)
    expect(changes.map(({ status }) => status)).toEqual(['failed', 'not tried'])
    expect(changes[1]?.error?.message).toBe(
      'held back: repos/acme/web/environments/prod was not written, and was to hold this',
    )
  })

  it.each([
    ['an enterprise', '/enterprises/inc/boxes', 'enterprises/inc'],
    ['an environment', '/repos/acme/web/environments/prod/boxes', 'repos/acme/web/environments/prod'],
  ])('leaves out %s that could not be read, and names it', async (_, path, scope) => {
    const world: World = { '/repos/acme/web/environments': { prod: { level: 'low' } } }
    const { get } = openWorld(world, (request) => request === `GET ${path}`)
    const { planned, notRead } = await planOf(configured(EVERYWHERE), get)
    expect(notRead.map((each) => each.scope)).toEqual([scope])
    expect(planned.plan.changes.filter(({ address }) => address.startsWith(`${scope}/boxes`))).toEqual([])
  })

  it('of environments that could not be read, plans nothing that is in them', async () => {
    const { get } = openWorld({}, (request) => request === 'GET /repos/acme/web/environments')
    const { planned, notRead } = await planOf(configured(EVERYWHERE), get)
    expect(notRead.map((each) => each.scope)).toEqual([
      'repos/acme/web',
      'repos/acme/web/environments/eu%2Fwest',
      'repos/acme/web/environments/prod',
    ])
    expect(planned.plan.changes.map(({ address }) => address)).toEqual(['enterprises/inc/boxes/e', 'orgs/acme/boxes/o'])
  })

  it.each([
    ['enterprises', 'enterprises: { inc: { boxes: { e: { add_tags: [b], remove_tags: [a] } } } }'],
    ['organizations', 'organizations: { acme: { boxes: { e: { add_tags: [b], remove_tags: [a] } } } }'],
    ['repositories', 'repositories: { acme/web: { boxes: { e: { add_tags: [b], remove_tags: [a] } } } }'],
    [
      'environments',
      'repositories: { acme/web: { environments: { prod: { boxes: { e: { add_tags: [b], remove_tags: [a] } } } } } }',
    ],
  ])('adds to lists and removes from them at %s', async (_, yaml) => {
    const world = worldOf({ level: 'low', tags: ['a', 'c'] })
    const { planned } = await planOf(configured(yaml), openWorld(world).get)
    expect(planned.plan.changes.map(({ after }) => after)).toEqual([{ tags: ['b', 'c'] }])
  })

  it.each([
    ['enterprises/inc/boxes/e', 'enterprises: { inc: { boxes: { e: absent } } }'],
    [
      'repos/acme/web/environments/prod/boxes/e',
      'repositories: { acme/web: { environments: { prod: { boxes: { e: absent } } } } }',
    ],
    [
      'repos/acme/web/environments/prod/boxes/e',
      'repositories: { acme/web: { environments: { prod: { boxes: {}, prune: ["boxes/*"] } } } }',
    ],
  ])('guards %s against deletion, by %s', async (address, yaml) => {
    const world = worldOf({ level: 'low' })
    const glob = `${address.split('/boxes')[0]}/**`
    const configuration = configured(`guards: { protect: ["${glob}"] }\n${yaml}`)
    const { planned } = await planOf(configuration, openWorld(world).get)
    expect(planned.plan.changes.map((change) => change.address)).toEqual([address])
    expect(planned.plan.tripped.map(({ guard, addresses }) => [guard, addresses])).toEqual([['protect', [address]]])
  })
})

/** A part of the path of each level's own routes, that of no wider level. */
const PATHS = {
  enterprise: '/enterprises/',
  organization: '/orgs/',
  repository: '/repos/',
  environment: '/environments/',
} as const

const PATHS_OF_BOXES = {
  enterprise: '/enterprises/inc/boxes',
  organization: '/orgs/acme/boxes',
  repository: '/repos/acme/web/boxes',
  environment: '/repos/acme/web/environments/prod/boxes',
} as const

/** A box of this document at each level, in an environment that is there. */
function worldOf(box: Document): World {
  const boxes = Object.values(PATHS_OF_BOXES).map((path) => [path, { e: box }])
  return { ...Object.fromEntries(boxes), '/repos/acme/web/environments': { prod: { level: 'low' } } }
}

test('an organization knows the desired state of its enterprise, which another run writes', async () => {
  const configuration = configured(EVERYWHERE)
  const sectionsOf = (owner: string) => resolveOwner(configuration, owner, listedBy(owner), LEVEL_FAMILIES).sections
  const wanted: unknown[] = []
  const families = LEVEL_FAMILIES.map((family): Family => {
    const { organization } = family.scopes
    if (organization === undefined) return family
    const read: typeof organization.read = async (_scope, _get, known) => {
      wanted.push(known.desired('boxes', 'above')?.map(({ key }) => key))
      return []
    }
    return { ...family, scopes: { ...family.scopes, organization: { ...organization, read } } }
  })
  const { get, asked } = openWorld({})
  const own = sectionsOf('acme').filter(({ scope }) => ownerOf(scope) === 'acme')
  await readSections({ ...readingOf(get), families, sections: own, above: sectionsOf('enterprises/inc') })
  expect(wanted).toEqual([['e']])
  expect(asked.filter((request) => request.includes('enterprises'))).toEqual([])
})

describe('import', () => {
  const LIVE = worldOf({ level: 'low' })

  it.each<[string, string, readonly string[]]>([
    ['enterprises/inc', 'enterprise', ['enterprises/inc/boxes/e']],
    ['orgs/acme', 'organization', ['orgs/acme/boxes/e']],
    [
      'repos/acme/web',
      'organization',
      ['repos/acme/web/boxes/e', 'repos/acme/web/environments/prod', 'repos/acme/web/environments/prod/boxes/e'],
    ],
    ['repos/acme/web/boxes', 'organization', ['repos/acme/web/boxes/e']],
    [
      'repos/acme/web/environments/prod',
      'organization',
      ['repos/acme/web/environments/prod', 'repos/acme/web/environments/prod/boxes/e'],
    ],
    // The key that leads there names the environment, too.
    [
      'repos/acme/web/environments/prod/boxes/e',
      'organization',
      ['repos/acme/web/environments/prod', 'repos/acme/web/environments/prod/boxes/e'],
    ],
  ])('%s is a configuration that plans to no changes', async (glob, type, expected) => {
    const { get } = openWorld(LIVE)
    const owner = type === 'enterprise' ? 'enterprises/inc' : 'acme'
    const door = {
      facts: { id: 1, login: owner, type: type as 'enterprise' | 'organization' },
      product: 'ghec',
      plan: undefined,
      support: { has: () => true, accepts: () => true, returns: () => true },
      get,
      ofRepositories: () => get,
    }
    const { scopes, notRead } = await importScopes({ door, owner, glob, families: LEVEL_FAMILIES })
    expect(notRead).toEqual([])
    const yaml = renderConfiguration(scopes, door.facts.type)
    expect([...wished(yaml)].sort()).toEqual([...expected].sort())
    expect((await planOf(configured(yaml), get)).planned.plan.changes).toEqual([])
  })
})

describe('drift --accept', () => {
  it.each([
    ['enterprises', 'enterprises:\n  inc:\n    boxes:\n      e: { level: low }\n'],
    ['organizations', 'organizations:\n  acme:\n    boxes:\n      e: { level: low }\n'],
    [
      'repositories',
      'organizations:\n  acme:\n    repositories:\n      web:\n        boxes:\n          e: { level: low }\n',
    ],
    [
      'environments',
      'organizations:\n  acme:\n    repositories:\n      web:\n        environments:\n          prod:\n            boxes:\n              e: { level: low }\n',
    ],
  ])('takes over a field at %s', async (_, yaml) => {
    const world = worldOf({ level: 'high' })
    const { input } = await planOf(configured(yaml), openWorld(world).get)
    const files = [textFile('octoform.yaml', yaml)]
    const accepted = acceptDrift({ files, input, checks: CHECKS })
    expect(accepted.notTaken).toEqual([])
    expect(accepted.edits.map(({ text }) => text)).toEqual([`version: 1\n${yaml.replace('low', 'high')}`])
  })

  it('gives an environment an entry of its own where only a set speaks of it', async () => {
    const yaml =
      'organizations:\n  acme:\n    repository_sets:\n      - match: { name: web }\n        environments: { prod: { boxes: { e: { level: low } } } }\n'
    const world = worldOf({ level: 'high' })
    const { input } = await planOf(configured(yaml), openWorld(world).get)
    const accepted = acceptDrift({ files: [textFile('octoform.yaml', yaml)], input, checks: CHECKS })
    expect(accepted.notTaken).toEqual([])
    const [{ text = '' } = {}] = accepted.edits
    expect(wished(text)).toContain('repos/acme/web/environments/prod/boxes/e')
    expect((await planOf(configured(text), openWorld(world).get)).planned.plan.changes).toEqual([])
  })
})

describe('what a token is asked for', () => {
  it.each([
    ['enterprises/inc', ['/enterprises/{enterprise}/boxes']],
    [
      'acme',
      [
        '/orgs/{org}/boxes',
        '/repos/{owner}/{repo}/boxes',
        '/repos/{owner}/{repo}/environments/{environment_name}/boxes',
      ],
    ],
  ])('covers the routes of each level that %s speaks of', (owner, paths) => {
    const routes = routesNeeded(configured(EVERYWHERE), owner, LEVEL_FAMILIES, 'plan')
    for (const path of paths) expect(routes).toContain(`GET ${path}`)
    if (owner.startsWith('enterprises/')) expect(routes.filter((route) => route.includes('{org}'))).toEqual([])
  })

  it('covers an import of a repository with its environments, and of an enterprise alone', () => {
    expect(importRoutes('repos/acme/web', LEVEL_FAMILIES)).toContain(
      'GET /repos/{owner}/{repo}/environments/{environment_name}/boxes',
    )
    expect(importRoutes('enterprises/inc', LEVEL_FAMILIES)).toEqual(['GET /enterprises/{enterprise}/boxes'])
  })
})

test('the owner of each level is what its credentials are asked for', () => {
  expect(ownerOf({ type: 'environment', owner: 'acme', repo: 'web', environment_name: 'prod' })).toBe('acme')
  expect(ownerOf({ type: 'enterprise', enterprise: 'inc' })).toBe('enterprises/inc')
})
