import { describe, expect, it } from 'vitest'
import { SetupError } from '../../src/core/setup-error.ts'
import { apiBase, contradiction } from '../../src/github/base-url.ts'

const refused = { env: {}, insecureHttp: 'refused' } as const

describe('apiBase', () => {
  it.each([
    ['the default', undefined, undefined, 'https://api.github.com', 'api.github.com', 'the default'],
    ['an empty variable', undefined, '', 'https://api.github.com', 'api.github.com', 'the default'],
    ['the variable', undefined, 'https://x.test/api/v3', 'https://x.test/api/v3', 'x.test/api/v3', 'GITHUB_API_URL'],
    ['the flag first', 'https://a.test', 'https://b.test', 'https://a.test', 'a.test', '--api-url'],
    [
      'another port',
      'https://x.test:8443/api/v3',
      undefined,
      'https://x.test:8443/api/v3',
      'x.test:8443/api/v3',
      '--api-url',
    ],
    [
      'case, port 443, slashes',
      'https://X.Test:443/api/v3//',
      undefined,
      'https://x.test/api/v3',
      'x.test/api/v3',
      '--api-url',
    ],
  ])('%s', (_, flag, variable, url, host, from) => {
    expect(apiBase({ flag, env: { GITHUB_API_URL: variable }, insecureHttp: 'refused' })).toEqual({ url, host, from })
  })

  it.each(['http://127.0.0.1:4010/api/v3', 'http://localhost:80', 'http://[::1]:8080', 'http://127.8.9.1'])(
    'takes clear text to this machine: %s',
    (flag) => {
      expect(apiBase({ ...refused, flag }).from).toBe('--api-url')
    },
  )

  it.each([
    'http://github.example.com/api/v3',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'http://127.example.com',
    'http://10.0.0.1',
    'http://0.0.0.0:80',
    'http://evil.localhost',
  ])('refuses clear text elsewhere: %s', (flag) => {
    expect(() => apiBase({ ...refused, flag })).toThrow(SetupError)
    expect(() => apiBase({ ...refused, flag })).toThrow(/clear text.*--insecure-http/)
    expect(apiBase({ ...refused, flag, insecureHttp: 'allowed' }).url).toBe(flag.replace(':80', ''))
  })

  it.each([
    ['', 'not a URL'],
    ['github.example.com/api/v3', 'not a URL'],
    ['localhost:8080', 'not an https URL'],
    ['ftp://x.test', 'not an https URL'],
    ['https://x.test/?a=b', 'a query'],
    ['https://x.test/#a', 'a fragment'],
    ['https://github.com', 'https://api.github.com'],
  ])('refuses %j', (flag, says) => {
    expect(() => apiBase({ ...refused, flag })).toThrow(SetupError)
    expect(() => apiBase({ ...refused, flag })).toThrow(says)
  })

  it('refuses credentials in the URL without printing them', () => {
    for (const flag of ['https://me:planted@x.test', 'https://planted@x.test']) {
      expect(() => apiBase({ ...refused, flag })).toThrow(/^(?!.*planted).*password in it/)
    }
  })
})

describe('contradiction', () => {
  const api = { url: 'https://api.github.com', from: 'the default' }
  const source = { file: 'octoform.yaml', line: 2, col: 11 }

  it.each(['https://api.github.com', 'https://API.github.com:443/', undefined])('there is none with %s', (api_url) => {
    expect(contradiction(api, { api_url, source })).toBeUndefined()
  })

  it('names the place, both URLs and the flag', () => {
    expect(contradiction(api, { api_url: 'https://x.test/api/v3', source })).toBe(
      'octoform.yaml:2:11: github.api_url is https://x.test/api/v3, but requests would go to https://api.github.com ' +
        '(the default). The configuration never decides where credentials are sent: if it is right, run with ' +
        '--api-url https://x.test/api/v3; otherwise correct it.',
    )
  })

  it.each(['http://api.github.com', 'https://api.github.com/api/v3', 'https://api.github.com:8443', 'none', ''])(
    '%j is another',
    (api_url) => {
      expect(contradiction(api, { api_url })).toContain('--api-url')
    },
  )

  it('prints no password', () => {
    expect(contradiction(api, { api_url: 'https://me:planted@x.test' })).not.toContain('planted')
  })
})
