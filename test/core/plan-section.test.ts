import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDiagnostic } from '../../src/core/diagnostic.ts'
import type { Family } from '../../src/core/family.ts'
import type { Live } from '../../src/core/live.ts'
import { planSection } from '../../src/core/plan-section.ts'
import type { SectionPlan } from '../../src/core/planned-section.ts'
import { unsupportedFields } from '../../src/core/unsupported-fields.ts'
import { secrets } from '../../src/families/secrets/index.ts'
import { factsOf, has, line, listed, sectionOf, stubFamily, want } from '../support/stub-family.ts'

const boxes = factsOf(stubFamily())
const LOW = { level: 'low' }

/** Each change as `action name`, in the plan's order. */
const done = ({ works }: Pick<SectionPlan, 'works'>): string[] =>
  works.map(({ change }) => `${change.action} ${change.address.split('/').at(-1)}`)

const glob = (text: string, at = 1): { glob: string; source: ReturnType<typeof line> } => {
  return { glob: `orgs/acme/boxes/${text}`, source: line(at) }
}

/** Unlisted members against a prune, nothing being wanted. */
function pruned(globs: readonly string[], live: readonly Live[], facts = boxes): SectionPlan {
  return planSection(
    facts,
    sectionOf(
      facts,
      [],
      globs.map((text, index) => glob(text, index + 1)),
    ),
    live,
  )
}

describe('members that the YAML does not mention', () => {
  it('are left alone and counted, however they are called', () => {
    const members = [want(boxes, 'A', { level: 'high' }), want(boxes, 'NEW', LOW)]
    const live = ['A', 'B', '__proto__', 'constructor'].map((key) => has(key, LOW))
    const planned = planSection(boxes, sectionOf(boxes, members), live)
    expect(done(planned)).toEqual(['update A', 'create NEW'])
    expect(planned.leftAlone).toHaveLength(3)
  })

  it('a name is not taken for one that every object has', () => {
    const members = ['__proto__', 'constructor', 'toString'].map((key) => want(boxes, key, LOW))
    expect(done(planSection(boxes, sectionOf(boxes, members), []))).toEqual([
      'create __proto__',
      'create constructor',
      'create toString',
    ])
    const live = ['toString', 'constructor', '__proto__'].map((key) => has(key, LOW))
    expect(planSection(boxes, sectionOf(boxes, members), live)).toMatchObject({ works: [], leftAlone: [] })
  })

  it('mentioned ones are not counted: unmanaged, in error, absent', () => {
    const members = [
      want(boxes, 'A', {}, { state: 'unmanaged' }),
      want(boxes, 'B', {}, { state: 'absent' }),
      want(boxes, 'C', {}),
    ]
    const live = ['A', 'B', 'C', 'D'].map((key) => has(key, LOW))
    const planned = planSection(boxes, sectionOf(boxes, members), live)
    expect(done(planned)).toEqual(['delete B'])
    expect(planned.leftAlone).toHaveLength(1)
  })

  it('an empty section wants nothing and takes nothing away', () => {
    expect(planSection(boxes, sectionOf(boxes, []), [has('A', LOW)])).toMatchObject({ works: [], leftAlone: ['A'] })
  })
})

describe('a name that is the level above’s too', () => {
  const own = has('gpu', LOW, { ref: { id: 1 } })
  const inherited = has('gpu', { level: 'high' }, { ref: { id: 2 }, fixed: 'inherited' })

  it.each([
    ['first', [own, inherited]],
    ['last', [inherited, own]],
  ])('means the scope’s own, which is listed %s', (_, live) => {
    const update = planSection(boxes, sectionOf(boxes, [want(boxes, 'gpu', { level: 'high' })]), live)
    expect(update.works.map(({ change, ref }) => [change.action, ref])).toEqual([['update', { id: 1 }]])
    expect(update.leftAlone).toHaveLength(1)
    const gone = planSection(boxes, sectionOf(boxes, [want(boxes, 'gpu', {}, { state: 'absent' })]), live)
    expect(gone.works.map(({ change, ref }) => [change.action, ref])).toEqual([['delete', { id: 1 }]])
    expect(pruned(['*'], live).works.map(({ ref }) => ref)).toEqual([{ id: 1 }])
  })
})

describe('prune', () => {
  it('holds back what cannot be deleted now, at its own line', () => {
    const busy = stubFamily({
      occupied: ({ spec }) => (spec.level === 'high' ? { message: 'it is high', help: 'Wait.' } : undefined),
    })
    const planned = pruned(['A*', '*'], [has('A', LOW), has('B', { level: 'high' })], factsOf(busy))
    expect(done(planned)).toEqual(['delete A'])
    expect(planned.heldBack).toEqual([
      { address: 'orgs/acme/boxes/B', field: null, reason: 'it is high', source: line(2), help: 'Wait.' },
    ])
  })

  const live = ['PAY_A', 'PAY_B', 'NPM', 'a/b', 'a b'].map((key) => has(key, LOW))

  it.each([
    [[], []],
    [['PAY_*'], ['delete PAY_A', 'delete PAY_B']],
    [
      ['pay_a', 'npm'],
      ['delete NPM', 'delete PAY_A'],
    ],
    [['*'], ['delete NPM', 'delete PAY_A', 'delete PAY_B', 'delete a%20b', 'delete a%2Fb']],
    [['**'], ['delete NPM', 'delete PAY_A', 'delete PAY_B', 'delete a%20b', 'delete a%2Fb']],
    [['a%2Fb'], ['delete a%2Fb']],
    [['a b'], ['delete a%20b']],
    [['a/b'], []],
    [
      ['PAY_?', 'PAY_*', 'PAY_A'],
      ['delete PAY_A', 'delete PAY_B'],
    ],
  ])('%j', (globs, expected) => {
    const planned = pruned(globs, live)
    expect(done(planned)).toEqual(expected)
    expect(planned.leftAlone).toHaveLength(live.length - expected.length)
  })

  it('deletes whole documents, and names the glob and its place', () => {
    const planned = pruned(['NPM', 'PAY_*'], [has('PAY_A', { level: 'low', colour: 'red' })])
    expect(planned.works[0]?.change).toMatchObject({
      action: 'delete',
      before: { level: 'low', colour: 'red' },
      after: null,
      reason: 'not in the YAML, and prune names orgs/acme/boxes/PAY_*',
      source: line(2),
    })
  })

  it('spares what is listed, in whatever way', () => {
    const members = [
      want(boxes, 'PAY_A', {}),
      want(boxes, 'PAY_B', {}, { state: 'unmanaged' }),
      want(boxes, 'NPM', {}, { state: 'absent', source: line(40) }),
    ]
    const planned = planSection(boxes, sectionOf(boxes, members, [glob('*')]), live.slice(0, 3))
    expect(planned.works.map(({ change }) => change.source)).toEqual([line(40)])
  })

  it('never touches a default or an inherited member, and counts it among what is left alone', () => {
    const fixed = [has('Default', LOW, { fixed: 'default' }), has('shared', LOW, { fixed: 'inherited' })]
    expect(pruned(['**'], fixed)).toMatchObject({ works: [], diagnostics: [], leftAlone: ['Default', 'shared'] })
  })

  it('is held back where the credential does not see every repository, with one warning', () => {
    const facts = factsOf(stubFamily(), { known: { repositories: listed(['web'], 'partial') } })
    const planned = pruned(['PAY_*', '**'], live, facts)
    expect(planned).toMatchObject({ works: [], leftAlone: live.map(({ key }) => key).sort() })
    expect(planned.diagnostics.map(formatDiagnostic)).toEqual([
      'octoform.yaml:1:1: warning: prune is held back in orgs/acme: the credential does not see every repository of the owner',
    ])
    expect(pruned([], live, facts).diagnostics).toEqual([])
  })
})

describe('what the product lacks', () => {
  const product = { has: () => true, accepts: (_: string, field: string) => field !== 'colour', returns: () => true }
  const facts = factsOf(stubFamily(), { known: { product } })

  it('is an error with the line of each field, and the member gets no change at all', () => {
    const member = want(facts, 'A', { level: 'high', colour: 'red' }, { sources: { colour: line(6) } })
    const planned = planSection(facts, sectionOf(facts, [member, want(facts, 'B', LOW)]), [has('A', LOW)])
    expect(done(planned)).toEqual(['create B'])
    expect(planned.diagnostics.map(formatDiagnostic)).toEqual([
      'octoform.yaml:6:1: error: boxes.colour: this product does not have it',
    ])
    expect(planned.diagnostics[0]?.address).toBe('orgs/acme/boxes/A')
  })

  it('is a word that it does not know, too', () => {
    const words = { ...product, accepts: (_: string, __: string, value?: string) => value !== 'high' }
    const lacking = factsOf(stubFamily(), { known: { product: { ...words, name: 'ghes-1.0' } } })
    const member = want(lacking, 'A', { level: 'high', colour: 'high' }, { sources: { level: line(3) } })
    expect(unsupportedFields(lacking)(member).map(formatDiagnostic)).toEqual([
      'octoform.yaml:3:1: error: boxes.level: ghes-1.0 does not take high',
    ])
    expect(unsupportedFields(lacking)(want(lacking, 'A', LOW))).toEqual([])
  })

  it('is no word that a request sets by its route alone', () => {
    const bare: Family['fields'] = {
      level: {
        wider: ['low', 'high'],
        written: { organization: { route: 'PUT /orgs/{org}/boxes/{key}', bare: true } },
      },
    }
    const none = { has: () => true, accepts: () => false, returns: () => true }
    const lacking = factsOf(stubFamily({ fields: bare }), { known: { product: none } })
    expect(unsupportedFields(lacking)(want(lacking, 'A', { level: 'high' }))).toEqual([])
  })

  it('is none of an absent or unmanaged member’s', () => {
    const spec = { colour: 'red' }
    expect(unsupportedFields(facts)(want(facts, 'A', spec))).toHaveLength(1)
    expect(unsupportedFields(facts)(want(facts, 'A', spec, { state: 'absent' }))).toEqual([])
    expect(unsupportedFields(facts)(want(facts, 'A', spec, { state: 'unmanaged' }))).toEqual([])
  })

  it('counts a list by add_ and remove_ too', () => {
    const lacking = factsOf(stubFamily(), { known: { product: { ...product, accepts: () => false } } })
    const member = want(lacking, 'A', {}, { edits: { 'inner.tags': { add: ['x'] } } })
    expect(unsupportedFields(lacking)(member).map(({ message }) => message)).toEqual([
      'boxes.inner.tags: this product does not have it',
    ])
  })
})

it('values that nobody can compare are named, each once', () => {
  const facts = factsOf(secrets, {
    facts: (address) =>
      address.endsWith('OLD')
        ? { source: 'env:OLD', written_at: '2026-01-01T00:00:00Z', proof: 'good', value: 'not compared' }
        : undefined,
  })
  const spec = { visibility: 'all' }
  const members = ['OLD', 'B', 'A', 'NEW'].map((key) => want(facts, key, { ...spec, value: `env:${key}` }))
  const live = ['A', 'OLD', 'B', 'OTHER'].map((key) => has(key, spec, { updated_at: '2026-01-01T00:00:00Z' }))
  const none = want(facts, 'OTHER', spec)
  const planned = planSection(facts, sectionOf(facts, [...members, none]), live)
  expect(planned).toMatchObject({
    unknown: ['orgs/acme/secrets/A', 'orgs/acme/secrets/B'],
    notCompared: ['orgs/acme/secrets/OLD'],
    leftAlone: [],
  })
  expect(done(planned)).toEqual(['create NEW'])
})

it('the order of members on either side is of no account', () => {
  const members = [
    want(boxes, 'A', { level: 'high' }),
    want(boxes, 'b', { level: 'high' }),
    want(boxes, 'C', {}, { state: 'absent' }),
    want(boxes, 'D', {}),
    want(boxes, 'E', LOW),
  ]
  const live = ['A', 'b', 'C', 'X', 'y', 'Z'].map((key) => has(key, LOW))
  const expected = planSection(boxes, sectionOf(boxes, members, [glob('*')]), live)
  const shuffled = <T>(items: readonly T[]): fc.Arbitrary<T[]> =>
    fc.shuffledSubarray([...items], { minLength: items.length })
  fc.assert(
    fc.property(shuffled(members), shuffled(live), (wanted, found) => {
      const planned = planSection(boxes, sectionOf(boxes, wanted, [glob('*')]), found)
      expect(planned.works.map(({ change }) => change)).toEqual(expected.works.map(({ change }) => change))
      expect(planned.diagnostics).toEqual(expected.diagnostics)
      expect(planned.leftAlone).toEqual(expected.leftAlone)
    }),
  )
})
