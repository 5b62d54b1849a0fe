import { describe, expect, it } from 'vitest'
import { GIVEN, type Given, HAPPENED, type Happened, namesWorld } from '../support/names-world.ts'

const GIVENS = Object.keys(GIVEN) as Given[]

/** The expected exit code of a second apply, by event and by the old or the present name in the YAML. */
const ENDS: readonly (readonly [Happened, 'old' | 'new', number])[] = [
  ['renamed', 'old', 0],
  ['renamed', 'new', 0],
  ['swapped', 'old', 2],
  ['swapped', 'new', 0],
  ['renamed and name reused', 'old', 2],
  ['renamed and name reused', 'new', 0],
  ['deleted', 'old', 0],
  ['transferred', 'old', 2],
  ['made anew', 'old', 2],
]

const CELLS = GIVENS.flatMap((given) => ENDS.map(([happened, yaml, code]) => ({ given, happened, yaml, code })))

describe('a repository that has its access by name', () => {
  it.each(CELLS)('$given: $happened, YAML $yaml: exit $code, and nothing is written', async (cell) => {
    const world = await namesWorld(GIVEN[cell.given]('web'))
    const first = await world.apply()
    expect(first).toMatchObject({ code: 0 })
    expect(first.writes.length).toBeGreaterThan(0)
    const before = [101, 102, 103].map(world.has)
    const { now, by } = HAPPENED[cell.happened]
    await by(world)
    const after = [101, 102, 103, 1000].map(world.has)
    if (now !== undefined) expect(after.slice(0, 3)).toEqual(before)
    if (cell.yaml === 'new' && now !== undefined) await world.place.write('octoform.yaml', GIVEN[cell.given](now))
    const second = await world.apply()
    expect({ code: second.code, writes: second.writes }).toEqual({ code: cell.code, writes: [] })
    expect([101, 102, 103, 1000].map(world.has)).toEqual(after)
    // Between two runs nothing is forgotten: the third finds the same as the second.
    const third = await world.apply()
    expect({ code: third.code, writes: third.writes }).toEqual({ code: cell.code, writes: [] })
    expect([101, 102, 103, 1000].map(world.has)).toEqual(after)
  })
})
