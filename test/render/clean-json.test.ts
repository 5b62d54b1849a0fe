import { expect, it } from 'vitest'
import { cleanJson } from '../../src/render/clean-json.ts'

const clean = (text: string): string => text.replaceAll('planted', '***')

it.each<[string, string]>([
  ['one long text', 'x'.repeat(9_000_000)],
  ['one of many lines', 'a line of a name\n'.repeat(2_000_000)],
  ['one of nothing but what JSON escapes', '"\\'.repeat(2_000_000)],
])('cleans %s', (_, text) => {
  const cleaned = JSON.parse(cleanJson(JSON.stringify({ names: [text, 'planted'] }), clean)) as { names: string[] }
  expect(cleaned.names[1]).toBe('***')
  expect(cleaned.names[0] === text).toBe(true)
})

it.each([
  ['{"a\\"planted":"x"}', '{"a\\"***":"x"}'],
  ['{"planted":"planted"}', '{"planted":"***"}'],
  ['["\\\\planted\\n","{planted}",{"ids":{"planted":1}}]', '["\\\\***\\n","{***}",{"ids":{"***":1}}]'],
])('cleans %s', (json, expected) => {
  expect(cleanJson(json, clean)).toBe(expected)
})
