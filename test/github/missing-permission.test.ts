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

const API = new URL('https://api.github.com')
const INTEGRATION = 'Resource not accessible by integration'
const ISSUES = { classic: 'repo', app: { level: 'repository', name: 'issues', access: 'write' } }

it.each([
  ['pull_requests=write', 'permissions: { pull-requests: write }'],
  ['organization_secrets=write; issues=write,contents=read', 'permissions: { issues: write, contents: read }'],
])('a workflow’s token gets %s by a key of its job', (accepted, key) => {
  const headers = { 'x-accepted-github-permissions': accepted }
  const { reason, hint } = missingPermission({ from: 'GITHUB_TOKEN', base: API, headers, said: INTEGRATION })
  expect(reason).toContain('that of a workflow, and lacks the permission ')
  expect(hint).toBe(`Give its job \`${key}\`.`)
  const hidden = missingPermission({ from: 'GITHUB_TOKEN', base: API, headers, said: 'Not Found' })
  expect(hidden.hint).toBe(`If it is a workflow's token, give its job \`${key}\`; else add it to the token.`)
})

it('a server that names no permission leaves it to the documentation', () => {
  const denied = { from: 'GITHUB_TOKEN', base: API, headers: {}, said: INTEGRATION, needed: ISSUES }
  expect(missingPermission(denied).hint).toBe('Give its job `permissions: { issues: write }`.')
})

it('what no job can give is not asked of one', () => {
  const headers = { 'x-accepted-github-permissions': 'organization_secrets=write' }
  const { reason, hint } = missingPermission({ from: 'GITHUB_TOKEN', base: API, headers, said: INTEGRATION })
  expect(reason).toContain('which may not administer Actions')
  expect(hint).toBe('Give one that may in OCTOFORM_TOKEN.')
})

it.each([
  [{ 'x-accepted-github-permissions': 'issues=write' }, INTEGRATION],
  [{}, 'Not Found'],
])('an App gets it in its settings, and approved: %j', (headers, said) => {
  const { reason, hint } = missingPermission({ from: 'OCTOFORM_APP_ID', base: API, headers, said, needed: ISSUES })
  expect(reason).toContain('issues: write')
  expect(hint).toBe("Add it in the App's settings, under Permissions; then have an owner approve it.")
})

it('a scope that holds the wanted one is enough', () => {
  const headers = { 'x-oauth-scopes': 'admin:org', 'x-accepted-oauth-scopes': 'read:org' }
  expect(missingPermission({ from: 'GH_TOKEN', base: API, headers, said: 'no' }).reason).toContain('are enough')
})

it('an App that GitHub does not admit is told to make way for a token', () => {
  const needed = { ...ISSUES, admitsApps: false }
  const denied = { base: API, headers: {}, said: INTEGRATION, needed }
  const { reason, hint } = missingPermission({ ...denied, from: 'OCTOFORM_APP_ID' })
  expect(reason).toBe('The GitHub App may not do this, whatever it was granted')
  expect(hint).toContain('GitHub admits no App to it: use a token of a person, in OCTOFORM_TOKEN')
  expect(missingPermission({ ...denied, from: 'OCTOFORM_TOKEN' }).reason).not.toContain('App may not')
})
