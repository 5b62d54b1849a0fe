import { expect, it } from 'vitest'
import { planValue } from '../../src/core/plan-value.ts'
import type { SecretFacts } from '../../src/core/secret-state.ts'
import { secrets } from '../../src/families/secrets/index.ts'
import { ACME, factsOf, has, want } from '../support/stub-family.ts'

const WRITTEN = '2026-10-01T10:00:00.000Z'
const HELD: SecretFacts = { source: 'env:A', written_at: WRITTEN, proof: 'good', value: 'same' }

interface Given {
  readonly facts?: SecretFacts
  /** In the YAML; `none` for access only. */
  readonly source?: string | 'none'
  readonly changed?: readonly string[]
  readonly rotate?: true
  readonly updatedAt?: string
}

function planned({ facts, source = 'env:A', changed = [], rotate, updatedAt = WRITTEN }: Given) {
  const section = factsOf(secrets, { scope: ACME, facts: () => facts, rotates: () => rotate === true })
  const member = want(section, 'TOKEN', source === 'none' ? {} : { value: source })
  const valueAt = source === 'none' ? undefined : { source, declaredIn: 'octoform.yaml' }
  const live = has('TOKEN', { visibility: 'all' }, { updated_at: updatedAt })
  return planValue(section, member, live, { path: 'value', valueAt, changed })
}

const both = { before: 'env:A', after: 'env:A' }

it.each<[string, Given, Partial<ReturnType<typeof planned>>]>([
  ['unchanged', { facts: HELD }, { puts: null, holds: true, ...both }],
  [
    'unchanged, not compared',
    { facts: { ...HELD, value: 'not compared' } },
    { puts: null, holds: true, noted: 'not compared', ...both },
  ],
  ['unknown', {}, { puts: null, holds: false, noted: 'unknown' }],
  ['unknown, with other access', { changed: ['repositories'] }, { puts: null, holds: false, noted: 'unknown' }],
  [
    'unknown, with another visibility',
    { changed: ['visibility'] },
    { puts: 'put', holds: false, noted: 'unknown', after: 'env:A' },
  ],
  [
    'unknown and rotated',
    { rotate: true },
    { puts: 'rotate', holds: false, reason: 'asked for by --rotate', after: 'env:A' },
  ],
  [
    'rotated',
    { facts: HELD, rotate: true },
    { puts: 'rotate', holds: false, reason: 'asked for by --rotate', ...both },
  ],
  ['other access', { facts: HELD, changed: ['repositories'] }, { puts: null, holds: true, ...both }],
  ['another visibility', { facts: HELD, changed: ['visibility'] }, { puts: 'put', holds: true, ...both }],
  [
    'changed at the source',
    { facts: { ...HELD, value: 'differs' } },
    { puts: 'again', reason: 'the value changed at its source', ...both },
  ],
  [
    'changed outside',
    { facts: HELD, updatedAt: '2026-10-01T10:00:03Z' },
    { puts: 'again', reason: 'changed outside', ...both },
  ],
  [
    'changed outside, with other access',
    { facts: HELD, updatedAt: '2026-10-02T00:00:00Z', changed: ['repositories'] },
    { puts: 'again', reason: 'changed outside', ...both },
  ],
  [
    'another source',
    { facts: HELD, source: 'file:a' },
    { puts: 'put', holds: true, sourceChanged: true, before: 'env:A', after: 'file:a' },
  ],
  [
    'another source, interrupted before',
    { facts: { source: 'env:A', value: 'not compared' }, source: 'file:a' },
    { puts: 'put', reason: 'an earlier write was interrupted', sourceChanged: true, before: 'env:A', after: 'file:a' },
  ],
  [
    'another source, rotated',
    { facts: HELD, source: 'file:a', rotate: true },
    { puts: 'rotate', reason: 'asked for by --rotate', sourceChanged: true, before: 'env:A', after: 'file:a' },
  ],
  ['no value of ours', { source: 'none' }, { puts: null, holds: false }],
  ['no value of ours, rotated', { source: 'none', rotate: true }, { puts: null, holds: false }],
  [
    'no value of ours, changed outside',
    { facts: HELD, source: 'none', updatedAt: '2026-10-02T00:00:00Z' },
    { puts: null, holds: false },
  ],
  ['no value of ours, an entry of earlier', { facts: HELD, source: 'none' }, { puts: null, holds: true }],
  ['no value of ours, another visibility', { source: 'none', changed: ['visibility'] }, { puts: 'put', holds: false }],
])('%s', (_, given, expected) => {
  expect(planned(given)).toEqual({ sourceChanged: false, holds: false, ...expected })
})
