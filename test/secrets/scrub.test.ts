import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeScrubber } from '../../src/secrets/scrub.ts'
import { cpuTime } from '../support/cpu-time.ts'

const VALUE = 'p/a"s\\s?wörd+1'
const PEM = '-----BEGIN KEY-----\nMIIEvQIBADANBg\n  kqhkiG9w0BAQEF\n-----END KEY-----'

function scrub(values: readonly string[], text: string): string {
  const scrubber = makeScrubber()
  for (const value of values) scrubber.add(value)
  return scrubber.scrub(text)
}

describe('forms of a value', () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  it.each([
    ['raw', `a ${VALUE} b`, 'a *** b'],
    ['twice', `${VALUE},${VALUE}`, '***,***'],
    ['in JSON', JSON.stringify({ value: VALUE }), '{"value":"***"}'],
    ['in JSON in JSON', JSON.stringify(JSON.stringify({ value: VALUE })), '"{\\"value\\":\\"***\\"}"'],
    ['in a URL', `https://h/?q=${encodeURIComponent(VALUE)}&x`, 'https://h/?q=***&x'],
    ['base64', `=${base64(VALUE)};`, '=***;'],
    ['base64 without padding', `=${base64(VALUE).replaceAll('=', '')};`, '=***;'],
    ['base64url', `=${Buffer.from(VALUE).toString('base64url')};`, '=***;'],
  ])('%s', (_form, text, clean) => {
    expect(scrub([VALUE], text)).toBe(clean)
  })

  const SPECIAL = `<p a="1">&'/ö😀`
  const html = SPECIAL.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
  const named = SPECIAL.replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
  const hexed = SPECIAL.replace(/[&<>"'ö]/g, (letter) => `&#x${letter.charCodeAt(0).toString(16).toUpperCase()};`)
  const unicode = SPECIAL.replace(/[^ a-z]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  it.each([
    ['HTML-escaped by number', html],
    ['HTML-escaped by name', named],
    ['HTML-escaped by hexadecimal number', hexed],
    ['HTML-escaped, the emoji too', named.replace('😀', '&#128512;')],
    ['in part escaped', named.replace('&lt;', '<')],
    ['as \\uXXXX', unicode],
    ['as \\uXXXX in upper case', unicode.replaceAll('003c', '003C')],
    ['HTML-escaped in JSON', JSON.stringify(named).slice(1, -1)],
    ['HTML-escaped, then \\uXXXX', named.replaceAll('&', '\\u0026')],
    [
      'as \\uXXXX, HTML-escaped',
      JSON.stringify(SPECIAL).slice(1, -1).replaceAll('"', '&quot;').replaceAll('<', '&lt;'),
    ],
  ])('%s', (_form, text) => {
    expect(scrub([SPECIAL], `before &amp; ${text} \\u0041fter`)).toBe('before &amp; *** \\u0041fter')
  })

  const MIXED = 'a:b, c%d|ö /€\u00a0x\u001by'
  it.each([
    ['in a command of the runner', MIXED.replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll(',', '%2C')],
    ['as encodeURI has it', encodeURI(MIXED)],
    ['URL-encoded in lower case', encodeURIComponent(MIXED).replace(/%../g, (code) => code.toLowerCase())],
    ['as a report shows it', MIXED.replace('\u00a0', '\\u{a0}').replace('\u001b', '\\u{1b}')],
    ['as what a server said is kept', MIXED.replace('\u001b', ' ')],
    ['broken behind a comma', MIXED.replace(', ', ',\n        ')],
    ['broken in a diff', MIXED.replace(', ', ',\n+       ')],
    ['broken in a diff, and escaped', encodeURI(MIXED).replace(',%20', ',\n+       ')],
    ['in hexadecimal', Buffer.from(MIXED).toString('hex')],
    ['in upper-case hexadecimal', Buffer.from(MIXED).toString('hex').toUpperCase()],
  ])('%s', (_form, text) => {
    expect(scrub([MIXED], `at 100%25: ${text}; after`)).toBe('at 100%25: ***; after')
  })

  it('broken where two blanks part it', () => {
    expect(scrub(['left  right'], 'a left\n        right b')).toBe('a *** b')
  })

  it.each([
    ['by a report', 'x correct-horse …', 'x *** …'],
    ['by another', 'x correct-horse-batt… y', 'x ***… y'],
    ['by a server', 'x correct-ho...', 'x ***...'],
    ['not at all', 'correct-horse', 'correct-horse'],
    ['so early that it tells nothing', 'x correct…', 'x correct…'],
  ])('cut short %s', (_form, text, clean) => {
    expect(scrub(['correct-horse-battery'], text)).toBe(clean)
  })

  it('a form-encoded space', () => {
    expect(scrub(['two words'], new URLSearchParams({ q: 'two words' }).toString())).toBe('q=***')
  })

  it.each(['u', 'us', 'use'])('a part of the base64 of a longer text that begins with %j', (before) => {
    const value = 'correct-horse-battery'
    const clean = scrub([value], base64(`${before}${value}\n and more`))
    expect(clean).toContain('***')
    // The rest may hold bits of the value's first and last byte, and nothing between them.
    expect(Buffer.from(clean.split('***')[0] ?? '', 'base64').length).toBeLessThanOrEqual(before.length + 1)
    expect(Buffer.from(clean.split('***')[1] ?? '', 'base64').toString('latin1')).not.toContain('tery')
  })

  it('each line of a value', () => {
    expect(scrub([PEM], 'error near "kqhkiG9w0BAQEF" of MIIEvQIBADANBg')).toBe('error near "***" of ***')
    expect(scrub([PEM], JSON.stringify(PEM))).toBe('"***"')
    expect(scrub(['first\r\nsecond\r\n'], 'second')).toBe('***')
  })
})

describe('several values', () => {
  it.each([
    [['hunter', 'hunter2'], 'x hunter2 hunter', 'x *** ***'],
    [['hunter2', 'hunter'], 'x hunter2', 'x ***'],
    [['abcdef', 'defghi'], 'abcdefghi', '***'],
    [['abcdefgh', 'cdef'], '-abcdefgh-', '-***-'],
    [['****'], '****', '***'],
  ])('%j in %j', (values, text, clean) => {
    expect(scrub(values, text)).toBe(clean)
  })

  it('leaves text alone that holds none, and everything without values', () => {
    expect(scrub([VALUE], 'Plan: 1 to add, 2 to change, 0 to delete.')).toBe(
      'Plan: 1 to add, 2 to change, 0 to delete.',
    )
    expect(scrub([], VALUE)).toBe(VALUE)
  })

  it('leaves values of fewer than four characters, which would take the output apart', () => {
    expect(scrub(['1', 'to', 'add'], 'Plan: 1 to add')).toBe('Plan: 1 to add')
    expect(scrub(['ä1x'], Buffer.from('ä1x').toString('base64'))).not.toContain('***')
  })
})

it('never leaves a value in any text around it', () => {
  const value = fc.string({ unit: 'grapheme', minLength: 4, maxLength: 40 }).filter((text) => !'***'.includes(text))
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 5 }), fc.string(), fc.string(), (values, before, after) => {
      const scrubber = makeScrubber()
      for (const each of values) scrubber.add(each)
      for (const each of values) {
        // A gap's stars may happen to be part of the value itself.
        const encoded = Buffer.from(each).toString('base64')
        for (const form of [each, encoded, JSON.stringify(each)]) {
          const clean = scrubber.scrub(`${before}${form}${after}`)
          if (!each.includes('*')) expect(clean).not.toContain(each)
          expect(clean).not.toContain(encoded)
        }
      }
    }),
  )
})

it('takes one pass over a long text, however many values there are', () => {
  const scrubber = makeScrubber()
  for (let index = 0; index < 2000; index += 1) scrubber.add(`value-number-${index}-of-many`)
  const text = 'orgs/acme/secrets/NPM_TOKEN '.repeat(40_000)
  const took = cpuTime()
  expect(scrubber.scrub(`${text}value-number-1999-of-many`)).toBe(`${text}***`)
  expect(took()).toBeLessThan(5_000)
})
