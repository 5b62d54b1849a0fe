import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Document, getPath, isDocument, type Json, sameJson, withPath } from '../../src/core/json.ts'

describe('getPath', () => {
  const document = { a: { b: { c: 1 } }, list: [{ b: 1 }], none: null, off: false, empty: '' }

  it.each<[string, Json | undefined]>([
    ['a', { b: { c: 1 } }],
    ['a.b.c', 1],
    ['none', null],
    ['off', false],
    ['empty', ''],
    ['a.x', undefined],
    ['x.y.z', undefined],
    ['none.x', undefined],
    ['off.x', undefined],
    ['list.0', undefined],
    ['list.length', undefined],
    ['empty.length', undefined],
    ['constructor', undefined],
    ['__proto__', undefined],
    ['a.toString', undefined],
    ['', undefined],
  ])('%j', (path, expected) => {
    expect(getPath(document, path)).toEqual(expected)
  })

  it('finds what a document itself calls __proto__', () => {
    expect(getPath(JSON.parse('{"__proto__": {"x": 1}}'), '__proto__.x')).toBe(1)
  })
})

describe('withPath', () => {
  it.each<[Document, string, Json | undefined, Document]>([
    [{}, 'a', 1, { a: 1 }],
    [{}, 'a.b', [], { a: { b: [] } }],
    [{ a: 1 }, 'a', false, { a: false }],
    [{ a: { b: 1, c: 2 } }, 'a.b', undefined, { a: { c: 2 } }],
    [{ a: { b: 1 }, d: 4 }, 'a.b', undefined, { d: 4 }],
    [{ a: 1 }, 'x.y', undefined, { a: 1 }],
    [{ a: 'text' }, 'a.b', 1, { a: { b: 1 } }],
  ])('%j with %s = %j', (document, path, value, expected) => {
    const before = structuredClone(document)
    expect(withPath(document, path, value)).toEqual(expected)
    expect(document).toEqual(before)
  })

  it('is what getPath finds', () => {
    const key = fc.constantFrom('a', 'b', 'c')
    const path = fc.array(key, { minLength: 1, maxLength: 3 }).map((steps) => steps.join('.'))
    const tree = fc.letrec<{ node: Document }>((tie) => ({
      node: fc.dictionary(key, fc.oneof({ depthSize: 'small' }, fc.integer(), tie('node')), { maxKeys: 3 }),
    })).node
    fc.assert(
      fc.property(tree, path, fc.jsonValue(), (document, at, value) => {
        expect(getPath(withPath(document, at, value as Json), at)).toEqual(value)
        expect(getPath(withPath(document, at, undefined), at)).toBeUndefined()
      }),
    )
  })
})

describe('sameJson', () => {
  it.each<[Json | undefined, Json | undefined, boolean]>([
    [undefined, undefined, true],
    [undefined, null, false],
    [null, {}, false],
    [[], {}, false],
    [[], undefined, false],
    [false, undefined, false],
    ['1', 1, false],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [{ a: 1 }, { b: 1 }, false],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [['a', 'b'], ['b', 'a'], false],
    [['a'], ['a', 'a'], false],
    [{ a: [{ b: null }] }, { a: [{ b: null }] }, true],
  ])('%j and %j: %s', (left, right, expected) => {
    expect(sameJson(left, right)).toBe(expected)
    expect(sameJson(right, left)).toBe(expected)
  })

  it('takes nothing that a document only inherits for its own', () => {
    expect(sameJson(JSON.parse('{"__proto__": {}}'), { a: {} })).toBe(false)
    expect(sameJson({ a: {} }, JSON.parse('{"__proto__": {}}'))).toBe(false)
    expect(sameJson(JSON.parse('{"__proto__": {}}'), JSON.parse('{"__proto__": {}}'))).toBe(true)
  })

  it('holds of any value and its copy, and agrees with a comparison of sorted text', () => {
    const sortedText = (value: unknown): string =>
      JSON.stringify(value, (_, inner) => (isDocument(inner) ? Object.entries(inner).sort() : inner))
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }), (left, right) => {
        expect(sameJson(left as Json, JSON.parse(JSON.stringify(left)))).toBe(true)
        if (sameJson(left as Json, right as Json)) expect(sortedText(left)).toBe(sortedText(right))
      }),
    )
  })
})
