import { describe, expect, it } from 'vitest'
import { formatMarker } from '../../src/render/marker.ts'
import { logFaults, markdownFaults, pageFaults, terminalFaults } from './harmless.ts'

describe('the checks find', () => {
  it.each([
    'a\u001b[31m',
    'a\u009b',
    '\u202e',
    '\u2066',
    'a\u200bb',
    '\ufeff',
    'a\rb',
    'a\tb',
    '\u2028',
    'x\u{e0041}',
    'x\ud800',
  ])('%j at a terminal', (text) => {
    expect(terminalFaults(`fine\n${text}\n`)).toHaveLength(1)
  })

  it.each([
    '::error::x',
    '  ::add-mask::x',
    '\u200d::error::x',
    'x\r::error::y',
    'x ##[error]y',
    '::error title=octoform%3A Configuration::a%0A::b',
    '::error title=other::a',
    '::add-mask title=octoform%3A Configuration::a',
    '::error file=a:b,title=octoform%3A Configuration::a',
  ])('%j in a log', (line) => {
    expect(logFaults({ stdout: '', stderr: `fine\n${line}\n` })).not.toEqual([])
    expect(logFaults({ stdout: `${line}\n`, stderr: '' })).not.toEqual([])
  })

  it.each([
    'pwned',
    '<b>',
    '@team',
    'see #1',
    'https://x.example',
    'www.x.example',
    '```text\n```\n@team\n```\n```',
    '`a` ` @team',
    `${formatMarker({ kind: 'plan', host: 'h', owner: 'o', configuration: 'c' })}\n<!-- x -->`,
  ])('%j in markdown', (markdown) => {
    expect(markdownFaults(markdown)).not.toEqual([])
  })

  it.each([
    '<img src=x>',
    '<p onclick="x">',
    '<a href="javascript:x">x</a>',
    '<a href="https://pwned.example/">x</a>',
    '<p id="pwned">x</p>',
    '<p title="a"b">x</p>',
    '<script>x</script>',
    '<!-- x -->',
    '<iframe>',
    'a < b',
    '<style>pwned</style>',
  ])('%j in a page', (markup) => {
    expect(pageFaults(`<!doctype html>\n<html><body>${markup}<script>ours</script></body></html>\n`)).not.toEqual([])
  })
})

describe('the checks let pass', () => {
  it('our own annotations, on stderr', () => {
    const own = '::error file=a%3Ab,line=3,col=1,title=octoform%3A Gives access::100%25 ::x\n'
    expect(logFaults({ stdout: 'fine\n', stderr: own })).toEqual([])
    expect(logFaults({ stdout: own, stderr: '' })).toHaveLength(1)
  })

  it('code, and our own words and links', () => {
    const link = '[run](<https://github.example.com/acme/admin/actions/runs/1?%3Cb%3E>)'
    expect(
      markdownFaults(`**Plan** \`@pwned/team <b>\` ${link}\n\n\`\`\`\`diff\n\`\`\`\n<b>pwned\n\`\`\`\`\n`),
    ).toEqual([])
  })

  it('text that is escaped', () => {
    const text = '<p title="&lt;pwned&gt;">&lt;b&gt;pwned</p>'
    expect(pageFaults(`<!doctype html>\n<html><body>${text}<script>a < b</script></body></html>\n`)).toEqual([])
  })
})
