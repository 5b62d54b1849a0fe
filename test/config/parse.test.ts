// biome-ignore-all lint/suspicious/noTemplateCurlyInString: workflows write their expressions so.
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
    const message = 'with this, the configuration holds more than 1,000,000 words and signs'
    expect(problemsIn(`a:\n${'\n'.repeat(2_100_000)}`)).toEqual([expect.stringContaining(message)])
    expect(problemsIn(`a: [&b ${'b,'.repeat(450_000)}]`)).toEqual([expect.stringContaining(message)])
    expect(problemsIn(`a: [${'b,'.repeat(650_000)}]`)).toEqual([expect.stringContaining(message)])
    expect(problemsIn(`a: [${'b,'.repeat(450_000)}]`)).toEqual([])
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
    ['a: { <<: *x }', '1:10: error: an alias names no anchor above it; text that starts with `*` belongs in quotes'],
    ['a: &a [*a]', '1:8: error: an alias stands inside the anchor that it names'],
    ['a: { <<: 3 }', '1:6: error: `<<` takes a map (`*anchor`), or a list of maps'],
    ['? [a]\n: 1', '1:3: error: a key must be text'],
    ['a:\n\t- b', '2:1: error: indent with spaces, not with tabs'],
    ['a: "\\q"', '1:5: error: this escape is not known in double quotes; write the text in single quotes'],
    ['a: [b', '1:4: error: this bracket is not closed'],
  ])('%j', (text, expected) => {
    expect(problemsIn(text)).toContain(`f.yaml:${expected}`)
  })

  it('reports several at once', () => {
    expect(problemsIn('a: !x 1\nb: { c: 1, c: 2 }\nd: *nowhere')).toEqual([
      'f.yaml:1:4: error: this tag is not known; text that starts with `!` belongs in quotes',
      'f.yaml:2:12: error: `c` stands twice in the same map',
      'f.yaml:3:4: error: an alias names no anchor above it; text that starts with `*` belongs in quotes',
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

describe('one mistake is one error', () => {
  const TAG = 'this tag is not known; text that starts with `!` belongs in quotes'
  const ALIAS = 'an alias names no anchor above it; text that starts with `*` belongs in quotes'
  const BRACKET = 'this bracket does not fit the one that is open: one is missing before it, or it is one too many'
  const AFTER = '\nb: 1\nc: { d: [e, f] }\ng:\n  - h\n'

  it.each([
    ['a: { b: [web, !legacy], c: 1 }', `1:15: ${TAG}`],
    ['a: [!*, web]', `1:5: ${TAG}`],
    ['a:\n  - web\n  - !service-*\n  - api', `3:5: ${TAG}`],
    ['a: !!binary aGk=', `1:4: ${TAG}`],
    ['a: !!set { b, c }', `1:4: ${TAG}`],
    ['a: { !b : 1 }', `1:6: ${TAG}`],
    ['a: [*-legacy, web]', `1:5: ${ALIAS}`],
    ['a: { *x : 1 }', `1:6: ${ALIAS}`],
    ['a: { <<: *x, b: 1 }', `1:10: ${ALIAS}`],
    [
      'a:\n  - *\n  - web',
      '2:5: this cannot be the name of an anchor or alias; text that starts with `*` or `&` belongs in quotes',
    ],
    ['a: { b: %c }', '1:9: text cannot start with this character; put it in quotes'],
    ['a: { b: [c, d }', `1:15: ${BRACKET}`],
    ['a: { b: c } }', `1:13: ${BRACKET}`],
    ['a: [b]]', `1:7: ${BRACKET}`],
    ['a: { b: { c: d }', '1:4: this bracket is not closed'],
    ['a: { b: "c }', '1:9: this quote is not closed'],
    ["a:\n  b: 'c", '2:6: this quote is not closed'],
    ['a:\n\tb: 1\n\tc: 2', '2:1: indent with spaces, not with tabs'],
    ['a: {\n\tb: 1 }', '2:2: indent with spaces, not with tabs'],
    ['a: b: c', '1:4: a map or list cannot start here; it belongs on a line of its own'],
    ['a\nx: 1', '1:1: a key must stand on one line, with a `:` after it'],
    ['<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> b', '1:1: a merge conflict stands here: choose one side'],
    ['a: 1\n=======\na: 2\n>>>>>>> b', '2:1: a merge conflict stands here: choose one side'],
    ['a: 1\n---\nb: [\n---\nc: }', '3:1: a file holds one document; put the second one into a file of its own'],
    ['a: "b\0"', '1:6: a NUL character stands here, which no text holds'],
    ['x: &x { a: 1 }\ny: { <<: *x, <<: *x }', '2:14: `<<` stands twice in the same map: write `<<: [*a, *b]`'],
    ['y:\n  <<: { a: 1 }\n  b: 1\n  <<: { c: 1 }', '4:3: `<<` stands twice in the same map: write `<<: [*a, *b]`'],
  ])('%j', (text, expected) => {
    expect(problemsIn(`${text}${AFTER}`)).toEqual([
      expect.stringContaining(`f.yaml:${expected.replace(': ', ': error: ')}`),
    ])
  })

  it('two mistakes are two, where the first one does not change how the second is read', () => {
    expect(problemsIn('a: "\\q"\nb: [!x, web]\nc: *d\ne: { f: [g }\nh: { i: ]')).toEqual([
      expect.stringMatching(/^f\.yaml:1:5: .*escape/),
      expect.stringMatching(/^f\.yaml:2:5: .*tag/),
      expect.stringMatching(/^f\.yaml:4:12: .*bracket/),
    ])
  })
})

describe('expressions of workflows', () => {
  it.each([
    ['a: { b: ${{ secrets.X }} }\nc: 1', '1:9'],
    ['a: { b: { c: ${{ secrets.X }} }, d: [1] }', '1:14'],
    ['a: [b, ${{ x }}, c]', '1:8'],
    ['a: [b, ${{ x }}-${{ y }}, c]', '1:8'],
    ['a: ${{ x }}', '1:4'],
    ['a: b ${{ x }} c', '1:4'],
    ['a: "${{ x }}"', '1:4'],
    ["a: ['${{ format(''}}'', 1) }}', b]", '1:5'],
    ["a: [${{ format('}}', 1) }}, b]", '1:5'],
    ['a: |\n  ${{ x }}', '1:4'],
    ['${{ x }}: 1', '1:1'],
    ['a: { ${{ x }}: 1 }', '1:6'],
    ['x-a: &a ${{ x }}\nb: *a\nc: [*a]', '1:9'],
    ['x-a: &a ${{ x }}\nb: { <<: *a }', '2:6'],
    ['x-a: &a { b: ${{ x }} }\nb: { <<: *a }', '1:14'],
  ])('%j is one error', (text, place) => {
    expect(problemsIn(text)).toEqual([
      expect.stringMatching(`^f\\.yaml:${place}: error: .\\$\\{\\{ … }}. is an expression`),
    ])
  })

  it.each(['a: 1 # ${{ x }}', 'x-note: "${{ x }}"\na: 1', 'a: $x', 'a: "{{ x }}"'])('%j is none', (text) => {
    expect(problemsIn(text)).toEqual([])
  })

  it('takes time in proportion to their number', () => {
    expect(problemsIn(`a: 1\nb: "${'${{ '.repeat(100_000)}"`)).toHaveLength(1)
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
