import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const DAY = 86_400_000
const ago = (days: number): string => new Date(Date.now() - days * DAY).toISOString().replace(/\.\d+/, '')
const ended = { status: 'completed', created_at: ago(40), updated_at: ago(40) }
const made = { created_at: ago(40), expires_at: ago(-40) }
const WEB = {
  id: 77,
  runs: { 40: { ...ended, logs: 'one\n', artifacts: { build: { id: 5, size: 10, ...made } } } },
  caches: [{ id: 21, key: 'k', ref: 'refs/heads/main', size: 10, created_at: ago(40) }],
}
const BASE = '/repos/{owner}/{repo}/actions'
const NOT_FOUND = { status: 404, body: { message: 'Not Found' } }
const RULES = {
  artifacts: {
    rule: 'artifacts: { older_than: 30d }',
    route: `${BASE}/artifacts/{artifact_id}`,
    item: '/repos/acme/web/actions/artifacts/5',
  },
  runs: { rule: 'runs: { older_than: 30d }', route: `${BASE}/runs/{run_id}`, item: '/repos/acme/web/actions/runs/40' },
  logs: {
    rule: 'logs: { older_than: 30d }',
    route: `${BASE}/runs/{run_id}/logs`,
    item: '/repos/acme/web/actions/runs/40',
  },
  caches: { rule: 'caches: { older_than: 30d }', route: `${BASE}/caches/{cache_id}`, item: undefined },
} as const

async function shop(rule: string) {
  const yaml = `version: 1
guards: { cleanup_logs: true }
organizations: { acme: { repositories: { web: { cleanup: { ${rule} } } } } }
`
  const sandbox = await watchedSandbox({
    seed: { product: 'ghec', organizations: { acme: { repositories: { web: WEB } } } },
  })
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': yaml }) }
}

describe.each(Object.entries(RULES))('a 404 for the delete of %s', (kind, { rule, route, item }) => {
  it('fails where the object is still there: the credential may not delete it', async () => {
    const { sandbox, place } = await shop(rule)
    await sandbox.fault({ method: 'DELETE', route, ...NOT_FOUND })
    const ran = await place.run(['cleanup', '--auto-approve'])
    expect(ran, ran.stderr).toMatchObject({ code: 1, stdout: expect.stringContaining('0 deleted. 1 failed.') })
    expect(ran.stderr).toContain('It is still there')
  })

  it('is done where the object is gone, and its repository is there', async () => {
    const { sandbox, place } = await shop(rule)
    await sandbox.fault({ method: 'DELETE', route, ...NOT_FOUND })
    if (item !== undefined) await sandbox.fault({ method: 'GET', route: item, times: 9, ...NOT_FOUND })
    // The first list of caches is that of the reading.
    else
      await sandbox.fault({
        method: 'GET',
        route: `${BASE}/caches`,
        nth: 2,
        status: 200,
        body: { total_count: 0, actions_caches: [] },
      })
    const ran = await place.run(['cleanup', '--auto-approve'])
    expect(ran, ran.stderr).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('0 deleted. 1 were gone already.'),
    })
  })

  it('fails where the repository is not shown any more', async () => {
    const { sandbox, place } = await shop(rule)
    await sandbox.fault({ method: 'DELETE', route, ...NOT_FOUND })
    if (item !== undefined) await sandbox.fault({ method: 'GET', route: item, times: 9, ...NOT_FOUND })
    else await sandbox.fault({ method: 'GET', route: `${BASE}/caches`, nth: 2, times: 9, ...NOT_FOUND })
    // The first look is the one before the first delete.
    await sandbox.fault({ method: 'GET', route: '/repos/acme/web', nth: 2, times: 9, ...NOT_FOUND })
    const ran = await place.run(['cleanup', '--auto-approve'])
    expect(ran, ran.stderr).toMatchObject({ code: 1, stdout: expect.stringContaining('0 deleted. 1 failed.') })
    expect(ran.stderr).toContain('GET /repos/acme/web: 404')
    expect(kind).toBeDefined()
  })
})

describe('caches of a branch on which a run goes on', () => {
  const rule = 'caches: { older_than: 1d }'
  it.each([
    ['refs/heads/main', 'Nothing to clean up.'],
    ['refs/heads/other', 'Cleanup: 1 object in 1 repository'],
  ])('%s', async (ref, line) => {
    const yaml = `version: 1\norganizations: { acme: { repositories: { web: { cleanup: { ${rule} } } } } }\n`
    const going = { status: 'in_progress', head_branch: 'main', created_at: ago(3), updated_at: ago(3) }
    const web = { runs: { 1: going }, caches: [{ id: 21, key: 'k', ref, size: 10, created_at: ago(2) }] }
    const sandbox = await watchedSandbox({
      seed: { product: 'ghec', organizations: { acme: { repositories: { web } } } },
    })
    const place = await workplace(sandbox, { 'octoform.yaml': yaml })
    const ran = await place.run(['cleanup', '--out', 'c.json', '--allow', 'cleanup-recent'])
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining(line) })
  })
})
