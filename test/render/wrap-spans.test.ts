import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { paintLines, type Span, span } from '../../src/render/paint.ts'
import { wrapSpans } from '../../src/render/wrap-spans.ts'
import { commandLines, terminalFaults } from '../support/harmless.ts'
import { HOSTILE } from '../support/hostile.ts'

function wrapped(line: readonly (string | Span)[], width: number): readonly string[] {
  const spans = line.map((each) => (typeof each === 'string' ? span(each) : each))
  return wrapSpans(spans, width, span).map((each) => each.map(({ text }) => text).join(''))
}

describe('render/wrap-spans', () => {
  it.each<[string, readonly (string | Span)[], number, readonly string[]]>([
    ['a line that fits', ['  ~ a  b: c'], 20, ['  ~ a  b: c']],
    ['at words, hanging', ['  one two three four five six'], 22, ['  one two three four', '      five six']],
    [
      'an address stays whole',
      ['to repos/acme/service-payments-backend/permissions now'],
      30,
      ['to repos/acme/service-payments-backend/permissions', '    now'],
    ],
    [
      'a name with blanks stays whole',
      ['members are left: "old machines of 2019", b'],
      30,
      ['members are left:', '    "old machines of 2019", b'],
    ],
    [
      'a name with blanks that no line has room for is broken at them',
      ['left: "old machines of the year 2019 and before", b'],
      24,
      ['left: "old machines of', '    the year 2019 and', '    before", b'],
    ],
    [
      'a sign stays with its word',
      ['  ~ orgs/acme  x: read → write and more of it'],
      24,
      ['  ~ orgs/acme  x: read', '      → write and more', '      of it'],
    ],
    [
      'a remark begins with its sign',
      ['  - orgs/acme/secrets/OLD', span('  # absent in the YAML, a.yaml:9:7', 'dim')],
      30,
      ['  - orgs/acme/secrets/OLD', '      # absent in the YAML,', '      a.yaml:9:7'],
    ],
    [
      'a word of two spans',
      ['access for one ', span('PUBLIC', 'public'), ', and others'],
      22,
      ['access for one PUBLIC,', '    and others'],
    ],
    [
      'a command stays whole',
      ['go past: ', { ...span('octoform apply --allow deletions=12'), keeps: 'together' }],
      24,
      ['go past:', '    octoform apply --allow deletions=12'],
    ],
    ['letters of two columns', ['組織 組織 組織 組織 組織 組織'], 20, ['組織 組織 組織 組織', '    組織 組織']],
    ['no room to hang', [`${' '.repeat(12)}one two three`], 22, [`${' '.repeat(12)}one two`, `${' '.repeat(12)}three`]],
    ['a terminal too narrow', ['one two three four five'], 10, ['one two three four five']],
  ])('%s', (_, line, width, expected) => {
    expect(wrapped(line, width)).toEqual(expected)
  })

  it('paints what has one tone at once', () => {
    const line = [span('one two three four five', 'strong'), span(' six', 'dim')]
    const [strong, dim, end] = ['\u001b[1m', '\u001b[2m', '\u001b[0m']
    expect(paintLines([line], { colour: 'ansi', width: 20 })).toBe(
      `${strong}one two three four${end}\n    ${strong}five${end}${dim} six${end}\n`,
    )
    expect(paintLines([line], { colour: 'ansi' })).toBe(`${strong}one two three four five${end}${dim} six${end}\n`)
  })

  it.each([40, 60, 80, 120])('loses no word, and is no wider than %i columns but for a word that is', (width) => {
    const text = `  ~ orgs/acme/secrets/NPM_TOKEN  repositories: + ${'web, api-of-the-shop, "old machines", '.repeat(20)}  # a.yaml:1:2`
    const lines = wrapped([text], width)
    expect(lines.length).toBeGreaterThan(1)
    expect(lines.join(' ').replaceAll(/ +/g, ' ')).toBe(text.replaceAll(/ +/g, ' '))
    for (const line of lines) if (line.trim().includes(' ')) expect(stringWidth(line)).toBeLessThanOrEqual(width)
  })

  it.each(HOSTILE)('%s stays text where it comes to the beginning of a line', (_, text) => {
    for (let width = 20; width < 60; width += 1) {
      const output = paintLines([[span(`  a name of somebody else ${text} and ${text}`)]], { colour: 'ansi', width })
      expect([...commandLines(output), ...terminalFaults(output)]).toEqual([])
    }
  })
})
