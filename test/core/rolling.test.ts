import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseUnits, isPart, rollingWords, type Unit, unitKey } from '../../src/core/rolling.ts'

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
const needs = (least: number): string => `needs ${least}`
const unitsOf = (reads: readonly number[]): Unit[] =>
  reads.map((each, index) => ({ id: `5001/${1001 + index}`, reads: each, scopes: 1 + (index % 2) }))
const choose = (units: readonly Unit[], budget: number, day: number, listed?: ReadonlySet<string>) =>
  chooseUnits({ units, budget, day, listed, hash }, needs)

describe('the part of a day', () => {
  it('is everything where that fits', () => {
    const { chosen, rolling } = choose(unitsOf([3, 4]), 7, 20_000)
    expect([...chosen]).toEqual(['5001/1001', '5001/1002'])
    expect(rolling).toEqual({ read: 3, of: 3, part: 0, parts: 1 })
    expect(isPart(rolling)).toBe(false)
  })

  it('never takes more than the budget, and a full round reads each unit exactly once', () => {
    const shapes = fc.record({
      reads: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 30, maxLength: 300 }),
      share: fc.integer({ min: 3, max: 8 }),
      first: fc.integer({ min: 0, max: 40_000 }),
    })
    fc.assert(
      fc.property(shapes, ({ reads, share, first }) => {
        const units = unitsOf(reads)
        const budget = 20 + Math.ceil(reads.reduce((sum, each) => sum + each, 0) / share)
        const { parts } = choose(units, budget, first).rolling
        const days = Array.from({ length: parts }, (_, day) => choose(units, budget, first + day))
        const cost = (ids: ReadonlySet<string>): number =>
          units.reduce((sum, { id, reads: each }) => sum + (ids.has(id) ? each : 0), 0)
        expect(days.every(({ chosen }) => cost(chosen) <= budget)).toBe(true)
        expect(days.flatMap(({ chosen }) => [...chosen]).sort()).toEqual(units.map(({ id }) => id).sort())
        expect(days.map(({ rolling }) => rolling.part).sort((a, b) => a - b)).toEqual([...days.keys()])
      }),
      { numRuns: 40 },
    )
  })

  it('goes by ids: the order of the units makes no difference', () => {
    const units = unitsOf(Array.from({ length: 60 }, () => 2))
    const [one, other] = [choose(units, 40, 3), choose(units.toReversed(), 40, 3)]
    expect([...one.chosen].sort()).toEqual([...other.chosen].sort())
  })

  it('takes what an issue lists beside it, while there is room', () => {
    const units = unitsOf(Array.from({ length: 100 }, () => 1))
    const part = choose(units, 50, 7, new Set()).chosen
    const others = units.filter(({ id }) => !part.has(id)).map(({ id }) => id)
    const listed = new Set(others.slice(0, 5).map((id) => unitKey(id, hash)))
    const { chosen, rolling } = choose(units, 50, 7, listed)
    expect([...chosen].filter((id) => !part.has(id))).toEqual(others.slice(0, 5))
    expect(rolling.read).toBeGreaterThan(part.size)
    const all = choose(units, 50, 7, new Set(others.map((id) => unitKey(id, hash)))).chosen
    expect(all.size).toBe(50)
  })

  it('is refused where even a single unit does not fit', () => {
    expect(() => choose(unitsOf([80, 1, 1]), 50, 1)).toThrow('needs 80')
    expect(() => choose(unitsOf([2, 2]), 0, 1)).toThrow('needs 2')
  })

  it('is told in words', () => {
    expect(rollingWords({ read: 1312, of: 3800, part: 1, parts: 3 })).toBe(
      '1,312 of 3,800 scopes; a full round takes about 3 days',
    )
  })
})
