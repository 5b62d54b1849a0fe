import { expect, it } from 'vitest'
import { type EffectiveAccess, effectiveAccess } from '../../src/core/effective-access.ts'
import type { Access, Plan } from '../../src/core/plan.ts'
import { buildAccess, buildChange, buildPlan } from '../support/plan-builder.ts'

const TOKEN = 'orgs/acme/secrets/NPM_TOKEN'

function planOf(access: Partial<Access> | null, address = TOKEN): Plan {
  if (!access) return buildPlan([])
  return buildPlan([buildChange(address, { v: 1 }, { v: 2 }, { access: { gains: [], loses: [], ...access } })])
}

type Names = { readonly [K in Exclude<keyof EffectiveAccess, 'address'>]?: readonly string[] }

function namesOf(access: EffectiveAccess | undefined): Names | undefined {
  if (!access) return undefined
  const { address: _, ...lists } = access
  const named = Object.entries(lists).filter(([, list]) => list.length > 0)
  return Object.fromEntries(named.map(([part, list]) => [part, list.map(({ repository }) => repository)]))
}

const web = buildAccess('named', 'web')
const site = buildAccess('matched', 'site:public')

it.each<[string, Partial<Access> | null, Partial<Access> | null | undefined, Names | undefined]>([
  ['a gain without a base', { gains: web }, undefined, { gains: ['web'] }],
  ['a gain that the base does not have', { gains: web }, null, { gains: ['web'] }],
  ['a gain that comes anyway', { gains: web }, { gains: web }, { anyway: ['web'] }],
  ['one of each', { gains: [...web, ...site] }, { gains: site }, { gains: ['web'], anyway: ['site'] }],
  ['a loss', { loses: web }, {}, { loses: ['web'] }],
  ['a loss that comes anyway', { loses: web }, { loses: web }, { losesAnyway: ['web'] }],
  ['what the base takes away and this leaves', null, { loses: web }, { keeps: ['web'] }],
  ['the same beside another change', { gains: site }, { loses: web }, { gains: ['site'], keeps: ['web'] }],
  ['what the base gives and this does not', null, { gains: web }, undefined],
  ['nobody', {}, {}, undefined],
])('%s', (_, own, base, expected) => {
  const found = effectiveAccess(planOf(own), base === undefined ? undefined : planOf(base))
  expect(found.length).toBe(expected ? 1 : 0)
  expect(namesOf(found[0])).toEqual(expected)
})

it('compares address by address', () => {
  const found = effectiveAccess(planOf({ gains: web }), planOf({ gains: web }, 'orgs/acme/secrets/OTHER'))
  expect(found.map((access) => [access.address, namesOf(access)])).toEqual([[TOKEN, { gains: ['web'] }]])
})
