import { expect, it } from 'vitest'
import { indexRepositories } from '../../src/core/repository.ts'
import { listed } from '../support/stub-family.ts'

it('finds repositories by name and id, whatever they are called', () => {
  const { all } = listed(['web', '__proto__', 'constructor', '.github'])
  const index = indexRepositories(all, 'complete')
  expect(all.map(({ name }) => index.byName.get(name)?.id)).toEqual([1, 2, 3, 4])
  expect(all.map(({ id }) => index.byId.get(id)?.name)).toEqual(['web', '__proto__', 'constructor', '.github'])
  expect(index.byName.get('tostring')).toBeUndefined()
  expect(index.complete).toBe(true)
})

it('is told whether everything is seen', () => {
  expect(indexRepositories([], 'partial')).toMatchObject({ all: [], complete: false })
})
