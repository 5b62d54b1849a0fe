import fc from 'fast-check'
import { expect, it } from 'vitest'
import { byText } from '../../src/core/address.ts'
import { isInSorted } from '../../src/core/in-sorted.ts'

it('finds in a sorted list what stands in it, and nothing else', () => {
  const names = fc.array(fc.string({ maxLength: 3 }))
  fc.assert(
    fc.property(names, names, (list, asked) => {
      const sorted = [...list].sort(byText)
      for (const name of [...list, ...asked]) expect(isInSorted(sorted, name)).toBe(list.includes(name))
    }),
  )
  expect(isInSorted(undefined, 'a')).toBe(false)
})
