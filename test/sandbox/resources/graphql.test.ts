import { describe, expect, it } from 'vitest'
import { type TestSandbox, withSandbox } from '../../support/sandbox.ts'

const SEED = {
  organizations: {
    acme: {
      repositories: {
        config: {
          pull_requests: { 7: { comments: [{ id: 501, body: 'Old plan' }] } },
          issues: { 5: { comments: [{ id: 502, body: 'Drift' }] } },
        },
        other: {},
      },
    },
  },
  tokens: {
    owner: {},
    reader: { read_only: true },
    workflow: { workflow: 'acme/config' },
    elsewhere: { workflow: 'acme/other' },
    pulls: { workflow: 'acme/config', permissions: { pull_requests: 'write' } },
    contents: { workflow: 'acme/config', permissions: { contents: 'write' } },
  },
}
const VIEWER = { query: 'query { viewer { login } }' }
const MINIMIZE = `
  # Comments are ignored, as commas are.
  mutation Hide($id: ID!, $why: ReportedContentClassifiers = OUTDATED) {
    minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) {
      hidden: minimizedComment { isMinimized minimizedReason }
    }
  }`

async function nodeIdOf({ call }: TestSandbox, comment: number): Promise<string> {
  const { body } = await call('GET', `/repos/acme/config/issues/comments/${comment}`)
  return (body as { node_id: string }).node_id
}

describe('GraphQL', () => {
  it.each([
    ['ghec', '/graphql', '/api/graphql'],
    ['dotcom', '/graphql', '/api/graphql'],
    ['ghes-3.19', '/api/graphql', '/api/v3/graphql'],
    ['ghes-2.22', '/api/graphql', '/graphql'],
  ])('of %s is at %s and not at %s', async (product, path, other) => {
    const { call, origin } = await withSandbox({ seed: SEED, product })
    expect(await call('POST', origin + path, VIEWER)).toMatchObject({
      status: 200,
      body: { data: { viewer: { login: 'monalisa' } } },
    })
    expect((await call('POST', origin + other, VIEWER)).status).toBe(404)
    expect((await call('GET', origin + path)).status).toBe(404)
    expect((await call('POST', origin + path, VIEWER, '')).status).toBe(401)
    expect((await call('POST', origin + path, VIEWER, 'stranger')).status).toBe(401)
  })

  it.each([
    ['owner', 'monalisa'],
    ['reader', 'monalisa'],
    ['workflow', 'github-actions[bot]'],
  ])('says that %s is %s', async (token, login) => {
    const { call } = await withSandbox({ seed: SEED })
    expect((await call('POST', '/graphql', { query: '{ me: viewer { login } }' }, token)).body).toEqual({
      data: { me: { login } },
    })
  })

  it.each(['workflow', 'pulls', 'owner'])('hides a comment for %s, which REST lists all the same', async (token) => {
    const sandbox = await withSandbox({ seed: SEED })
    const id = await nodeIdOf(sandbox, 501)
    const reply = await sandbox.call('POST', '/graphql', { query: MINIMIZE, variables: { id } }, token)
    expect(reply.body).toEqual({
      data: { minimizeComment: { hidden: { isMinimized: true, minimizedReason: 'outdated' } } },
    })
    expect((await sandbox.call('GET', '/repos/acme/config/issues/7/comments')).body).toMatchObject([
      { id: 501, body: 'Old plan', minimized: { reason: 'outdated' } },
    ])
  })

  it('takes the input as one variable, and gives the client’s id back', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const query =
      'mutation($input: MinimizeCommentInput!) { minimizeComment(input: $input) { clientMutationId minimizedComment { minimizedReason } } }'
    const input = { subjectId: await nodeIdOf(sandbox, 502), classifier: 'OFF_TOPIC', clientMutationId: 'mine' }
    expect((await sandbox.call('POST', '/graphql', { query, variables: { input } })).body).toEqual({
      data: { minimizeComment: { clientMutationId: 'mine', minimizedComment: { minimizedReason: 'off-topic' } } },
    })
  })

  it.each([
    ['reader', 501, 'FORBIDDEN', 'Resource not accessible by personal access token'],
    ['contents', 501, 'FORBIDDEN', 'Resource not accessible by integration'],
    ['pulls', 502, 'FORBIDDEN', 'Resource not accessible by integration'],
    ['elsewhere', 501, 'NOT_FOUND', 'Could not resolve to a node with the global id of'],
  ])('tells %s about comment %d: %s', async (token, comment, type, message) => {
    const sandbox = await withSandbox({ seed: SEED })
    const id = await nodeIdOf(sandbox, comment)
    const before = sandbox.state()
    const reply = await sandbox.call('POST', '/graphql', { query: MINIMIZE, variables: { id } }, token)
    expect(reply).toMatchObject({
      status: 200,
      body: {
        data: { minimizeComment: null },
        errors: [{ type, path: ['minimizeComment'], message: expect.stringContaining(message) }],
      },
    })
    expect(sandbox.state()).toEqual(before)
  })

  it('hides no comment in an archived repository', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const id = await nodeIdOf(sandbox, 501)
    await sandbox.call('PATCH', '/repos/acme/config', { archived: true })
    const message = 'Repository was archived so is read-only.'
    expect((await sandbox.call('POST', '/graphql', { query: MINIMIZE, variables: { id } })).body).toMatchObject({
      data: { minimizeComment: null },
      errors: [{ type: 'FORBIDDEN', message }],
    })
  })

  it.each([
    [{}, 'A query attribute must be specified and must be a string.'],
    [{ query: '' }, 'Unexpected end of document'],
    [{ query: '{ viewer { login }' }, 'Unexpected end of document'],
    [{ query: '{ viewer { login } } }' }, 'Parse error on "}"'],
    [{ query: '{ viewer { ...Mine } }' }, 'Expected one of'],
    [{ query: 'subscription { viewer { login } }' }, 'Parse error on "subscription"'],
    [{ query: '{ viewer {} }' }, 'A selection cannot be empty.'],
    [{ query: '{ viewer }' }, 'Field must have selections'],
    [{ query: '{ viewer { email } }' }, `Field 'email' doesn't exist on type 'User'`],
    [{ query: '{ rateLimit { cost } }' }, `Field 'rateLimit' doesn't exist on type 'Query'`],
    [{ query: 'mutation { viewer { login } }' }, `Field 'viewer' doesn't exist on type 'Mutation'`],
    [{ query: MINIMIZE }, 'Variable $id was provided invalid value'],
    [minimize('subjectId: "x"'), `Argument 'classifier'`],
    [minimize('subjectId: "x", classifier: "OUTDATED"'), `Argument 'classifier'`],
    [minimize('subjectId: "x", classifier: SILLY'), `Argument 'classifier'`],
    [minimize('subjectId: x, classifier: OUTDATED'), `Argument 'subjectId'`],
    [minimize('subjectId: "\\q", classifier: OUTDATED'), 'Bad escape'],
    [minimize('classifier: OUTDATED'), `Argument 'subjectId'`],
  ])('answers %j with an error, and status 200', async (body, message) => {
    const { call } = await withSandbox({ seed: SEED })
    const reply = await call('POST', '/graphql', body)
    expect(reply).toMatchObject({ status: 200, body: { errors: [{ message: expect.stringContaining(message) }] } })
    expect(reply.body).not.toHaveProperty('data')
  })

  it('hides nothing when something is asked for that there is not', async () => {
    const sandbox = await withSandbox({ seed: SEED })
    const before = sandbox.state()
    const id = await nodeIdOf(sandbox, 501)
    const query = MINIMIZE.replace('isMinimized', 'isHidden')
    const { body } = await sandbox.call('POST', '/graphql', { query, variables: { id } })
    expect(body).toEqual({ errors: [{ message: `Field 'isHidden' doesn't exist on type 'minimizedComment'` }] })
    expect(sandbox.state()).toEqual(before)
  })
})

function minimize(input: string): object {
  return { query: `mutation { minimizeComment(input: { ${input} }) { clientMutationId } }` }
}
