import fc from 'fast-check'
import jsonpatch from 'fast-json-patch'
import { describe, expect, it } from 'vitest'
import type { Family } from '../../src/core/family.ts'
import type { Document } from '../../src/core/json.ts'
import { editOf, workOf } from '../../src/core/make-work.ts'
import { planMember } from '../../src/core/plan-member.ts'
import type { SectionFacts } from '../../src/core/section-facts.ts'
import type { Work } from '../../src/core/work.ts'
import { permissions } from '../../src/families/permissions/index.ts'
import { runnerGroups } from '../../src/families/runner-groups/index.ts'
import { secrets } from '../../src/families/secrets/index.ts'
import { factsOf, has, line, listed, stubFamily, WEB, want } from '../support/stub-family.ts'

const known = { repositories: listed(['web', 'site:public', 'hub:internal', 'api', 'docs:public']) }
const boxes = factsOf(stubFamily(), { known })

/** The access gained and lost by an update, as `visibility name by-what`. */
function access(
  facts: SectionFacts,
  spec: Document,
  live: Document,
  rest: Parameters<typeof want>[3] = {},
): { gains: string[]; loses: string[] } {
  const ref = { repositories: {}, runners: {}, id: 1 }
  const { work, diagnostics } = planMember(facts, want(facts, 'A', spec, rest), has('A', live, { ref }))
  expect(diagnostics).toEqual([])
  const told = (side: Work['change']['access']['gains']): string[] =>
    side.map(({ repository, visibility, via }) => `${visibility} ${repository} ${via}`)
  return { gains: told(work?.change.access.gains ?? []), loses: told(work?.change.access.loses ?? []) }
}

describe('who gains and who loses', () => {
  it('is named where the YAML writes a repository out, else matched; the public come first', () => {
    const spec = { repositories: ['api', 'docs', 'site', 'web'] }
    const matched = { repositories: ['docs', 'web'] }
    expect(access(boxes, spec, { repositories: ['hub'] }, { matched })).toEqual({
      gains: ['public docs matched', 'public site named', 'private api named', 'private web matched'],
      loses: ['internal hub matched'],
    })
  })

  it('is named by add_, unless a glob did it', () => {
    const rest = {
      edits: { repositories: { add: ['site', 'web'], remove: ['hub'] } },
      matched: { repositories: ['web'] },
    }
    expect(access(boxes, {}, { repositories: ['hub'] }, rest)).toEqual({
      gains: ['public site named', 'private web matched'],
      loses: ['internal hub matched'],
    })
  })

  it('is matched in a set, written out or not', () => {
    const { gains } = access(boxes, { repositories: ['site'] }, { repositories: [] }, { fromSet: true })
    expect(gains).toEqual(['public site matched'])
  })

  it('is matched by a switch', () => {
    expect(access(boxes, { open: true }, { open: false, repositories: ['web'] })).toEqual({
      gains: ['public docs matched', 'public site matched', 'internal hub matched', 'private api matched'],
      loses: [],
    })
    expect(access(boxes, { open: false, repositories: ['web'] }, { open: true }).loses).toHaveLength(4)
  })

  it('is matched by a switch that opens a list which the YAML does not mention', () => {
    const facts = factsOf(runnerGroups, { known })
    const live = { visibility: 'selected', repositories: ['api', 'site'], allows_public_repositories: false }
    expect(access(facts, { allows_public_repositories: true }, live)).toEqual({
      gains: ['public site matched'],
      loses: [],
    })
    const spec = { allows_public_repositories: true, repositories: ['api', 'site'] }
    expect(access(facts, spec, live).gains).toEqual(['public site named'])
  })

  it.each<[string, Family, Document, Document, { gains: string[]; loses: string[] }]>([
    [
      'a secret',
      secrets as Family,
      { visibility: 'private', value: 'env:X' },
      { visibility: 'all' },
      {
        gains: [],
        loses: ['public docs matched', 'public site matched'],
      },
    ],
    [
      'permissions',
      permissions as Family,
      { enabled_repositories: 'selected', repositories: ['hub', 'web'] },
      { enabled_repositories: 'none' },
      { gains: ['internal hub named', 'private web named'], loses: [] },
    ],
  ])('is told of %s', (_, family, spec, live, expected) => {
    const allowed = family.name === 'permissions' ? { allowed_actions: 'all' } : {}
    expect(access(factsOf(family, { known }), { ...spec, ...allowed }, live)).toEqual(expected)
  })

  it('of a repository’s own setting is named, unless a set gave it', () => {
    const facts = factsOf(permissions, { known, scope: WEB })
    const spec = { enabled: true, allowed_actions: 'all' }
    expect(access(facts, spec, { enabled: false }).gains).toEqual(['private web named'])
    expect(access(facts, spec, { enabled: false }, { fromSet: true }).gains).toEqual(['private web matched'])
  })

  it('is nobody where a family does not say', () => {
    expect(access(factsOf(withoutReach(stubFamily()), { known }), { open: true }, { open: false })).toEqual({
      gains: [],
      loses: [],
    })
  })

  it('is told of a create and of a delete', () => {
    const created = planMember(boxes, want(boxes, 'A', { level: 'low', repositories: ['web'] }), undefined).work
    expect(created?.change.access).toMatchObject({ gains: [{ repository: 'web', via: 'named' }], loses: [] })
    const live = has('A', { repositories: ['web'] })
    const deleted = planMember(boxes, want(boxes, 'A', {}, { state: 'absent' }), live).work
    expect(deleted?.change.access).toMatchObject({ gains: [], loses: [{ repository: 'web' }] })
  })
})

describe('a change as data', () => {
  it('holds nothing of what GitHub said beside the documents', () => {
    const live = has('A', { level: 'low' }, { ref: { id: 'ref-canary' }, updated_at: 'date-canary' })
    const { work } = planMember(boxes, want(boxes, 'A', { level: 'high' }), live)
    expect(JSON.stringify(work?.change)).not.toContain('canary')
    expect(Object.keys(work?.change ?? {}).sort()).toEqual([
      ...['access', 'action', 'address', 'after', 'before', 'consequences', 'notes', 'owner_id', 'patch'],
      ...['reason', 'repository_id', 'source', 'value', 'widens'],
    ])
  })

  it('tells the family’s consequences', () => {
    const consequences = [{ message: 'its runners fall', widens: true }]
    const facts = factsOf(stubFamily({ consequences: () => consequences }))
    const { work } = planMember(facts, want(facts, 'A', {}, { state: 'absent' }), has('A', {}))
    expect(work?.change.consequences).toEqual(consequences)
  })

  it('names the fields that give access, and none of a create', () => {
    const live = { level: 'low', open: true, colour: 'red', inner: { size: 1, tags: ['x'] }, repositories: ['web'] }
    const spec = { level: 'high', open: false, colour: 'blue', inner: { size: 2, tags: [] }, repositories: ['api'] }
    const { work } = planMember(boxes, want(boxes, 'A', spec), has('A', live))
    expect(work?.change.widens).toEqual(['colour', 'inner.tags', 'level', 'repositories'])
    expect(work?.phases).toEqual(work?.sends.map(() => 'widen'))
    expect(planMember(boxes, want(boxes, 'A', spec), undefined).work?.change.widens).toEqual([])
  })

  it('its patch leads from before to after, whatever they hold', () => {
    const name = fc.constantFrom('a', 'b/c', '~d', '__proto', 'constructor', 'é')
    const document = fc.dictionary(name, fc.oneof(fc.boolean(), fc.array(name), fc.dictionary(name, fc.nat(3))))
    const edit = editOf(boxes, { action: 'update', key: 'A', before: {}, after: {}, ref: undefined })
    const extras = { value: null, valueAt: undefined, named: new Set<string>(), ledgerHolds: false }
    fc.assert(
      fc.property(document, document, (before, after) => {
        const seed = { address: 'a', action: 'update' as const, before, after, reason: '', source: line(1) }
        const { patch } = workOf(boxes, edit, seed as never, extras).change
        const plain = JSON.parse(JSON.stringify({ before, after, patch }))
        expect(jsonpatch.applyPatch(plain.before, plain.patch, true).newDocument).toEqual(plain.after)
      }),
    )
  })
})

function withoutReach(family: Family): Family {
  const { organization } = family.scopes
  if (organization === undefined) throw new Error('boxes exist at organizations')
  const { reach: _, ...entry } = organization
  return { ...family, scopes: { organization: entry } }
}
