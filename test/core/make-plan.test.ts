import { createHash } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DesiredMember, Prune } from '../../src/core/desired.ts'
import { BUDGETS } from '../../src/core/guards.ts'
import type { Live } from '../../src/core/live.ts'
import { makePlan, type PlanInput } from '../../src/core/make-plan.ts'
import type { Plan } from '../../src/core/plan.ts'
import type { SectionFacts } from '../../src/core/section-facts.ts'
import type { Send } from '../../src/core/send.ts'
import { SetupError } from '../../src/core/setup-error.ts'
import { secrets } from '../../src/families/secrets/index.ts'
import { buildApprovals, buildGuards } from '../support/build-guards.ts'
import { factsOf, has, line, listed, sectionOf, stubFamily, WEB, want } from '../support/stub-family.ts'

/** A box whose fields are not mentioned. */
const LOW = { level: 'low' }

const boxes = factsOf(stubFamily())
const webBoxes = factsOf(stubFamily(), { scope: WEB, ids: { owner_id: 7, repository_id: 42 } })
const orgSecrets = factsOf(secrets, { known: { repositories: listed(['web']) } })
const webSecrets = factsOf(secrets, { scope: WEB, ids: { owner_id: 7, repository_id: 42 } })

type Section = PlanInput['sections'][number]

function section(
  facts: SectionFacts,
  members: readonly DesiredMember[],
  live: readonly Live[] = [],
  prune: readonly Prune[] = [],
): Section {
  return { facts, section: sectionOf(facts, members, prune), live }
}

function inputOf(sections: readonly Section[], rest: Partial<PlanInput> = {}): PlanInput {
  return {
    host: 'api.github.com',
    sections,
    families: [],
    notRead: [],
    diagnostics: [],
    heldBack: [],
    flags: { owner: [], target: [], rotate: [] },
    leftOut: [],
    guards: buildGuards(),
    approvals: buildApprovals(),
    keyed: true,
    digest: (parts) =>
      createHash('sha256')
        .update([...parts].join(''))
        .digest('hex'),
    ...rest,
  }
}

const planOf = (sections: readonly Section[], rest: Partial<PlanInput> = {}): Plan =>
  makePlan(inputOf(sections, rest)).plan

const addresses = ({ changes }: Plan): string[] => changes.map(({ address }) => address)

const target = (...globs: string[]): Partial<PlanInput> => ({ flags: { owner: [], target: globs, rotate: [] } })

const mine = (facts: SectionFacts, key: string, source = `env:${key}`): DesiredMember =>
  want(facts, key, { ...(facts.scope.type === 'organization' ? { visibility: 'all' } : {}), value: source })

describe('a plan', () => {
  it('of nothing is complete, empty, and plain data', () => {
    const plan = planOf([])
    expect(plan).toEqual({
      format_version: '1.0',
      host: 'api.github.com',
      complete: true,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      changes: [],
      not_read: [],
      diagnostics: [],
      held_back: [],
      tripped: [],
      values_needed: [],
      secrets: { unknown: [], not_compared: [], keyed: true },
      left_alone: [],
      left_out: [],
      flags: { owner: [], target: [], rotate: [] },
      requests: 0,
    })
  })

  it('has one work for each change, in the order of addresses', () => {
    const { plan, works } = makePlan(
      inputOf([
        section(webBoxes, [want(webBoxes, 'B', { level: 'low' }), want(webBoxes, 'A', { level: 'low' })]),
        section(orgSecrets, [mine(orgSecrets, 'X')]),
        section(
          boxes,
          [want(boxes, 'Z', { level: 'low' })],
          [has('P', {})],
          [{ glob: 'orgs/acme/boxes/P', source: line(1) }],
        ),
      ]),
    )
    expect(addresses(plan)).toEqual([
      'orgs/acme/boxes/P',
      'orgs/acme/boxes/Z',
      'orgs/acme/secrets/X',
      'repos/acme/web/boxes/A',
      'repos/acme/web/boxes/B',
    ])
    expect(works.map(({ change }) => change)).toEqual(plan.changes)
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan)
  })

  it('is incomplete where anything could not be read, and that is in the digest', () => {
    const sections = [section(boxes, [want(boxes, 'A', { level: 'low' })])]
    const notRead = [
      { scope: 'orgs/other', reason: '403' },
      { scope: 'repos/acme/web', reason: '404' },
    ]
    const plan = planOf(sections, { notRead: [...notRead].reverse() })
    expect(plan).toMatchObject({ complete: false, not_read: notRead })
    expect(addresses(plan)).toEqual(['orgs/acme/boxes/A'])
    expect(plan.digest).not.toBe(planOf(sections).digest)
  })

  it('tells what was found before, then what was found in planning', () => {
    const early = { severity: 'warning', message: 'early' } as const
    const late = stubFamily({ check: () => [{ severity: 'warning', message: 'late' }] })
    const boxed = section({ ...boxes, family: late }, [want(boxes, 'A', { level: 'low' })])
    const plan = planOf([boxed], { diagnostics: [early] })
    expect(plan.diagnostics.map(({ message }) => message)).toEqual(['early', 'late'])
  })

  it('tells what is held back apart, in the order of the files, and never in its digest', () => {
    const before = { address: 'orgs/acme/boxes/B', field: 'level', reason: 'r', source: null, help: 'h' }
    const sections = [section(boxes, [want(boxes, 'A', {}), want(boxes, 'C', { level: 'low' })])]
    const plan = planOf(sections, { heldBack: [before, before] })
    expect(plan.held_back).toEqual([
      before,
      {
        address: 'orgs/acme/boxes/A',
        field: 'level',
        reason: 'A is not on GitHub; to create it, level must be given',
        source: expect.anything(),
        help: 'Write level for A, or take it out of the YAML.',
      },
    ])
    expect(plan.digest).toBe(planOf([section(boxes, [want(boxes, 'C', { level: 'low' })])]).digest)
  })
})

describe('--target', () => {
  const sections = [
    section(boxes, [want(boxes, 'A', { level: 'low' }), want(boxes, 'B', { level: 'low' }), want(boxes, 'BAD', {})]),
    section(webSecrets, [mine(webSecrets, 'X'), mine(webSecrets, 'OLD')], [has('OLD', {})]),
  ]

  it.each<[string[], string[], string[]]>([
    [['orgs/acme/boxes/A'], ['orgs/acme/boxes/A'], ['orgs/acme/boxes/B', 'repos/acme/web/secrets/X']],
    [['ORGS/ACME/BOXES/a'], ['orgs/acme/boxes/A'], ['orgs/acme/boxes/B', 'repos/acme/web/secrets/X']],
    [['orgs/acme/*'], [], ['orgs/acme/boxes/A', 'orgs/acme/boxes/B', 'repos/acme/web/secrets/X']],
    [['orgs/**'], ['orgs/acme/boxes/A', 'orgs/acme/boxes/B'], ['repos/acme/web/secrets/X']],
    [['**/B', '**/x'], ['orgs/acme/boxes/B', 'repos/acme/web/secrets/X'], ['orgs/acme/boxes/A']],
    [['**'], ['orgs/acme/boxes/A', 'orgs/acme/boxes/B', 'repos/acme/web/secrets/X'], []],
  ])('%j', (globs, kept, leftOut) => {
    const plan = planOf(sections, target(...globs))
    expect(addresses(plan)).toEqual(kept)
    expect(plan.left_out).toEqual(leftOut)
    expect(plan.flags.target).toEqual(globs)
  })

  it('leaves out what hangs on a change: values, requests, guards, problems, unknown values', () => {
    const guards = buildGuards({ budgets: { ...BUDGETS, max_deletions: 0 }, protect: ['**'] })
    const gone = section(boxes, [want(boxes, 'GONE', {}, { state: 'absent' })], [has('GONE', {})])
    const all = planOf([...sections.slice(1), gone, ...sections.slice(0, 1)], { guards })
    expect(all).toMatchObject({ requests: 6, secrets: { unknown: ['repos/acme/web/secrets/OLD'] } })
    expect(all.tripped).toHaveLength(2)
    expect(all.values_needed).toHaveLength(1)
    expect(all.held_back).toHaveLength(1)
    const some = planOf([...sections, gone], { guards, ...target('orgs/acme/boxes/A') })
    expect(some).toMatchObject({
      requests: 1,
      tripped: [],
      values_needed: [],
      held_back: [],
      secrets: { unknown: [], not_compared: [] },
    })
  })

  it('keeps a warning that is about no address, and names what --owner left out first', () => {
    const diagnostics = [{ severity: 'warning', message: 'held back' }] as const
    const plan = planOf(sections, { ...target('orgs/acme/boxes/A'), diagnostics, leftOut: ['orgs/other'] })
    expect(plan.diagnostics).toEqual(diagnostics)
    expect(plan.left_out).toEqual(['orgs/other', 'orgs/acme/boxes/B', 'repos/acme/web/secrets/X'])
  })
})

describe('what applying takes', () => {
  it('is each request, one public key for each scope that a value is put in, and the id of each repository', () => {
    const plan = planOf([
      section(
        orgSecrets,
        ['A', 'B', 'C'].map((key) => mine(orgSecrets, key)),
      ),
      section(webSecrets, [mine(webSecrets, 'A')]),
      section(
        boxes,
        [want(boxes, 'A', { level: 'high', repositories: [] })],
        [has('A', { level: 'low', repositories: ['x'] })],
      ),
    ])
    expect(plan.requests).toBe(3 + 1 + (1 + 1 + 1) + 1)
  })

  it('is no key where access alone changes, and none for a delete', () => {
    const live = ['A', 'B'].map((key) => has(key, { visibility: 'selected', repositories: [] }, { ref: {} }))
    const members = [want(orgSecrets, 'A', { repositories: ['web'] }), want(orgSecrets, 'B', {}, { state: 'absent' })]
    expect(planOf([section(orgSecrets, members, live)]).requests).toBe(2)
  })

  it('is as many as a family says', () => {
    const send: Send = { route: 'PUT /x', fields: [], params: () => ({}) }
    const facts = factsOf(stubFamily({ write: () => [send, send, send] }))
    expect(planOf([section(facts, [want(facts, 'A', { level: 'low' })])]).requests).toBe(3)
  })
})

describe('values that apply will ask for', () => {
  it('are named once each, with every address, whatever stands between', () => {
    const plan = planOf([
      section(orgSecrets, [mine(orgSecrets, 'B', 'env:SHARED'), mine(orgSecrets, 'A', 'file:a.key')]),
      section(webSecrets, [mine(webSecrets, 'Z', 'env:SHARED'), mine(webSecrets, 'P', 'env:__proto__')]),
    ])
    expect(plan.values_needed).toEqual([
      { source: 'env:SHARED', addresses: ['orgs/acme/secrets/B', 'repos/acme/web/secrets/Z'] },
      { source: 'env:__proto__', addresses: ['repos/acme/web/secrets/P'] },
      { source: 'file:a.key', addresses: ['orgs/acme/secrets/A'] },
    ])
  })

  it('are none for a secret whose value stays', () => {
    const live = [has('A', { visibility: 'all' })]
    expect(planOf([section(orgSecrets, [mine(orgSecrets, 'A')], live)])).toMatchObject({
      changes: [],
      values_needed: [],
      secrets: { unknown: ['orgs/acme/secrets/A'], not_compared: [], keyed: true },
    })
    expect(planOf([], { keyed: false }).secrets.keyed).toBe(false)
  })
})

it('a family that a scope does not mention is left alone as a whole, one that a flag leaves out is not', () => {
  const families = [boxes.family, orgSecrets.family]
  const planned = planOf([section(boxes, []), section(webSecrets, [])], { families, leftOut: ['repos/acme/web/boxes'] })
  expect(planned.left_alone).toEqual([{ section: 'orgs/acme/secrets', members: null, fields: 0 }])
})

it('what is left alone is counted by section, in order, where there is any', () => {
  const live = (...keys: string[]): Live[] => keys.map((key) => has(key, {}))
  const prune = [{ glob: 'orgs/acme/boxes/P*', source: line(1) }]
  const plan = planOf([
    section(webBoxes, [], live('A', 'B')),
    section(boxes, [want(boxes, 'A', {})], [has('A', LOW), ...live('P1', 'P2', 'C')], prune),
    section(webSecrets, [mine(webSecrets, 'A')], live('A')),
  ])
  expect(plan.left_alone).toEqual([
    { section: 'orgs/acme/boxes', members: 1, names: ['C'], fields: Object.keys(LOW).length },
    { section: 'repos/acme/web/boxes', members: 2, names: ['A', 'B'], fields: 0 },
  ])
})

it('the guards see the whole plan, and mark it without changing it', () => {
  const keys = Array.from({ length: 6 }, (_, index) => `K${index}`)
  const gone = (facts: SectionFacts): Section =>
    section(
      facts,
      keys.map((key) => want(facts, key, {}, { state: 'absent' })),
      keys.map((key) => has(key, {})),
    )
  const plan = planOf([gone(boxes), gone(webBoxes)])
  expect(plan.tripped.map(({ flag }) => flag)).toEqual(['--allow deletions=12'])
  const allowed = planOf([gone(boxes), gone(webBoxes)], {
    guards: buildGuards({ allow: { deletions: 12 } }),
  })
  const { approve, ...rest } = plan
  expect(approve?.lines.at(-1)).toContain(`digest: ${plan.digest}, allow: [deletions=12]`)
  expect(allowed).toEqual({ ...rest, tripped: [] })
})

it('is the same, digest and all, in whatever order sections and members come', () => {
  const sections = [
    section(boxes, [want(boxes, 'A', { level: 'high' }), want(boxes, 'B', {})], [has('A', {}), has('Q', {})]),
    section(webBoxes, [want(webBoxes, 'C', { level: 'low' }), want(webBoxes, 'A', { open: true })]),
    section(orgSecrets, [mine(orgSecrets, 'X', 'env:S'), mine(orgSecrets, 'A', 'env:S')]),
  ]
  const expected = planOf(sections)
  const shuffled = fc
    .shuffledSubarray(sections, { minLength: sections.length })
    .chain((all) =>
      fc.tuple(
        ...all.map((each) =>
          fc
            .shuffledSubarray([...each.section.members], { minLength: each.section.members.length })
            .map((members) => ({ ...each, section: { ...each.section, members } })),
        ),
      ),
    )
  fc.assert(
    fc.property(shuffled, (order) => {
      expect(planOf(order)).toEqual(expected)
    }),
  )
})

it.each<[string, Partial<PlanInput>, (facts: SectionFacts) => SectionFacts]>([
  ['the host', { host: 'github.example.com/api/v3' }, (facts) => facts],
  ['the owner behind the name', {}, (facts) => ({ ...facts, ids: { owner_id: 8, repository_id: 42 } })],
  ['the repository behind the name', {}, (facts) => ({ ...facts, ids: { owner_id: 7, repository_id: 43 } })],
])('the digest holds %s', (_, rest, moved) => {
  const of = (facts: SectionFacts, more: Partial<PlanInput> = {}): string =>
    planOf([section(facts, [want(facts, 'A', { level: 'low' })])], more).digest
  expect(of(moved(webBoxes), rest)).not.toBe(of(webBoxes))
})

it('the digest holds nothing of places, reasons or the guards', () => {
  const of = (at: number, rest: Partial<PlanInput> = {}): string =>
    planOf([section(boxes, [want(boxes, 'A', { level: 'low' }, { source: line(at) })])], rest).digest
  expect(
    of(2, {
      guards: buildGuards({ budgets: { ...BUDGETS, max_deletions: 0 }, protect: ['**'] }),
      keyed: false,
      leftOut: ['orgs/x'],
    }),
  ).toBe(of(1))
})

describe('a plan of more changes than one holds', () => {
  const creates = (...keys: string[]): Section =>
    section(
      boxes,
      keys.map((key) => want(boxes, key, LOW)),
    )
  const inWeb = section(webBoxes, [want(webBoxes, 'A', LOW)])
  const made = (sections: readonly Section[], most: number, rest: Partial<PlanInput> = {}): readonly string[] =>
    addresses(makePlan(inputOf(sections, rest), most).plan)
  const refusal = (most: string): SetupError =>
    new SetupError(
      `The configuration comes to more than ${most} changes, and one plan holds ${most}: plan and apply it in parts, with --owner or --target.`,
    )

  it('is refused, whether they are in one section or in several', () => {
    expect(() => made([creates('A', 'B', 'C')], 2)).toThrow(refusal('2'))
    expect(() => made([creates('A', 'B'), inWeb], 2)).toThrow(refusal('2'))
  })

  it('is made where it holds just the most', () => {
    expect(made([creates('A', 'B'), inWeb], 3)).toHaveLength(3)
  })

  it('is made where only the most are in the target', () => {
    expect(made([creates('A', 'B', 'C'), inWeb], 1, target('orgs/acme/boxes/B'))).toEqual(['orgs/acme/boxes/B'])
  })
})

it('makes things of one kind alike: with a shape of its own each would take half as much again', () => {
  setFlagsFromString('--allow-natives-syntax')
  const haveOneShape = new Function('one', 'other', 'return %HaveSameMap(one, other)') as (
    one: unknown,
    other: unknown,
  ) => boolean
  const { works } = makePlan(inputOf([section(webSecrets, [mine(webSecrets, 'A'), mine(webSecrets, 'B')])]))
  const [first, second] = works.map((work) => [work, work.change, work.value, work.sends[0]])
  expect(first?.map((each, index) => haveOneShape(each, second?.[index]))).toEqual([true, true, true, true])
})
