import { expect, it } from 'vitest'
import { fillTemplate, holdsTemplate } from '../../src/config/templates.ts'
import type { Json } from '../../src/core/json.ts'

const NAMES = { organization: 'acme', repository: 'my-app', name: 'prod' }

it.each<readonly [Json, Json]>([
  [
    { env: '{REPOSITORY}_Q', version: '{name}' },
    { env: 'MY_APP_Q', version: '{name}' },
  ],
  [{ file: 'k/{repository}' }, { file: 'k/my-app' }],
  [
    ['{organization}/*', 'docker/*'],
    ['acme/*', 'docker/*'],
  ],
  [
    [{ team: '{repository}-release' }, { user: 'octocat' }],
    [{ team: 'my-app-release' }, { user: 'octocat' }],
  ],
])('%j is %j', (value, filled) => {
  expect([holdsTemplate(value), fillTemplate(value, NAMES)]).toEqual([true, filled])
  expect(holdsTemplate(filled)).toBe(false)
})

it.each<Json>(['{name}', { sealed: { key_id: '{name}', encrypted_value: 'x' } }, ['a', 1, null], 7, null])(
  '%j holds no template',
  (value) => expect([holdsTemplate(value), fillTemplate(value, NAMES)]).toEqual([false, value]),
)
