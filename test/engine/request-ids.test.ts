import { expect, test } from 'vitest'
import type { Outcome } from '../../src/core/outcome.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const SECRET = '/orgs/{org}/actions/secrets/{secret_name}'

const CONFIG = `
version: 1
organizations:
  acme:
    secrets:
      LIST: { visibility: selected, repositories: [api] }
      NEW: { visibility: all, value: { env: TOKEN } }
      GONE: absent
    runner_groups:
      built: { visibility: selected, repositories: [web], runners: [r1] }
`

/**
 * Applies against a sandbox whose answers are kept, and gives the result of each change by the last part of its
 * address.
 */
async function applied(fault?: object) {
  const ids: { method: string; id: string | undefined; date: string | undefined }[] = []
  const sandbox = await watchedSandbox({
    seed: {
      product: 'ghec',
      organizations: {
        acme: {
          repositories: { web: {}, api: {} },
          runners: { r1: {} },
          secrets: { GONE: { visibility: 'all' }, LIST: { visibility: 'selected', repositories: ['web'] } },
        },
      },
    },
    onExchange({ method, responseHeaders }) {
      ids.push({ method, id: responseHeaders['x-github-request-id'], date: responseHeaders.date })
    },
  })
  const place = await workplace(sandbox, { 'octoform.yaml': CONFIG }, { TOKEN: 'token-value' })
  if (fault) await sandbox.fault(fault)
  const { stdout } = await place.run(['apply', '--auto-approve', '--format', 'json'])
  const outcome: Outcome = JSON.parse(stdout)
  const writes = ids.filter(({ method, id }) => method !== 'GET' && id !== undefined)
  const byName = new Map(outcome.changes.map((change) => [change.address.split('/').at(-1), change]))
  return { outcome, writes, byName }
}

test('each write of a run is found again by its id, and each change by the time of its last answer', async () => {
  const { outcome, writes, byName } = await applied()
  expect(outcome.complete).toBe(true)
  const told = outcome.changes.flatMap(({ request_ids }) => request_ids)
  expect([...told].sort()).toEqual(writes.map(({ id }) => id).sort())
  expect(byName.get('built')?.request_ids.length).toBeGreaterThan(1)
  expect(byName.get('NEW')?.request_ids).toHaveLength(1)
  for (const { request_ids, at } of outcome.changes) {
    const last = writes.find(({ id }) => id === request_ids.at(-1))
    expect(at).toBe(new Date(last?.date ?? '').toISOString())
  }
})

test('a refused write is found again too', async () => {
  const { byName, writes } = await applied({ method: 'PUT', route: `${SECRET}/repositories`, status: 403, times: 1 })
  const refused = byName.get('LIST')
  expect(refused).toMatchObject({ status: 'failed', request_ids: [refused?.error?.request_id] })
  expect(writes.map(({ id }) => id)).toContain(refused?.request_ids[0])
  expect(refused?.at).toMatch(/^\d{4}-\d\d-\d\dT/)
})

test('a write that no answer came to has neither id nor time', async () => {
  const { byName } = await applied({ method: 'PUT', route: `${SECRET}/repositories`, drop: true, times: 3 })
  expect(byName.get('LIST')).toMatchObject({ status: 'failed', request_ids: [] })
  expect(byName.get('LIST')).not.toHaveProperty('at')
})
