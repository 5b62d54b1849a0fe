import { describe, expect, it } from 'vitest'
import { type TestSandbox, withSandbox } from '../../support/sandbox.ts'

const HEAD = 'a'.repeat(40)
const MERGED = 'b'.repeat(40)
const TIP = 'c'.repeat(40)
const NEXT = 'd'.repeat(40)
const WHERE = { owner: 'acme', repository: 'config' }
const REPOSITORY = '/repos/acme/config'
const SEED = {
  organizations: {
    acme: {
      repositories: {
        config: {
          default_branch: 'trunk',
          branches: { trunk: TIP, 'topic/a': HEAD },
          pull_requests: {
            7: { title: 'Widen', head: { ref: 'topic/a', sha: HEAD }, base: 'trunk', user: 'hubot' },
            8: { head: { ref: 'x', repository: 'octocat/fork' }, commits: [HEAD], merged: true, merge_commit_sha: TIP },
            9: { head: { ref: 'gone', repository: null }, state: 'closed' },
          },
          issues: { 10: {} },
        },
      },
    },
  },
}

interface Merged {
  readonly merge_commit_sha: string | null
}

async function control({ call }: TestSandbox, action: string, body: object): Promise<unknown> {
  const reply = await call('POST', `/_sandbox/${action}`, { ...WHERE, ...body })
  expect(reply.status).toBeLessThan(300)
  return reply.body
}

async function pullsOf({ call }: TestSandbox, sha: string): Promise<number[]> {
  const { body } = await call('GET', `${REPOSITORY}/commits/${sha}/pulls`)
  return (body as { number: number }[]).map(({ number }) => number)
}

async function tipOf({ call }: TestSandbox, branch: string): Promise<unknown> {
  const { body } = await call('GET', `${REPOSITORY}/branches/${branch}`)
  return (body as { commit: { sha: string } }).commit.sha
}

describe('branches', () => {
  it('have the tips of the seed, under names with slashes too', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    expect(await tipOf(sandbox, 'trunk')).toBe(TIP)
    expect(await tipOf(sandbox, 'topic/a')).toBe(HEAD)
    expect(await tipOf(sandbox, 'topic%2Fa')).toBe(HEAD)
    expect((await sandbox.call('GET', REPOSITORY)).body).toMatchObject({ default_branch: 'trunk' })
    for (const name of ['Trunk', 'main', 'topic']) {
      expect(await sandbox.call('GET', `${REPOSITORY}/branches/${name}`)).toMatchObject({
        status: 404,
        body: { message: 'Branch not found' },
      })
    }
  })

  it('have a made-up tip where the seed gives none, always the same', async () => {
    const seed = { organizations: { acme: { repositories: { config: {} } } } }
    const tip = await tipOf(await withSandbox({ seed }), 'main')
    expect(tip).toMatch(/^[\da-f]{40}$/)
    expect(await tipOf(await withSandbox({ seed }), 'main')).toBe(tip)
  })

  it('move when someone pushes, and the head of an open pull request with them', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    await control(sandbox, 'push', { branch: 'topic/a', sha: NEXT })
    expect(await tipOf(sandbox, 'topic/a')).toBe(NEXT)
    const { body } = await sandbox.call('GET', `${REPOSITORY}/pulls/7`)
    expect(body).toMatchObject({ head: { sha: NEXT }, commits: 2, state: 'open', merged: false })
    expect(await pullsOf(sandbox, HEAD)).toEqual([7, 8])
  })
})

describe('pull requests', () => {
  it('say where they come from', async () => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call('GET', `${REPOSITORY}/pulls/7`)).body).toMatchObject({
      title: 'Widen',
      user: { login: 'hubot' },
      head: { ref: 'topic/a', sha: HEAD, repo: { full_name: 'acme/config' } },
      base: { ref: 'trunk', sha: TIP, repo: { full_name: 'acme/config', default_branch: 'trunk' } },
      merge_commit_sha: null,
    })
    expect((await call('GET', `${REPOSITORY}/pulls/8`)).body).toMatchObject({
      state: 'closed',
      merged: true,
      merge_commit_sha: TIP,
      head: { label: 'octocat:x', repo: { full_name: 'octocat/fork', fork: true } },
    })
    expect((await call('GET', `${REPOSITORY}/pulls/9`)).body).toMatchObject({ state: 'closed', head: { repo: null } })
    for (const number of [10, 11]) expect((await call('GET', `${REPOSITORY}/pulls/${number}`)).status).toBe(404)
  })

  it('hold commits: as head, on the way to it, and as what merged them', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    expect(await pullsOf(sandbox, HEAD)).toEqual([7, 8])
    expect(await pullsOf(sandbox, TIP)).toEqual([8])
    expect(await pullsOf(sandbox, 'topic%2Fa')).toEqual([7, 8])
    const unknown = await sandbox.call('GET', `${REPOSITORY}/commits/${NEXT}/pulls`)
    expect(unknown).toMatchObject({ status: 422, body: { message: `No commit found for SHA: ${NEXT}` } })
  })

  it('of a commit need a preview on GHES 2.22', async () => {
    const { call } = await withSandbox({ seed: SEED, product: 'ghes-2.22' })
    const path = `${REPOSITORY}/commits/${HEAD}/pulls`
    const headers = { accept: 'application/vnd.github.groot-preview+json' }
    expect((await call('GET', path)).status).toBe(415)
    expect((await call('GET', path, undefined, 'owner', headers)).status).toBe(200)
  })

  it('are merged: the tip of the base is the merge commit', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const body = await control(sandbox, 'merge', { number: 7, merge_commit_sha: MERGED })
    expect(body).toEqual({ number: 7, merge_commit_sha: MERGED })
    expect(await tipOf(sandbox, 'trunk')).toBe(MERGED)
    expect(await pullsOf(sandbox, MERGED)).toEqual([7])
    expect((await sandbox.call('GET', `${REPOSITORY}/pulls/7`)).body).toMatchObject({
      state: 'closed',
      merged: true,
      merged_at: expect.any(String),
    })
    const reopened = await sandbox.call('PATCH', `${REPOSITORY}/issues/7`, { state: 'open' })
    expect(reopened.status).toBe(422)
    for (const [number, status] of [
      [7, 405],
      [10, 404],
    ]) {
      expect((await sandbox.call('POST', '/_sandbox/merge', { ...WHERE, number })).status).toBe(status)
    }
  })

  it('are merged, and for as many answers as asked for do not show it', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    await control(sandbox, 'merge', { number: 7, merge_commit_sha: MERGED, unlisted: 1, unnamed: 2 })
    const shown = async () => ((await sandbox.call('GET', `${REPOSITORY}/pulls/7`)).body as Merged).merge_commit_sha
    expect(await tipOf(sandbox, 'trunk')).toBe(MERGED)
    expect(await pullsOf(sandbox, MERGED)).toEqual([])
    expect([await shown(), await shown(), await shown()]).toEqual([null, null, MERGED])
    expect(await pullsOf(sandbox, MERGED)).toEqual([7])
    expect(await pullsOf(sandbox, HEAD)).toEqual([7, 8])
  })

  it('are opened, and pushed to', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const head = { ref: 'new', sha: NEXT }
    expect(await control(sandbox, 'pull-requests', { title: 'New', head })).toMatchObject({ number: 11 })
    expect(await tipOf(sandbox, 'new')).toBe(NEXT)
    await control(sandbox, 'pull-requests', { number: 11, title: 'Newer', body: 'Text', head: { sha: MERGED } })
    expect((await sandbox.call('GET', `${REPOSITORY}/pulls/11`)).body).toMatchObject({
      title: 'Newer',
      body: 'Text',
      head: { ref: 'new', sha: MERGED },
    })
    expect(await tipOf(sandbox, 'new')).toBe(MERGED)
    expect(await pullsOf(sandbox, NEXT)).toEqual([11])
    await control(sandbox, 'pull-requests', { number: 11, state: 'closed' })
    expect((await sandbox.call('GET', `${REPOSITORY}/issues/11`)).body).toMatchObject({
      state: 'closed',
      title: 'Newer',
      closed_at: expect.any(String),
    })
  })

  it.each([
    ['push', { branch: 'trunk' }, 422, '"sha" must be 40 hexadecimal digits.'],
    ['push', { branch: 'trunk', sha: 'main' }, 422, '"sha" must be 40 hexadecimal digits.'],
    ['push', { repository: 'other', branch: 'trunk', sha: NEXT }, 404, 'There is no repository acme/other.'],
    ['merge', { number: 7, unlisted: -1 }, 422, '"unlisted" must be a whole number from 0.'],
    ['merge', { number: 7, unnamed: 'x' }, 422, '"unnamed" must be a whole number from 0.'],
    ['pull-requests', { number: 10 }, 422, `The number 10 is an issue's.`],
    ['pull-requests', { number: 'x' }, 422, '"number" must be a whole number from 1.'],
    ['pull-requests', { heads: {} }, 400, 'unknown key "heads"'],
  ])('POST /_sandbox/%s with %j is refused', async (action, body, status, message) => {
    const { call, state } = await withSandbox({ seed: SEED })
    const before = state()
    const reply = await call('POST', `/_sandbox/${action}`, { ...WHERE, ...body })
    expect(reply).toMatchObject({ status, body: { message: expect.stringContaining(message) } })
    expect(state()).toEqual(before)
  })
})

describe('a seed of them', () => {
  it('is what the state gives back, after changes too', async () => {
    const first = await withSandbox({ seed: { ...SEED, tokens: { owner: {}, workflow: { workflow: true } } } })
    const state = first.state()
    expect((await withSandbox({ seed: state })).state()).toEqual(state)
    await control(first, 'merge', { number: 7 })
    await control(first, 'pull-requests', { head: { ref: 'y', sha: NEXT, repository: 'octocat/fork' } })
    const comment = await first.call('POST', `${REPOSITORY}/issues/10/comments`, { body: 'Hi' }, 'workflow')
    const { node_id } = comment.body as { node_id: string }
    const annotation = { path: 'a', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'm', other: 1 }
    const output = { title: 't', summary: 's', text: 'x', annotations: [annotation] }
    const run = {
      name: 'plan',
      head_sha: HEAD,
      conclusion: 'success',
      output,
      started_at: '2024-01-01T00:00:00.5+02:00',
    }
    expect((await first.call('POST', `${REPOSITORY}/check-runs`, run, 'workflow')).status).toBe(201)
    const query = `mutation { minimizeComment(input: {subjectId: "${node_id}", classifier: OFF_TOPIC}) { clientMutationId } }`
    await first.call('POST', '/graphql', { query })
    await first.call('PATCH', `${REPOSITORY}/issues/10`, { state: 'closed', state_reason: 'not_planned' })
    const changed = first.state()
    expect(changed).toMatchObject({
      organizations: {
        acme: {
          repositories: {
            config: {
              issues: { 10: { state_reason: 'not_planned', comments: [{ minimized: 'OFF_TOPIC' }] } },
              pull_requests: { 7: { merged: true }, 11: { head: { repository: 'octocat/fork' } } },
              check_runs: [{ name: 'plan', started_at: '2023-12-31T22:00:00Z' }],
            },
          },
        },
      },
    })
    const second = await withSandbox({ seed: changed })
    expect(second.state()).toEqual(changed)
    const next = (await second.call('POST', `${REPOSITORY}/issues`, { title: 'Next' })).body as { id: number }
    const known = (await first.call('POST', `${REPOSITORY}/issues`, { title: 'Next' })).body as { id: number }
    expect(next.id).toBe(known.id)
  })

  it.each([
    ['pull_requests: { x: {} }', 'has "x", which is not the number of an issue.'],
    ['pull_requests: { 1: {} }, issues: { 1: {} }', 'issues.1 has the number of a pull request.'],
    ['pull_requests: { 1: { head: { sha: abc } } }', 'head.sha must be a SHA'],
    ['pull_requests: { 1: { head: { repository: fork } } }', 'head.repository must be OWNER/NAME, or null'],
    ['pull_requests: { 1: { merged: true, state: open } }', 'state cannot be open: it is merged.'],
    ['issues: { 1: { head: {} } }', 'issues.1 has the unknown key "head".'],
    ['issues: { 1: { comments: {} } }', 'issues.1.comments must be a list.'],
    ['issues: { 1: { id: 5, comments: [{ id: 5 }] } }', 'comments.0.id is 5, which something else has already.'],
    ['issues: { 1: { comments: [{ minimized: SILLY }] } }', 'comments.0.minimized must be one of SPAM,'],
    ['check_runs: [{}]', 'check_runs.0.name is missing.'],
    ['check_runs: [{ name: x, conclusion: fine }]', 'check_runs.0.conclusion must be one of success,'],
  ])('%s is refused', async (given, message) => {
    const seed = `organizations: { acme: { repositories: { config: { ${given} } } } }`
    await expect(withSandbox({ seed })).rejects.toThrow(message)
  })
})
