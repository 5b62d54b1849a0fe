import { describe, expect, it } from 'vitest'
import { digestText, isUnaskedPut } from '../../src/core/canonical.ts'
import type { Change, Plan } from '../../src/core/plan.ts'
import { buildAccess, buildChange, buildPlan } from '../support/plan-builder.ts'

const A = buildChange('orgs/acme/secrets/A', { visibility: 'all' }, { visibility: 'private', value: 'env:A' })
const B = buildChange('orgs/acme/secrets/B', null, { visibility: 'selected', repositories: ['web'] })
const AGAIN = buildChange('orgs/acme/secrets/C', { value: 'env:C' }, { value: 'env:C' }, { value: 'again' })

function text(changes: readonly Change[], rest: Partial<Plan> = {}): string {
  return digestText(buildPlan(changes, rest))
}

it('is the canonical JSON of what was reviewed', () => {
  expect(text([B])).toBe(
    '{"changes":[{"action":"create","address":"orgs/acme/secrets/B","after":{"repositories":["web"],"visibility":"selected"},' +
      '"before":null,"owner_id":1,"repository_id":null}],"complete":true,"format_version":"1.0","host":"api.github.com"}',
  )
})

describe('the digest stays the same', () => {
  it.each<[string, readonly Change[], Partial<Plan>]>([
    ['for changes in another order', [B, A], {}],
    ['for keys in another order', [{ ...A, after: { value: 'env:A', visibility: 'private' } }, B], {}],
    ['with a value put again unasked', [A, AGAIN, B], {}],
    [
      'with other words and other places',
      [{ ...A, reason: 'x', source: { file: 'f', line: 1, col: 1 }, notes: ['n'] }, B],
      {},
    ],
    [
      'with what is derived from it',
      [{ ...A, widens: ['v'], access: { gains: buildAccess('named', 'web'), loses: [] } }, B],
      {},
    ],
    [
      'whether the value is put or also had changed',
      [
        { ...A, value: 'again' },
        { ...B, value: 'put' },
      ],
      {},
    ],
    ['with other flags, warnings and counts', [A, B], { flags: { owner: ['a'], target: [], rotate: [] }, requests: 9 }],
    ['with other values needed', [A, B], { values_needed: [{ source: 'env:A', addresses: [] }] }],
  ])('%s', (_, changes, rest) => {
    expect(text(changes, rest)).toBe(text([A, B]))
  })
})

describe('the digest is another one', () => {
  it.each<[string, readonly Change[], Partial<Plan>]>([
    ['for another address', [{ ...A, address: 'orgs/acme/secrets/D' }, B], {}],
    ['for another action', [{ ...A, action: 'create' }, B], {}],
    ['for another before', [{ ...A, before: { visibility: 'selected' } }, B], {}],
    ['for another after', [{ ...A, after: { visibility: 'private', value: 'env:B' } }, B], {}],
    ['for another order of a list', [A, { ...B, after: { visibility: 'selected', repositories: ['web', 'api'] } }], {}],
    ['for another owner', [{ ...A, owner_id: 2 }, B], {}],
    ['for another repository', [{ ...A, repository_id: 2 }, B], {}],
    ['for a name in a list with its id', [A, { ...B, ids: { 'acme/web': 101 } }], {}],
    ['for a value put again that was asked for', [A, { ...AGAIN, value: 'rotate' }, B], {}],
    ['for a rotation beside a change', [{ ...A, value: 'rotate' }, B], {}],
    ['without a change', [A], {}],
    ['for another host', [A, B], { host: 'github.example.com/api/v3' }],
    ['for an incomplete plan', [A, B], { complete: false }],
  ])('%s', (_, changes, rest) => {
    expect(text(changes, rest)).not.toBe(text([A, B]))
  })
})

it.each<[Change, boolean]>([
  [AGAIN, true],
  [{ ...AGAIN, value: 'rotate' }, false],
  [{ ...AGAIN, value: 'put' }, false],
  [{ ...AGAIN, value: null }, false],
  [{ ...AGAIN, before: { value: 'env:OTHER' } }, false],
  [{ ...AGAIN, before: null, after: null, action: 'delete' }, false],
  [{ ...AGAIN, before: null, after: null, action: 'create' }, false],
])('whether %o only puts a value again, unasked', (change, unasked) => {
  expect(isUnaskedPut(change)).toBe(unasked)
})
