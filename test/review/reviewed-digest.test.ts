import { describe, expect, it } from 'vitest'
import { type ReviewedOptions, reviewedDigest } from '../../src/review/reviewed-digest.ts'
import { rejection } from '../support/client-for.ts'
import { instantClock } from '../support/instant-clock.ts'
import { CONTEXT, check, DIGEST, github, HEAD, merged, SHA, type World } from './github.ts'

const PULLS = `commits/${SHA}/pulls`
const CHECKS = `commits/${HEAD}/check-runs`
const OPTIONS: ReviewedOptions = { context: CONTEXT, branch: 'main', clock: instantClock().clock }

/** Pull request 7, merged, with the check run of its plan; with the differences of a case. */
function world(more: World = {}): World {
  return { [PULLS]: [merged(7)], 'pulls/7': merged(7), [CHECKS]: { check_runs: [check()] }, ...more }
}

function withChecks(...checks: readonly object[]): World {
  return world({ [CHECKS]: { check_runs: checks.map((each, index) => ({ ...each, id: index + 1 })) } })
}

function onlyOne(pull: object): World {
  return world({ [PULLS]: [pull], 'pulls/7': pull })
}

function ofPull(number: number, base: string): object {
  return { number, head: { sha: HEAD }, base: { repo: { id: 1, url: `https://api.github.com/repos/${base}` } } }
}

const OTHER_APP = { id: 99, slug: 'sneaky', name: 'GitHub Actions' }

describe('the digest that was reviewed in a pull request', () => {
  it('is the external_id of the one check run on its last commit', async () => {
    const { client, paths } = await github(world())
    const expected = { digest: DIGEST, pullRequest: 7, headSha: HEAD }
    expect(await reviewedDigest(client, OPTIONS)).toEqual(expected)
    expect(paths()).toEqual([
      `GET /repos/Acme/Admin/commits/${SHA}/pulls?per_page=100`,
      'GET /repos/Acme/Admin/pulls/7',
      `GET /repos/Acme/Admin/commits/${HEAD}/check-runs?check_name=octoform+plan&filter=all&per_page=100`,
    ])
  })

  it.each<readonly [string, World]>([
    ['pull requests that only hold the commit', world({ [PULLS]: [merged(3, { merge_commit_sha: HEAD }), merged(7)] })],
    ['one that is open', world({ [PULLS]: [merged(3, { merged_at: null }), merged(7)] })],
    [
      'one of another branch',
      world({ [PULLS]: [merged(7), merged(3, { base: { ref: 'dev', repo: { full_name: 'acme/admin' } } })] }),
    ],
    [
      'one of another repository',
      world({ [PULLS]: [merged(7), merged(3, { base: { ref: 'main', repo: { full_name: 'octocat/admin' } } })] }),
    ],
    ['a check run by another App', withChecks(check({ app: OTHER_APP, external_id: 'e'.repeat(64) }), check())],
    ['a check run by nobody', withChecks(check({ app: null }), check())],
    ...['Octoform plan', 'octoform plan ', 'octoform  plan', 'octoform', 'ci / octoform plan'].map(
      (name) => [`a check run named ${JSON.stringify(name)}`, withChecks(check({ name }), check())] as const,
    ),
    ['a check run of another commit', withChecks(check({ head_sha: SHA }), check())],
    [
      'a pull request of a fork with the same last commit',
      withChecks(check({ pull_requests: [ofPull(1, 'x/admin')] })),
    ],
    ['the pull request itself', withChecks(check({ pull_requests: [ofPull(7, 'Acme/admin')] }))],
  ])('is not changed by %s', async (_, answers) => {
    const { client } = await github(answers)
    expect(await reviewedDigest(client, OPTIONS)).toMatchObject({ digest: DIGEST, pullRequest: 7 })
  })

  it.each([
    ['99', 'e'],
    ['sneaky', 'e'],
    ['Sneaky', 'e'],
    ['15368', 'd'],
    ['github-actions', 'd'],
    [undefined, 'd'],
  ])('is that of the App %s', async (app, letter) => {
    const { client } = await github(withChecks(check(), check({ app: OTHER_APP, external_id: 'e'.repeat(64) })))
    expect(await reviewedDigest(client, { ...OPTIONS, app })).toMatchObject({ digest: letter.repeat(64) })
  })
})

describe('there is none', () => {
  it.each<readonly [string, World, RegExp]>([
    ['no pull request', world({ [PULLS]: [] }), /^No pull request of Acme\/Admin was merged as commit a{40} of main/],
    ['only one that holds the commit', onlyOne(merged(7, { merge_commit_sha: HEAD })), /^No pull request/],
    ['only one that is open', onlyOne(merged(7, { merged_at: null })), /^No pull request/],
    ['two pull requests', world({ [PULLS]: [merged(7), merged(8)] }), /^#7 and #8 .* were all merged/],
    [
      'a pull request that says otherwise by itself',
      world({ 'pulls/7': merged(7, { merge_commit_sha: HEAD }) }),
      /^Pull request #7 .* is not merged into main/,
    ],
    ['another pull request in its place', world({ 'pulls/7': merged(8) }), /^Pull request #7 .* is not merged/],
    ['no check run', withChecks(), /^There is no check run/],
    ['only one of an old commit', withChecks(check({ head_sha: 'c'.repeat(40) })), /^There is no check run/],
    ['only one by another App', withChecks(check({ app: OTHER_APP })), /^There is no check run .*--check-app/],
    ['only one that imitates the name', withChecks(check({ name: 'octoform plan\u200b' })), /^There is no check run/],
    ['two check runs', withChecks(check(), check()), /^There are 2 times/],
    ['two of which one is not completed', withChecks(check(), check({ status: 'queued' })), /^There are 2 times/],
    ['one that is not completed', withChecks(check({ status: 'in_progress' })), /is not completed/],
    ['one without a digest', withChecks(check({ external_id: null })), /is not the digest/],
    ['one with the id of another tool', withChecks(check({ external_id: 'build-7' })), /is not the digest/],
    ['one with a digest and more', withChecks(check({ external_id: `${DIGEST}\n` })), /is not the digest/],
    [
      'one that may be of another pull request with this commit',
      withChecks(check({ pull_requests: [ofPull(7, 'acme/admin'), ofPull(8, 'acme/admin')] })),
      /not only of #7 but also of #8/,
    ],
    [
      'one of another pull request with this commit',
      withChecks(check({ pull_requests: [ofPull(8, 'acme/admin')] })),
      /not only of #7 but also of #8/,
    ],
  ])('with %s', async (_, answers, message) => {
    const { client, server } = await github(answers)
    const found = await reviewedDigest(client, OPTIONS)
    expect(found).toEqual({ code: 4, message: expect.stringMatching(message) })
    expect(found).toMatchObject({ message: expect.stringMatching(/Nothing was written\.$/) })
    expect(server.seen.filter(({ method }) => method !== 'GET')).toEqual([])
  })

  it('where the run has no commit', async () => {
    const { client } = await github({ 'commits/0/pulls': [merged(7, { merge_commit_sha: '' })] })
    const options = { ...OPTIONS, context: { ...CONTEXT, sha: '0' } }
    expect(await reviewedDigest(client, options)).toMatchObject({ code: 4 })
  })
})

describe('what cannot be read decides nothing', () => {
  it.each([
    ['pull requests', { [PULLS]: undefined }],
    ['the pull request', { 'pulls/7': undefined }],
    ['check runs', { [CHECKS]: undefined }],
    ['the last commit', { 'pulls/7': merged(7, { head: {} }) }],
    ['a list of check runs that is none', { [CHECKS]: {} }],
    ['null among pull requests', { [PULLS]: [null, merged(7)] }],
    ['a number among pull requests', { [PULLS]: [7, merged(7)] }],
    ['a pull request that says nothing', { [PULLS]: [{}, merged(7)] }],
    ['a check run that says nothing', withChecks({}, check())],
  ])('%s', async (_, lacking) => {
    const { client } = await github(world(lacking))
    expect((await rejection(reviewedDigest(client, OPTIONS))).kind).not.toBe('refused')
  })
})
