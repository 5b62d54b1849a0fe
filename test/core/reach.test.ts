import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DesiredMember } from '../../src/core/desired.ts'
import type { Live } from '../../src/core/live.ts'
import { makePlan, type PlanInput } from '../../src/core/make-plan.ts'
import type { Plan } from '../../src/core/plan.ts'
import { formatRanges, parseRanges } from '../../src/core/reach.ts'
import type { SectionFacts } from '../../src/core/section-facts.ts'
import { sha256Of } from '../../src/engine/saved-plan.ts'
import { buildApprovals, buildGuards } from '../support/build-guards.ts'
import { cpuTime } from '../support/cpu-time.ts'
import { factsOf, has, line, listed, sectionOf, stubFamily, WEB, want } from '../support/stub-family.ts'

const REPOSITORIES = listed(['web', 'api', 'site:public', 'hub:internal'])
const boxes = factsOf(stubFamily(), { known: { repositories: REPOSITORIES } })

type Section = PlanInput['sections'][number]

function section(facts: SectionFacts, members: readonly DesiredMember[], live: readonly Live[] = []): Section {
  return { facts, section: sectionOf(facts, members), live }
}

function planOf(sections: readonly Section[], rest: Partial<PlanInput> = {}): Plan {
  return makePlan({
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
    digest: sha256Of,
    ...rest,
  }).plan
}

/** Each row as `name: before → after`, by the names of the repositories. */
function told({ reach }: Plan): string[] {
  const names = (ranges: string): string =>
    parseRanges(ranges, reach?.repositories.length ?? 0)
      .map((index) => reach?.repositories[index]?.name.replace('acme/', ''))
      .join(' ')
  return (reach?.rows ?? []).map(({ address, before, after }) => {
    return `${address.split('/').at(-1)}: ${names(before)} → ${names(after)}`
  })
}

const LISTED = (...repositories: readonly string[]) => ({ level: 'low', repositories })

describe('who may use what', () => {
  it('is told of what changes, what stays, what comes and what goes, but not of what is not managed', () => {
    const members = [
      want(boxes, 'CHANGES', LISTED('api', 'site')),
      want(boxes, 'STAYS', LISTED('api')),
      want(boxes, 'COMES', LISTED('web')),
      want(boxes, 'GOES', {}, { state: 'absent' }),
      want(boxes, 'LEFT', {}, { state: 'unmanaged' }),
    ]
    const live = [
      has('CHANGES', LISTED('api', 'web')),
      has('STAYS', LISTED('api')),
      has('GOES', { level: 'low', repositories: [], open: true }),
      has('LEFT', LISTED('api')),
      has('OTHER', LISTED('api')),
    ]
    const plan = planOf([section(boxes, members, live)])
    expect(told(plan)).toEqual([
      'CHANGES: api web → api site',
      'COMES:  → web',
      'GOES: api hub site web → ',
      'STAYS: api → api',
    ])
    expect(plan.reach?.repositories).toEqual([
      { name: 'acme/api', visibility: 'private' },
      { name: 'acme/hub', visibility: 'internal' },
      { name: 'acme/site', visibility: 'public' },
      { name: 'acme/web', visibility: 'private' },
    ])
  })

  it('is told of what prune deletes, and not of what --target leaves out', () => {
    const given = section(boxes, [want(boxes, 'A', LISTED('api'))], [has('P', LISTED('web'))])
    const pruned = { ...given, section: { ...given.section, prune: [{ glob: 'orgs/acme/boxes/P', source: line(9) }] } }
    expect(told(planOf([pruned]))).toEqual(['A:  → api', 'P: web → '])
    const flags = { owner: [], target: ['orgs/acme/boxes/A'], rotate: [] }
    expect(told(planOf([pruned], { flags }))).toEqual(['A:  → api'])
  })

  it('is not told where a list was not read, or is kept a level above', () => {
    const members = ['UNREAD', 'ABOVE', 'READ'].map((key) => want(boxes, key, { level: 'low' }))
    const live = [
      has('UNREAD', { level: 'low' }),
      has('ABOVE', LISTED('api'), { fixed: 'inherited' }),
      has('READ', LISTED()),
    ]
    expect(told(planOf([section(boxes, members, live)]))).toEqual(['READ:  → '])
  })

  it('names a repository that the listing lacks', () => {
    const live = [has('A', LISTED('api', 'hidden'))]
    const edits = { repositories: { remove: ['hidden'] } }
    expect(told(planOf([section(boxes, [want(boxes, 'A', { level: 'low' })], live)]))).toEqual([
      'A: api hidden → api hidden',
    ])
    expect(told(planOf([section(boxes, [want(boxes, 'A', {}, { edits })], live)]))).toEqual(['A: api hidden → api'])
  })

  it('is nothing in a single repository, which stands in the table where its own settings change', () => {
    const web = factsOf(stubFamily(), { scope: WEB, known: { repositories: REPOSITORIES } })
    const changed = planOf([section(web, [want(web, 'A', { level: 'low' })])])
    expect(changed.reach).toEqual({ repositories: [{ name: 'acme/web', visibility: 'private' }], rows: [] })
    const same = planOf([section(web, [want(web, 'A', { level: 'low' })], [has('A', { level: 'low' })])])
    expect(same).not.toHaveProperty('reach')
  })

  it('keeps the repositories of several owners apart', () => {
    const beta = factsOf(stubFamily(), {
      scope: { type: 'organization', org: 'beta' },
      known: { repositories: listed(['web:public']) },
    })
    const plan = planOf([
      section(boxes, [want(boxes, 'A', LISTED('web'))]),
      section(beta, [want(beta, 'A', LISTED('web'))]),
    ])
    expect(plan.reach).toEqual({
      repositories: [
        { name: 'acme/web', visibility: 'private' },
        { name: 'beta/web', visibility: 'public' },
      ],
      rows: [
        { address: 'orgs/acme/boxes/A', before: '', after: '0' },
        { address: 'orgs/beta/boxes/A', before: '', after: '1' },
      ],
    })
  })

  it('is not in the digest', () => {
    const live = has('S', LISTED('api'))
    const changing = section(boxes, [want(boxes, 'A', LISTED('web'))])
    const beside = section(boxes, [want(boxes, 'A', LISTED('web')), want(boxes, 'S', LISTED('api'))], [live])
    expect(planOf([changing]).reach).not.toEqual(planOf([beside]).reach)
    expect(planOf([changing]).digest).toBe(planOf([beside]).digest)
  })

  it('of 500 repositories and 120 members costs next to nothing', () => {
    const names = Array.from({ length: 500 }, (_, index) => `r${String(index).padStart(3, '0')}`)
    const facts = factsOf(stubFamily(), { known: { repositories: listed(names) } })
    const members = names.slice(0, 120).map((key) => want(facts, key, LISTED(...names)))
    const live = members.map(({ key }) => has(key.toUpperCase(), LISTED(...names)))
    const took = cpuTime()
    const plan = planOf([section(facts, members, live)])
    expect(took()).toBeLessThan(1500)
    expect(plan.reach?.rows).toHaveLength(120)
    expect(JSON.stringify(plan.reach).length).toBeLessThan(50_000)
  })
})

describe('ranges', () => {
  it.each([
    [[], ''],
    [[3], '3'],
    [[0, 1, 2], '0-2'],
    [[7, 1, 0, 2, 2, 9], '0-2,7,9'],
  ])('%j is %j', (numbers, text) => {
    expect(formatRanges(numbers)).toBe(text)
  })

  it('are read back to the same numbers', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(200)), (numbers) => {
        expect(parseRanges(formatRanges(numbers), 201)).toEqual([...numbers].sort((left, right) => left - right))
      }),
    )
  })
})
