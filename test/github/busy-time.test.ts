import { describe, expect, it } from 'vitest'
import { openBusyTime } from '../../src/github/busy-time.ts'

describe('the time during which something goes on', () => {
  it.each<readonly [what: string, spans: readonly (readonly [number, number])[], total: number]>([
    ['nothing', [], 0],
    ['one span', [[2, 5]], 3],
    [
      'two with a pause between',
      [
        [0, 3],
        [5, 9],
      ],
      7,
    ],
    [
      'two side by side',
      [
        [0, 3],
        [0, 4],
      ],
      4,
    ],
    [
      'two that overlap',
      [
        [0, 3],
        [2, 6],
      ],
      6,
    ],
    [
      'one that covers those before, and the pause',
      [
        [1, 2],
        [4, 5],
        [0, 6],
      ],
      6,
    ],
    [
      'one that covers the latter only',
      [
        [1, 2],
        [4, 5],
        [3, 6],
      ],
      4,
    ],
    ['a hundred side by side', Array.from({ length: 100 }, () => [0, 10] as const), 10],
  ])('%s', (_, spans, total) => {
    const busy = openBusyTime()
    for (const [from, to] of spans) busy.add(from, to)
    expect(busy.total()).toBe(total)
  })
})
