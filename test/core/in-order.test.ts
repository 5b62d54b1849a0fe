import { expect, it } from 'vitest'
import { inOrder } from '../../src/core/in-order.ts'

const byNumber = (left: { at: number }, right: { at: number }): number => left.at - right.at

it.each([[[]], [[1]], [[1, 2, 2, 3]], [[2, 1]], [[3, 1, 2, 1]], [[1, 2, 3, 0]]])(
  'sorts %j and keeps what is sorted',
  (numbers) => {
    const list = numbers.map((at, place) => ({ at, place }))
    const before = [...list]
    const sorted = inOrder(list, byNumber)
    expect(sorted).toEqual([...before].sort(byNumber))
    expect(list).toEqual(before)
    expect(sorted === list).toBe(JSON.stringify(sorted) === JSON.stringify(before))
  },
)
