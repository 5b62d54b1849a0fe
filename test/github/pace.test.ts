import { expect, it } from 'vitest'
import { boundedPace, type Pace } from '../../src/github/pace.ts'
import { clientFor, rejection } from '../support/client-for.ts'
import { answerJson, serve } from '../support/scripted-server.ts'

it('bounds what is in flight', async () => {
  let inFlight = 0
  let most = 0
  const server = await serve((_, response) => {
    most = Math.max(most, ++inFlight)
    setTimeout(() => {
      inFlight -= 1
      answerJson(response, 200, {})
    }, 10)
  })
  const client = clientFor(server.url, { pace: boundedPace(3) })
  await Promise.all(Array.from({ length: 12 }, () => client.request('GET /user', {})))
  expect(most).toBe(3)
  expect(server.seen).toHaveLength(12)
})

it('is asked for each attempt, each page and each redirect', async () => {
  const server = await serve(({ path, headers }, response) => {
    const link = `<http://${headers.host}/organizations/9/things?page=2>; rel="next"`
    if (path.includes('page=2')) answerJson(response, 503, {})
    else if (path === '/organizations/9/things') answerJson(response, 200, [], { link })
    else response.writeHead(301, { location: '/organizations/9/things' }).end()
  })
  let turns = 0
  const pace: Pace = {
    run: (task) => {
      turns += 1
      return task()
    },
  }
  const client = clientFor(server.url, { pace })
  await rejection(client.paginate('GET /orgs/{org}/things', { org: 'acme' }, null, null, { id: 9 }))
  expect(server.seen).toHaveLength(5)
  expect(turns).toBe(5)
})
