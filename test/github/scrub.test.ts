import { describe, expect, it } from 'vitest'
import { openScrubber } from '../../src/github/scrub.ts'

function scrubber(token: string): (text: string) => string {
  const opened = openScrubber()
  opened.learn(token)
  return opened.scrubForeign
}

const TOKEN = 'plain-token-of-forty-characters-00000001'

describe('a scrubber', () => {
  it.each([
    ['the token', `a ${TOKEN} b`, 'a *** b'],
    ['the token in base64', `a ${Buffer.from(TOKEN).toString('base64')}`, /^a \*\*\*.{0,4}$/],
    ['a classic token', 'x ghp_0123456789abcdef y', 'x *** y'],
    ['an installation token', 'x ghs_aaaa.bbbb-cccc_dddd y', 'x *** y'],
    ['a fine-grained token', 'x github_pat_0123456789abcdef y', 'x *** y'],
    ['an old installation token', `x v1.${'0a'.repeat(20)} y`, 'x *** y'],
    ['an App signing in', 'x eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOjExfQabc.c2lnbmF0dXJlLW9m y', 'x *** y'],
    ['a private key', 'x -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- y', 'x *** y'],
    ['a private key that is cut off', 'x -----BEGIN PRIVATE KEY-----\\nMIIE', 'x ***'],
    ['a header', 'authorization: Bearer abcdefghijklmnopqrstuvwxyz', 'authorization: Bearer ***'],
    [
      'a user in a URL',
      'to https://me:pw@x.test/a and http://me@x.test',
      'to https://***@x.test/a and http://***@x.test',
    ],
    ['a terminal’s commands', 'a\u001b[31mb\u0007\u009bc', 'a [31mb  c'],
  ])('takes out %s', (_, text, expected) => {
    const clean = scrubber(TOKEN)(text)
    if (typeof expected === 'string') expect(clean).toBe(expected)
    else expect(clean).toMatch(expected)
  })

  it.each([
    'Requires Basic authentication. The token lacks permissions.',
    'The token from OCTOFORM_TOKEN',
    'secrets/GH_TOKEN and a@b.test\n\tv1.2.3',
    'https://x.test/a@b',
  ])('leaves %j', (text) => {
    expect(scrubber(TOKEN)(text)).toBe(text)
    expect(scrubber('')(text)).toBe(text)
  })

  it('takes out every token that it ever learnt', () => {
    const scrub = openScrubber()
    for (const token of ['first-token-0001', 'second-token-0002']) scrub.learn(token)
    expect(scrub.scrub('first-token-0001, second-token-0002')).toBe('***, ***')
  })
})
