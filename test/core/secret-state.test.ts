import { expect, it } from 'vitest'
import { type SecretFacts, type SecretState, secretState } from '../../src/core/secret-state.ts'

const WRITTEN = '2026-10-01T10:00:00.000Z'
const entry = (rest: Partial<SecretFacts> = {}): SecretFacts => ({
  source: 'env:A',
  written_at: WRITTEN,
  proof: 'good',
  value: 'same',
  ...rest,
})
const { written_at: _, ...BEGUN } = entry()
const UNKNOWN: SecretState = { state: 'unknown' }
const again = (reason: string, asked = false): SecretState => ({ state: 'put again', reason, asked })
const unchanged = (compared: boolean): SecretState => ({ state: 'unchanged', compared })

it.each<[string, SecretFacts, string | undefined, 'rotate' | 'keep', SecretState]>([
  ['no entry', { value: 'not compared' }, WRITTEN, 'keep', UNKNOWN],
  ['no entry, rotated', { value: 'not compared' }, WRITTEN, 'rotate', again('asked for by --rotate', true)],
  ['all as it was', entry(), WRITTEN, 'keep', unchanged(true)],
  ['all as it was, rotated', entry(), WRITTEN, 'rotate', again('asked for by --rotate', true)],
  ['an interrupted write', BEGUN, WRITTEN, 'keep', again('an earlier write was interrupted')],
  [
    'interrupted before all else',
    { ...BEGUN, proof: 'altered', value: 'differs' },
    '2027-01-01T00:00:00Z',
    'keep',
    again('an earlier write was interrupted'),
  ],
  ['interrupted and rotated', BEGUN, WRITTEN, 'rotate', again('an earlier write was interrupted', true)],
  [
    'an altered entry',
    entry({ proof: 'altered', value: 'not compared' }),
    WRITTEN,
    'keep',
    again('its ledger entry was altered'),
  ],
  ['two seconds later', entry(), '2026-10-01T10:00:02Z', 'keep', unchanged(true)],
  ['three seconds later', entry(), '2026-10-01T10:00:03Z', 'keep', again('changed outside')],
  ['earlier, as after a restore', entry(), '2026-09-01T00:00:00Z', 'keep', unchanged(true)],
  ['written in another time zone', entry(), '2026-10-01T12:00:01+02:00', 'keep', unchanged(true)],
  ['without updated_at', entry(), undefined, 'keep', unchanged(true)],
  [
    'a date that is none',
    entry({ written_at: 'yesterday', proof: 'unverified' }),
    WRITTEN,
    'keep',
    again('changed outside'),
  ],
  ['outside and at the source', entry({ value: 'differs' }), '2026-10-01T11:00:00Z', 'keep', again('changed outside')],
  ['changed at the source', entry({ value: 'differs' }), WRITTEN, 'keep', again('the value changed at its source')],
  ['the value not at hand', entry({ value: 'not compared' }), WRITTEN, 'keep', unchanged(false)],
  ['an entry of another key', entry({ proof: 'unverified', value: 'not compared' }), WRITTEN, 'keep', unchanged(false)],
  [
    'of another key, changed outside',
    entry({ proof: 'unverified', value: 'not compared' }),
    '2026-10-02T00:00:00Z',
    'keep',
    again('changed outside'),
  ],
])('%s', (_name, facts, updatedAt, rotate, state) => {
  expect(secretState(facts, updatedAt, rotate)).toEqual(state)
})
