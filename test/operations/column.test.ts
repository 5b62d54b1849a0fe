import { describe, expect, it } from 'vitest'
import { age, bytes, type Column, field, length, took } from '../../src/operations/column.ts'

const NOW = Date.parse('2026-11-30T12:00:00Z')

describe('a column', () => {
  it.each<[string, Column, unknown, string]>([
    ['a field', field('X', 'a.b'), { a: { b: 7 } }, '7'],
    ['names of a list', field('X', 'labels'), { labels: [{ name: 'a' }, { login: 'b' }, 'c'] }, 'a, b, c'],
    ['what is missing', field('X', 'a.b'), { a: null }, ''],
    ['an age', age('X', 'at'), { at: '2026-11-30T09:59:00Z' }, '2h'],
    ['bytes', bytes('X', 'n'), { n: 1_234_567 }, '1.2 MB'],
    [
      'the time between',
      took('X', 'from', 'to'),
      { from: '2026-11-30T10:00:00Z', to: '2026-11-30T10:01:20Z' },
      '1m 20s',
    ],
    ['the time until now', took('X', 'from', 'to'), { from: '2026-11-30T10:00:00Z', to: null }, '2h'],
    ['no time before the beginning', took('X', 'from', 'to'), { from: null }, ''],
    ['a length', length('X', 'ms'), { ms: 90_061_000 }, '1d 1h'],
    ['a length below a second', length('X', 'ms'), { ms: 0 }, '0s'],
  ])('shows %s', (_, column, item, text) => {
    expect(column.value(item, NOW)).toBe(text)
  })
})
