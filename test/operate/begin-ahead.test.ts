import { describe, expect, it } from 'vitest'
import { beginAhead } from '../../src/operate/begin-ahead.ts'

async function through(
  count: number,
  width: { readonly first: number; readonly most: number },
  after = Number.POSITIVE_INFINITY,
): Promise<{ readonly given: readonly number[]; readonly ahead: readonly number[] }> {
  const items = Array.from({ length: count }, (_, index) => index)
  let begun = 0
  const given: number[] = []
  const ahead: number[] = []
  const begin = async (item: number): Promise<number> => {
    begun += 1
    return item
  }
  for await (const work of beginAhead(items, begin, width)) {
    ahead.push(begun - given.length)
    given.push(await work.begun)
    if (given.length === after) break
  }
  return { given, ahead }
}

describe('works that begin ahead', () => {
  it('are given in their order, so many begun and not given yet', async () => {
    const { given, ahead } = await through(9, { first: 4, most: 4 })
    expect(given).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
    expect(ahead).toEqual([4, 4, 4, 4, 4, 4, 3, 2, 1])
  })

  it('are few where the first may be enough, and more with each that was not', async () => {
    expect((await through(20, { first: 1, most: 5 })).ahead.slice(0, 6)).toEqual([1, 2, 4, 5, 5, 5])
    expect((await through(20, { first: 1, most: 5 }, 1)).ahead).toEqual([1])
  })

  it('fail in their turn, and not before', async () => {
    const begin = async (item: number): Promise<number> => {
      if (item > 0) throw new Error(`${item}`)
      return item
    }
    const seen: string[] = []
    for await (const { begun } of beginAhead([0, 1, 2], begin, { first: 3, most: 3 })) {
      seen.push(await begun.then(String, (error: Error) => `failed ${error.message}`))
    }
    expect(seen).toEqual(['0', 'failed 1', 'failed 2'])
  })

  it('are none where there are none', async () => {
    expect((await through(0, { first: 3, most: 3 })).given).toEqual([])
  })
})
