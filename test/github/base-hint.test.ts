import { expect, it } from 'vitest'
import { aboutBase } from '../../src/github/base-hint.ts'
import { GitHubError } from '../../src/github/errors.ts'

const error = new GitHubError('GET /meta: 404.', { kind: 'forbidden', route: 'GET /meta', status: 404 })

it.each([
  ['https://github.example.com', 'https://github.example.com/api/v3'],
  ['https://github.example.com:8443/', 'https://github.example.com:8443/api/v3'],
  ['https://api.github.example.com', 'https://github.example.com/api/v3'],
])('without a path, %s is taken for an Enterprise Server of %s', (url, server) => {
  expect(aboutBase(error, { url })).toMatchObject({ hint: expect.stringContaining(`give --api-url ${server}.`) })
})

it.each(['https://api.github.com', 'https://api.acme.ghe.com', 'https://github.example.com/api/v3'])(
  'of %s nothing is said',
  (url) => expect(aboutBase(error, { url })).toBe(error),
)
