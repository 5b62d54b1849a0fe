import { describe, expect, it } from 'vitest'
import { clientFor, rejection, TOKEN } from '../support/client-for.ts'
import { answerJson, serve } from '../support/scripted-server.ts'

const MUTATION = 'mutation($id: ID!) { minimizeComment(input: { subjectId: $id }) { clientMutationId } }'

async function answered(body: unknown, query = MUTATION, status = 200) {
  const server = await serve((_, response) => answerJson(response, status, body, { 'x-github-request-id': 'AB:12' }))
  const permission = () => {
    throw new Error('GraphQL stands in no table of endpoints')
  }
  const client = clientFor(`${server.url}/api/v3`, { permission, previews: permission })
  return { server, asked: client.graphql<{ viewer: string }>(query, { id: 'IC_1' }) }
}

it('goes beside the API base, with its variables, and gives the data', async () => {
  const { server, asked } = await answered({ data: { viewer: 'octocat' } })
  expect(await asked).toEqual({ viewer: 'octocat' })
  const [request] = server.seen
  expect(request).toMatchObject({ method: 'POST', path: '/api/graphql' })
  expect(request?.headers.authorization).toBe(`Bearer ${TOKEN}`)
  expect(JSON.parse(request?.body ?? '')).toEqual({ query: MUTATION, variables: { id: 'IC_1' } })
})

describe('an answer with errors, though its status is 200', () => {
  it.each([
    [MUTATION, 'FORBIDDEN', 'refused'],
    ['query { viewer }', 'FORBIDDEN', 'forbidden'],
    ['query { viewer }', 'NOT_FOUND', 'forbidden'],
    ['query { viewer }', 'INTERNAL', 'unavailable'],
    [MUTATION, 'RATE_LIMITED', 'unavailable'],
  ])('of %s, %s, is %s', async (query, type, kind) => {
    const message = `Could not resolve it, ${TOKEN} \u001b[2J`
    const { asked } = await answered({ data: null, errors: [{ type, message }] }, query)
    const error = await rejection(asked)
    expect(error).toMatchObject({ kind, status: 200, route: 'POST /graphql', requestId: 'AB:12' })
    expect(error.message).toContain('/api/graphql: Could not resolve it, ***')
    expect(error.message).not.toContain('\u001b')
  })

  it.each([[{ errors: ['odd', null] }], [{ errors: [{}] }]])('may be of another form: %j', async (body) => {
    const { asked } = await answered(body)
    expect((await rejection(asked)).kind).toBe('refused')
  })
})

it.each([[{}], [{ data: null }], [[]]])('an answer without data is not GitHub’s: %j', async (body) => {
  const { asked } = await answered(body)
  expect(await rejection(asked)).toMatchObject({ kind: 'unavailable' })
})

it.each([401, 403, 502])('a status of %i is what it is elsewhere', async (status) => {
  const { asked, server } = await answered({ message: 'no' }, MUTATION, status)
  expect(await rejection(asked)).toMatchObject({ status, kind: status === 502 ? 'unavailable' : 'refused' })
  expect(server.seen).toHaveLength(1)
})

it('is refused by a client that may only read', async () => {
  const server = await serve((_, response) => answerJson(response, 200, { data: {} }))
  const asked = clientFor(server.url, { mode: 'read-only' }).graphql('query { viewer }', {})
  await expect(asked).rejects.toThrow('Bug: POST /graphql on a client that may only read. Nothing was sent.')
  expect(server.seen).toEqual([])
})
