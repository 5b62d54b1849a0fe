import { expect, it } from 'vitest'
import { families } from '../../src/families/index.ts'
import { valueComments } from '../../src/run/value-comments.ts'

const commentAt = valueComments(families)

it.each<readonly [string, string | undefined]>([
  ['organizations acme secrets NPM', 'value: { env: NPM }'],
  // A variable that octoform never reads.
  ['organizations acme secrets GH_TOKEN', 'value: { env: SECRET_GH_TOKEN }'],
  ['organizations acme repositories web secrets KEY', 'value: { env: "{REPOSITORY}_KEY" }'],
  ['organizations acme repository_sets dependabot_secrets KEY', 'value: { env: "{REPOSITORY}_KEY" }'],
  [
    'organizations acme repositories web environments prod secrets DB',
    'value: { env: "{REPOSITORY}_{ENVIRONMENT}_DB" }',
  ],
  ['organizations acme secrets', undefined],
  ['organizations acme runner_groups gpu', undefined],
  ['organizations acme repositories secrets permissions', undefined],
  ['organizations acme repositories web environments secrets variables', undefined],
  // GitHub has no such name, and a comment ends where a line does.
  ['organizations acme secrets A\nB', undefined],
])('%j has the comment %j', (path, comment) => expect(commentAt(path.split(' '))).toBe(comment))
