import { describe, expect, it } from 'vitest'
import type { DesiredMember } from '../../src/core/desired.ts'
import type { Edit } from '../../src/core/family.ts'
import { DELETING, liveByLedger } from '../../src/core/hidden-members.ts'
import type { Document } from '../../src/core/json.ts'
import { planSection } from '../../src/core/plan-section.ts'
import type { SectionPlan } from '../../src/core/planned-section.ts'
import type { SecretFacts } from '../../src/core/secret-state.ts'
import type { Send } from '../../src/core/send.ts'
import { factsOf, line, listed, sectionOf, stubFamily, want } from '../support/stub-family.ts'

const WHY = 'GitHub has no request that shows it'
const POST = 'POST /orgs/{org}/boxes'
const PATCH = 'PATCH /orgs/{org}/boxes/{id}'

/** Boxes that no request shows; the repositories are taken with the create alone. */
const family = stubFamily({
  unreadable: () => WHY,
  byId: { ref: (id) => ({ id }), id: (ref) => (ref as { id: number }).id },
  fields: {
    level: { wider: ['low', 'high'], written: { organization: { route: PATCH } } },
    tags: { list: 'names', wider: 'more', written: { organization: { route: PATCH } } },
    repositories: { list: 'repositories', wider: 'more', written: { organization: { route: POST } } },
  },
  write: ({ action, changed }: Edit<Document>): readonly Send[] => {
    const route = action === 'create' ? POST : action === 'update' ? PATCH : 'DELETE /orgs/{org}/boxes/{id}'
    return [{ route, fields: [...changed], params: (ref) => ({ org: 'acme', ...ref }) }]
  },
})

const SPEC = { level: 'low', repositories: ['web'] }
/** The hash of these tests is the text itself. */
const SAME = 'document sha256:{"level":"low"} made with sha256:{"repositories":[1]}'
const WRITTEN = { written_at: '2026-10-01T10:00:00.000Z', proof: 'good', value: 'not compared', id: 42 } as const

interface Given {
  readonly spec?: Document
  readonly rest?: Partial<Omit<DesiredMember, 'edits'>> & { edits?: Record<string, { add: string[] }> }
  readonly prune?: string
}

function planned(ledger: SecretFacts | undefined, { spec = SPEC, rest = {}, prune }: Given = {}): SectionPlan {
  const section = factsOf(family, {
    facts: () => ledger,
    hash: (text) => text,
    known: { repositories: listed(['web', 'site:public']) },
  })
  const globs = prune === undefined ? [] : [{ glob: prune, source: line(7) }]
  const desired = sectionOf(section, [want(section, 'GPU', spec, rest)], globs)
  return planSection(section, desired, liveByLedger(section, desired, []))
}

const [ABSENT, OTHER] = [
  { spec: {}, rest: { state: 'absent' } },
  { ...SPEC, level: 'high' },
] as const

describe('of a member that GitHub does not show, the ledger having', () => {
  it.each<[string, SecretFacts | undefined, string]>([
    ['nothing', undefined, 'the ledger does not say that octoform created it'],
    [
      'an interrupted create',
      { source: SAME, proof: 'good', value: 'not compared' },
      'an earlier write was interrupted',
    ],
    [
      'the entry of another owner',
      { ...WRITTEN, source: SAME, foreign: true },
      'its name is another one than the ledger knows',
    ],
  ])('%s, it is created', (_what, ledger, reason) => {
    const { works, diagnostics, heldBack } = planned(ledger)
    expect(works.map(({ change }) => change)).toMatchObject([
      { action: 'create', before: null, after: SPEC, reason: `cannot compare: ${reason}` },
    ])
    expect(works[0]).toMatchObject({ document: SAME, ref: undefined, sends: [{ route: POST }] })
    expect(works[0]?.change.access.gains).toMatchObject([{ repository: 'web' }])
    expect([diagnostics, heldBack]).toEqual([[], []])
  })

  it.each(['good', 'unverified'] as const)('this document, nothing is planned and it says so: %s', (proof) => {
    const { works, diagnostics, settled, reach, leftAlone } = planned({ ...WRITTEN, proof, source: SAME })
    expect([works, leftAlone]).toEqual([[], []])
    expect(diagnostics.map(({ message }) => message)).toEqual([
      `orgs/acme/boxes/GPU cannot compare: ${WHY}; the ledger says that octoform wrote this last`,
    ])
    expect([...settled]).toEqual([['orgs/acme/boxes/GPU', SPEC]])
    expect(reach).toMatchObject([{ before: [{ name: 'acme/web' }], after: [{ name: 'acme/web' }] }])
  })

  it.each<[string, SecretFacts, Document, string]>([
    ['another document', { ...WRITTEN, source: SAME }, OTHER, 'it differs from what octoform wrote last'],
    [
      'a write that did not end',
      { source: SAME, id: 42, proof: 'good', value: 'not compared' },
      SPEC,
      'the ledger does not say that a write of it has ended',
    ],
  ])('%s, it is updated by its id, and who may use it then is named', (_what, ledger, spec, reason) => {
    const { works } = planned(ledger, { spec })
    expect(works.map(({ change }) => change)).toMatchObject([
      {
        action: 'update',
        before: { repositories: ['web'] },
        after: spec,
        reason: `cannot compare: ${reason}`,
        widens: ['level'],
      },
    ])
    expect(works[0]).toMatchObject({ ref: { id: 42 }, sends: [{ route: PATCH, fields: ['level'] }] })
    expect(works[0]?.change.access.gains).toMatchObject([{ repository: 'web' }])
  })

  it('what it takes with the create alone otherwise, that is held back and the rest is written', () => {
    const { works, heldBack } = planned({ ...WRITTEN, source: SAME }, { spec: { ...OTHER, repositories: ['site'] } })
    expect(works.map(({ change }) => change.after)).toEqual([{ level: 'high' }])
    expect(works[0]?.document).toBe('document sha256:{"level":"high"} made with sha256:{"repositories":[1]}')
    expect(heldBack).toMatchObject([
      { field: 'repositories', reason: expect.stringContaining('only when it creates GPU'), help: expect.any(String) },
    ])
    const alone = planned({ ...WRITTEN, source: SAME }, { spec: { ...SPEC, repositories: ['site'] } })
    expect([alone.works, alone.heldBack.length, [...alone.settled.values()]]).toEqual([[], 1, [{ level: 'low' }]])
  })

  it('what the YAML says no more, that is left as it was', () => {
    expect(planned({ ...WRITTEN, source: SAME }, { spec: { level: 'low' } }).works).toEqual([])
    expect(planned({ ...WRITTEN, source: SAME }, { spec: {} }).works).toEqual([])
    const [work] = planned({ ...WRITTEN, source: SAME }, { spec: { level: 'high' } }).works
    expect(work?.document).toBe('document sha256:{"level":"high"} made with sha256:{"repositories":[1]}')
  })

  it('its id, a list that is only added to is held back, as its base is not known', () => {
    const { works, heldBack } = planned({ ...WRITTEN, source: SAME }, { rest: { edits: { tags: { add: ['a'] } } } })
    expect(works).toEqual([])
    expect(heldBack).toMatchObject([{ field: 'tags', reason: expect.stringContaining(WHY) }])
  })

  it.each(['altered', 'unsigned'] as const)('an entry that is %s, nothing is done by its id', (proof) => {
    for (const given of [{}, ABSENT]) {
      const { works, heldBack } = planned({ ...WRITTEN, source: SAME, proof }, given)
      expect(works).toEqual([])
      expect(heldBack).toMatchObject([
        { field: null, reason: expect.stringContaining('altered'), help: expect.stringContaining('ledger adopt') },
      ])
    }
  })

  it('its id, an absent one is deleted by it', () => {
    const { works, diagnostics } = planned({ ...WRITTEN, source: SAME }, ABSENT)
    expect(works).toMatchObject([
      { change: { action: 'delete', before: {}, after: null }, ref: { id: 42 }, document: DELETING },
    ])
    expect(works[0]?.mayBeGone).toBeUndefined()
    expect(diagnostics).toEqual([])
  })

  it('an interrupted delete, it is deleted or written again', () => {
    const ledger = { source: DELETING, id: 42, proof: 'good', value: 'not compared' } as const
    expect(planned(ledger, ABSENT).works).toMatchObject([{ change: { action: 'delete' }, mayBeGone: true }])
    const again = planned(ledger, { spec: { level: 'low' } })
    expect(again.works[0]?.change.reason).toBe('cannot compare: an earlier delete was interrupted')
    expect(planned(ledger).heldBack).toMatchObject([{ field: 'repositories' }])
  })

  it.each<[string, SecretFacts | undefined]>([
    ['nothing', undefined],
    ['no id', { source: SAME, proof: 'good', value: 'not compared' }],
  ])('%s, an absent one is left with a warning', (_what, ledger) => {
    const { works, diagnostics } = planned(ledger, ABSENT)
    expect(works).toEqual([])
    expect(diagnostics).toMatchObject([{ severity: 'warning', source: line(1) }])
    expect(diagnostics[0]?.message).toContain('octoform ledger adopt orgs/acme/boxes/GPU=ID')
  })

  it('nothing, a new one needs what a create needs', () => {
    expect(planned(undefined, { spec: { repositories: ['web'] } })).toMatchObject({
      works: [],
      heldBack: [{ field: 'level', reason: 'GPU is not known to the ledger; to create it, level must be given' }],
    })
  })
})

it('prune reaches no member that GitHub does not show, and says so', () => {
  const { works, diagnostics } = planned({ ...WRITTEN, source: SAME }, { prune: 'orgs/acme/boxes/*' })
  expect(works).toEqual([])
  expect(diagnostics.filter(({ message }) => message.includes('prune'))).toMatchObject([
    { severity: 'warning', source: line(7) },
  ])
})

it('members that GitHub shows are as they were read', () => {
  const shown = factsOf(stubFamily(), { facts: () => ({ ...WRITTEN, source: SAME }) })
  expect(liveByLedger(shown, sectionOf(shown, [want(shown, 'GPU', SPEC)]), [])).toEqual([])
})
