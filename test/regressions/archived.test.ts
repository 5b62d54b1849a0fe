import { expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const seed = {
  organizations: {
    acme: {
      repositories: {
        'svc-a': {},
        'svc-old': { archived: true, secrets: { X: { value: 'x' }, GONE: { value: 'x' }, STAYS: { value: 'x' } } },
      },
      secrets: { S: { visibility: 'selected', value: 'x' } },
    },
  },
}

const yaml = (organization: string, old: string): Record<string, string> => ({
  'octoform.yaml': `version: 1
organizations:
  acme:
    secrets: { S: { visibility: selected, repositories: ${organization} } }
    repositories: { svc-old: { ${old} } }
`,
})
const SETTINGS = 'permissions: { enabled: false }, secrets: { STAYS: {}, X: { value: { env: T } } }'

it('settings and members of an archived repository are left alone, and named in one line', async () => {
  const sandbox = await watchedSandbox({ seed })
  const place = await workplace(sandbox, yaml('[]', SETTINGS), { T: 'planted-new' })
  const plan = await place.run(['plan', '--detailed-exitcode'])
  expect(plan.code).toBe(0)
  expect(plan.stdout).toContain('  archived: 3 addresses left alone (repos/acme/svc-old/permissions, ')
  expect(plan.stdout.endsWith('No changes.\n')).toBe(true)
  expect(await place.run(['drift'])).toMatchObject({ code: 0 })
  expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
  expect(sandbox.writes()).toEqual([])
  expect((await place.plan()).archived).toHaveLength(3)
})

it.each([
  ['a new one', 'secrets: { NEW: { value: { env: T } } }', [], 'value'],
  ['one that --rotate asks for', 'secrets: { X: { value: { env: T } } }', ['--rotate', '**/X'], 'value'],
  ['one that should be gone', 'secrets: { GONE: absent }', [], null],
])('a value that is due, and what should be gone, is held back: %s', async (_, old, flags, field) => {
  const sandbox = await watchedSandbox({ seed })
  const place = await workplace(sandbox, yaml('[]', old), { T: 'planted-new' })
  const { held_back, changes } = await place.plan(flags)
  expect(changes).toEqual([])
  expect(held_back).toMatchObject([{ field, reason: expect.stringContaining('the repository is archived') }])
  for (const [command, code] of [
    [['plan'], 0] as const,
    [['drift'], 2] as const,
    [['apply', '--auto-approve'], 2] as const,
  ])
    expect(await place.run([...command, ...flags])).toMatchObject({ code })
  expect(sandbox.writes()).toEqual([])
})

it('prune deletes nothing there', async () => {
  const sandbox = await watchedSandbox({ seed })
  const place = await workplace(sandbox, yaml('[]', 'secrets: {}, prune: ["secrets/*"]'))
  expect(await place.run(['plan', '--detailed-exitcode'])).toMatchObject({ code: 0 })
})

it.each([
  ['["svc-*"]', ['svc-a']],
  ['[svc-old, svc-a]', ['svc-a', 'svc-old']],
  ['[{ name: "svc-*", archived: true }]', ['svc-old']],
  ['[{ name: "svc-*" }]', ['svc-a']],
  ['[{ name: svc-old }]', ['svc-old']],
])('its place in a list of the organization is no write to it: %s', async (list, repositories) => {
  const sandbox = await watchedSandbox({ seed })
  const place = await workplace(sandbox, yaml(list, 'secrets: {}'))
  expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
  expect((await place.plan()).changes).toEqual([])
  expect(sandbox.state()).toMatchObject({ organizations: { acme: { secrets: { S: { repositories } } } } })
})

it('an archived repository refuses every write but to be brought back or deleted', async () => {
  const sandbox = await watchedSandbox({ seed })
  const repo = '/repos/acme/svc-old'
  const calls = [
    ['PUT', `${repo}/actions/permissions`, { enabled: true, allowed_actions: 'all' }, 403],
    ['DELETE', `${repo}/actions/secrets/X`, undefined, 403],
    ['PATCH', repo, { description: 'x' }, 403],
    ['GET', `${repo}/actions/permissions`, undefined, 200],
    ['PATCH', repo, { archived: false }, 200],
    ['PATCH', repo, { archived: true }, 200],
    ['DELETE', repo, undefined, 204],
  ] as const
  for (const [method, path, body, status] of calls) {
    const answer = await sandbox.call(method, path, body)
    expect([method, path, answer.status]).toEqual([method, path, status])
    if (status === 403) expect(answer.body).toMatchObject({ message: 'Repository was archived so is read-only.' })
  }
})

it('a pattern that passes one over is named by --verbose, and in the plan as JSON', async () => {
  const sandbox = await watchedSandbox({ seed })
  const place = await workplace(sandbox, yaml('["svc-*"]', 'secrets: {}'))
  const named = 'octoform.yaml:4:58: svc-* passes over 1 repository (archived) (acme/svc-old)'
  expect((await place.run(['plan'])).stdout).not.toContain('passes over')
  expect((await place.run(['plan', '--verbose'])).stdout).toContain(`Left out\n  ${named}\n`)
  const { passed_over } = await place.plan()
  const [pattern, source] = ['svc-*', { file: 'octoform.yaml', line: 4, col: 58 }]
  expect(passed_over).toEqual([{ pattern, source, places: 1, repositories: ['acme/svc-old'] }])
})
