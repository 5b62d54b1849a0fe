import { expect, it } from 'vitest'
import { holdsScope, scopesIn, writingScopes } from '../../src/github/scopes.ts'

it.each([
  [['admin:org'], 'read:org', true],
  [['write:org'], 'read:org', true],
  [['write:org'], 'admin:org', false],
  [['repo'], 'public_repo', true],
  [['public_repo'], 'repo', false],
  [['admin:enterprise'], 'manage_runners:enterprise', true],
  [['codespace'], 'codespace:secrets', true],
  [['codespace:secrets'], 'codespace', false],
  [['gist', 'repo'], 'repo', true],
  [[], 'repo', false],
] as const)('%j holds %s: %j', (held, wanted, expected) => {
  expect(holdsScope(held, wanted)).toBe(expected)
})

it.each([
  [undefined, []],
  ['', []],
  [' admin:org , repo,', ['admin:org', 'repo']],
] as const)('the header %j has %j', (header, expected) => {
  expect(scopesIn(header)).toEqual(expected)
})

it('those that write are told from those that read', () => {
  const held = ['admin:org', 'write:org', 'read:org', 'repo', 'public_repo', 'gist', 'read:enterprise']
  expect(writingScopes(held)).toEqual(['admin:org', 'write:org', 'repo'])
})
