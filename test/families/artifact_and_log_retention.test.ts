import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { Document } from '../../src/core/json.ts'
import { fieldAt } from '../../src/core/leaves.ts'
import type { Live } from '../../src/core/live.ts'
import type { Scope } from '../../src/core/scope.ts'
import { isWider } from '../../src/core/wider.ts'
import { artifactAndLogRetention } from '../../src/families/artifact-and-log-retention/index.ts'
import { families } from '../../src/families/index.ts'
import { findingsAt, requestsAt, wantedOf } from '../support/family-case.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const family = families.find((each) => each.name === 'artifact_and_log_retention') ?? expect.unreachable()
const INC: Scope = { type: 'enterprise', enterprise: 'inc' }
const ACME: Scope = { type: 'organization', org: 'acme' }
const WEB: Scope = { type: 'repository', owner: 'acme', repo: 'web' }

it.each([
  [30, 90],
  [90, 30],
])('days from %i to %i give no access', (before, after) => {
  expect(isWider(fieldAt(artifactAndLogRetention, 'days'), before, after)).toBe(false)
})

it.each<[Scope, string]>([
  [INC, 'PUT /enterprises/inc/actions/permissions/artifact-and-log-retention'],
  [ACME, 'PUT /orgs/acme/actions/permissions/artifact-and-log-retention'],
  [WEB, 'PUT /repos/acme/web/actions/permissions/artifact-and-log-retention'],
])('a change of %j is one request', (scope, request) => {
  expect(requestsAt({ family, scope }, { wants: { days: 30 }, live: { days: 90 } })).toEqual([[request, { days: 30 }]])
})

describe('days beyond those that GitHub allows', () => {
  const HELD = 'held back days: days: 91 is more than GitHub allows here: maximum_allowed_days is 90'
  const ABOVE = "days: 91 is more than the organization's 30 allows"

  it.each<[string, { now?: number; desired?: number }, string[]]>([
    ['wait', {}, [HELD]],
    ['wait where the organization keeps them longer', { now: 400 }, [HELD]],
    [
      'wait where this run raises those of the organization, and its were not the limit',
      { now: 95, desired: 400 },
      [HELD],
    ],
    ['follow those of the organization, where they were the limit', { now: 90, desired: 91 }, []],
    [
      'are an error beside those of the organization in the YAML',
      { now: 90, desired: 30 },
      [`error days: ${ABOVE}`, HELD],
    ],
  ])('%s', (_, { now, desired }, expected) => {
    const live: Live[] = now === undefined ? [] : [{ key: '', spec: { days: now }, ref: {} }]
    const known = {
      live: () => live,
      desired: () => (desired === undefined ? undefined : [wantedOf('', { days: desired })]),
    }
    const asked = { wants: { days: 91 }, live: { days: 14 }, ref: { maximum_allowed_days: 90 } }
    expect(findingsAt({ family, scope: WEB, known }, asked)).toEqual(expected)
  })

  it('are none at the limit, nor offline', () => {
    const ref = { maximum_allowed_days: 90 }
    expect(findingsAt({ family, scope: WEB }, { wants: { days: 90 }, live: { days: 14 }, ref })).toEqual([])
    expect(findingsAt({ family, scope: WEB }, { wants: { days: 400 } })).toEqual([])
  })
})

describe('on the sandbox', () => {
  const retention = (days: number): Document => ({ artifact_and_log_retention: { days } })
  const configurationOf = (organization: object, repository: object): string =>
    stringify({ version: 1, organizations: { acme: { ...organization, repositories: { web: repository } } } })

  it('the line of days that wait is named, and the rest is planned', async () => {
    const acme = { ...retention(20), repositories: { web: { id: 101 }, api: { id: 102 } } }
    const sandbox = await watchedSandbox({ seed: { organizations: { acme } } })
    const place = await workplace(sandbox, { 'octoform.yaml': configurationOf({}, retention(40)) })
    const { code, stdout } = await place.run(['plan'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/octoform\.yaml:7:11/)
    expect(stdout).toMatch(/^Plan: 0 to add, 0 to change, 0 to delete\. 1 held back\.$/m)
    // Without the organization's own in the YAML, the answer about the repository is enough.
    expect(sandbox.asked.map(({ route }) => route)).not.toContain(
      '/orgs/{org}/actions/permissions/artifact-and-log-retention',
    )
  })

  it.each([10, 20, 200])(
    'a repository stays at 20 while its organization goes from 20 to 60, own days %i',
    async (own) => {
      const web = { id: 101, ...retention(own) }
      const seed = { organizations: { acme: { ...retention(20), repositories: { web } } } }
      const sandbox = await watchedSandbox({ seed })
      const place = await workplace(sandbox, { 'octoform.yaml': configurationOf(retention(60), retention(20)) })
      expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
      expect((await place.run(['plan'])).stdout).toMatch(/^No changes\.$/m)
    },
  )

  it('both go up, and both go down, in one run', async () => {
    const web = { id: 101, ...retention(20) }
    const seed = { organizations: { acme: { ...retention(20), repositories: { web } } } }
    const sandbox = await watchedSandbox({ seed })
    const place = await workplace(sandbox, { 'octoform.yaml': configurationOf(retention(60), retention(50)) })
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    await place.write('octoform.yaml', configurationOf(retention(9), retention(5)))
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    expect((await place.run(['plan'])).stdout).toMatch(/^No changes\.$/m)
  })
})
