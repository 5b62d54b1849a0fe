import { describe, expect, it } from 'vitest'
import { previews } from '../../src/github/endpoints.ts'
import { defaultBranch } from '../../src/review/default-branch.ts'
import { reviewedDigest } from '../../src/review/reviewed-digest.ts'
import { checkTip } from '../../src/review/tip.ts'
import { clientFor } from '../support/client-for.ts'
import { instantClock } from '../support/instant-clock.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'
import { DIGEST, HEAD, SHA } from './github.ts'

const OLD_HEAD = 'c'.repeat(40)
const OTHER = 'e'.repeat(64)
const CONTEXT = { repository: 'acme/admin', sha: SHA }
const PRODUCTS = ['dotcom', 'ghec', 'ghes-3.19', 'ghae', 'ghae-2021', 'ghes-2.22']

const MERGED = { title: 'Change', head: { ref: 'topic', sha: HEAD }, base: 'main', merged: true, merge_commit_sha: SHA }
const PLAN = { name: 'octoform plan', head_sha: HEAD, external_id: DIGEST }

/** A repository whose pull request 7 was merged, with the check run of its plan; with the differences of a case. */
function seed(more: object = {}): string {
  const admin = {
    default_branch: 'main',
    branches: { main: SHA, 'release/1': OLD_HEAD },
    pull_requests: { 7: { ...MERGED, commits: [OLD_HEAD, HEAD] } },
    check_runs: [PLAN],
    ...more,
  }
  return JSON.stringify({ organizations: { acme: { repositories: { admin } } } })
}

function reviewed(sandbox: WatchedSandbox, product: string, app?: string): ReturnType<typeof reviewedDigest> {
  const client = clientFor(sandbox.url, { mode: 'read-only', previews: (route) => previews(product, route) })
  return reviewedDigest(client, { context: CONTEXT, branch: 'main', app, clock: instantClock().clock })
}

describe.each(PRODUCTS)('on %s', (product) => {
  it('the reviewed digest is found', async () => {
    const sandbox = await watchedSandbox({ product, seed: seed() })
    expect(await reviewed(sandbox, product)).toEqual({ digest: DIGEST, pullRequest: 7, headSha: HEAD })
    expect(sandbox.writes()).toEqual([])
  })

  it('the tip of a branch is compared, also of one with a slash', async () => {
    const sandbox = await watchedSandbox({ product, seed: seed() })
    const client = clientFor(sandbox.url, { mode: 'read-only' })
    expect(await defaultBranch(client, 'acme/admin')).toBe('main')
    expect(await checkTip(client, CONTEXT, 'main')).toBeUndefined()
    expect(await checkTip(client, CONTEXT, 'release/1')).toMatchObject({ code: 4 })
    expect(await checkTip(client, { ...CONTEXT, sha: OLD_HEAD }, 'release/1')).toBeUndefined()
  })

  it.each<readonly [string, object]>([
    ['no check run', { check_runs: [] }],
    ['two check runs', { check_runs: [PLAN, { ...PLAN, external_id: OTHER }] }],
    ['one by another App only', { check_runs: [{ ...PLAN, app: 'sneaky' }] }],
    ['one of an old head', { check_runs: [{ ...PLAN, head_sha: OLD_HEAD }] }],
    ['a name that imitates', { check_runs: [{ ...PLAN, name: 'Octoform plan' }] }],
    ['one that runs', { check_runs: [{ ...PLAN, status: 'in_progress' }] }],
    ['one without a digest', { check_runs: [{ ...PLAN, external_id: 'x' }] }],
    ['an open pull request only', { pull_requests: { 7: { ...MERGED, merged: false, merge_commit_sha: SHA } } }],
    ['one merged elsewhere', { pull_requests: { 7: { ...MERGED, base: 'release/1' } } }],
    ['one that holds the commit only', { pull_requests: { 8: { head: { ref: 'x', sha: OLD_HEAD }, commits: [SHA] } } }],
    [
      'two that were merged as one',
      { pull_requests: { 7: MERGED, 8: { ...MERGED, head: { ref: 'x', sha: OLD_HEAD } } } },
    ],
    [
      'another that is open with the same head',
      { pull_requests: { 7: MERGED, 8: { head: { ref: 'topic', sha: HEAD } } } },
    ],
  ])('%s is exit 4, without a write', async (_, more) => {
    const sandbox = await watchedSandbox({ product, seed: seed(more) })
    expect(await reviewed(sandbox, product)).toMatchObject({ code: 4 })
    expect(sandbox.writes()).toEqual([])
  })
})

describe('what imitates changes nothing', () => {
  it.each<readonly [string, object]>([
    ['a comment', { pull_requests: { 7: { ...MERGED, comments: [{ body: `octoform plan ${OTHER}` }] } } }],
    ['a check run by another App', { check_runs: [PLAN, { ...PLAN, app: 'sneaky', external_id: OTHER }] }],
    [
      'a newer one with a name like it',
      { check_runs: [PLAN, { ...PLAN, name: 'octoform plan ', external_id: OTHER }] },
    ],
    ['an open pull request that holds the commit', { pull_requests: { 7: MERGED, 8: { commits: [SHA] } } }],
  ])('%s', async (_, more) => {
    const sandbox = await watchedSandbox({ product: 'ghec', seed: seed(more) })
    expect(await reviewed(sandbox, 'ghec')).toMatchObject({ digest: DIGEST, pullRequest: 7 })
  })
})
