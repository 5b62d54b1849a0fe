import { describe, expect, it } from 'vitest'
import { parseYaml } from '../../src/config/parse.ts'
import { formatDiagnostic } from '../../src/core/diagnostic.ts'

function problemsIn(text: string): readonly string[] {
  return parseYaml(text, 'f.yaml').problems.map(formatDiagnostic)
}

/** As plain data: maps have no prototype, which `toEqual` does not mind but JSON shows best. */
function dataOf(text: string): unknown {
  const { file, problems } = parseYaml(text, 'f.yaml')
  expect(problems).toEqual([])
  return JSON.parse(JSON.stringify(file?.value))
}

describe('what would take the process down', () => {
  const deep = 10_000
  const indented = Array.from({ length: 3000 }, (_, index) => `${' '.repeat(index)}a:`).join('\n')
  const forms = {
    flow: '['.repeat(deep),
    maps: '{a: '.repeat(deep),
    mixed: '[{a: '.repeat(deep),
    lists: '- '.repeat(deep),
    keys: '? '.repeat(deep),
    indented,
    closed: '['.repeat(deep) + ']'.repeat(deep),
  }

  it.each(Object.entries(forms))('%s: an error, twice in one process', (_, text) => {
    for (const _again of [1, 2]) {
      expect(problemsIn(text)).toEqual([
        expect.stringMatching(/^f\.yaml:\d+:\d+: error: nested deeper than 64 levels$/),
      ])
    }
  })

  it('takes 60 levels', () => {
    expect(problemsIn('['.repeat(60) + ']'.repeat(60))).toEqual([])
  })

  it('stops aliases that grow exponentially', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]']
    for (let index = 1; index < 30; index += 1) {
      lines.push(
        `a${index}: &a${index} [${Array(9)
          .fill(`*a${index - 1}`)
          .join(', ')}]`,
      )
    }
    expect(problemsIn(lines.join('\n'))).toEqual(['f.yaml:7:10: error: aliases expand to more than 1000000 values'])
  })

  it('stops merge keys that grow without end', () => {
    const keys = Array.from({ length: 2000 }, (_, index) => `k${index}: 1`).join(', ')
    const uses = Array.from({ length: 600 }, (_, index) => `u${index}: { <<: *a }`).join('\n')
    expect(problemsIn(`a: &a { ${keys} }\n${uses}`)).toEqual([
      expect.stringContaining('aliases expand to more than 1000000 values'),
    ])
  })

  it('counts levels through aliases', () => {
    const lines = [
      'a0: &a0 x',
      ...Array.from({ length: 70 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}]`),
    ]
    expect(problemsIn(lines.join('\n'))).toEqual(['f.yaml:65:12: error: nested deeper than 64 levels through aliases'])
  })

  it('takes an anchor with a hundred names that 500 entries share', () => {
    const names = Array.from({ length: 100 }, (_, index) => `r${index}`).join(', ')
    const uses = Array.from({ length: 500 }, (_, index) => `  S${index}: { <<: *a, mine: 1 }`)
    const value = dataOf(`x-a: &a { repositories: [${names}] }\ns:\n${uses.join('\n')}`) as { s: object }
    expect(Object.keys(value.s)).toHaveLength(500)
    expect(Object.keys((value.s as Record<string, object>).S499 ?? {})).toEqual(['repositories', 'mine'])
  })

  it('stops at more than memory could hold', () => {
    expect(problemsIn(`a:\n${'\n'.repeat(2_100_000)}`)).toEqual([
      expect.stringMatching(/^f\.yaml:\d+:1: error: the file holds too much; split it into several$/),
    ])
  })

  it('takes time in proportion to the number of keys', () => {
    const text = Array.from({ length: 30_000 }, (_, index) => `k${index}: 1`).join('\n')
    expect(Object.keys(dataOf(text) as object)).toHaveLength(30_000)
  })
})

describe('errors, each with its place', () => {
  it.each([
    ['', '1:1: error: the file holds nothing; it starts with `version: 1`'],
    ['# only a comment\n', '1:1: error: the file holds nothing; it starts with `version: 1`'],
    ['~', '1:1: error: the file holds nothing; it starts with `version: 1`'],
    ['a: 1\n---\nb: 2', '3:1: error: a file holds one document; put the second one into a file of its own'],
    ['a: [web, !legacy]', '1:10: error: this tag is not known; text that starts with `!` belongs in quotes'],
    ['a:\n  b: !secret x', '2:6: error: this tag is not known; text that starts with `!` belongs in quotes'],
    ['a: !!binary aGk=', '1:4: error: this tag is not known; text that starts with `!` belongs in quotes'],
    ['a: 1\nb: 2\na: 3', '3:1: error: `a` stands twice in the same map'],
    ['a: { b: 1, "b": 2 }', '1:12: error: `b` stands twice in the same map'],
    ['a: { <<: *x }', '1:10: error: an alias names no anchor above it'],
    ['a: &a [*a]', '1:8: error: an alias stands inside the anchor that it names'],
    ['a: { <<: 3 }', '1:6: error: `<<` takes a map (`*anchor`), or a list of maps'],
    ['? [a]\n: 1', '1:3: error: a key must be text'],
    ['a:\n\t- b', '2:1: error: indent with spaces, not with tabs'],
    ['a: "\\q"', '1:5: error: this escape is not known in double quotes; write the text in single quotes'],
    ['a: [b', '1:6: error: the indentation does not fit what stands above'],
  ])('%j', (text, expected) => {
    expect(problemsIn(text)).toContain(`f.yaml:${expected}`)
  })

  it('reports several at once', () => {
    expect(problemsIn('a: !x 1\nb: { c: 1, c: 2 }\nd: *nowhere')).toEqual([
      'f.yaml:1:4: error: this tag is not known; text that starts with `!` belongs in quotes',
      'f.yaml:2:12: error: `c` stands twice in the same map',
      'f.yaml:3:4: error: an alias names no anchor above it',
    ])
  })

  it.each([
    'a: { value: { hunter2: 1, hunter2: 2 } }',
    'a: { value: !hunter2 x }',
    'a: { value: "hunter2 }',
    'a: { value: &hunter2 *hunter2 }',
    'a:\n  value: hunter2: hunter2',
    'a: { value: %hunter2 }',
    'value:\n hunter2\n  - hunter2: [',
    '%hunter2\n---\na: 1',
  ])('never quotes the file: %j', (text) => {
    const problems = problemsIn(text)
    expect(problems).not.toEqual([])
    expect(problems.join('\n')).not.toContain('hunter2')
  })
})

describe('values', () => {
  it.each([
    ['on: yes', { on: 'yes' }],
    ['123: a\n1.0: b\n010: c\ntrue: d', { '123': 'a', '1.0': 'b', '010': 'c', true: 'd' }],
    ['%YAML 1.1\n---\non: yes', { on: 'yes' }],
    ['a: 1\nb: true\nc: ~\nd: text', { a: 1, b: true, c: null, d: 'text' }],
    ['x: &x { a: 1, b: 1 }\ny: { <<: *x, b: 2 }', { x: { a: 1, b: 1 }, y: { a: 1, b: 2 } }],
    ['y: { b: 2, <<: { a: 1, b: 1 } }', { y: { b: 2, a: 1 } }],
    [
      'x: &x { a: 1 }\nz: &z { a: 2, c: 2 }\ny: { <<: [*x, *z] }',
      { x: { a: 1 }, z: { a: 2, c: 2 }, y: { a: 1, c: 2 } },
    ],
    ['a: { "<<": 1 }', { a: { '<<': 1 } }],
    ['a: &a 1\na2: &a 2\nb: *a', { a: 1, a2: 2, b: 2 }],
  ])('%j', (text, expected) => {
    expect(dataOf(text)).toEqual(expected)
  })

  it('keeps a key __proto__ as an ordinary key', () => {
    const { file } = parseYaml('__proto__: { polluted: 1 }\na: { __proto__: 1 }', 'f.yaml')
    expect(Object.keys(file?.value ?? {})).toEqual(['__proto__', 'a'])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})

describe('places', () => {
  const { file } = parseYaml('a: &a\n  b: [1, two]\nc: { <<: *a, d: x }\ne:\n', 'f.yaml')

  it.each([
    [['a'], 1, 1],
    [['a', 'b'], 2, 3],
    [['a', 'b', 1], 2, 10],
    [['c', 'b', 1], 2, 10],
    [['c', 'd'], 3, 14],
    [['c', 'd', 'nothing', 3], 3, 14],
    [[], 1, 1],
  ])('%j', (path, line, col) => {
    expect(file?.place(path)).toEqual({ file: 'f.yaml', line, col })
  })

  it('gives the place of a value, and of a key where there is no value', () => {
    expect(file?.valuePlace(['c', 'd'])).toEqual({ file: 'f.yaml', line: 3, col: 17 })
    expect(file?.valuePlace(['e'])).toEqual({ file: 'f.yaml', line: 4, col: 1 })
  })
})
