import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Composer, type ParsedNode } from 'yaml'
import { isSpent, startLexemes } from '../../src/config/lexemes.ts'
import { parseSimply } from '../../src/config/parse-simply.ts'
import { readSimpleYaml } from '../../src/config/simple-yaml.ts'
import { readTokens } from '../../src/config/tokens.ts'
import { plantTree } from '../../src/config/tree.ts'
import { realConfiguration } from '../costs/real.ts'

/** All that is known of a text by the parser of the library; undefined where anything is wrong with it. */
function parsed(text: string) {
  const lexemes = startLexemes()
  const { tokens, lines, stopped } = readTokens(text, lexemes)
  const composer = new Composer<ParsedNode>({ schema: 'core', resolveKnownTags: false, uniqueKeys: false })
  const [document, second] = composer.compose(tokens, true, text.length)
  if (stopped !== undefined || document === undefined || second !== undefined) return undefined
  const problems: string[] = [...document.errors, ...document.warnings].map(({ code }) => code)
  const tree = plantTree(document.contents, text, (_, message) => problems.push(message))
  return problems.length > 0 ? undefined : { tree, lexemes, lines: lines.starts }
}

/** The same as {@link readSimpleYaml} gives it. */
function simple(text: string) {
  const lexemes = startLexemes()
  const read = readSimpleYaml(text, lexemes)
  return read && 'tree' in read ? { tree: read.tree, lexemes, lines: read.lines.starts } : undefined
}

const FILES: readonly string[] = [
  realConfiguration(20, 12),
  '# all of it\nversion: 1\n\norganizations:\n  acme: # ours\n    secrets: {}\n    empty:\n    list:\n    - a\n    - "b"\n    more:\n      - c\n',
  'a:\n  - b: 1\n    c: { d: [e, \'f\', "g h"], i: true }\n  -   j: ~\n    # between\n  - k\nl: [ ]\nm: a#b\n',
  'a: [\n    b, # c\n\n    { d: e,\n      f: [1, 007] },\n]\ng: http://h:80/i\nj: 1.2.3\nk: 2fa\n',
  '  \n# c\na:\n# d\n  b:\n      c: d e  \n      f: Null\n \n  g: FALSE   # h',
]

describe('simple YAML', () => {
  it.each(FILES.map((text) => [text.length, text] as const))('is read as the parser reads it: %i signs', (_, text) => {
    expect(simple(text)).toBeDefined()
    expect(simple(text)).toEqual(parsed(text))
  })

  it.each([
    ['nothing', ''],
    ['a list or a text alone', '- a\n', 'a\n'],
    ['several documents', '---\na: b\n', 'a: b\n...\n'],
    ['text over several lines', 'a: b\n  c\n', 'a: "b\n  c"\n', 'a: [b\n c]\n', 'a: |\n  b\n', 'a: >\n  b\n'],
    ['anchors, aliases, merges and tags', 'a: &b c\n', 'a: *b\n', '<<: { a: b }\n', 'a: !!str b\n'],
    ['escapes', 'a: "b\\n"\n', "a: 'b''c'\n"],
    ['keys of another form', '? a\n: b\n', '[a]: b\n', 'a : b\n', 'a: { b }\n', '"a":b\n', `${'a'.repeat(1025)}: b\n`],
    ['numbers of a rare form', 'a: 0x1f\n', 'a: 1e3\n', 'a: .inf\n', 'a: +1\n', 'a: 1.5\n', 'a: 12345678901234567\n'],
    ['tabs, other ends of lines, NUL, a mark', 'a:\tb\n', 'a: b\r\n', 'a: \0\n', '\uFEFFa: b\n'],
    ['expressions of workflows', `a: $${'{{ b }}'}\n`],
    ['a key that stands twice', 'a: b\na: c\n', 'a: { b: c, b: d }\n'],
    ['wrong indentation', 'a:\n  b: c\n d: e\n', ' a: b\nc: d\n', 'a: [\nb]\n', 'a:\n  - b\n c: d\n'],
    ['wrong brackets and quotes', 'a: [b\n', 'a: [b}\n', 'a: b]\nc: [d]]\n', 'a: "b\n', 'a: "b"c\n', 'a: [b]#c\n'],
    ['deep nesting', `a: ${'['.repeat(30)}${']'.repeat(30)}\n`, `a:\n${'- '.repeat(30)}b\n`],
  ])('leaves %s to the parser', (_, ...texts) => {
    for (const text of texts) expect({ text, read: simple(text) }).toEqual({ text, read: undefined })
  })

  it('is left to the parser once no more lines may be read, and no limit is touched by it', () => {
    const lexemes = { weight: 9, lines: 0 }
    expect(readSimpleYaml('a: b\n', lexemes)).toBeUndefined()
    expect(lexemes).toEqual({ weight: 9, lines: 0 })
  })

  it.each(['a: b\n', 'a: [b, c, d]\n', 'a:\n  - b\n  - c: "d\n'])(
    'tells of too many words where they are: %j',
    (text) => {
      const lexemes = { weight: 4, lines: 9 }
      expect(readSimpleYaml(text, lexemes)).toMatchObject({ over: expect.any(Number) })
      expect(isSpent(lexemes)).toBe(true)
    },
  )

  it('counts a third of what the parser counts', () => {
    const text = `a: [${'b,'.repeat(400)}]\n`
    const [simply, wholly] = [startLexemes(), startLexemes()]
    expect(parseSimply(text, 'f.yaml', simply)?.problems).toEqual([])
    readTokens(text, wholly)
    const all = startLexemes().weight
    expect(all - simply.weight).toBe(Math.ceil((all - wholly.weight) / 3))
  })

  it.each([
    ['a list in brackets', `a: [${'b,'.repeat(2_000_000)}]\n`],
    ['lists in brackets', `a: [${'[],'.repeat(1_000_000)}]\n`],
    ['maps in brackets', `a: [${'{b: c},'.repeat(1_000_000)}]\n`],
  ])('of %s, no more is read than the parser reads', (_, text) => {
    const started = process.memoryUsage().heapUsed
    expect(readSimpleYaml(text, { weight: 1000, lines: 10 })).toMatchObject({ over: expect.any(Number) })
    expect(process.memoryUsage().heapUsed - started).toBeLessThan(20_000_000)
  })

  it('is never read otherwise than by the parser', { timeout: 60_000 }, () => {
    const piece = fc.constantFrom(
      ...' |  |\n|\n  |# c\n| #|: |:|- |-|,|, |[|]|{|}|"|\'|a|1|~|.|...|a: b\n|  - c\n|[d, e]|{ f: g }|"h"|é|\\|?|!x|&y|*z|%|0x|null'.split(
        '|',
      ),
    )
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(3), piece), { maxLength: 4 })
    let read = 0
    const property = fc.property(fc.constantFrom(...FILES.slice(1)), edits, (file, changes) => {
      let text = file
      for (const [place, length, inserted] of changes) {
        const at = place % (text.length + 1)
        text = text.slice(0, at) + inserted + text.slice(at + length)
      }
      const found = simple(text)
      if (found === undefined) return
      read += 1
      expect(found).toEqual(parsed(text))
    })
    fc.assert(property, { numRuns: 2000 })
    expect(read).toBeGreaterThan(400)
  })
})
