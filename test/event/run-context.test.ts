import { describe, expect, it } from 'vitest'
import { readRunContext } from '../../src/event/read-context.ts'
import { runContext } from '../../src/event/run-context.ts'
import { carriesPullRequest, trustOf } from '../../src/event/trust.ts'
import { contextOf, EVENTS, FORK, listedPull, OWN, pull, runEnv, startedRun } from './events.ts'

describe('the context of a run', () => {
  it('says what the runner says', () => {
    expect(contextOf('push', { repository: { default_branch: 'trunk' } })).toEqual({
      event: 'push',
      repository: OWN,
      sha: 'a'.repeat(40),
      ref: 'refs/heads/main',
      defaultBranch: 'trunk',
      runId: '4711',
      runAttempt: 2,
      actor: 'mona',
      serverUrl: 'https://github.example.com',
      pullRequest: undefined,
    })
  })

  it.each([undefined, '', 'false', '1', 'TRUE'])('is none where GITHUB_ACTIONS is %j', (value) => {
    expect(runContext({ ...runEnv('push'), GITHUB_ACTIONS: value }, {})).toBeUndefined()
  })

  it.each([{}, { repository: {} }, { repository: { default_branch: '' } }, { repository: { default_branch: 7 } }, 'x'])(
    'knows no default branch from %j',
    (payload) => expect(contextOf('push', payload).defaultBranch).toBeUndefined(),
  )

  it.each([
    ['3', 3],
    ['', 1],
    ['-1', 1],
    ['1.5', 1],
    ['x', 1],
  ])('takes %j for attempt %i', (text, attempt) => {
    expect(contextOf('push', {}, { GITHUB_RUN_ATTEMPT: text }).runAttempt).toBe(attempt)
  })

  it.each([
    ['pull_request', { pull_request: pull(FORK) }, FORK],
    ['workflow_run', { workflow_run: startedRun('pull_request', OWN, { pull_requests: [listedPull(OWN)] }) }, OWN],
    ['check_run', { check_run: { head_sha: 'head-sha', pull_requests: [listedPull(OWN)] } }, OWN],
  ])('of %s tells number and commits', (event, payload, headRepository) => {
    const told = { number: 7, headRepository, headSha: 'head-sha', baseSha: 'base-sha' }
    expect(contextOf(event, payload).pullRequest).toEqual(told)
  })
})

describe('the payload', () => {
  const env = { ...runEnv('issue_comment'), GITHUB_EVENT_PATH: '/event.json' }

  it('is read from where the runner put it', async () => {
    const asked: string[] = []
    const context = await readRunContext(env, (path) => {
      asked.push(path)
      return Promise.resolve('{ "issue": { "number": 7, "pull_request": {} } }')
    })
    expect(asked).toEqual(['/event.json'])
    expect(context?.pullRequest?.number).toBe(7)
  })

  it.each([
    ['is not there', () => Promise.reject(new Error('ENOENT'))],
    ['is no JSON', () => Promise.resolve('{')],
    ['is empty', () => Promise.resolve('')],
    ['is null', () => Promise.resolve('null')],
  ])('that %s leaves the pull request unknown', async (_, readFile) => {
    expect(trustOf(await readRunContext(env, readFile))).toMatchObject({ kind: 'foreign' })
  })

  it('that nobody named leaves the pull request unknown', async () => {
    const read = () => Promise.reject(new Error('nothing is to be read'))
    expect(trustOf(await readRunContext(runEnv('issue_comment'), read))).toMatchObject({ kind: 'foreign' })
    expect(await readRunContext({}, read)).toBeUndefined()
  })
})

describe('trust', () => {
  it.each(EVENTS)('$name: $is', ({ event, payload, env, is }) => {
    const context = contextOf(event, payload, env)
    expect(carriesPullRequest(context)).toBe(is !== 'none')
    const trust = trustOf(context)
    expect(trust.kind).toBe(is === 'none' || is === 'own' ? 'own' : 'foreign')
    if (trust.kind === 'foreign') expect(trust.why).toContain(is === 'fork' ? `comes from ${FORK}` : 'is not known')
  })

  it('is full outside GitHub Actions', () => {
    expect(trustOf(undefined)).toEqual({ kind: 'own' })
    expect(carriesPullRequest(undefined)).toBe(false)
  })

  it('is none where the run does not know its own repository', () => {
    const context = contextOf('pull_request', { pull_request: pull(OWN) }, { GITHUB_REPOSITORY: '' })
    expect(trustOf(context)).toMatchObject({ kind: 'foreign' })
  })
})
