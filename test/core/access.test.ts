import fc from 'fast-check'
import { expect, it } from 'vitest'
import { accessBetween } from '../../src/core/access.ts'
import { listed } from '../support/stub-family.ts'

const repositories = listed(['web', 'site:public', 'hub:internal', 'api', 'docs:public'])
const [web, site, hub, api, docs] = repositories.all.map(({ id }) => id) as [number, number, number, number, number]

it('names the public first, then internal, then private, each by name', () => {
  const { gains, loses } = accessBetween([], [web, api, hub, site, docs], repositories, new Set())
  expect(gains.map(({ repository }) => repository)).toEqual(['docs', 'site', 'hub', 'api', 'web'])
  expect(gains.map(({ visibility }) => visibility)).toEqual(['public', 'public', 'internal', 'private', 'private'])
  expect(loses).toEqual([])
})

it('tells what is written out from what is matched', () => {
  const { gains, loses } = accessBetween([api], [web, site], repositories, new Set(['web', 'api', 'constructor']))
  expect(gains.map(({ repository, via }) => [repository, via])).toEqual([
    ['site', 'matched'],
    ['web', 'named'],
  ])
  expect(loses.map(({ repository, via }) => [repository, via])).toEqual([['api', 'named']])
})

it('counts a repository once, and says nothing of one that is in no listing', () => {
  const { gains, loses } = accessBetween([api, api, 4711], [web, web, 4712], repositories, new Set())
  expect(gains).toHaveLength(1)
  expect(loses).toHaveLength(1)
})

it('is the difference of two sets: nothing both gains and loses, and the other way round they change places', () => {
  const ids = fc.array(fc.constantFrom(web, site, hub, api, docs))
  fc.assert(
    fc.property(ids, ids, (before, after) => {
      const there = accessBetween(before, after, repositories, new Set())
      const back = accessBetween(after, before, repositories, new Set())
      expect(there).toEqual({ gains: back.loses, loses: back.gains })
      const names = (of: readonly number[]): string[] => of.map((id) => repositories.byId.get(id)?.name ?? '')
      const gained = new Set(names(after.filter((id) => !before.includes(id))))
      expect(there.gains).toHaveLength(gained.size)
      expect(new Set(there.gains.map(({ repository }) => repository))).toEqual(gained)
    }),
  )
})
