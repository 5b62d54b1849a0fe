import { expect, it } from 'vitest'
import { differences } from '../../src/core/claim.ts'
import type { Change } from '../../src/core/plan.ts'
import { type Refusal, renderDifference } from '../../src/render/explain-difference.ts'
import { buildChange, buildPlan } from '../support/plan-builder.ts'

function refuse(own: Refusal['own'], claimed: NonNullable<Refusal['claimed']>): string {
  const found = differences(own, claimed, () => ({ beginning: {}, follows: () => false }))
  return renderDifference({ own, claimed, differences: found }, { colour: 'plain' })
}

it('tells each difference, what both plans do there, and what to do', () => {
  const own: readonly Change[] = [
    buildChange('orgs/acme/secrets/NEW', null, { visibility: 'private', value: 'env:NEW' }),
    buildChange('orgs/acme/secrets/NPM_TOKEN', { visibility: 'all', n: [] }, { visibility: 'selected', n: ['web'] }),
    ...['a', 'b', 'c', 'd'].map((name) =>
      buildChange(`repos/acme/${name}/permissions`, { enabled: true }, { enabled: false }),
    ),
  ]
  const claimed = [
    buildChange(
      'orgs/acme/secrets/NPM_TOKEN',
      { visibility: 'private', n: [] },
      { visibility: 'selected', n: ['web'] },
    ),
  ]
  expect(refuse(buildPlan(own), buildPlan(claimed))).toMatchInlineSnapshot(`
    "The plan that was reviewed does not hold any more. Nothing was written.
      orgs/acme/secrets/NEW  would create it, and the plan has no such change
          now      +  value: env:NEW;  visibility: private
      orgs/acme/secrets/NPM_TOKEN  was changed since the plan was made: visibility
          now      ~  n: + web;  visibility: all → selected
          reviewed ~  n: + web;  visibility: private → selected
      4 repositories: permissions  would update it, and the plan has no such change   (repos/acme/a, repos/acme/b, repos/acme/c, … 1 more)
          now      ~  enabled: true → false
    Make a new plan, have it reviewed, and apply that one.
    "
  `)
})

it('names the flags that only one of the two was made with', () => {
  const change = buildChange('orgs/acme/secrets/NEW', null, { visibility: 'private' })
  const own = buildPlan([change], { flags: { owner: ['acme'], target: [], rotate: ['orgs/acme/secrets/*'] } })
  const claimed = buildPlan([], { flags: { owner: ['acme'], target: ['orgs/acme/permissions'], rotate: [] } })
  const text = refuse(own, claimed)
  expect(text).toContain('The plan was made with --target orgs/acme/permissions: give it to apply as well.')
  expect(text).toContain("The plan was made without --rotate 'orgs/acme/secrets/*': leave it out here as well.")
  expect(text).not.toContain('--owner')
})

it('tells of another host without an address', () => {
  expect(refuse(buildPlan([]), buildPlan([], { host: 'github.example.com' }))).toContain(
    '\n  the plan was made for github.example.com, and this run works on api.github.com\n',
  )
})

it('prints both digests where only a digest was given', () => {
  const refusal = { own: buildPlan([]), claimed: null, differences: [], expectedDigest: 'aaaa' }
  expect(renderDifference(refusal, { colour: 'plain' })).toMatchInlineSnapshot(`
    "The plan that was reviewed does not hold any more. Nothing was written.
      digest: expected aaaa, and it is d1ge57
    Make a new plan, have it reviewed, and apply that one.
    "
  `)
})
