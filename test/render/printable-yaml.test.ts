import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { printableYaml } from '../../src/render/printable-yaml.ts'
import { commandLines, terminalFaults } from '../support/harmless.ts'
import { TEXTS } from '../support/hostile-world.ts'

it.each([
  ...TEXTS,
  '',
  ' ',
  '<<',
  'true',
  '12',
  'null',
  '~',
  '- x',
  '# x',
  'x: y',
  '\\',
  "'",
  '"',
  '\ud800',
  '👩\u200d💻',
])('%j stands on its lines, shows all that is in it, and parses to the same', (text) => {
  const data = { [text]: { list: [text, text], nested: { [`x${text}`]: text } } }
  const yaml = printableYaml(data)
  expect([...terminalFaults(yaml), ...commandLines(yaml)]).toEqual([])
  expect(parse(yaml)).toEqual(data)
  expect(yaml.trimEnd().split('\n')).toHaveLength(6)
})

it.each(['web', 'größer 🚀', 'docker/*', 'a b'])('%s needs no quotes', (text) => {
  expect(printableYaml({ [text]: [text] })).toBe(`${text}:\n  - ${text}\n`)
})

it('ends a map with its comment, on one line where it is empty, and changes no text', () => {
  const data = { a: { text: 'x:\n {}\n # b', empty: {}, full: { k: 1 } }, b: {} }
  const yaml = printableYaml(data, (path) => (path.length === 2 ? `of ${path.join(' ')}` : undefined))
  expect(yaml).toBe(
    'a:\n  text: "x:\\n {}\\n # b"\n  empty: {} # of a empty\n  full:\n    k: 1\n    # of a full\nb: {}\n',
  )
  expect(parse(yaml)).toEqual(data)
})
