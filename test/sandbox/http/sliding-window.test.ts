import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openWindow } from '../../../src/sandbox/http/sliding-window.ts'

describe('a window that slides', () => {
  it('is the sum of what was added less than its length ago', () => {
    const steps = fc.array(
      fc.record({ after: fc.integer({ min: 0, max: 40 }), cost: fc.integer({ min: 1, max: 5 }) }),
      {
        maxLength: 3000,
      },
    )
    fc.assert(
      fc.property(steps, (given) => {
        const window = openWindow(100)
        const added: { at: number; cost: number }[] = []
        let now = 0
        let most = 0
        for (const { after, cost } of given) {
          now += after
          added.push({ at: now, cost })
          window.add(now, cost)
          const counted = added.filter(({ at }) => at > now - 100)
          const sum = counted.reduce((total, each) => total + each.cost, 0)
          most = Math.max(most, sum)
          if (window.sum(now) !== sum || window.oldest(now) !== counted[0]?.at) return false
        }
        return window.most() === most && window.sum(now + 100) === 0 && window.oldest(now + 100) === undefined
      }),
      { numRuns: 30 },
    )
  })

  it('forgets nothing that counts, however much there was', () => {
    const window = openWindow(10)
    for (let now = 0; now < 5000; now += 1) window.add(now, 1)
    expect([window.sum(4999), window.oldest(4999), window.most()]).toEqual([10, 4990, 10])
  })
})
