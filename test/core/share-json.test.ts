import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type SharedJson, shareJson } from '../../src/core/share-json.ts'
import { unshareJson } from '../../src/core/unshare-json.ts'

const MOST = 1_000_000

/** As it is after it was in a file. */
function returned(value: unknown): unknown {
  return unshareJson(JSON.parse(JSON.stringify(shareJson(value))) as SharedJson, MOST)
}

const NAMES = Array.from({ length: 900 }, (_, index) => `acme/repository-${index}`)

describe('a document whose equal parts stand once', () => {
  it.each<[string, unknown]>([
    ['scalars', [1, 1, true, true, null, null, '', '']],
    ['nothing', {}],
    ['lists of lists', [[], [], [[]], [[]], {}, {}]],
    ['texts', ['a long text, twice', 'a long text, twice', 'short', 'short']],
    [
      'objects',
      [
        { a: NAMES[0], b: [NAMES[1]] },
        { b: [NAMES[1]], a: NAMES[0] },
      ],
    ],
    ['numbers that look like texts', [1, '1', [1], ['1'], { 1: 1 }, { 1: '1' }]],
    [
      'objects that look like references',
      [{ '=': 0 }, { '=': 0 }, { '[]': '0-1' }, { '"': { '=': 1 } }, { '"': 1 }, { '=': { '[]': 1 } }],
    ],
    [
      'objects with many entries',
      [0, 1, 0].map((more) =>
        Object.fromEntries(NAMES.slice(more, 40).map((name, at) => [name, at > 20 ? more : [at]])),
      ),
    ],
    ['names of objects’ own', [JSON.parse('{"__proto__": 1}'), { constructor: 2 }, { constructor: 2 }]],
    [
      'lists that share all or some',
      [NAMES, NAMES.slice(100, 300), [...NAMES.slice(5, 9), 'only here', 7], NAMES.toReversed()],
    ],
  ])('comes back as it was: %s', (_, value) => {
    expect(returned(value)).toEqual(value)
  })

  it('comes back as it was, whatever it is', () => {
    const value = fc.jsonValue({ maxDepth: 5, stringUnit: fc.constantFrom('=', '[', ']', '"', 'a', '0', '-', ',') })
    fc.assert(
      fc.property(fc.array(value), (each) => {
        // JSON has no negative zero.
        const twice = JSON.parse(JSON.stringify([each, each]))
        expect(returned(twice)).toEqual(twice)
      }),
      { numRuns: 300 },
    )
  })

  it('has the same form whatever the order of keys', () => {
    const one = { a: { x: 1, y: NAMES }, b: NAMES }
    expect(shareJson({ b: NAMES, a: { y: NAMES, x: 1 } })).toEqual(shareJson(one))
  })

  it('takes a few bytes for each time that a name stands in a list', () => {
    const lists = Array.from({ length: 200 }, (_, index) => NAMES.filter((_name, at) => at % 7 !== index % 7))
    expect(JSON.stringify(lists).length).toBeGreaterThan(3_000_000)
    expect(JSON.stringify(shareJson(lists)).length).toBeLessThan(60_000)
  })

  it('gives equal parts as one value', () => {
    const [left, right] = returned([{ names: NAMES }, { names: [...NAMES] }]) as [object, object]
    expect(left).toBe(right)
  })
})

describe('a document that nobody wrote so', () => {
  it.each<[string, SharedJson]>([
    ['a part that is not there', { shared: [], root: { '=': 0 } }],
    ['a part of itself', { shared: [{ '=': 0 }], root: null }],
    ['a later part', { shared: [{ '=': 1 }, 'x'], root: null }],
    ['parts past the end', { shared: ['x', 'y'], root: { '[]': '0-5' } }],
    ['an endless range', { shared: ['x'], root: { '[]': '0-999999999' } }],
    ['a list that is none', { shared: ['x'], root: { '[]': 'all' } }],
    ['an entry that is none', { shared: [['x']], root: { '{}': '0' } }],
    ['a number that is none', { shared: ['x'], root: { '=': '0' } }],
    [
      'what grows without end',
      {
        shared: Array.from({ length: 40 }, (_, at) => (at === 0 ? NAMES : [{ '=': at - 1 }, { '=': at - 1 }])),
        root: { '=': 39 },
      },
    ],
  ])('is refused: %s', (_, document) => {
    expect(() => unshareJson(document, MOST)).toThrow(RangeError)
  })
})
