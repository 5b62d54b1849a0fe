import { describe, expect, it } from 'vitest'
import { asIfAllListed } from '../../src/core/unshown-list.ts'
import { supportOf } from '../../src/engine/get.ts'
import { runnerGroups } from '../../src/families/runner-groups/index.ts'

const SCOPE = { type: 'organization', org: 'acme' } as const

type Sides = Parameters<typeof asIfAllListed>[2]

function visibilities(product: string, sides: Sides): unknown[] {
  return visibilitiesOf(asIfAllListed(runnerGroups, { scope: SCOPE, product: supportOf(product) }, sides))
}

function visibilitiesOf(sides: Sides): unknown[] {
  return sides.map((side) => (side as { visibility?: string } | undefined)?.visibility)
}

describe('a list that is in force and not shown', () => {
  it.each<[string, object | undefined, object | undefined, [unknown, unknown]]>([
    ['on both sides holds all', { visibility: 'selected' }, { visibility: 'selected' }, ['all', 'all']],
    ['on one side holds none', { visibility: 'selected' }, { visibility: 'all' }, ['selected', 'all']],
    [
      'that is given',
      { visibility: 'selected' },
      { visibility: 'selected', repositories: ['a'] },
      ['selected', 'selected'],
    ],
    [
      'that is shown',
      { visibility: 'selected', repositories: [], organizations: [] },
      { visibility: 'selected', repositories: [], organizations: [] },
      ['selected', 'selected'],
    ],
    ['of a group that is made', undefined, { visibility: 'selected' }, [undefined, 'selected']],
    ['of a group that goes', { visibility: 'selected' }, undefined, ['selected', undefined]],
  ])('%s', (_, before, after, expected) => {
    expect(visibilities('ghae', [before, after])).toEqual(expected)
    expect(visibilities('ghec', [before, after])).toEqual(visibilitiesOf([before, after]))
  })
})
