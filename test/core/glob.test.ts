import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatAddress } from '../../src/core/address.ts'
import { compileAddressGlob, compileGlob, coversGlob, isGlob, matchAny, reachesBelow } from '../../src/core/glob.ts'
import { cpuTime } from '../support/cpu-time.ts'
import { ACME } from '../support/stub-family.ts'

describe('compileGlob', () => {
  it.each([
    ['web', 'web', true],
    ['web', 'web2', false],
    ['web', 'my-web', false],
    ['WEB', 'web', true],
    ['service-*', 'service-a', true],
    ['service-*', 'service-', true],
    ['service-*', 'Service-A', true],
    ['service-*', 'a-service-', false],
    ['*', '.github', true],
    ['w?b', 'web', true],
    ['w?b', 'wb', false],
    ['w?b', 'w/b', false],
    ['a.b', 'axb', false],
    ['orgs/acme/secrets/PAY_*', 'orgs/acme/secrets/PAY_KEY', true],
    ['orgs/acme/secrets/pay_*', 'orgs/ACME/secrets/PAY_KEY', true],
    ['orgs/acme/*', 'orgs/acme/permissions', true],
    ['orgs/acme/*', 'orgs/acme/secrets/X', false],
    ['orgs/acme/**', 'orgs/acme/secrets/X', true],
    ['orgs/acme/**', 'orgs/acme2/secrets/X', false],
    ['orgs/**/X', 'orgs/acme/secrets/X', true],
    ['orgs/**/X', 'orgs/acme/secrets/AX', false],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['**', 'repos/acme/web/permissions', true],
    ['**/secrets/*', 'repos/acme/web/secrets/X', true],
    ['**/web/permissions', 'repos/acme/my-web/permissions', false],
    ['repos/acme/pay-*/**', 'repos/acme/pay-x/environments/prod/secrets/Y', true],
    ['repos/acme/pay-*/**', 'repos/acme/web/secrets/Y', false],
    ['orgs/acme**', 'orgs/acme/secrets/X', true],
    ['orgs/**X', 'orgs/acme/secrets/AX', true],
    ['orgs/***', 'orgs/acme/secrets/X', true],
    ['', 'web', false],
    ['*', '', true],
  ])('%s and %s: %s', (glob, text, expected) => {
    expect(compileGlob(glob)(text)).toBe(expected)
  })

  it.each([
    '!web',
    'a{b,c}',
    'a[bc]',
    'GPU%20(large)',
    'a(b|c)',
    'a|b',
    'a+',
    '+(a)',
    '@(a)',
    '!(a)',
    'a\\b',
    'a"b"',
    "it's",
    '(',
    ')',
    '[',
    '$a^',
    '.',
    '..',
    './a',
    'a//b',
    '~a',
    'a,b',
    '#a',
    '<a>',
  ])('takes %s for nothing but itself, in either case', (name) => {
    const matches = compileGlob(name)
    expect(matches(name)).toBe(true)
    expect(matches(name.toUpperCase())).toBe(true)
    expect(matches(name.replaceAll(/[()]/g, ''))).toBe(!/[()]/.test(name))
    expect(compileGlob('x*')(name)).toBe(false)
    expect(compileGlob(`${name}*`)(`${name}x`)).toBe(true)
    expect(['b', 'ab', 'ac', 'a', 'aa', 'ac,', 'large'].filter(matches)).toEqual([])
  })

  it('keeps case where it is told to', () => {
    expect(compileGlob('gpu-*', 'exact')('gpu-01')).toBe(true)
    expect(compileGlob('gpu-*', 'exact')('GPU-01')).toBe(false)
  })

  it('matches every name by itself, and by a star for any part of it', () => {
    const name = fc.string({ minLength: 1 }).map((text) => encodeURIComponent(text).replaceAll('*', '%2A'))
    fc.assert(
      fc.property(name, fc.nat(), fc.nat(), (text, one, other) => {
        const [start, end] = [one % (text.length + 1), other % (text.length + 1)].sort((a, b) => a - b)
        expect(compileGlob(text)(text)).toBe(true)
        expect(compileGlob(`${text.slice(0, start)}*${text.slice(end)}`)(text)).toBe(true)
        expect(compileGlob(text)(`${text}x`)).toBe(false)
      }),
    )
  })

  it('agrees with a plain search of all ways, whatever the glob', () => {
    const part = fc.constantFrom('a', 'b', '/', '*', '**', '?', '/**', '/**/', 'ab', '𝒶')
    const glob = fc.array(part, { maxLength: 14 }).map((parts) => parts.join(''))
    const text = fc.array(fc.constantFrom('a', 'b', '/', '𝒶', 'c'), { maxLength: 12 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(glob, text, (pattern, name) => {
        expect(compileGlob(pattern, 'exact')(name)).toBe(slowly(`/${pattern}`, `/${name}`))
      }),
      { numRuns: 3000 },
    )
  })

  it('matches across 32 tokens and more', () => {
    const long = 'x'.repeat(70)
    expect(compileGlob(`*${long}*/**/${long}?`)(`a${long}b/c/d/${long}e`)).toBe(true)
    expect(compileGlob(`*${long}*/**/${long}?`)(`a${long}b/c/d/${long}`)).toBe(false)
    expect(compileGlob(`${'*a'.repeat(40)}`)('a'.repeat(40))).toBe(true)
    expect(compileGlob(`${'*a'.repeat(40)}`)('a'.repeat(39))).toBe(false)
  })

  it('is no trap for a name made to be slow', () => {
    const took = cpuTime()
    expect(compileGlob(`${'a*'.repeat(12)}b`)('a'.repeat(100))).toBe(false)
    expect(compileGlob(`${'**a'.repeat(12)}b`)('a/'.repeat(60))).toBe(false)
    expect(took()).toBeLessThan(1000)
  })
})

/**
 * The meaning of globs, by recursion: `/**` before a slash or the end is nothing, or a slash with anything behind it.
 */
function slowly(glob: string, text: string): boolean {
  const [, folder] = /^\/\*\*+(\/.*|)$/s.exec(glob) ?? []
  if (folder !== undefined) {
    return slowly(folder, text) || (text.startsWith('/') && slowly(`**${folder}`, text.slice(1)))
  }
  const [letter = ''] = text
  const [stars] = /^\*+/.exec(glob) ?? []
  if (stars !== undefined) {
    const stays = text !== '' && (stars.length > 1 || letter !== '/') && slowly(glob, text.slice(letter.length))
    return stays || slowly(glob.slice(stars.length), text)
  }
  if (glob === '' || text === '') return glob === text
  const [token = ''] = glob
  const takes = token === letter || (token === '?' && letter !== '/')
  return takes && slowly(glob.slice(token.length), text.slice(letter.length))
}

describe('compileAddressGlob', () => {
  it('takes a name written plain for the percent-encoded one, as addresses have it', () => {
    expect(compileAddressGlob('orgs/acme/runner_groups/Big GPU*')('orgs/acme/runner_groups/Big%20GPU%20(2)')).toBe(true)
    expect(compileAddressGlob('orgs/acme/runner_groups/Größe')('orgs/acme/runner_groups/Gr%C3%B6%C3%9Fe')).toBe(true)
    expect(compileAddressGlob('orgs/acme/runner_groups/a%2fb')('orgs/acme/runner_groups/a%2Fb')).toBe(true)
    expect(compileAddressGlob('orgs/acme/runner_groups/a*')('orgs/acme/runner_groups/a%2Fb')).toBe(true)
  })

  it('finds the address of any name, written plain, in its middle or as a whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
        // A `?` is one letter of an address, where that of a name is three.
        const plain = name.replaceAll(/[%/?]/g, encodeURIComponent)
        expect(compileAddressGlob(`orgs/*/runner_groups/${plain}`)(formatAddress(ACME, 'runner_groups', name))).toBe(
          true,
        )
      }),
    )
  })
})

describe('coversGlob', () => {
  it.each([
    ['orgs/acme/secrets/PAY_*', 'orgs/acme/secrets/PAY_*', true],
    ['orgs/acme/secrets/PAY_*', 'orgs/acme/secrets/pay_old_?', true],
    ['orgs/acme/secrets/PAY_*', 'orgs/acme/secrets/PAY_**', true],
    ['orgs/acme/**', 'orgs/acme/secrets/*', true],
    ['orgs/*/secrets/*', 'orgs/acme/secrets/**', true],
    ['**', 'orgs/acme/secrets/*', true],
    ['orgs/acme/runner_groups/Big GPU*', 'orgs/acme/runner_groups/Big GPU (*', true],
    ['orgs/acme/secrets/PAY_??', 'orgs/acme/secrets/PAY_??', true],
    ['orgs/acme/secrets/PAY_?', 'orgs/acme/secrets/PAY_*', false],
    ['orgs/acme/secrets/PAY_?*', 'orgs/acme/secrets/PAY_*', false],
    ['orgs/acme/secrets/PAY_X', 'orgs/acme/secrets/PAY_?', false],
    ['orgs/acme/secrets/PAY_*', 'orgs/acme/secrets/PAY*', false],
    ['orgs/acme/secrets/PAY_*', 'orgs/acme/secrets/*', false],
    ['orgs/acme/secrets/*_OLD', 'orgs/acme/secrets/PAY_*', false],
    ['orgs/acme/*', 'orgs/acme/secrets/*', false],
  ])('%s covers %s: %s', (outer, inner, expected) => {
    expect(coversGlob(outer, inner)).toBe(expected)
  })

  it('is never wrong: what the inner glob matches the outer one does', () => {
    const glob = fc.array(fc.constantFrom('a', 'b', '*', '?'), { maxLength: 6 }).map((parts) => parts.join(''))
    const name = fc.array(fc.constantFrom('a', 'b'), { maxLength: 6 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(glob, glob, name, (outer, inner, text) => {
        fc.pre(coversGlob(outer, inner))
        expect(compileAddressGlob(inner)(text) && !compileAddressGlob(outer)(text)).toBe(false)
      }),
    )
  })
})

it.each([
  ['repos/acme/pay-*/**', 'repos/acme/', true],
  ['repos/acme/pay-*/**', 'repos/acme/pay-web/', true],
  ['repos/acme/pay-*/**', 'repos/acme/web/', false],
  ['repos/acme/pay-web/secrets/X', 'repos/Acme/', true],
  ['repos/acme/pay-web/secrets/X', 'orgs/acme/', false],
  ['orgs/acme', 'orgs/acme/', false],
  ['orgs/*/secrets/*', 'orgs/acme/', true],
  ['*/acme/secrets/*', 'orgs/acme/secrets/', true],
  ['**', 'orgs/acme/', true],
])('reachesBelow %s %s: %s', (glob, start, expected) => {
  expect(reachesBelow(glob, start)).toBe(expected)
})

it('matchAny matches where one glob does, and nothing without globs', () => {
  expect(['a1', 'b1', 'c1'].filter(matchAny(['a*', 'B?']))).toEqual(['a1', 'b1'])
  expect(matchAny([])('anything')).toBe(false)
})

it.each([
  ['web', false],
  ['web-*', true],
  ['w?b', true],
  ['!web', false],
  ['a[b]', false],
])('isGlob %s: %s', (text, expected) => {
  expect(isGlob(text)).toBe(expected)
})
