import { describe, expect, it } from 'vitest'
import { code, details, fenced, fencedLine, link, tableRow } from '../../src/render/markdown-text.ts'
import { wrap } from '../../src/render/wrap.ts'
import { renderGfm } from '../support/gfm.ts'

describe('markdown', () => {
  it.each([
    ['web', '`web`'],
    ['a`b', '``a`b``'],
    ['`a', '`` `a ``'],
    ['``', '``` `` ```'],
    [' a ', '`  a  `'],
    ['', '`  `'],
    ['@org/team', '`@org/team`'],
    ['a\nb', '`a\\nb`'],
    ['a\u202eb', '`a\\u{202e}b`'],
  ])('writes %j as code: %s', (text, expected) => {
    expect(code(text)).toBe(expected)
  })

  it('fences with more backticks than there are inside', () => {
    expect(fenced(['a'], 'text')).toBe('```text\na\n```')
    expect(fenced(['a ```` b', '```'], 'diff')).toBe('`````diff\na ```` b\n```\n`````')
  })

  it.each([
    ['::error::x', '\\u{3a}:error::x'],
    ['x\ny', 'x\\ny'],
    ['##[error]', '#\\u{23}[error]'],
  ])('writes the line %j as %s', (text, expected) => {
    expect(fencedLine(text)).toBe(expected)
  })

  it.each([
    [undefined, 'words'],
    ['javascript:alert(1)', 'words'],
    ['nothing', 'words'],
    ['https://github.com/a/b/actions/runs/1', '[words](<https://github.com/a/b/actions/runs/1>)'],
    ['https://x/>) <b>`', '[words](<https://x/%3E)%20%3Cb%3E%60>)'],
  ])('links to %j', (url, expected) => {
    expect(link('words', url)).toBe(expected)
  })

  it('leaves blank lines in a fold, without which markdown in it is none', () => {
    expect(details('Words', '```text\nx\n```')).toBe(
      '<details>\n<summary>Words</summary>\n\n```text\nx\n```\n\n</details>',
    )
  })
})

describe('a long line', () => {
  const names = Array.from({ length: 40 }, (_, index) => `name-${index}`)

  it('breaks behind commas and loses nothing', () => {
    const lines = wrap(`    in: ${names.join(', ')}`, '        ')
    expect(lines.length).toBeGreaterThan(2)
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(110)
    for (const line of lines.slice(1)) expect(line).toMatch(/^ {8}name/)
    expect(lines.map((line) => line.trim()).join(' ')).toBe(`in: ${names.join(', ')}`)
  })

  it('stays whole where there is nothing to break at', () => {
    const text = 'x'.repeat(500)
    expect(wrap(text, '  ')).toEqual([text])
    expect(wrap('short, text', '  ')).toEqual(['short, text'])
  })
})

describe('a row of a table', () => {
  it('has as many cells as it was given, also where a text has a bar', () => {
    expect(tableRow(['names a|b', '', '7'])).toBe('| `names a\\|b` |  | `7` |')
    expect(tableRow(['a\\|b'])).toBe('| `a\\`<wbr>`\\|b` |')
    expect(renderGfm(`${tableRow(['a\\|b', '\\\\|'])}\n|---|---|`)).toContain(
      '<th><code>a\\</code><wbr><code>|b</code></th>',
    )
  })
})
