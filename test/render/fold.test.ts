import { expect, it } from 'vitest'
import type { Change } from '../../src/core/plan.ts'
import { renderText } from '../../src/render/text.ts'
import { viewPlan } from '../../src/render/view.ts'
import { buildAccess, buildChange, buildPlan } from '../support/plan-builder.ts'

function rows(changes: readonly Change[]): string {
  const text = renderText(viewPlan(buildPlan(changes), 'plan'), { colour: 'plain' })
  return text.slice(0, text.indexOf('\n\n') + 1)
}

function repositories(count: number, change: (name: string, index: number) => Change): readonly Change[] {
  const names = Array.from({ length: count }, (_, index) => `repo-${String(index).padStart(3, '0')}`)
  return names.map(change)
}

const ENABLED = [{ enabled: true }, { enabled: false }] as const

it('folds 500 equal changes into one row with a count and the first names', () => {
  const changes = repositories(500, (name) => buildChange(`repos/acme/${name}/permissions`, ...ENABLED))
  expect(rows(changes)).toMatchInlineSnapshot(`
    "Changes
      ~ 500 repositories: permissions  enabled: true → false   (repos/acme/repo-000, repos/acme/repo-001, repos/acme/repo-002, … 497 more)
    "
  `)
})

it('folds from three on', () => {
  const changes = repositories(2, (name) => buildChange(`repos/acme/${name}/permissions`, ...ENABLED))
  expect(rows(changes)).toMatchInlineSnapshot(`
    "Changes
      ~ repos/acme/repo-000/permissions  enabled: true → false
      ~ repos/acme/repo-001/permissions  enabled: true → false
    "
  `)
})

it('folds members of one scope that differ only in their key', () => {
  const changes = ['A', 'B', 'C', 'D'].map((key) =>
    buildChange(`orgs/acme/secrets/${key}`, null, { visibility: 'all' }),
  )
  expect(rows(changes)).toMatchInlineSnapshot(`
    "Changes
      + 4 members of orgs/acme/secrets  visibility: all   (A, B, C, … 1 more)
    "
  `)
})

it('folds deletes and values put again', () => {
  const changes = [
    ...['A', 'B', 'C'].map((key) => buildChange(`orgs/acme/secrets/${key}`, { visibility: 'all' }, null)),
    ...repositories(3, (name) =>
      buildChange(
        `repos/acme/${name}/secrets/QUEUE`,
        { value: 'env:QUEUE' },
        { value: 'env:QUEUE' },
        { value: 'rotate' },
      ),
    ),
  ]
  const text = renderText(viewPlan(buildPlan(changes), 'plan'), { colour: 'plain' })
  expect(text).toMatchInlineSnapshot(`
    "Values written over
      ! 3 repositories: secrets/QUEUE  value: env:QUEUE, will be re-sent   (repos/acme/repo-000, repos/acme/repo-001, repos/acme/repo-002)

    Taken away
      - 3 members of orgs/acme/secrets  visibility: all   (A, B, C)

    Applying takes 6 requests to api.github.com.
    Digest: d1ge57
    Plan: 0 to add, 3 to change, 3 to delete.
    "
  `)
})

it('counts the places in the YAML when they differ', () => {
  const changes = repositories(3, (name, index) =>
    buildChange(`repos/acme/${name}/permissions`, ...ENABLED, {
      reason: 'enabled differs',
      source: { file: 'octoform.yaml', line: 10 + index, col: 3 },
    }),
  )
  expect(rows(changes)).toMatchInlineSnapshot(`
    "Changes
      ~ 3 repositories: permissions  enabled: true → false   (repos/acme/repo-000, repos/acme/repo-001, repos/acme/repo-002)  # octoform.yaml:10:3 and 2 other places
    "
  `)
})

it('folds repositories that gain access each to its own setting, public ones first', () => {
  const changes = repositories(12, (name, index) =>
    buildChange(
      `repos/acme/${name}/permissions`,
      { enabled: false },
      { enabled: true },
      {
        access: { gains: buildAccess('matched', index === 11 ? `${name}:public` : name), loses: [] },
      },
    ),
  )
  expect(rows(changes)).toMatchInlineSnapshot(`
    "Gains access through a pattern
      ~ 12 repositories: permissions  enabled: false → true   (repos/acme/repo-000, repos/acme/repo-001, repos/acme/repo-002, … 9 more)
          access for 12 repositories, 1 of them PUBLIC: repo-011 (PUBLIC), repo-000, repo-001, repo-002, repo-003, repo-004, repo-005, repo-006, repo-007, repo-008, … 2 more
    "
  `)
  expect(rows(changes.slice(-1))).toMatchInlineSnapshot(`
    "Gains access through a pattern
      ~ repos/acme/repo-011/permissions  enabled: false → true
          access for the repository itself, which is PUBLIC
    "
  `)
})

it.each([
  ['another new value', { after: { enabled: true, allowed_actions: 'all' } }],
  ['another reason', { reason: 'asked for by --rotate' }],
  ['another consequence', { consequences: [{ message: 'runner gpu-01 moves', widens: false }] }],
  ['another note', { notes: ['shared'] }],
  ['somebody else who loses access', { access: { gains: [], loses: buildAccess('named', 'another') } }],
])('does not fold what differs: %s', (_, difference) => {
  const equal = repositories(3, (name) => buildChange(`repos/acme/${name}/permissions`, ...ENABLED))
  const other: Change = { ...buildChange('repos/acme/repo-zzz/permissions', ...ENABLED), ...difference }
  const text = renderText(viewPlan(buildPlan([...equal, other]), 'plan'), { colour: 'plain' })
  expect(text).toContain('~ 3 repositories: permissions')
  expect(text).toContain('~ repos/acme/repo-zzz/permissions')
})

it('folds sections that are left alone and equal diagnostics', () => {
  const source = { file: 'octoform.yaml', line: 4, col: 5 }
  const names = ['web', 'api', 'docs']
  const plan = buildPlan([], {
    left_alone: names.map((name) => ({ section: `repos/acme/${name}/secrets`, members: 2, fields: 0 })),
    diagnostics: names.map((name) => ({
      severity: 'warning',
      message: 'not on GitHub and has no value here',
      source,
      address: `repos/acme/${name}/secrets/X`,
    })),
    not_read: names.map((name) => ({ scope: `repos/acme/${name}`, reason: '403 Forbidden' })),
  })
  expect(renderText(viewPlan(plan, 'plan'), { colour: 'plain' })).toMatchInlineSnapshot(`
    "Could not be read
      3 places: 403 Forbidden (repos/acme/web, repos/acme/api, repos/acme/docs)

    Warnings
      octoform.yaml:4:5: warning: not on GitHub and has no value here (repos/acme/web/secrets/X, repos/acme/api/secrets/X, repos/acme/docs/secrets/X)

    Left alone, because the configuration does not mention it (--verbose names it)
      3 repositories of acme: 6 members

    No changes.
    "
  `)
})

it('folds what stands in environments beside what stands in their repositories', () => {
  const changes = repositories(3, (name) => buildChange(`repos/acme/${name}/permissions`, ...ENABLED))
  const below = repositories(3, (name) => buildChange(`repos/acme/${name}/environments/prod/secrets/A%2FB`, null, {}))
  const environments = repositories(3, (name) => buildChange(`repos/acme/${name}/environments/prod`, null, {}))
  expect(rows([...changes, ...below, ...environments])).toMatchInlineSnapshot(`
    "Changes
      + 3 repositories: environments/prod   (repos/acme/repo-000, repos/acme/repo-001, repos/acme/repo-002)
      + 3 environments: secrets/A%2FB   (repos/acme/repo-000/environments/prod, repos/acme/repo-001/environments/prod, repos/acme/repo-002/environments/prod)
      ~ 3 repositories: permissions  enabled: true → false   (repos/acme/repo-000, repos/acme/repo-001, repos/acme/repo-002)
    "
  `)
})
