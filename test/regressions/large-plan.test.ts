import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { atNight, atNightElse } from '../support/by-night.ts'
import { cpuTime } from '../support/cpu-time.ts'
import { actionsEnv, HEAD, pullRequest, REPOSITORY, TIP } from '../support/github-actions.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

/** 60 KB, as comments are held to; GitHub takes 65,536 characters. */
const COMMENT_BYTES = 60_000
/** https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits */
const SUMMARY_BYTES = 1024 * 1024

const LAST = 'Plan: 4000 to add, 500 to change, 500 to delete.'

function range(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => String(index).padStart(4, '0'))
}

interface World {
  readonly sandbox: WatchedSandbox
  readonly place: Workplace
  readonly deleted: readonly string[]
}

/**
 * 4,000 secrets to create in forty repositories, 500 of the organization that more of them may read, 500 to delete.
 * @param part one of so many of each
 */
async function world(nameOfDeleted: (index: string) => string, part = 1): Promise<World> {
  const everywhere = { visibility: 'all', value: 'x' }
  const deleted = range(500 / part).map(nameOfDeleted)
  const changed = range(500 / part).map((index) => `SHARED_${index}`)
  const repositories = range(40 / part).map((index) => `service-${index}`)
  const admin = {
    visibility: 'private',
    branches: { main: TIP, topic: HEAD },
    pull_requests: { 7: { head: { ref: 'topic', sha: HEAD }, base: { ref: 'main', sha: TIP } } },
  }
  const secrets = Object.fromEntries([
    ...deleted.map((name) => [name, everywhere]),
    ...changed.map((name) => [name, { visibility: 'selected', repositories: ['service-0000'], value: 'x' }]),
  ])
  const sandbox = await watchedSandbox({
    seed: {
      product: 'ghec',
      organizations: {
        acme: { repositories: { admin, ...Object.fromEntries(repositories.map((name) => [name, {}])) }, secrets },
      },
    },
  })
  const value = '{ env: NEW }'
  const yaml = [
    'version: 1',
    'organizations:',
    '  acme:',
    '    secrets:',
    ...deleted.map((name) => `      ${name}: absent`),
    ...changed.map((name) => `      ${name}: { visibility: selected, repositories: ["service-*"] }`),
    '    repositories:',
    ...repositories.flatMap((name) => [
      `      ${name}:`,
      '        secrets:',
      ...range(100).map((index) => `          DEPLOY_${index}: { value: ${value} }`),
    ]),
  ]
  return { sandbox, deleted, place: await workplace(sandbox, { 'octoform.yaml': yaml.join('\n') }) }
}

/** Milliseconds of a processor that a plan with its comment takes, of one of so many changes. */
async function timeOf(part: number): Promise<number> {
  const { place } = await world((index) => `OLD_DEPLOYMENT_TOKEN_${index}`, part)
  const env = await actionsEnv({
    event: 'pull_request',
    payload: { ...REPOSITORY, pull_request: pullRequest('acme/admin') },
  })
  const took = cpuTime()
  expect(await place.run(['plan', '--comment'], { env })).toMatchObject({ code: 0 })
  return took()
}

function commentsOf(sandbox: WatchedSandbox): readonly string[] {
  const state = sandbox.state() as {
    organizations: {
      acme: { repositories: { admin: { pull_requests: { 7: { comments: readonly { readonly body: string }[] } } } } }
    }
  }
  return state.organizations.acme.repositories.admin.pull_requests[7].comments.map(({ body }) => body)
}

/** Whether each stands there as a word of its own. */
function missing(text: string, names: readonly string[]): readonly string[] {
  const words = new Set(text.match(/\w+/g))
  return names.filter((name) => !words.has(name))
}

describe('a plan of 5,000 changes, 500 of them deletions', () => {
  it('comment and job summary keep their limits and name every deletion, in time that grows with their number', async () => {
    const fifth = await timeOf(5)
    const { sandbox, place, deleted } = await world((index) => `OLD_DEPLOYMENT_TOKEN_${index}`)
    const env = await actionsEnv({
      event: 'pull_request',
      payload: { ...REPOSITORY, pull_request: pullRequest('acme/admin') },
    })
    const took = cpuTime()
    const { code, stdout, stderr } = await place.run(['plan', '--comment'], { env })
    const whole = took()
    expect({ code, last: stdout.trimEnd().split('\n').at(-1) }, stderr).toEqual({ code: 0, last: LAST })
    // Five times as much may take five times the time, and twice that for other load on the machine; by the square it
    // would be 25 times.
    expect(whole).toBeLessThan(10 * fifth)

    const [comment = '', ...others] = commentsOf(sandbox)
    expect(others).toEqual([])
    expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(COMMENT_BYTES)
    expect(missing(comment, deleted)).toEqual([])
    const [, headline] = comment.split('\n').filter((line) => line !== '')
    expect(headline).toBe('### octoform plan · `acme` — 4000 to add, 500 to change, 500 to delete')
    const [above = ''] = comment.split('<details>\n<summary>Every change, field by field (5000 changes)</summary>')
    expect(above).toMatch(/^> - \*\*Refused by apply:\*\* `max_deletions: 500 deletions /m)
    expect(above).toMatch(/^\| 🟠 \*\*opens\*\*: 500 secrets: .*\| newly usable by 39 repositories/mu)
    expect(above).toMatch(/^\| ⚫ \*\*deleted\*\*: 500 secrets: /mu)
    expect(above.length).toBeLessThan(comment.length)

    const summary = await readSummary(env)
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(SUMMARY_BYTES)
    expect(missing(summary, deleted)).toEqual([])
    expect(summary.split('\n')).toContain(LAST)

    // The guard's count is in the comment too: reviewers see the flag that apply needs.
    expect(comment.includes('octoform apply --allow deletions=500')).toBe(true)
    const annotated = stderr.split('\n').filter((line) => line.startsWith('::'))
    for (const kind of ['::error', '::warning', '::notice']) {
      expect(annotated.filter((line) => line.startsWith(kind)).length).toBeLessThanOrEqual(10)
    }
  }, 180_000)

  atNight(() => {
    it('whose names are as long as they get: what is not named in the comment is told under its headline, and the summary has it', async () => {
      const { sandbox, place, deleted } = await world((index) => `OLD_${'X'.repeat(240)}_${index}`)
      const env = await actionsEnv({
        event: 'pull_request',
        payload: { ...REPOSITORY, pull_request: pullRequest('acme/admin') },
      })
      expect(await place.run(['plan', '--comment'], { env })).toMatchObject({ code: 0 })
      const [comment = ''] = commentsOf(sandbox)
      expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(COMMENT_BYTES)
      const left = missing(comment, deleted).length
      expect(left).toBeGreaterThan(0)
      const [, , first = ''] = comment.split('\n').filter((line) => line !== '')
      expect(first).toContain(`the names of ${left} of 500 deletions`)
      expect(first).toMatch(
        /^\*\*Not all .*\[job summary\]\(<https:\/\/github\.example\.com\/acme\/admin\/actions\/runs\/4711/,
      )
      const summary = await readSummary(env)
      expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(SUMMARY_BYTES)
      expect(missing(summary, deleted)).toEqual([])
      expect(summary.split('\n')).toContain(LAST)
    }, 180_000)
  })

  atNight(() => {
    it('as drift: the issue and the summary keep their limits and name every one', async () => {
      const { sandbox, place, deleted } = await world((index) => `OLD_DEPLOYMENT_TOKEN_${index}`)
      const env = await actionsEnv({ event: 'schedule', payload: { schedule: '0 6 * * *' } })
      const { code, stdout } = await place.run(['drift', '--issue', 'acme/admin'], { env })
      expect({ code, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({
        code: 2,
        last: LAST.replace('Plan', 'Drift'),
      })
      const opened = sandbox.asked.filter(
        ({ method, path }) => method === 'POST' && path === '/repos/acme/admin/issues',
      )
      expect(opened).toHaveLength(1)
      const { body } = (opened[0]?.body ?? { body: '' }) as { readonly body: string }
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(COMMENT_BYTES)
      expect(missing(body, deleted)).toEqual([])
      const summary = await readSummary(env)
      expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(SUMMARY_BYTES)
      expect(missing(summary, deleted)).toEqual([])
    }, 180_000)
  })

  it('is not applied without saying that so many go; the message prints the flag, with which the guard is past', async () => {
    // By day a fifth of it: as many as this take the flag as well.
    const part = atNightElse(1, 5)
    const { sandbox, place } = await world((index) => `OLD_DEPLOYMENT_TOKEN_${index}`, part)
    const { code, stderr } = await place.run(['apply', '--auto-approve'], { env: { NEW: 'new' } })
    expect(code).toBe(3)
    const [, flag = ''] = /--allow (deletions=\d+)/.exec(stderr) ?? []
    expect(flag).toBe(`deletions=${500 / part}`)
    expect(await place.run(['apply'], { env: { NEW: 'new' } })).toMatchObject({ code: 3 })
    const allowed = await place.run(['apply', '--allow', flag], { env: { NEW: 'new' }, answer: 'no' })
    expect(allowed).toMatchObject({ code: 1, stderr: expect.stringContaining('Not applied.') })
    expect(sandbox.writes()).toEqual([])
  }, 180_000)
})

function readSummary(env: Readonly<Record<string, string>>): Promise<string> {
  return readFile(env.GITHUB_STEP_SUMMARY ?? '', 'utf8')
}
