import { describe, expect, it } from 'vitest'
import { type TestSandbox, withSandbox } from '../../support/sandbox.ts'

const ISSUES = '/repos/acme/config/issues'
const SEED = {
  organizations: {
    acme: {
      repositories: {
        config: {
          issues: {
            3: {
              title: 'A',
              labels: ['drift', 'bug'],
              user: 'github-actions[bot]',
              created_at: '2024-01-03T00:00:00Z',
            },
            5: { title: 'B', state: 'closed', updated_at: '2024-06-01T00:00:00Z' },
            6: { title: 'C', labels: ['Drift'], comments: [{}, {}] },
          },
          pull_requests: { 4: { title: 'P' } },
        },
        old: { archived: true, issues: { 1: {} } },
      },
    },
  },
  tokens: {
    owner: {},
    workflow: { workflow: true },
    pulls: { workflow: true, permissions: { pull_requests: 'write' } },
    issues: { workflow: 'acme/config', permissions: { issues: 'write' } },
  },
}

async function numbers({ call }: TestSandbox, query: string): Promise<number[]> {
  const { body } = await call('GET', `${ISSUES}${query}`)
  return (body as { number: number }[]).map(({ number }) => number)
}

describe('issues', () => {
  it.each([
    ['', [3, 6, 4]],
    ['?state=closed', [5]],
    ['?state=all&direction=asc', [4, 5, 6, 3]],
    ['?labels=drift', [3, 6]],
    ['?labels=drift,bug', [3]],
    ['?creator=github-actions%5Bbot%5D', [3]],
    ['?state=all&sort=comments', [6, 5, 4, 3]],
    ['?state=all&since=2024-05-01T00:00:00Z', [5]],
    ['?per_page=1&page=2', [6]],
  ])('"%s" lists %j, pull requests among them', async (query, expected) => {
    expect(await numbers(await withSandbox({ seed: SEED }), query)).toEqual(expected)
  })

  it('say what they are, and who wrote them', async () => {
    const { call } = await withSandbox({ seed: SEED })
    const { body: issue } = await call('GET', `${ISSUES}/3`)
    expect(issue).toMatchObject({
      title: 'A',
      user: { login: 'github-actions[bot]', type: 'Bot', id: 41898282 },
      performed_via_github_app: { id: 15368, slug: 'github-actions' },
      labels: [{ name: 'drift' }, { name: 'bug' }],
    })
    expect(issue).not.toHaveProperty('pull_request')
    const { body: pull } = await call('GET', `${ISSUES}/4`)
    expect(pull).toMatchObject({ user: { login: 'octocat', type: 'User' }, performed_via_github_app: null })
    expect(pull).toHaveProperty('pull_request.url', expect.stringMatching(/\/repos\/acme\/config\/pulls\/4$/))
  })

  it('take the next number of the repository, and are the author’s whose token it is', async () => {
    const { call } = await withSandbox({ seed: SEED })
    const made = await call('POST', ISSUES, { title: 'New', labels: [{ name: 'drift' }] }, 'workflow')
    expect(made).toMatchObject({
      status: 201,
      body: { number: 7, body: null, state: 'open', state_reason: null, user: { login: 'github-actions[bot]' } },
    })
    expect((await call('POST', ISSUES, { title: 'Mine' })).body).toMatchObject({
      number: 8,
      user: { login: 'monalisa', type: 'User' },
      author_association: 'MEMBER',
    })
  })

  it('are closed and opened again', async () => {
    const { call } = await withSandbox({ seed: SEED })
    const closed = await call('PATCH', `${ISSUES}/3`, { state: 'closed' })
    expect(closed.body).toMatchObject({ state: 'closed', state_reason: 'completed', closed_at: expect.any(String) })
    const { body: planned } = await call('PATCH', `${ISSUES}/3`, { state_reason: 'not_planned' })
    expect(planned).toMatchObject({ state: 'closed', state_reason: 'not_planned' })
    const { body: open } = await call('PATCH', `${ISSUES}/3`, { state: 'open', body: 'Again.' })
    expect(open).toMatchObject({ state: 'open', state_reason: 'reopened', closed_at: null, body: 'Again.', title: 'A' })
  })

  it.each([
    ['POST', '', {}, `"title" wasn't supplied.`],
    ['POST', '', { title: ' ' }, 'Validation Failed'],
    ['POST', '', { title: 'T', labels: 'drift' }, 'is not an array.'],
    ['POST', '', { title: 'T', labels: [1] }, 'is not a string.'],
    ['PATCH', '/3', { state: 'gone' }, 'gone is not a member of ["open", "closed"].'],
  ])('%s %s with %j is refused', async (method, path, body, message) => {
    const { call } = await withSandbox({ seed: SEED })
    const reply = await call(method, `${ISSUES}${path}`, body)
    expect(reply).toMatchObject({ status: 422, body: { message: expect.stringContaining(message) } })
  })

  it('have at most 65536 characters, of which one beyond the basic plane is one', async () => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call('PATCH', `${ISSUES}/3`, { body: '🙂'.repeat(65536) })).status).toBe(200)
    expect(await call('PATCH', `${ISSUES}/3`, { body: 'x'.repeat(65537) })).toMatchObject({
      status: 422,
      body: { errors: [{ resource: 'Issue', message: 'body is too long (maximum is 65536 characters)' }] },
    })
  })

  it.each([
    ['GET', '/99', 404],
    ['GET', '/three', 404],
    ['PATCH', '/99', 404],
  ])('%s %s answers %d', async (method, path, status) => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call(method, `${ISSUES}${path}`, method === 'GET' ? undefined : {})).status).toBe(status)
  })
})

describe('comments', () => {
  it('are listed in the order in which they were written, and edited in place', async () => {
    const { call } = await withSandbox({ seed: SEED })
    const first = (await call('POST', `${ISSUES}/4/comments`, { body: 'One' }, 'workflow')).body as { id: number }
    await call('POST', `${ISSUES}/4/comments`, { body: 'Two' })
    expect(await call('PATCH', `${ISSUES}/comments/${first.id}`, { body: 'Uno' }, 'workflow')).toMatchObject({
      status: 200,
    })
    const { body } = await call('GET', `${ISSUES}/4/comments`)
    expect(body).toMatchObject([
      { id: first.id, body: 'Uno', user: { login: 'github-actions[bot]', type: 'Bot' }, author_association: 'NONE' },
      { body: 'Two', user: { login: 'monalisa', type: 'User' }, performed_via_github_app: null },
    ])
    expect((await call('GET', `${ISSUES}/4`)).body).toMatchObject({ comments: 2 })
  })

  it.each([
    [{}, `"body" wasn't supplied.`, undefined],
    [{ body: ' \n' }, 'Validation Failed', 'Body cannot be blank'],
    [{ body: 'x'.repeat(65537) }, 'Validation Failed', 'Body is too long (maximum is 65536 characters)'],
  ])('refuse a body that GitHub refuses', async (body, message, problem) => {
    const { call, state } = await withSandbox({ seed: SEED })
    const before = state()
    const reply = await call('POST', `${ISSUES}/4/comments`, body)
    expect(reply).toMatchObject({ status: 422, body: { message: expect.stringContaining(message) } })
    if (problem !== undefined) expect(reply.body).toMatchObject({ errors: [{ message: problem }] })
    expect(state()).toEqual(before)
  })

  it('of another repository are not found', async () => {
    const { call } = await withSandbox({ seed: SEED })
    const { body } = await call('GET', `${ISSUES}/6/comments`)
    const [{ id } = { id: 0 }] = body as { id: number }[]
    expect((await call('GET', `${ISSUES}/comments/${id}`)).status).toBe(200)
    expect((await call('GET', `/repos/acme/old/issues/comments/${id}`)).status).toBe(404)
  })
})

describe('who may write', () => {
  it.each([
    ['pulls', '/4/comments', 201],
    ['pulls', '/3/comments', 403],
    ['issues', '/4/comments', 201],
    ['issues', '/3/comments', 201],
  ])('a token for %s writes to %s: %d', async (token, path, status) => {
    const { call } = await withSandbox({ seed: SEED })
    const reply = await call('POST', `${ISSUES}${path}`, { body: 'Hello' }, token)
    expect(reply.status).toBe(status)
    expect(reply.headers['x-accepted-github-permissions']).toBe('issues=write; pull_requests=write')
  })

  it('a token for pull requests alone neither reads nor changes issues', async () => {
    const { call } = await withSandbox({ seed: SEED })
    const message = 'Resource not accessible by integration'
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['POST', '', { title: 'T' }],
      ['GET', '/3/comments', undefined],
      ['PATCH', '/3', { state: 'closed' }],
    ] as const) {
      expect(await call(method, `${ISSUES}${path}`, body, 'pulls')).toMatchObject({ status: 403, body: { message } })
    }
  })

  it('nobody, where the repository is archived', async () => {
    const { call } = await withSandbox({ seed: SEED })
    const reply = await call('POST', '/repos/acme/old/issues/1/comments', { body: 'Late' })
    expect(reply).toMatchObject({ status: 403, body: { message: 'Repository was archived so is read-only.' } })
    expect((await call('GET', '/repos/acme/old/issues/1')).status).toBe(200)
  })
})
