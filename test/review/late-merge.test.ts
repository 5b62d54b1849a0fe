import { describe, expect, it } from 'vitest'
import type { Client } from '../../src/github/client.ts'
import { previews } from '../../src/github/endpoints.ts'
import { createHomeClient } from '../../src/github/home-client.ts'
import { hintsIn } from '../../src/review/merge-message.ts'
import { reviewedDigest } from '../../src/review/reviewed-digest.ts'
import { clientFor, rejection, TOKEN } from '../support/client-for.ts'
import { instantClock } from '../support/instant-clock.ts'
import { answerJson, serve } from '../support/scripted-server.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'
import { check, DIGEST, HEAD, merged, SHA } from './github.ts'

const FOUND = { digest: DIGEST, pullRequest: 7, headSha: HEAD }
const MERGE = 'Merge pull request #7 from acme/topic\n\nOpen the door (#9)'
const SQUASH = 'Open the door (#7)'
/** A rebase leaves the message as it was. */
const REBASE = 'Open the door'

describe.each(['ghec', 'ghes-2.22', 'ghae-2021', 'ghae', 'ghes-3.19'])(
  'a merge that %s does not show yet',
  (product) => {
    /** Someone merges pull request 7, and GitHub is late. */
    async function late(more: object, headMessage: string | undefined) {
      const admin = {
        branches: { main: 'c'.repeat(40), topic: HEAD },
        pull_requests: { 7: { head: { ref: 'topic', sha: HEAD }, base: 'main' } },
        issues: { 9: {} },
        check_runs: [{ name: 'octoform plan', head_sha: HEAD, external_id: DIGEST }],
      }
      const sandbox = await watchedSandbox({ product, seed: { organizations: { acme: { repositories: { admin } } } } })
      const where = { owner: 'acme', repository: 'admin', number: 7, merge_commit_sha: SHA }
      const { status } = await sandbox.call('POST', '/_sandbox/merge', { ...where, ...more })
      expect(status).toBe(200)
      const { clock, sleeps } = instantClock()
      const client = clientFor(sandbox.url, { mode: 'read-only', previews: (route) => previews(product, route) })
      const context = { repository: 'acme/admin', sha: SHA, headMessage }
      const found = await reviewedDigest(client, { context, branch: 'main', clock })
      return { found, sleeps, asked: sandbox.asked.map(({ path }) => path.replace('/repos/acme/admin/', '')) }
    }

    it('is found by the number in the message at once where only the list is late', async () => {
      for (const message of [MERGE, SQUASH]) {
        const { found, sleeps, asked } = await late({ unlisted: 9 }, message)
        expect({ found, sleeps }).toEqual({ found: FOUND, sleeps: [] })
        expect(asked).toEqual([`commits/${SHA}/pulls`, 'pulls/7', `commits/${HEAD}/check-runs`])
      }
    })

    it('is asked for by its number where the list has it without its commit', async () => {
      const { found, sleeps, asked } = await late({ unnamed: 1 }, REBASE)
      expect({ found, sleeps }).toEqual({ found: FOUND, sleeps: [] })
      expect(asked).toEqual([`commits/${SHA}/pulls`, 'pulls/7', `commits/${HEAD}/check-runs`])
    })

    it.each<readonly [string, object, string | undefined, readonly number[]]>([
      ['a merge commit', { unlisted: 9, unnamed: 2 }, MERGE, [1000, 2000]],
      ['a squash', { unlisted: 9, unnamed: 3 }, SQUASH, [1000, 2000, 3000]],
      ['a rebase', { unlisted: 2 }, REBASE, [1000, 2000]],
      ['whatever tells no message', { unlisted: 1, unnamed: 2 }, undefined, [1000, 2000]],
    ])('is waited for: %s', async (_, more, message, pauses) => {
      const { found, sleeps } = await late(more, message)
      expect({ found, sleeps }).toEqual({ found: FOUND, sleeps: pauses })
    })

    it('counts as none after ten seconds', async () => {
      const { found, sleeps } = await late({ unlisted: 9, unnamed: 99 }, MERGE)
      expect(found).toMatchObject({
        code: 4,
        message: expect.stringContaining('No pull request of acme/admin was merged'),
      })
      expect(sleeps).toEqual([1000, 2000, 3000, 4000])
    })
  },
)

/** As the command line makes it. */
function homeFor(baseUrl: string): Client {
  const credential = {
    token: async () => TOKEN,
    from: 'GITHUB_TOKEN',
    account: 'GITHUB_TOKEN',
    repositories: 'all',
  } as const
  return createHomeClient({ baseUrl, credential, home: 'acme/admin', admits: [], userAgent: 'octoform/0.0.0-test' })
}

describe('what GitHub answers by number', () => {
  /** A server whose answers change from one time to the next; the last stays. */
  async function scripted(answers: Readonly<Record<string, readonly unknown[]>>, headMessage?: string) {
    const times = new Map<string, number>()
    const server = await serve(({ path }, response) => {
      const below = new URL(path, 'http://127.0.0.1').pathname.replace(/^\/repos\/acme\/admin\//i, '')
      const found = { [`commits/${HEAD}/check-runs`]: [{ total_count: 1, check_runs: [check()] }], ...answers }[below]
      const time = times.get(below) ?? 0
      times.set(below, time + 1)
      const answer = found?.[Math.min(time, found.length - 1)]
      if (answer === undefined) return answerJson(response, 404, { message: 'Not Found' })
      answerJson(response, 200, answer)
    })
    const { clock, sleeps } = instantClock()
    const context = { repository: 'acme/admin', sha: SHA, headMessage }
    const options = { context, branch: 'main', clock }
    return { sleeps, digest: () => reviewedDigest(homeFor(server.url), options), paths: () => server.seen }
  }
  const LIST = `commits/${SHA}/pulls`
  const OPEN = merged(7, { merged_at: null, merge_commit_sha: 'e'.repeat(40) })
  const { merge_commit_sha: _, ...UNNAMED } = merged(7) as { readonly merge_commit_sha: string }

  it.each<readonly [string, Readonly<Record<string, readonly unknown[]>>, readonly number[]]>([
    ['a commit that is missing', { [LIST]: [[UNNAMED]], 'pulls/7': [UNNAMED, merged(7)] }, [1000]],
    ['one that is null', { [LIST]: [[merged(7, { merge_commit_sha: null })]], 'pulls/7': [merged(7)] }, []],
    ['that of the trial merge, and open still', { [LIST]: [[OPEN]], 'pulls/7': [OPEN, merged(7)] }, [1000]],
    [
      'one that the list has and the pull request has not',
      { [LIST]: [[merged(7)]], 'pulls/7': [OPEN, merged(7)] },
      [1000],
    ],
  ])('is believed in the end, after %s', async (_, answers, pauses) => {
    const { digest, sleeps } = await scripted(answers)
    expect(await digest()).toEqual(FOUND)
    expect(sleeps).toEqual(pauses)
  })

  it.each<readonly [string, object]>([
    ['merged as another commit', merged(7, { merge_commit_sha: HEAD })],
    ['open', merged(7, { merged_at: null })],
    ['merged into another branch', merged(7, { base: { ref: 'dev', repo: { full_name: 'acme/admin' } } })],
    ['of another repository', merged(7, { base: { ref: 'main', repo: { full_name: 'octocat/admin' } } })],
    ['another one than was asked for', merged(8)],
  ])('proves nothing where the message names one that is %s', async (_, pull) => {
    const { digest } = await scripted({ [LIST]: [[]], 'pulls/7': [pull] }, SQUASH)
    expect(await digest()).toMatchObject({ code: 4, message: expect.stringMatching(/^No pull request of/) })
  })

  it('is nothing where the message names an issue or a number that nobody has', async () => {
    const { digest } = await scripted({ [LIST]: [[], [merged(7)]], 'pulls/7': [merged(7)] }, 'Close the door (#9)')
    expect(await digest()).toEqual(FOUND)
  })

  it('is of two pull requests where the message and the list each prove one', async () => {
    const unnamed = merged(8, { merge_commit_sha: null })
    const { digest } = await scripted({ [LIST]: [[unnamed]], 'pulls/7': [merged(7)], 'pulls/8': [merged(8)] }, MERGE)
    expect(await digest()).toMatchObject({ code: 4, message: expect.stringMatching(/^#7 and #8 .* were all merged/) })
  })

  it('is asked of ten pull requests at most, those first that lack their commit', async () => {
    const open = Array.from({ length: 30 }, (_, index) =>
      merged(index + 10, { merged_at: null, merge_commit_sha: HEAD }),
    )
    const { digest, paths } = await scripted({ [LIST]: [[...open, UNNAMED]], 'pulls/7': [merged(7)] })
    expect(await digest()).toEqual(FOUND)
    expect(paths().filter(({ path }) => path.includes('/pulls/'))).toHaveLength(10)
  })

  it('that cannot be read decides nothing', async () => {
    const server = await serve(({ path }, response) => {
      if (path.includes(LIST)) return answerJson(response, 200, [])
      answerJson(response, 500, { message: 'oops' })
    })
    const context = { repository: 'acme/admin', sha: SHA, headMessage: SQUASH }
    const asked = reviewedDigest(clientFor(server.url), { context, branch: 'main', clock: instantClock().clock })
    expect((await rejection(asked)).kind).toBe('unavailable')
  })
})

it.each<readonly [string | undefined, readonly number[]]>([
  [undefined, []],
  ['', []],
  [MERGE, [7]],
  [SQUASH, [7]],
  ['Merge pull request #7 from x/y (#8)', [7, 8]],
  ['Open the door (#7) at last', []],
  ['Open the door #7', []],
  ['Open the door\n\nMerge pull request #7 from x/y', []],
  ['Merge pull request #0 from x/y', []],
  [`x (#${'9'.repeat(11)})`, []],
  ['Merge branch main into topic', []],
])('the message %j may name %j', (message, numbers) => expect(hintsIn(message)).toEqual(numbers))
