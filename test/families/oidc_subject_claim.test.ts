import { describe, expect, it } from 'vitest'
import type { Document, Json } from '../../src/core/json.ts'
import { fieldAt } from '../../src/core/leaves.ts'
import type { Scope } from '../../src/core/scope.ts'
import { isWider } from '../../src/core/wider.ts'
import { families } from '../../src/families/index.ts'
import { oidcSubjectClaim } from '../../src/families/oidc-subject-claim/index.ts'
import { findingsAt, requestsAt, type Written } from '../support/family-case.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const family = families.find((each) => each.name === 'oidc_subject_claim') ?? expect.unreachable()

describe('any change of the subject counts as wider', () => {
  it.each<[string, Json | undefined, Json | undefined, boolean]>([
    ['include_claim_keys', ['repo'], ['repo', 'context'], true],
    ['include_claim_keys', ['repo', 'context'], ['repo'], true],
    ['include_claim_keys', ['repo', 'context'], ['context', 'repo'], true],
    ['include_claim_keys', ['repo', 'context'], ['repo', 'context'], false],
    ['use_immutable_subject', false, true, true],
    ['use_immutable_subject', true, false, true],
    ['use_default', false, true, true],
    ['use_default', true, false, true],
  ])('%s from %j to %j: %j', (field, before, after, wider) => {
    expect(isWider(fieldAt(oidcSubjectClaim, field), before, after)).toBe(wider)
  })
})

const ORGANIZATION: Scope = { type: 'organization', org: 'acme' }
const REPOSITORY: Scope = { type: 'repository', owner: 'acme', repo: 'web' }

describe('changes as requests', () => {
  const SUB = 'PUT /repos/acme/web/actions/oidc/customization/sub'

  it.each<[string, Scope, Document, Document, Written[]]>([
    [
      'of the organization, in another order',
      ORGANIZATION,
      { include_claim_keys: ['repo', 'context'], use_immutable_subject: true },
      { include_claim_keys: ['context', 'repo'] },
      [
        [
          'PUT /orgs/acme/actions/oidc/customization/sub',
          { include_claim_keys: ['context', 'repo'], use_immutable_subject: true },
        ],
      ],
    ],
    [
      'of the repository back to the default, without keys that it ignores',
      REPOSITORY,
      { use_default: false, include_claim_keys: ['repo'], use_immutable_subject: false },
      { use_default: true },
      [[SUB, { use_default: true, use_immutable_subject: false }]],
    ],
    [
      'of the repository to the template of the organization',
      REPOSITORY,
      { use_default: true, include_claim_keys: ['old'], use_immutable_subject: false },
      { use_default: false },
      [[SUB, { use_default: false, use_immutable_subject: false }]],
    ],
    [
      'of the repository by keys alone',
      REPOSITORY,
      { use_default: true, include_claim_keys: ['repo'], use_immutable_subject: false },
      { include_claim_keys: ['repo'] },
      [[SUB, { use_default: false, include_claim_keys: ['repo'], use_immutable_subject: false }]],
    ],
    [
      'of the repository, which keeps its keys',
      REPOSITORY,
      { use_default: false, include_claim_keys: ['repo', 'actor'], use_immutable_subject: false },
      { use_immutable_subject: true },
      [[SUB, { use_default: false, include_claim_keys: ['repo', 'actor'], use_immutable_subject: true }]],
    ],
  ])('%s', (_, scope, live, wants, expected) => {
    expect(requestsAt({ family, scope }, { wants, live })).toEqual(expected)
  })
})

describe('keys beside the default', () => {
  it.each<[Document, number]>([
    [{ use_default: true, include_claim_keys: ['repo'] }, 1],
    [{ use_default: false, include_claim_keys: ['repo'] }, 0],
    [{ use_default: true, use_immutable_subject: true }, 0],
  ])('%j: %i errors', (wants, count) => {
    const message = 'use_default: true ignores include_claim_keys: write one of them'
    const found = findingsAt({ family, scope: REPOSITORY }, { wants })
    expect(found).toEqual(Array.from({ length: count }, () => `error include_claim_keys: ${message}`))
  })
})

it('a repository keeps the template that it had from its organization', async () => {
  const sandbox = await watchedSandbox({
    seed: {
      organizations: {
        acme: {
          oidc_subject_claim: { include_claim_keys: ['repo', 'actor'] },
          repositories: { web: { oidc_subject_claim: { use_default: false } } },
        },
      },
    },
  })
  const place = await workplace(sandbox, {
    'octoform.yaml': `version: 1
organizations:
  acme:
    oidc_subject_claim: { include_claim_keys: [repository_owner] }
    repositories: { web: { oidc_subject_claim: { include_claim_keys: [repo, actor] } } }
`,
  })
  expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
  expect(sandbox.writes()).toEqual([
    'PUT /repos/acme/web/actions/oidc/customization/sub',
    'PUT /orgs/acme/actions/oidc/customization/sub',
  ])
  expect((await place.run(['plan'])).stdout).toContain('No changes.')
})
