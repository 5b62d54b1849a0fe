import { describe, expect, it } from 'vitest'
import { problemsOf } from './load-files.ts'

/** The problems of a configuration whose first two lines are `version` and an organization; the rest is indented. */
async function inOrganization(text: string): Promise<readonly string[]> {
  const body = text.replaceAll(/^/gm, '    ')
  return (await problemsOf({ 'f.yaml': `version: 1\norganizations:\n  acme:\n${body}\n` })).map((problem) =>
    problem.replace('f.yaml:', '').replace(' error:', ''),
  )
}

const VALUE =
  '`value` takes exactly one of `{ env: NAME }`, `{ file: PATH }` and `{ sealed: { key_id, encrypted_value } }`, as ' +
  '`octoform seal` prints it; a value itself never stands here'

describe('keys that do not belong', () => {
  it.each([
    ['secret: {}', '4:5: unknown key `secret`: did you mean `secrets`?'],
    ['secrets: { A: { visibilty: all } }', '4:21: unknown key `visibilty`: did you mean `visibility`?'],
    ['secrets: { A: { repository: [web] } }', '4:21: unknown key `repository`: did you mean `repositories`?'],
    ['secrets: { A: {visibility:all} }', '4:20: unknown key `visibility…`: a blank follows the colon of a key'],
    ['permissions: allowed_actions:all', '4:18: `permissions` must be a map; a blank follows the colon of a key'],
    ['repositories: web:x', '4:19: `repositories` must be a map; a blank follows the colon of a key'],
    ['secrets: { A: { env: X } }', '4:21: unknown key `env` here: it belongs under value'],
    [
      'permissions: { patterns_allowed: [] }',
      '4:20: unknown key `patterns_allowed` here: it belongs under permissions.selected_actions',
    ],
    ['patterns_allowed: []', '4:5: unknown key `patterns_allowed` here: it belongs under permissions.selected_actions'],
    ['permissions: { enabled: true }', '4:20: unknown key `enabled` here: it belongs under repositories.*.permissions'],
    [
      'permissions: { selected_actions: { allowed_actions: all } }',
      '4:40: unknown key `allowed_actions` here: it belongs under permissions',
    ],
    ['repositories: { web: { match: {} } }', '4:28: unknown key `match` here: it belongs under repository_sets.*'],
    ['match: {}', '4:5: unknown key `match` here: it belongs under repository_sets.*'],
    ['guards: {}', '4:5: unknown key `guards` here: it belongs at the top of the file'],
    ['x-here: 1', '4:5: unknown key `x-here`: keys with `x-` stand at the top of the file only'],
    ['__proto__: {}', expect.stringMatching(/^4:5: unknown key `__proto__`; known here: permissions, secrets, /)],
    ['webhooks: {}', expect.stringMatching(/^4:5: unknown key `webhooks`; known here: permissions, /)],
    [
      'repository_sets: [{ match: { property: { tier: 1 } } }]',
      '4:34: unknown key `property`; known here: name, topic, visibility, fork, archived, team, custom_property',
    ],
    ['repositories: { web: { webhooks: {} } }', expect.stringMatching(/^4:28: unknown key `webhooks`/)],
  ])('%s', async (text, expected) => {
    expect(await inOrganization(text)).toEqual([expected])
  })

  it.each([
    ['organisations: {}', 'f.yaml:2:1: error: unknown key `organisations`: did you mean `organizations`?'],
    ['secrets: {}', 'f.yaml:2:1: error: unknown key `secrets` here: it belongs under organizations.*'],
    ['fils: {}', 'f.yaml:2:1: error: unknown key `fils`: did you mean `files`?'],
  ])('%s at the top', async (text, expected) => {
    expect(await problemsOf({ 'f.yaml': `version: 1\n${text}\n` })).toEqual([expected])
  })
})

describe('values of the wrong kind', () => {
  it.each([
    [
      'permissions: absent',
      '4:18: `permissions` cannot be absent: settings are always there. Take it out to leave it alone',
    ],
    ['permissions: gone', '4:18: `permissions` must be a map or `unmanaged`'],
    ['permissions:', '4:5: `permissions` has no value: write its fields, or `unmanaged`'],
    ['permissions: { sha_pinning_required: "yes" }', '4:42: `sha_pinning_required` must be true or false'],
    [
      'permissions: { allowed_actions: some }',
      '4:37: `allowed_actions` must be one of `all`, `local_only`, `selected`',
    ],
    ['permissions: { allowed_actions: 3 }', '4:37: `allowed_actions` must be one of `all`, `local_only`, `selected`'],
    ['secrets:', '4:5: `secrets` has no value; it must be a map'],
    ['secrets: []', '4:14: `secrets` must be a map'],
    ['secrets: { A: }', '4:16: `A` has no value: write `{}` to leave it as it is, or `absent` to delete it'],
    ['secrets: { A: delete }', '4:19: `A` must be a map or one of `absent`, `unmanaged`'],
    ['secrets: { A: [] }', '4:19: `A` must be a map'],
    ['runner_groups: { g: { runners: gpu } }', '4:36: `runners` must be a list'],
    ['runner_groups: { g: { runners: [1] } }', '4:37: entry 1 of `runners` must be text; put it in quotes'],
    ['runner_groups: { g: { repositories: [web, ""] } }', '4:47: entry 2 of `repositories` must not be empty'],
    [
      'runner_groups: { g: { repositories: [web, 12] } }',
      '4:47: entry 2 of `repositories` must be a name, a glob, or a selector such as `{ topic: java }`; a name of digits goes in quotes',
    ],
    [
      'runner_groups: { g: { repositories: [[web]] } }',
      '4:42: entry 1 of `repositories` must be a name, a glob, or a selector such as `{ topic: java }`; a name of digits goes in quotes',
    ],
    ['runner_groups: { g: { repositories: [{}] } }', '4:42: entry 1 of `repositories` must not be empty'],
    [
      'runner_groups: { g: { repositories: [{ visibility: secret }] } }',
      '4:56: `visibility` must be one of `public`, `private`, `internal`',
    ],
    [
      'runner_groups: { g: { repositories: [{ visibility: [public, secret] }] } }',
      '4:65: entry 2 of `visibility` must be one of `public`, `private`, `internal`',
    ],
    ['runner_groups: { g: { repositories: [{ topic: [] }] } }', '4:51: `topic` must not be empty'],
    ['runner_groups: { g: { repositories: [{ fork: maybe }] } }', '4:50: `fork` must be true or false'],
    [
      'repository_sets: [{ secrets: {} }]',
      '4:23: entry 1 of `repository_sets` lacks `match`; `match: {}` is everything',
    ],
    ['prune: secrets/*', '4:12: `prune` must be a list'],
  ])('%s', async (text, expected) => {
    expect(await inOrganization(text)).toEqual([expected])
  })

  it.each([
    ['version: 2', 'f.yaml:1:10: error: `version` must be 1'],
    ['version: "1"', 'f.yaml:1:10: error: `version` must be a number'],
    ['version: 1\nguards: { max_deletions: 11 }', 'f.yaml:2:26: error: `max_deletions` must be at most 10'],
    ['version: 1\nguards: { max_revocations: 101 }', 'f.yaml:2:28: error: `max_revocations` must be at most 100'],
    ['version: 1\nguards: { max_runner_moves: 21 }', 'f.yaml:2:29: error: `max_runner_moves` must be at most 20'],
    ['version: 1\nguards: { max_deletions: -1 }', 'f.yaml:2:26: error: `max_deletions` must be at least 0'],
    ['version: 1\nguards: { max_deletions: 1.5 }', 'f.yaml:2:26: error: `max_deletions` must be a whole number'],
    ['version: 1\norganizations: { acme: }', 'f.yaml:2:18: error: `acme` has no value; it must be a map'],
    ['- version: 1', expect.stringMatching(/^f\.yaml:1:1: error: the file must be a map/)],
  ])('%j', async (text, expected) => {
    expect(await problemsOf({ 'f.yaml': text })).toContainEqual(expected)
  })
})

describe('values of secrets', () => {
  it.each([
    '{ value: hunter2 }',
    '{ value: [hunter2] }',
    '{ value: 1234567 }',
    '{ value: }',
    '{ value: {} }',
    '{ value: { env: hunter2, file: hunter2 } }',
    '{ value: { hunter2: hunter2 } }',
    '{ value: { env: [hunter2] } }',
    '{ value: { env: { hunter2: hunter2 } } }',
    '{ value: { sealed: { key_id: "1", encrypted_value: hunter2 } } }',
  ])('are never written into the YAML, nor printed: %s', async (member) => {
    const problems = await inOrganization(`secrets: { A: ${member} }`)
    expect(problems).toEqual([`4:21: ${VALUE}`])
  })

  it('in a repository too', async () => {
    expect(await inOrganization('repositories: { web: { secrets: { A: { value: hunter2 } } } }')).toEqual([
      `4:44: ${VALUE}`,
    ])
  })

  it('reports a mistake in an anchor once, where it stands', async () => {
    const text =
      'version: 1\nx-a: &a { visibility: hunter2 }\norganizations: { acme: { secrets: { A: *a, B: { <<: *a } } } }'
    expect(await problemsOf({ 'f.yaml': text })).toEqual([
      'f.yaml:2:23: error: `visibility` must be one of `all`, `private`, `selected`',
    ])
  })
})

it('more problems than anybody mends at once are counted, in the order of the files', async () => {
  const keys = (count: number): string => Array.from({ length: count }, (_, index) => `k${index}: 1\n`).join('')
  const problems = await problemsOf({ 'a.yaml': `version: 1\n${keys(700)}`, 'b.yaml': keys(6000) })
  expect(problems).toHaveLength(1001)
  expect(problems[700]).toMatch(/^b\.yaml:1:1: error: unknown key `k0`/)
  expect(problems[1000]).toBe('error: and 5,700 more: fix these to see them')
})
