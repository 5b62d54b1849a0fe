import { describe, expect, it } from 'vitest'
import type { DesiredSection } from '../../src/core/desired.ts'
import { formatDiagnostic } from '../../src/core/diagnostic.ts'
import type { Family, Get, Known } from '../../src/core/family.ts'
import type { Need } from '../../src/core/need.ts'
import type { Route } from '../../src/core/routes.ts'
import type { Scope } from '../../src/core/scope.ts'
import type { Support } from '../../src/core/support.ts'
import { checkOffline } from '../../src/engine/check-offline.ts'
import { inNeedOrder } from '../../src/engine/need-order.ts'
import { type Reading, readSections } from '../../src/engine/read-sections.ts'
import { GitHubError } from '../../src/github/errors.ts'
import { ACME, has, line, listed, stubFamily, WEB } from '../support/stub-family.ts'

const EVERYTHING: Support = { has: () => true, accepts: () => true, returns: () => true }
const ROUTE: Route = 'GET /orgs/{org}/boxes'

/** Families that note when they are read; `failing` has the addresses of the scopes whose `boxes` fail. */
function recording(
  given: Readonly<Record<string, readonly Need[]>>,
  failing: readonly string[] = [],
  status = 403,
): { families: Family[]; reads: string[]; seen: Known[] } {
  const reads: string[] = []
  const seen: Known[] = []
  const families = Object.entries(given).map(([name, needs]) =>
    stubFamily({
      name,
      needs,
      async read(scope, _, known) {
        const at = addressOf(scope, name)
        reads.push(at)
        seen.push(known)
        // Another one that is read at the same time gets its turn.
        await new Promise((resolve) => setImmediate(resolve))
        if (failing.includes(at)) throw new GitHubError(`${at}: ${status}`, { kind: 'forbidden', route: ROUTE, status })
        return [{ ...has(at, {}), spec: {} }]
      },
    }),
  )
  return { families, reads, seen }
}

function addressOf(scope: Scope, name: string): string {
  return scope.type === 'organization'
    ? `orgs/${scope.org}/${name}`
    : `repos/acme/${(scope as typeof WEB & { repo: string }).repo}/${name}`
}

const API: Scope = { type: 'repository', owner: 'acme', repo: 'api' }
const NO_GET: Get = {
  one: () => expect.unreachable(),
  oneIfAny: () => expect.unreachable(),
  list: () => expect.unreachable(),
  listIfShown: () => expect.unreachable(),
}

function section(scope: Scope, family: string): DesiredSection {
  return { scope, family, members: [], prune: [], source: line(family.length) }
}

function read(
  families: readonly Family[],
  sections: readonly DesiredSection[],
  product = EVERYTHING,
  extent: 'asked' | 'everything' = 'asked',
): Promise<Reading> {
  const repositories = listed(['web', 'api'])
  return readSections({
    sections,
    families,
    get: NO_GET,
    product,
    plan: undefined,
    productName: 'ghes-9.9',
    repositories,
    extent,
  })
}

const here = (family: string): Need => ({ family, from: 'here' })
const above = (family: string): Need => ({ family, from: 'above' })
const addresses = ({ read: done }: Reading): string[] => done.flatMap(({ live }) => live.map(({ key }) => key)).sort()

describe('a family that GitHub does not show in its scope', () => {
  const NEEDS = { limits: [], below: [here('limits'), above('limits')], other: [] }
  const sections = [ACME, WEB].flatMap((scope) => Object.keys(NEEDS).map((family) => section(scope, family)))
  const seen = (reading: Reading) => ({
    read: addresses(reading),
    notRead: reading.notRead.map(({ scope }) => scope),
    parts: reading.partsNotRead.map(({ scope, family, reason }) => `${addressOf(scope, family)} ${reason}`),
  })

  it('of an import is left out with what hangs on it alone', async () => {
    const { families } = recording(NEEDS, ['repos/acme/web/limits'], 402)
    expect(seen(await read(families, sections, EVERYTHING, 'everything'))).toEqual({
      read: ['orgs/acme/below', 'orgs/acme/limits', 'orgs/acme/other', 'repos/acme/web/other'],
      notRead: [],
      parts: [
        'repos/acme/web/limits repos/acme/web/limits: 402',
        'repos/acme/web/below it hangs on repos/acme/web/limits, which could not be read',
      ],
    })
  })

  it.each<['asked' | 'everything', number, boolean]>([
    ['everything', 402, true],
    ['everything', 403, true],
    ['everything', 404, true],
    ['everything', 401, false],
    ['everything', 500, false],
    ['asked', 402, false],
    ['asked', 403, false],
    ['asked', 404, false],
  ])('%s, with %i: by itself %s', async (extent, status, isAlone) => {
    const { families } = recording(NEEDS, ['orgs/acme/other'], status)
    const { notRead, parts } = seen(await read(families, sections.slice(0, 3), EVERYTHING, extent))
    expect([notRead.length, parts.length]).toEqual(isAlone ? [0, 1] : [1, 0])
  })

  it('is its scope where nothing beside it could be read', async () => {
    const all = Object.keys(NEEDS).map((family) => `orgs/acme/${family}`)
    const { families } = recording(NEEDS, all, 403)
    expect(seen(await read(families, sections, EVERYTHING, 'everything'))).toMatchObject({
      read: ['repos/acme/web/limits', 'repos/acme/web/other'],
      notRead: ['orgs/acme'],
    })
  })
})

describe('the order of reads', () => {
  it('is that of needs: nothing waits for what it does not need', async () => {
    const { families, reads } = recording({
      last: [here('middle'), above('first')],
      middle: [here('first')],
      first: [],
    })
    const sections = [WEB, ACME].flatMap((scope) => ['last', 'middle', 'first'].map((name) => section(scope, name)))
    await read(families, sections)
    expect(reads).toEqual([
      'orgs/acme/first',
      'repos/acme/web/first',
      'orgs/acme/middle',
      'repos/acme/web/middle',
      'orgs/acme/last',
      'repos/acme/web/last',
    ])
  })

  it('has a repository wait for the one section of its owner that it needs', async () => {
    const ended: string[] = []
    const slow = new Map([
      ['orgs/acme/slow', 40],
      ['orgs/acme/needed', 20],
    ])
    const family = (name: string, needs: readonly Need[] = []): Family =>
      stubFamily({
        name,
        needs,
        async read(scope) {
          const at = addressOf(scope, name)
          await new Promise((resolve) => setTimeout(resolve, slow.get(at) ?? 0))
          ended.push(at)
          return [{ ...has(at, {}), spec: {} }]
        },
      })
    const families = [family('slow'), family('needed'), family('below', [above('needed')])]
    await read(families, [section(ACME, 'slow'), section(ACME, 'needed'), section(WEB, 'slow'), section(WEB, 'below')])
    expect(ended).toEqual(['repos/acme/web/slow', 'orgs/acme/needed', 'repos/acme/web/below', 'orgs/acme/slow'])
  })

  it('gives each what it needs, of the same scope and of the one above', async () => {
    const { families, seen } = recording({ a: [], b: [here('a'), above('a')] })
    await read(families, [section(ACME, 'a'), section(WEB, 'a'), section(WEB, 'b')])
    const last = seen.at(-1)
    expect(last?.live('a', 'here')).toMatchObject([{ key: 'repos/acme/web/a' }])
    expect(last?.live('a', 'above')).toMatchObject([{ key: 'orgs/acme/a' }])
    expect(last?.live('b', 'above')).toBeUndefined()
    expect(last?.desired('a', 'above')).toEqual([])
  })

  it.each<[Readonly<Record<string, readonly Need[]>>, string[][]]>([
    [{ a: [], b: [] }, [['a', 'b']]],
    [{ a: [here('b')], b: [] }, [['b'], ['a']]],
    [{ a: [above('a')], b: [here('a')], c: [here('a')] }, [['a'], ['b', 'c']]],
    // An import may be asked for one family only.
    [{ a: [here('another')] }, [['a']]],
  ])('%j', (given, ranks) => {
    expect(inNeedOrder(recording(given).families).map((rank) => rank.map(({ name }) => name))).toEqual(ranks)
  })

  it('families that need one another are a mistake of the code', () => {
    expect(() => inNeedOrder(recording({ a: [here('b')], b: [here('a')], c: [] }).families)).toThrow(/circle: a, b/)
  })
})

describe('an incomplete read decides nothing', () => {
  it('a scope of which one family fails is left out whole, the others are read', async () => {
    const { families } = recording({ a: [], b: [] }, ['repos/acme/web/b'])
    const reading = await read(
      families,
      [ACME, WEB, API].flatMap((scope) => [section(scope, 'a'), section(scope, 'b')]),
    )
    expect(addresses(reading)).toEqual(['orgs/acme/a', 'orgs/acme/b', 'repos/acme/api/a', 'repos/acme/api/b'])
    expect(reading.notRead).toEqual([{ scope: 'repos/acme/web', reason: 'repos/acme/web/b: 403', family: 'b' }])
    expect(reading.diagnostics).toEqual([])
  })

  it('what hangs on the level above is left out with it', async () => {
    const { families, reads } = recording({ a: [], b: [above('a')] }, ['orgs/acme/a'])
    const reading = await read(families, [section(ACME, 'a'), section(WEB, 'b'), section(API, 'a')])
    expect(addresses(reading)).toEqual(['repos/acme/api/a'])
    expect(reads).not.toContain('repos/acme/web/b')
    expect(reading.notRead).toEqual([
      { scope: 'orgs/acme', reason: 'orgs/acme/a: 403', family: 'a' },
      { scope: 'repos/acme/web', reason: 'it hangs on orgs/acme/a, which could not be read', family: 'b' },
    ])
  })

  it('what the configuration does not ask for above is neither read nor missed', async () => {
    const { families, reads } = recording({ a: [], b: [above('a')] })
    const reading = await read(families, [section(WEB, 'b')])
    expect(reads).toEqual(['repos/acme/web/b'])
    expect(reading.notRead).toEqual([])
  })

  it('what is told stands in the order of the sections, whichever answer came first', async () => {
    const late = new Set(['orgs/acme/a', 'repos/acme/web/a'])
    const family = (name: string): Family =>
      stubFamily({
        name,
        async read(scope) {
          const at = addressOf(scope, name)
          if (late.has(at)) await new Promise((resolve) => setTimeout(resolve, 20))
          if (scope.type === 'organization') return [{ ...has(at, {}), spec: {} }]
          throw new GitHubError(`${at}: 403`, { kind: 'forbidden', route: ROUTE })
        },
      })
    const sections = [ACME, WEB, API].flatMap((scope) => [section(scope, 'a'), section(scope, 'b')])
    const reading = await read([family('a'), family('b')], sections)
    expect(reading.read.map(({ section: of }) => of.family)).toEqual(['a', 'b'])
    expect(reading.notRead).toEqual([
      { scope: 'repos/acme/web', reason: 'repos/acme/web/a: 403', family: 'a' },
      { scope: 'repos/acme/api', reason: 'repos/acme/api/a: 403', family: 'a' },
    ])
  })

  it('a mistake of the code is no refusal', async () => {
    const family = stubFamily({ read: () => Promise.reject(new TypeError('a mistake')) })
    await expect(read([family], [section(ACME, 'boxes')])).rejects.toThrow('a mistake')
  })
})

describe('what a product cannot show', () => {
  const only = (word: 'reads' | 'writes'): Support => ({
    ...EVERYTHING,
    has: (route) => route.startsWith('GET ') === (word === 'reads'),
  })
  const nothing: Support = { ...EVERYTHING, has: () => false }
  const UNREAD = { read: () => expect.unreachable() }
  const closed = stubFamily({
    ...UNREAD,
    unreadable: (product) => (product.has(ROUTE) ? 'the list leaves them out' : undefined),
  })

  it.each<[string, Family, Support, string]>([
    [
      'writes without reads',
      stubFamily(UNREAD),
      only('writes'),
      'octoform.yaml:5:1: error: ghes-9.9 has no boxes at the organization level that it shows: nothing can be planned there',
    ],
    [
      'neither',
      stubFamily(UNREAD),
      nothing,
      'octoform.yaml:5:1: error: ghes-9.9 has no boxes at the organization level',
    ],
    [
      'what the family itself knows of it',
      closed,
      EVERYTHING,
      'octoform.yaml:5:1: error: ghes-9.9 has no boxes at the organization level that it shows (the list leaves them out): nothing can be planned there',
    ],
  ])('%s', async (_, family, product, message) => {
    const reading = await read([family], [section(ACME, 'boxes')], product)
    expect(reading.diagnostics.map(formatDiagnostic)).toEqual([message])
    expect(reading).toMatchObject({ read: [], notRead: [] })
  })

  it('holds nothing below up that the product has', async () => {
    const { families } = recording({ a: [], b: [here('a'), above('a')] })
    const [a, b] = families as [Family, Family]
    const { organization: _, ...scopes } = a.scopes
    const lacking: Family = { ...a, scopes }
    const reading = await read([lacking, b], [section(ACME, 'a'), section(ACME, 'b'), section(WEB, 'b')])
    expect(reading.diagnostics.map(({ message }) => message)).toEqual(['ghes-9.9 has no a at the organization level'])
    expect(addresses(reading)).toEqual(['orgs/acme/b', 'repos/acme/web/b'])
    expect(reading.notRead).toEqual([])
  })

  it('is told offline as well', () => {
    const hidden = stubFamily({ unreadable: () => 'the list leaves them out' })
    const { certain } = checkOffline([section(ACME, 'boxes')], [hidden], undefined)
    expect(certain.map(formatDiagnostic)).toEqual([
      expect.stringMatching(/:5:1: error: any product has no boxes at the organization level that it shows /),
    ])
  })
})

describe('which members a run concerns', () => {
  it.each([
    ['WANTED', true],
    ['GONE', true],
    ['PAY_1', true],
    ['UNMANAGED', false],
    ['OTHER', false],
  ])('%s: %j', async (key, concerns) => {
    const { families, seen } = recording({ boxes: [] })
    const member = { edits: {}, source: line(1), sources: {}, matched: {}, fromSet: false, spec: {} }
    const members = (['WANTED', 'GONE', 'UNMANAGED'] as const).map((name) => {
      const state = { WANTED: 'present', GONE: 'absent', UNMANAGED: 'unmanaged' } as const
      return { ...member, key: name, address: `orgs/acme/boxes/${name}`, state: state[name] }
    })
    const prune = [{ glob: 'orgs/acme/boxes/PAY_*', source: line(2) }]
    await read(families, [{ ...section(ACME, 'boxes'), members, prune }])
    expect(seen[0]?.concerns(key)).toBe(concerns)
  })
})
