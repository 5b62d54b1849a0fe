import { expect, it } from 'vitest'
import { parseDuration } from '../../src/run/duration.ts'

it.each<[string, number | undefined]>([
  ['0', 0],
  ['0s', 0],
  ['90s', 90_000],
  ['10m', 600_000],
  ['1h', 3_600_000],
  ['120h', 432_000_000],
  ['121h', undefined],
  ['90', undefined],
  ['-1s', undefined],
  ['1e3s', undefined],
  ['1h30m', undefined],
  [' 1s', undefined],
  ['', undefined],
])('%j is %s ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms)
})
