import jsonpatch from 'fast-json-patch'
import { describe, expect, it } from 'vitest'
import type { DesiredMember } from '../../src/core/desired.ts'
import { formatDiagnostic, formatSource } from '../../src/core/diagnostic.ts'
import type { Edit, Family, FamilyAt } from '../../src/core/family.ts'
import { entryOf } from '../../src/core/family-at.ts'
import type { Finding } from '../../src/core/finding.ts'
import { type Document, getPath } from '../../src/core/json.ts'
import type { Live } from '../../src/core/live.ts'
import { type MemberPlan, planMember } from '../../src/core/plan-member.ts'
import type { ScopeType } from '../../src/core/scope.ts'
import type { SectionFacts } from '../../src/core/section-facts.ts'
import { permissions } from '../../src/families/permissions/index.ts'
import { runnerGroups } from '../../src/families/runner-groups/index.ts'
import { secrets } from '../../src/families/secrets/index.ts'
import { factsOf, has, line, listed, type StubRest, stubFamily, WEB, want } from '../support/stub-family.ts'

type WantRest = Parameters<typeof want>[3]

/** A family that remembers the edits that it was to write. */
function recording(rest: StubRest = {}): { family: Family; edits: Edit[] } {
  const edits: Edit[] = []
  const base = stubFamily(rest)
  const write: FamilyAt['write'] = (edit) => {
    edits.push(edit)
    return entryOf(base, edit.scope).write(edit)
  }
  return { edits, family: stubFamily({ ...rest, write }) }
}

const everywhere = { repositories: listed(['api', 'docs', 'web']) }
const boxes = factsOf(stubFamily(), { known: everywhere })

function plan(
  spec: Document,
  live: Document | undefined,
  rest: WantRest = {},
  facts: SectionFacts = boxes,
): MemberPlan {
  return planMember(facts, want(facts, 'A', spec, rest), live && has('A', live))
}

const told = ({ diagnostics }: MemberPlan): string[] => diagnostics.map(formatDiagnostic)

/** `place: field: reason` of held-back settings. */
const held = ({ heldBack = [] }: MemberPlan): string[] =>
  heldBack.map(({ source, field, reason }) => `${source && formatSource(source)}: ${field}: ${reason}`)

/** `before → after` of the change, or nothing. */
function sides({ work }: MemberPlan): [Document | null, Document | null] | undefined {
  return work && [work.change.before, work.change.after]
}

const LIVE = { level: 'low', open: true, colour: 'red', repositories: ['api', 'web'], inner: { size: 1, tags: ['x'] } }

describe('what the YAML mentions', () => {
  it.each<[string, Document, WantRest, [Document, Document] | undefined]>([
    ['nothing', {}, {}, undefined],
    ['what is so', { level: 'low', inner: { tags: ['x'] } }, {}, undefined],
    ['one field', { level: 'high' }, {}, [{ level: 'low' }, { level: 'high' }]],
    [
      'one that differs, one that does not',
      { level: 'high', colour: 'red' },
      {},
      [
        { level: 'low', colour: 'red' },
        { level: 'high', colour: 'red' },
      ],
    ],
    ['false', { open: false }, {}, [{ open: true }, { open: false }]],
    ['none', { repositories: [] }, {}, [{ repositories: ['api', 'web'] }, { repositories: [] }]],
    ['a list as a whole', { repositories: ['web'] }, {}, [{ repositories: ['api', 'web'] }, { repositories: ['web'] }]],
    ['zero, inside', { inner: { size: 0 } }, {}, [{ inner: { size: 1 } }, { inner: { size: 0 } }]],
    ['none, inside', { inner: { tags: [] } }, {}, [{ inner: { tags: ['x'] } }, { inner: { tags: [] } }]],
    [
      'one more',
      {},
      { edits: { repositories: { add: ['docs'] } } },
      [{ repositories: ['api', 'web'] }, { repositories: ['api', 'docs', 'web'] }],
    ],
    ['one that is there', {}, { edits: { repositories: { add: ['web'] } } }, undefined],
    [
      'one less',
      {},
      { edits: { repositories: { remove: ['web', 'gone'] } } },
      [{ repositories: ['api', 'web'] }, { repositories: ['api'] }],
    ],
    ['one less that is not there', {}, { edits: { repositories: { remove: ['gone'] } } }, undefined],
    [
      'one more, inside',
      {},
      { edits: { 'inner.tags': { add: ['a'], remove: ['x'] } } },
      [{ inner: { tags: ['x'] } }, { inner: { tags: ['a'] } }],
    ],
  ])('is all that is compared: %s', (_, spec, rest, expected) => {
    const planned = plan(spec, LIVE, rest)
    expect(sides(planned)).toEqual(expected)
    expect(told(planned)).toEqual([])
    if (!planned.work) return
    const { before, after, patch } = planned.work.change
    expect(jsonpatch.applyPatch(structuredClone(before), patch).newDocument).toEqual(after)
    expect(plan(spec, { ...LIVE, ...after, inner: { ...LIVE.inner, ...(after?.inner as Document) } }, rest)).toEqual({
      diagnostics: [],
      settled: after,
    })
  })

  it('is laid over the live document, so that a write of the whole carries the rest', () => {
    const { family, edits } = recording()
    const facts = factsOf(family)
    plan({ level: 'high', inner: { size: 2 } }, LIVE, { edits: { repositories: { add: ['docs'] } } }, facts)
    expect(edits).toEqual([
      expect.objectContaining({
        action: 'update',
        key: 'A',
        before: LIVE,
        after: { ...LIVE, level: 'high', repositories: ['api', 'docs', 'web'], inner: { size: 2, tags: ['x'] } },
        changed: new Set(['level', 'repositories', 'inner.size']),
        shared: new Set(['repositories']),
        putsValue: false,
      }),
    ])
  })

  it('is an exact list where the YAML gives one, whoever else adds to it', () => {
    const { family, edits } = recording()
    plan(
      { repositories: ['docs'] },
      LIVE,
      { edits: { repositories: { add: ['web'] } } },
      factsOf(family, { known: everywhere }),
    )
    expect(edits[0]).toMatchObject({ after: { repositories: ['docs'] }, shared: new Set() })
  })
})

describe('a field that GitHub does not show', () => {
  it.each<[string, Document, WantRest, [Document, Document] | undefined]>([
    ['is set', { colour: 'blue' }, {}, [{}, { colour: 'blue' }]],
    ['is emptied', { repositories: [] }, {}, [{}, { repositories: [] }]],
    ['is set inside', { inner: { size: 1 } }, {}, [{}, { inner: { size: 1 } }]],
    ['gets one more', {}, { edits: { repositories: { add: ['web'] } } }, [{}, { repositories: ['web'] }]],
    ['gets one less', {}, { edits: { repositories: { remove: ['web'] } } }, undefined],
  ])('%s', (_, spec, rest, expected) => {
    expect(sides(plan(spec, { level: 'low' }, rest))).toEqual(expected)
  })

  it('counts as wider, for nobody knows what it was', () => {
    expect(plan({ repositories: [] }, { level: 'low' }).work?.change.widens).toEqual(['repositories'])
  })
})

describe('a change', () => {
  it('has its reason, its place, the ids of owner and repository', () => {
    const facts = factsOf(stubFamily(), { ids: { owner_id: 7, repository_id: 42 }, scope: WEB })
    const { work } = plan({ level: 'high', open: false }, LIVE, { source: line(12) }, facts)
    expect(work?.change).toMatchObject({
      address: 'repos/acme/web/boxes/A',
      action: 'update',
      reason: 'level, open differ',
      source: line(12),
      owner_id: 7,
      repository_id: 42,
      value: null,
      notes: [],
    })
    expect(plan({ level: 'high' }, LIVE).work?.change).toMatchObject({ reason: 'level differs', repository_id: null })
  })

  it('of a settings document is an update at the family’s own address', () => {
    const facts = factsOf(stubFamily({ shape: 'settings', fold: () => '' }))
    const { work } = planMember(facts, want(facts, '', { level: 'high' }), has('', LIVE))
    expect(work?.change).toMatchObject({ address: 'orgs/acme/boxes', action: 'update' })
  })
})

describe('a create', () => {
  it('needs what GitHub would choose for itself', () => {
    const facts = factsOf(stubFamily({ required: ['level', 'inner.size'] }))
    const planned = plan({ open: false }, undefined, { source: line(3) }, facts)
    expect(planned.work).toBeUndefined()
    expect(held(planned)).toEqual([
      'octoform.yaml:3:1: level: A is not on GitHub; to create it, level and inner.size must be given',
    ])
    expect(plan({ level: 'low', inner: { size: 0 } }, undefined, {}, facts).work).toBeDefined()
  })

  it.each<[string, Document, WantRest, Document]>([
    [
      'what is mentioned',
      { level: 'low', open: false, inner: { tags: [] } },
      {},
      {
        level: 'low',
        open: false,
        inner: { tags: [] },
      },
    ],
    [
      'what is added',
      { level: 'low' },
      { edits: { repositories: { add: ['web'], remove: ['api'] } } },
      {
        level: 'low',
        repositories: ['web'],
      },
    ],
    [
      'nothing that is taken away',
      { level: 'low' },
      { edits: { repositories: { remove: ['api'] } } },
      { level: 'low' },
    ],
  ])('has %s', (_, spec, rest, after) => {
    const { work, diagnostics } = plan(spec, undefined, rest)
    expect(diagnostics).toEqual([])
    expect(work?.change).toMatchObject({
      action: 'create',
      before: null,
      patch: [],
      reason: 'not on GitHub',
      widens: [],
    })
    expect(work?.change.after).toEqual(after)
  })
})

describe('absent and unmanaged', () => {
  it('absent deletes what is there, whole, and is content where nothing is', () => {
    const { family, edits } = recording()
    const facts = factsOf(family)
    const { work } = plan({}, LIVE, { state: 'absent', source: line(9) }, facts)
    expect(work?.change).toMatchObject({
      action: 'delete',
      before: LIVE,
      after: null,
      patch: [],
      reason: 'absent in the YAML',
      source: line(9),
      widens: [],
    })
    expect(edits).toEqual([expect.objectContaining({ action: 'delete', before: LIVE, after: undefined })])
    expect(plan({}, undefined, { state: 'absent' })).toEqual({ diagnostics: [] })
  })

  it('unmanaged leaves alone, there or not', () => {
    expect(plan({}, LIVE, { state: 'unmanaged' })).toEqual({ diagnostics: [] })
    expect(plan({}, undefined, { state: 'unmanaged' })).toEqual({ diagnostics: [] })
  })

  it.each([
    ['absent', 'default', 'Main is the default group and cannot be absent'],
    ['absent', 'inherited', 'Main is inherited and cannot be absent'],
    ['unmanaged', 'default', 'Main is the default group and cannot be unmanaged'],
    ['unmanaged', 'inherited', 'Main is inherited and cannot be unmanaged'],
  ] as const)('%s is an error on a group that is %s', (state, fixed, message) => {
    const member = want(boxes, 'Main', {}, { state, source: line(4) })
    const planned = planMember(boxes, member, has('Main', LIVE, { fixed }))
    expect(planned).toEqual({
      diagnostics: [{ severity: 'error', message, source: line(4), address: 'orgs/acme/boxes/Main' }],
    })
  })
})

describe('what a family finds', () => {
  const finding = (severity: 'error' | 'warning', field?: string): Finding => {
    return { severity, message: 'm', ...(field === undefined ? {} : { field }) }
  }

  it.each<[Finding[], boolean, string[]]>([
    [[finding('error')], false, ['octoform.yaml:1:1: error: m']],
    [[finding('error', 'level')], false, ['octoform.yaml:5:1: error: m']],
    [[finding('error', 'colour')], false, ['octoform.yaml:1:1: error: m']],
    [[finding('warning', 'level')], true, ['octoform.yaml:5:1: warning: m']],
    [[finding('warning'), finding('error')], false, ['octoform.yaml:1:1: warning: m', 'octoform.yaml:1:1: error: m']],
  ])('%j', (findings, changes, messages) => {
    const facts = factsOf(stubFamily({ check: () => findings }))
    const planned = plan({ level: 'high' }, LIVE, { sources: { level: line(5) } }, facts)
    expect(told(planned)).toEqual(messages)
    expect(planned.work !== undefined).toBe(changes)
  })

  it('both sides are compared as they were aligned, and the family’s words reach people', () => {
    const align: FamilyAt<ScopeType, Document>['align'] = (wanted) => ({
      wanted: { ...wanted, spec: { ...wanted.spec, colour: 'blue' } },
      live: { ...LIVE, level: 'high' },
      findings: [finding('warning', 'colour')],
    })
    const planned = plan({ level: 'high' }, LIVE, {}, factsOf(stubFamily({ align })))
    expect(sides(planned)).toEqual([
      { level: 'high', colour: 'red' },
      { level: 'high', colour: 'blue' },
    ])
    expect(told(planned)).toEqual(['octoform.yaml:1:1: warning: m'])
  })
})

describe('what a family holds back', () => {
  const BOTH = { level: 'high', open: false }
  type Judge = NonNullable<FamilyAt<ScopeType, Document>['check']>
  const hold = (field?: string): Finding => ({
    severity: 'held back',
    message: 'm',
    help: 'h',
    ...(field === undefined ? {} : { field }),
  })
  const judged = (check: Judge, live: Document | null = LIVE, rest: WantRest = {}) =>
    plan(
      BOTH,
      live ?? undefined,
      { sources: { level: line(5) }, ...rest },
      factsOf(stubFamily({ check: check as never })),
    )

  it('is left out with its line, and the rest is planned', () => {
    const planned = judged(({ spec }) => (getPath(spec, 'level') === undefined ? [] : [hold('level')]))
    expect(planned.heldBack).toEqual([
      { address: 'orgs/acme/boxes/A', field: 'level', reason: 'm', source: line(5), help: 'h' },
    ])
    expect(sides(planned)).toEqual([{ open: true }, { open: false }])
    expect(planned.diagnostics).toEqual([])
  })

  it('takes along what cannot go without it, and says so once', () => {
    const planned = judged(({ spec }) => {
      if (getPath(spec, 'level') !== undefined) return [hold('level')]
      return getPath(spec, 'open') === undefined ? [] : [{ severity: 'error', field: 'open', message: 'needs level' }]
    })
    expect(held(planned)).toEqual(['octoform.yaml:5:1: level: m; open waits with it'])
    expect(planned.work).toBeUndefined()
    expect(told(planned)).toEqual([])
  })

  it('is nothing where GitHub has it already', () => {
    const planned = judged(() => [hold('level')], { ...LIVE, level: 'high' })
    expect(held(planned)).toEqual([])
    expect(sides(planned)?.[1]).toEqual({ level: 'high', open: false })
  })

  it('is the whole of a member that is not there yet, or that no field was named of', () => {
    for (const planned of [judged(() => [hold('level')], null), judged(() => [hold()])]) {
      expect(planned.heldBack).toHaveLength(1)
      expect(planned.work).toBeUndefined()
    }
  })

  it('gives way to an error', () => {
    const planned = judged(() => [hold('level'), { severity: 'error', field: 'open', message: 'e' }])
    expect(held(planned)).toEqual([])
    expect(told(planned)).toEqual(['octoform.yaml:1:1: error: e'])
  })

  it('ends, whatever a family says', () => {
    expect(judged(() => [hold('level'), hold('open'), hold('colour')]).work).toBeUndefined()
  })

  it('a list that came to nothing takes its mode along, and is told where it was resolved', () => {
    const needsTags: Judge = ({ spec }) =>
      getPath(spec, 'level') !== undefined && getPath(spec, 'inner.tags') === undefined ? [hold('level')] : []
    const rest = { withheld: ['inner.tags'] }
    const planned = judged(needsTags, LIVE, rest)
    expect(planned.heldBack).toBeUndefined()
    expect(sides(planned)).toEqual([{ open: true }, { open: false }])
    expect(judged(() => [], null, rest).work).toBeUndefined()
    expect(judged(() => [], LIVE, { withheld: 'all' })).toEqual({ diagnostics: [] })
  })
})

describe('where the credential does not see every repository', () => {
  const partial = { repositories: listed(['api', 'web', 'docs'], 'partial') }
  const facts = factsOf(stubFamily(), { known: partial })
  const held = 'is held back: the credential does not see every repository of the owner'

  it('an exact list is held back with its line, and everything else goes on', () => {
    const rest = { sources: { repositories: line(8) } }
    const planned = plan({ repositories: ['web'], level: 'high' }, LIVE, rest, facts)
    expect(sides(planned)).toEqual([{ level: 'low' }, { level: 'high' }])
    expect(told(planned)).toEqual([`octoform.yaml:8:1: warning: repositories ${held}`])
    expect(plan({ repositories: ['web'] }, LIVE, {}, facts).work).toBeUndefined()
  })

  it('what is added or taken away by name goes on, and so does a list of other things', () => {
    const edits = { repositories: { add: ['docs'], remove: ['web'] } }
    const planned = plan({ inner: { tags: [] } }, LIVE, { edits }, facts)
    expect(planned.work?.change.after).toEqual({ repositories: ['api', 'docs'], inner: { tags: [] } })
    expect(planned.diagnostics).toEqual([])
  })

  it('a switch goes with the list that it makes hold: alone it would bring back an old one, or none', () => {
    const planned = plan({ open: false, repositories: ['web'] }, { level: 'low', open: true }, {}, facts)
    expect(planned.work).toBeUndefined()
    expect(told(planned)).toEqual([`octoform.yaml:1:1: warning: repositories ${held}`])
  })

  it.each([
    ['secrets', secrets, 'X', { visibility: 'all' }, { visibility: 'selected', repositories: ['web'] }],
    ['runner_groups', runnerGroups, 'gpu', { visibility: 'all' }, { visibility: 'selected', repositories: ['web'] }],
    [
      'permissions',
      permissions,
      '',
      { enabled_repositories: 'all', allowed_actions: 'all' },
      {
        enabled_repositories: 'selected',
        repositories: ['web'],
        allowed_actions: 'local_only',
      },
    ],
  ] satisfies readonly [string, unknown, string, Document, Document][])('so %s writes nothing', (...args) => {
    const [, family, key, live, spec] = args
    const section = factsOf(family as Family, { known: partial })
    const planned = planMember(section, want(section, key, spec), has(key, live, { ref: { repositories: {} } }))
    expect(planned.work).toBeUndefined()
    expect(told(planned)).toEqual([`octoform.yaml:1:1: warning: repositories ${held}`])
  })
})

describe('a list that GitHub keeps only while a switch is on', () => {
  const facts = factsOf(runnerGroups)
  const workflow = 'acme/web/.github/workflows/ci.yml@main'
  const group = (live: Document, spec: Document, rest: WantRest = {}): MemberPlan =>
    planMember(facts, want(facts, 'gpu', spec, rest), has('gpu', { visibility: 'all', ...live }, { ref: { id: 1 } }))

  it.each<[string, Document, WantRest]>([
    ['is empty', { selected_workflows: [] }, {}],
    ['is empty, with the switch', { restricted_to_workflows: false, selected_workflows: [] }, {}],
    ['lacks something', {}, { edits: { selected_workflows: { remove: [workflow] } } }],
  ])('is as wanted while it is off: %s', (_, spec, rest) => {
    expect(group({ restricted_to_workflows: false }, spec, rest)).toEqual({
      diagnostics: [],
      settled: expect.any(Object),
    })
  })

  it('is sent with the switch', () => {
    const { work } = group(
      { restricted_to_workflows: false },
      { restricted_to_workflows: true, selected_workflows: [] },
    )
    expect(work?.sends.map((send) => send.body?.(undefined))).toEqual([
      { name: 'gpu', visibility: 'all', restricted_to_workflows: true, selected_workflows: [] },
    ])
    const off = group(
      { restricted_to_workflows: true, selected_workflows: [workflow] },
      { restricted_to_workflows: false, selected_workflows: [] },
    )
    expect(off.work?.change.patch).toHaveLength(2)
  })
})

describe('a secret', () => {
  const facts = (rest: Parameters<typeof factsOf>[1] = {}): SectionFacts =>
    factsOf(secrets, { known: { repositories: listed(['api', 'web']) }, ...rest })
  const live = (spec: Document = { visibility: 'all' }): Live =>
    has('X', spec, { ref: { repositories: { api: 1, web: 2 } }, updated_at: '2026-01-01T00:00:00Z' })
  const written = { source: 'env:X', written_at: '2026-01-01T00:00:00Z', proof: 'good', value: 'same' } as const
  const mine = (rest: Partial<DesiredMember> = {}): DesiredMember => {
    return want(facts(), 'X', { visibility: 'all', value: 'env:X' }, rest as WantRest)
  }

  it('is created with its value, which is only named', () => {
    const { work } = planMember(
      facts(),
      mine({ sources: { value: { ...line(3), file: 'teams/pay.yaml' } } }),
      undefined,
    )
    expect(work?.change).toMatchObject({
      action: 'create',
      after: { visibility: 'all', value: 'env:X' },
      value: 'put',
    })
    expect(work?.value).toEqual({ source: 'env:X', declaredIn: 'teams/pay.yaml' })
  })

  it('that has no value here is not created, with a warning, and its access is managed', () => {
    const member = want(facts(), 'X', { visibility: 'selected', repositories: ['web'] })
    expect(told(planMember(facts(), member, undefined))).toEqual([
      'octoform.yaml:1:1: warning: X is not on GitHub and has no value here: it is not created',
    ])
    const { work, secret } = planMember(facts(), member, live({ visibility: 'selected', repositories: ['api'] }))
    expect(work?.change).toMatchObject({ value: null, after: { visibility: 'selected', repositories: ['web'] } })
    expect(work?.sends.map(({ seals }) => seals)).toEqual([undefined])
    expect(secret).toBeUndefined()
  })

  it('that has no value here needs one to change who sees it, and says so', () => {
    const planned = planMember(facts(), want(facts(), 'X', { visibility: 'private' }), live())
    expect(planned.work).toBeUndefined()
    expect(held(planned)).toEqual([
      'octoform.yaml:1:1: visibility: GitHub has visibility: all, and takes private only with the value, which the YAML does ' +
        'not give',
    ])
  })

  it('without a ledger entry is unknown, and no change', () => {
    expect(planMember(facts(), mine(), live())).toEqual({
      diagnostics: [],
      secret: 'unknown',
      settled: { visibility: 'all' },
    })
  })

  it('without a ledger entry is put where it is asked for, from nothing that is known', () => {
    const { work, secret } = planMember(facts({ rotates: () => true }), mine(), live())
    expect(work?.change).toMatchObject({
      before: { visibility: 'all' },
      after: { visibility: 'all', value: 'env:X' },
      value: 'rotate',
      reason: 'asked for by --rotate',
    })
    expect(secret).toBeUndefined()
  })

  it('whose source is another is changed, and the ledger’s is what was before', () => {
    const of = facts({ facts: () => ({ ...written, source: 'file:old.key' }) })
    const { work } = planMember(of, mine(), live())
    expect(work?.change).toMatchObject({
      before: { visibility: 'all', value: 'file:old.key' },
      after: { visibility: 'all', value: 'env:X' },
      value: 'put',
      reason: 'value differs',
      patch: [{ op: 'replace', path: '/value', value: 'env:X' }],
    })
  })

  it('that was changed outside is put again: before equals after, and nothing is in the patch', () => {
    const of = facts({ facts: () => ({ ...written, written_at: '2025-12-31T00:00:00Z' }) })
    const { work } = planMember(of, mine(), live())
    expect(work?.change).toMatchObject({ value: 'again', patch: [], reason: 'changed outside', widens: [] })
    expect(work?.change.before).toEqual(work?.change.after)
  })

  it('that holds is no change, and its access alone is changed without the value', () => {
    const of = facts({ facts: () => written })
    const member = want(of, 'X', { visibility: 'selected', repositories: ['web'], value: 'env:X' })
    const spec = { visibility: 'selected', repositories: ['api'] }
    expect(planMember(of, { ...member, spec: { ...member.spec, repositories: ['api'] } }, live(spec))).toEqual({
      diagnostics: [],
      settled: { visibility: 'selected', repositories: ['api'], value: 'env:X' },
    })
    const { work } = planMember(of, member, live(spec))
    expect(work).toMatchObject({ change: { value: null }, value: undefined, ledgerHolds: true })
    expect(work?.change.before).toMatchObject({ value: 'env:X' })
    expect(work?.sends.map(({ seals }) => seals)).toEqual([undefined])
  })

  it('is deleted with what GitHub shows of it, and no value is put', () => {
    const spec = { visibility: 'selected', repositories: ['api'] }
    const { work } = planMember(facts({ facts: () => written }), mine({ state: 'absent', spec: {} }), live(spec))
    expect(work).toMatchObject({
      change: { action: 'delete', before: spec, after: null, value: null },
      value: undefined,
    })
    expect(work?.change.access.loses.map(({ repository }) => repository)).toEqual(['api'])
  })
})

describe('a member that comes about elsewhere', () => {
  const of = factsOf(stubFamily({ notCreated: (key) => `no box is called ${key}` }), { known: everywhere })

  it('is a warning with its line where it is missing, and changed where it is there', () => {
    const missing = planMember(of, want(of, 'A', { level: 'high' }, { source: line(4) }), undefined)
    expect(missing.work).toBeUndefined()
    expect(told(missing)).toEqual(['octoform.yaml:4:1: warning: no box is called A'])
    expect(sides(planMember(of, want(of, 'A', { level: 'high' }), has('A', LIVE)))).toEqual([
      { level: 'low' },
      { level: 'high' },
    ])
  })
})

describe('a member that cannot be deleted now', () => {
  const of = factsOf(
    stubFamily({ occupied: ({ spec }) => (spec.open ? { message: 'it is open', help: 'Wait.' } : undefined) }),
    { known: everywhere },
  )

  it('is held back, alone', () => {
    const gone = (spec: Document) =>
      planMember(of, want(of, 'A', {}, { state: 'absent', source: line(3) }), has('A', spec))
    const open = gone(LIVE)
    expect(open.work).toBeUndefined()
    expect(open).toMatchObject({ withheld: 'all', heldBack: [{ field: null, help: 'Wait.' }] })
    expect(held(open)).toEqual(['octoform.yaml:3:1: null: it is open'])
    expect(gone({ ...LIVE, open: false }).work?.change.action).toBe('delete')
  })
})
