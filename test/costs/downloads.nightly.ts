import { afterAll, expect, it } from 'vitest'
import { watchedSandbox } from '../support/watched-sandbox.ts'
import { measure } from './measure.ts'

const rows: string[] = []
afterAll(() => void process.stdout.write(`${rows.join('\n')}\n`))

const later = '2099-01-01T00:00:00Z'

it.each([
  ['a log of 200 MB', 200_000_000, ['runs', 'logs', 'acme/web', '1']],
  ['an artifact of 2 GB', 2_000_000_000, ['artifacts', 'download', 'acme/web', '11']],
] as const)(
  '%s takes the memory of one piece, and goes on where its connection broke',
  async (name, size, command) => {
    const created_at = '2026-01-01T00:00:00Z'
    const artifacts = { dist: { id: 11, size, created_at, expires_at: later } }
    const runs = { 1: { status: 'completed', logs: size, artifacts } }
    const seed = { product: 'ghec', organizations: { acme: { repositories: { web: { runs } } } } }
    const sandbox = await watchedSandbox({ seed, reached: 'by the network' })
    const path =
      command[0] === 'runs' ? '/repos/acme/web/actions/runs/1/logs' : '/repos/acme/web/actions/artifacts/11/zip'
    const { headers } = await sandbox.call('GET', path)
    await sandbox.fault({ route: new URL(headers.location ?? '').pathname, drop_after: size / 2 })
    const env = { GITHUB_API_URL: sandbox.url, OCTOFORM_TOKEN: 'token-of-an-owner' }
    const ran = await measure({}, [...command, '--out', 'saved'], { env, timeout: 600_000 })
    expect(ran.said).toContain('Wrote saved')
    expect(ran.code).toBe(0)
    rows.push(
      `${name}: ${Math.round(ran.megabytes)} MiB resident, ${ran.elapsed.toFixed(1)} s, ${ran.seconds.toFixed(1)} s of CPU`,
    )
    expect(ran.megabytes).toBeLessThanOrEqual(160)
  },
  900_000,
)
