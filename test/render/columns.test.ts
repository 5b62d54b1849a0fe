import { readdirSync, readFileSync } from 'node:fs'
import stringWidth from 'string-width'
import { expect, it } from 'vitest'
import { columnsOf, firstColumns } from '../../src/render/columns.ts'

it.each([
  '',
  '  ~ orgs/acme/secrets/NPM_TOKEN  visibility: private → all',
  'größer, … «и» ελ',
  'e\u0301 a\u0308 עברית العربية',
  '組織のシークレット',
  '한국어 조직',
  'ＦＵＬＬ ｗｉｄｔｈ',
  '🚀 ✅ 🔴 ⚪ 𠀀',
  'ไทย',
])('%s takes as many columns as string-width says', (text) => {
  expect(columnsOf(text)).toBe(stringWidth(text))
})

it.each([
  ['writing orgs/acme', 7, 'writing'],
  ['writing', 20, 'writing'],
  ['組織の', 5, '組織'],
  ['e\u0301a', 1, 'e\u0301'],
  ['🚀🚀', 3, '🚀'],
  ['a', 0, ''],
  ['a', -1, ''],
])('%s in %i columns is %s', (text, most, expected) => {
  expect(firstColumns(text, most)).toBe(expected)
})

it('tables alone load string-width: it costs every command that prints text as much as --help takes', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  const loading = files.filter((name) => readFileSync(`src/${name}`, 'utf8').includes("from 'string-width'"))
  expect(loading).toEqual(['render/table.ts'])
})
