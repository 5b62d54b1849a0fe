import { expect, it } from 'vitest'
import { missingPermission } from '../../src/github/missing-permission.ts'

it.each([
  ['https://api.github.com', 'gh auth refresh -s admin:org'],
  ['https://github.example.com/api/v3', 'gh auth refresh -h github.example.com -s admin:org'],
  ['https://api.acme.ghe.com', 'gh auth refresh -h acme.ghe.com -s admin:org'],
])('a scope for %s is got by %s', (base, command) => {
  const headers = { 'x-oauth-scopes': 'repo', 'x-accepted-oauth-scopes': 'admin:org' }
  const { hint } = missingPermission({ from: 'GH_TOKEN', base: new URL(base), headers, said: 'Not Found' })
  expect(hint).toBe(`Add it to the token; of the gh command: ${command}.`)
})

it.each([
  [undefined, {}],
  [{ classic: null, app: null }, {}],
])('nothing is made up where nothing is known: %j', (needed, expected) => {
  const base = new URL('https://api.github.com')
  expect(missingPermission({ from: 'GH_TOKEN', base, headers: {}, said: 'Not Found', needed })).toEqual(expected)
})
