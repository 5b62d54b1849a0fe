import { expect, it } from 'vitest'
import type { Document } from '../../src/core/json.ts'
import { planMember } from '../../src/core/plan-member.ts'
import type { SecretFacts } from '../../src/core/secret-state.ts'
import { settingsOf } from '../../src/families/common/settings-of.ts'
import { ACME, factsOf, has, want } from '../support/stub-family.ts'

const WHY = 'GitHub has no request that shows it'
const issuer = settingsOf('issuer', {
  fields: { slug: { wider: () => true }, other: { wider: () => true } },
  levels: { organization: { path: '/orgs/{org}/issuer', hidden: WHY } },
})

const WRITTEN = { written_at: '2026-10-01T10:00:00.000Z', proof: 'good', value: 'not compared' } as const
/** The hash of these tests is the text itself. */
const SAME = 'document sha256:{"slug":true}'

function planned(facts: SecretFacts | undefined, spec: Document = { slug: true }) {
  const section = { ...factsOf(issuer, { scope: ACME, facts: () => facts }), hash: (text: string) => text }
  return planMember(section, want(section, '', spec), has('', {}))
}

it.each<[string, SecretFacts | undefined]>([
  ['the ledger does not say that octoform wrote it', undefined],
  ['the ledger does not say that octoform wrote it', { value: 'not compared' }],
  ['it differs from what octoform wrote last', { ...WRITTEN, source: 'document sha256:{"slug":false}' }],
  ['it differs from what octoform wrote last', { ...WRITTEN, source: 'document sha256:{"other":true,"slug":true}' }],
  ['an earlier write was interrupted', { source: SAME, proof: 'good', value: 'not compared' }],
  ['its ledger entry was altered', { ...WRITTEN, source: SAME, proof: 'altered' }],
  ['its ledger entry was altered', { ...WRITTEN, source: SAME, proof: 'unsigned' }],
  ['its name is another one than the ledger knows', { ...WRITTEN, source: SAME, foreign: true }],
])('it is written where %s', (reason, facts) => {
  const { work } = planned(facts)
  expect(work?.change).toMatchObject({
    action: 'update',
    before: {},
    after: { slug: true },
    reason: `cannot compare: ${reason}`,
    widens: ['slug'],
  })
  expect(work?.document).toBe(SAME)
})

it.each(['good', 'unverified'] as const)('it is not written again where the ledger has it, %s', (proof) => {
  const { work, diagnostics, settled } = planned({ ...WRITTEN, source: SAME, proof })
  expect([work, settled]).toEqual([undefined, { slug: true }])
  expect(diagnostics.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
    expect.stringMatching(
      /^warning: \S+ cannot compare: GitHub has no request that shows it; the ledger says that octoform wrote this last$/,
    ),
  ])
})

it('nothing is planned of a document without fields', () => {
  expect(planned(undefined, {})).toEqual({ diagnostics: [] })
})
