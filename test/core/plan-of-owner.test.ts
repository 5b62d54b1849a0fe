import { expect, it } from 'vitest'
import { planOfOwner } from '../../src/core/plan-of-owner.ts'
import { buildChange, buildPlan } from '../support/plan-builder.ts'

const OURS = ['orgs/acme/secrets/A', 'repos/acme/web/secrets/B', 'repos/acme/web/environments/prod/secrets/C']
// An enterprise may be called as an organization is, and is an owner of its own.
const THEIRS = ['orgs/other/secrets/A', 'enterprises/acme/runner_groups/C', 'orgs/acme-2/secrets/A']
const ALL = [...OURS, ...THEIRS]

const plan = buildPlan(
  ALL.map((address) => buildChange(address, {}, null)),
  {
    complete: false,
    digest: 'whole',
    not_read: ['orgs/other', 'repos/acme/web'].map((scope) => ({ scope, reason: '403' })),
    diagnostics: [...ALL, undefined].map((address) => {
      return { severity: 'error' as const, message: 'm', ...(address === undefined ? {} : { address }) }
    }),
    tripped: [
      { guard: 'protect', message: `${ALL.join(', ')} are protected`, flag: '--allow protected', addresses: ALL },
      { guard: 'max_deletions', message: '6 deletions', flag: '--allow deletions=6', addresses: THEIRS },
    ],
    values_needed: [
      { source: 'env:BOTH', addresses: ALL },
      { source: 'env:THEIRS', addresses: THEIRS },
    ],
    secrets: { unknown: ALL, not_compared: ALL, keyed: false },
    left_alone: ALL.map((section) => ({ section, members: 1, fields: 0 })),
    left_out: ALL,
    reach: { repositories: [], rows: ALL.map((address) => ({ address, before: '', after: '' })) },
  },
)

it('keeps what concerns one owner, and the digest of the whole', () => {
  const own = planOfOwner(plan, 'ACME')
  expect(own.digest).toBe('whole')
  expect(own.changes.map(({ address }) => address)).toEqual(OURS)
  expect(own.not_read).toEqual([{ scope: 'repos/acme/web', reason: '403' }])
  expect(own.diagnostics.map(({ address }) => address)).toEqual([...OURS, undefined])
  expect(own.values_needed).toEqual([{ source: 'env:BOTH', addresses: OURS }])
  expect(own.secrets).toEqual({ unknown: OURS, not_compared: OURS, keyed: false })
  expect(own.left_alone.map(({ section }) => section)).toEqual(OURS)
  expect(own.left_out).toEqual(OURS)
  expect(own.reach?.rows.map(({ address }) => address)).toEqual(OURS)
})

it('keeps of the ledger what concerns one owner, and what concerns the whole of it', () => {
  const ids = ['acme', 'acme/web', 'acme-2', 'acme-2/web', 'other/web']
  const ledger = { unverified: false, whole: false, altered: ALL, unsigned: ALL, ids, older: { counter: 1, seen: 2 } }
  const kept = { altered: OURS, unsigned: OURS, ids: ['acme', 'acme/web'] }
  expect(planOfOwner({ ...plan, ledger }, 'Acme').ledger).toEqual({ ...ledger, ...kept })
})

it('keeps the patterns that pass over repositories of one owner', () => {
  const passing = (repository: string) => {
    return { pattern: '*', source: { file: 'a.yaml', line: 1, col: 1 }, places: 1, repositories: [repository] }
  }
  const passed_over = ['acme-2/web', 'acme/web'].map(passing)
  expect(planOfOwner({ ...plan, passed_over }, 'Acme').passed_over).toEqual([passing('acme/web')])
})

it('names no address of another owner, not even in the words of a guard', () => {
  const own = planOfOwner(plan, 'acme')
  // Counts are those of the whole run.
  expect(own.tripped).toEqual([
    {
      guard: 'protect',
      message: 'the run trips it at 6 addresses, of which these are here',
      flag: '--allow protected',
      addresses: OURS,
      elsewhere: 3,
    },
    { guard: 'max_deletions', message: '6 deletions', flag: '--allow deletions=6', addresses: [], elsewhere: 3 },
  ])
  expect(JSON.stringify(own)).not.toMatch(/other|acme-2|enterprises/)
  expect(planOfOwner(plan, 'other').tripped.map(({ guard }) => guard)).toEqual(['protect', 'max_deletions'])
  expect(planOfOwner(plan, 'nobody').tripped[0]?.message).toBe('the run trips it at 6 addresses, none of which is here')
})

it.each([
  ['acme', ['orgs/acme/secrets'], false],
  ['acme', ['orgs/other'], true],
  ['acme', ['repos/other/acme'], true],
  ['acme', [], false],
  ['acme', ['somewhere'], false],
])('tells whether %s is read whole where %j is not', (owner, scopes, expected) => {
  const not_read = scopes.map((scope) => ({ scope, reason: '' }))
  expect(planOfOwner(buildPlan([], { complete: false, not_read }), owner).complete).toBe(expected)
})

it('keeps what concerns an enterprise', () => {
  const own = planOfOwner(plan, 'enterprises/ACME')
  expect(own.changes.map(({ address }) => address)).toEqual(['enterprises/acme/runner_groups/C'])
})

it('leaves a plan of one owner as it is', () => {
  const own = planOfOwner(plan, 'acme')
  expect(planOfOwner(own, 'acme')).toEqual(own)
})
