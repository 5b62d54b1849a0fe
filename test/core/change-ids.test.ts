import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { describe, expect, it } from 'vitest'
import { digestText } from '../../src/core/canonical.ts'
import type { Family } from '../../src/core/family.ts'
import type { Document } from '../../src/core/json.ts'
import type { Live } from '../../src/core/live.ts'
import type { Change, Plan } from '../../src/core/plan.ts'
import { planDelete, planMember } from '../../src/core/plan-member.ts'
import { permissions } from '../../src/families/permissions/index.ts'
import { runnerGroups } from '../../src/families/runner-groups/index.ts'
import { secrets } from '../../src/families/secrets/index.ts'
import { buildPlan } from '../support/plan-builder.ts'
import { factsOf, has, line, listed, WEB, want } from '../support/stub-family.ts'

const known = { repositories: listed(['web', 'api', 'docs']) }
const FAMILIES: readonly Family[] = [permissions as Family, secrets as Family, runnerGroups as Family]
const MODE: Readonly<Record<string, Document>> = {
  permissions: { enabled_repositories: 'selected' },
  secrets: { visibility: 'selected' },
  runner_groups: { visibility: 'selected' },
}

/** A live member whose list holds these ids by name. */
function live(family: Family, key: string, ids: Readonly<Record<string, number>>, spec: Document = {}): Live {
  const ref = { id: 1, repositories: ids, runners: {} }
  return has(key, { ...MODE[family.name], repositories: Object.keys(ids).sort(), ...spec }, { ref })
}

function changeOf(
  family: Family,
  spec: Document,
  before: Live | undefined,
  rest: Parameters<typeof want>[3] = {},
): Change | undefined {
  const facts = factsOf(family, { known })
  const planned = planMember(facts, want(facts, before?.key ?? 'A', spec, rest), before)
  expect(planned.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  return planned.work?.change
}

describe.each(FAMILIES)('the ids of a change of $name', (family) => {
  const key = family.shape === 'settings' ? '' : 'A'

  it('are those of every name that stands in just one of its lists', () => {
    const before = live(family, key, { web: 1, api: 2 })
    expect(changeOf(family, { repositories: ['api', 'docs'] }, before)?.ids).toEqual({ 'acme/web': 1, 'acme/docs': 3 })
  })

  it('are those of add_ and remove_', () => {
    const before = live(family, key, { web: 1, api: 2 })
    const edits = { repositories: { add: ['docs'], remove: ['web'] } }
    expect(changeOf(family, {}, before, { edits })?.ids).toEqual({ 'acme/web': 1, 'acme/docs': 3 })
  })

  it('tell of what goes the id that GitHub lists, though the listing lacks its name', () => {
    const before = live(family, key, { web: 1, hidden: 99 })
    const edits = { repositories: { add: [], remove: ['hidden'] } }
    expect(changeOf(family, {}, before, { edits })?.ids).toEqual({ 'acme/hidden': 99 })
  })

  it('are missing where no list differs', () => {
    const before = live(family, key, { web: 1 }, { allowed_actions: 'all', allows_public_repositories: true })
    const spec = {
      permissions: { allowed_actions: 'local_only' },
      runner_groups: { allows_public_repositories: false },
    }
    const other: Document = spec[family.name as keyof typeof spec] ?? { visibility: 'all', value: 'env:A' }
    const change = changeOf(family, other, before)
    expect(change).toBeDefined()
    expect(change).not.toHaveProperty('ids')
  })

  if (family.shape === 'members') {
    it('are all that a create holds', () => {
      const spec = { ...MODE[family.name], repositories: ['docs', 'web'], value: 'env:A' }
      expect(changeOf(family, spec, undefined)?.ids).toEqual({ 'acme/docs': 3, 'acme/web': 1 })
    })

    it('are all that a delete takes away', () => {
      const facts = factsOf(family, { known })
      const { change } = planDelete(facts, live(family, key, { web: 1, hidden: 99 }), 'x', 'absent', line(1))
      expect(change.ids).toEqual({ 'acme/web': 1, 'acme/hidden': 99 })
    })

    it('are missing from a delete of what is open to all', () => {
      const facts = factsOf(family, { known })
      const { change } = planDelete(facts, has(key, { visibility: 'all' }, { ref: {} }), 'x', 'absent', line(1))
      expect(change).not.toHaveProperty('ids')
    })
  }
})

describe('the digest', () => {
  /** As it was computed while a plan had no ids. */
  function former({ format_version, host, complete, changes }: Plan): string {
    const plain = changes.map(({ address, owner_id, repository_id, action, before, after }) => {
      return { address, owner_id, repository_id, action, before, after }
    })
    return hash(canonicalize({ format_version, host, complete, changes: plain }) as string)
  }
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex')

  const repository = factsOf(secrets as Family, { known, scope: WEB, ids: { owner_id: 7, repository_id: 1 } })
  const settings = factsOf(permissions as Family, { known, scope: WEB, ids: { owner_id: 7, repository_id: 1 } })
  const group = live(runnerGroups as Family, 'A', { web: 1 }, { allows_public_repositories: true, runners: ['x'] })
  const policy = live(permissions as Family, '', { web: 1 }, { allowed_actions: 'all' })

  it.each<[string, Change | undefined]>([
    ['an organization’s policy', changeOf(permissions as Family, { allowed_actions: 'local_only' }, policy)],
    ['a switch to none', changeOf(permissions as Family, { enabled_repositories: 'none' }, policy)],
    ['a secret that is open to all', changeOf(secrets as Family, { visibility: 'all', value: 'env:A' }, undefined)],
    ['a group’s switch', changeOf(runnerGroups as Family, { allows_public_repositories: false }, group)],
    ['a group that is open to all', changeOf(runnerGroups as Family, { visibility: 'all' }, undefined)],
    [
      'a repository’s own secret',
      planMember(repository, want(repository, 'A', { value: 'env:A' }), undefined).work?.change,
    ],
    [
      'a repository’s own settings',
      planMember(settings, want(settings, '', { enabled: false }), has('', { enabled: true }, { ref: {} })).work
        ?.change,
    ],
  ])('is as before for %s', (_, change) => {
    const plan = buildPlan(change ? [change] : [])
    expect(plan.changes).toHaveLength(1)
    expect(hash(digestText(plan))).toBe(former(plan))
  })

  it('is another one where a list differs, and where the same names are others', () => {
    const spec = { repositories: ['api', 'web'] }
    const change = changeOf(secrets as Family, spec, live(secrets as Family, 'A', { web: 1 })) as Change
    const plan = buildPlan([change])
    expect(hash(digestText(plan))).not.toBe(former(plan))
    const captured = buildPlan([{ ...change, ids: { 'acme/api': 777 } }])
    expect(digestText(captured)).not.toBe(digestText(plan))
  })
})

it('are written the same of few names and of many', () => {
  const names = Array.from({ length: 150 }, (_, index) => `service-${String(index).padStart(3, '0')}`)
  const facts = factsOf(secrets as Family, { known: { repositories: listed(names) } })
  const spec = { visibility: 'selected', value: 'env:A', repositories: names }
  const { ids } = planMember(facts, want(facts, 'A', spec), undefined).work?.change ?? {}
  expect(JSON.stringify(ids)).toBe(
    JSON.stringify(Object.fromEntries(names.map((name, at) => [`acme/${name}`, at + 1]))),
  )
})
