import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const DAY = 86_400_000
const moment = (days: number): string => new Date(Date.now() + days * DAY).toISOString().replace(/\.\d+/, '')

const SEED = {
  organizations: {
    acme: {
      repositories: {
        web: {
          runs: {
            1: {
              status: 'completed',
              logs: 'one\ntwo\n',
              jobs: { build: { id: 9, logs: 'built\n' } },
              artifacts: {
                dist: { id: 11, text: 'zipped', created_at: moment(-1), expires_at: moment(80) },
                old: {
                  id: 12,
                  text: 'zipped',
                  created_at: moment(-90),
                  expires_at: '2024-01-02T03:04:05Z',
                  expired: true,
                },
                large: { id: 13, size: 3_000_000, created_at: moment(-1), expires_at: moment(80) },
              },
            },
            2: { status: 'completed', logs: 'expired' },
          },
          caches: [
            { id: 21, key: 'node-1', ref: 'refs/heads/main', size: 1000 },
            { id: 22, key: 'node-2', ref: 'refs/heads/topic', size: 2000 },
            { id: 23, key: 'go-1', ref: 'refs/heads/main', size: 3000 },
          ],
        },
        api: {
          runs: {
            5: {
              status: 'completed',
              artifacts: { dist: { id: 15, text: 'x', created_at: moment(-2), expires_at: moment(9) } },
            },
          },
        },
      },
    },
  },
}

async function shop(product = 'ghec') {
  // The store is on another origin, which is reached by the network alone.
  const sandbox = await watchedSandbox({ seed: { product, ...SEED }, reached: 'by the network' })
  return { sandbox, place: await workplace(sandbox, {}) }
}

describe('artifacts', () => {
  it('are listed, of several repositories each with its own', async () => {
    const { place } = await shop()
    const { stdout } = await place.run(['artifacts', 'list', 'acme/*', '--json'])
    const listed = JSON.parse(stdout) as { scope: string; name: string }[]
    expect(listed.map(({ scope, name }) => `${scope} ${name}`).sort()).toEqual([
      'repos/acme/api dist',
      'repos/acme/web dist',
      'repos/acme/web large',
      'repos/acme/web old',
    ])
    const named = await place.run(['runs', 'artifacts', 'acme/web', '1'])
    expect(named.stdout).toMatch(/13 +large +3\.0 MB/)
  })

  it('are saved as they are, under their own name, and never over a file', async () => {
    const { place, sandbox } = await shop()
    const saved = await place.run(['artifacts', 'download', 'acme/web', '11'])
    expect(saved).toMatchObject({ code: 0, stderr: expect.stringContaining('Wrote dist.zip, 6 B.') })
    expect(await place.read('dist.zip')).toBe('zipped')
    const again = await place.run(['artifacts', 'download', 'acme/web', '11'])
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('dist.zip is there already') })
    expect(sandbox.asked.map(({ path }) => path).filter((path) => path.startsWith('/_store'))).toEqual([])
  })

  it('that have expired are told with their date, and leave nothing', async () => {
    const { place } = await shop()
    const gone = await place.run(['artifacts', 'download', 'acme/web', '12'])
    expect(gone).toMatchObject({ code: 1, stderr: expect.stringContaining('it expired at 2024-01-02T03:04:05Z') })
    expect(existsSync(join(place.folder, 'old.zip'))).toBe(false)
  })

  it('are deleted after one question', async () => {
    const { place, sandbox } = await shop()
    const done = await place.run(['artifacts', 'delete', 'acme/web', '11', '13', '99'], { answer: 'yes' })
    expect(done).toMatchObject({ code: 1, stderr: expect.stringContaining('Deleted artifact 11 of repos/acme/web.') })
    expect(sandbox.writes()).toHaveLength(3)
  })
})

describe('logs', () => {
  it('of a run and of a job are saved', async () => {
    const { place } = await shop()
    expect(await place.run(['runs', 'logs', 'acme/web', '1'])).toMatchObject({ code: 0 })
    expect(await place.read('run-1-logs.zip')).toBe('one\ntwo\n')
    expect(await place.run(['jobs', 'logs', 'acme/web', '9'])).toMatchObject({ code: 0 })
    expect(await place.read('job-9.log')).toBe('built\n')
  })

  it('of an attempt are asked for by its number', async () => {
    const { place, sandbox } = await shop()
    expect(await place.run(['runs', 'logs', 'acme/web', '1', '--attempt', '1'])).toMatchObject({ code: 0 })
    expect(sandbox.asked.at(-1)?.path).toBe('/repos/acme/web/actions/runs/1/attempts/1/logs')
    const lacking = await shop('ghes-2.22')
    const refused = await lacking.place.run(['runs', 'logs', 'acme/web', '1', '--attempt', '1'])
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('ghes-2.22') })
    expect(lacking.sandbox.asked.map(({ path }) => path).filter((path) => path !== '/meta')).toEqual([])
  })

  it('that are gone are told', async () => {
    const { place } = await shop()
    expect((await place.run(['runs', 'logs', 'acme/web', '2'])).code).not.toBe(0)
    expect(existsSync(join(place.folder, 'run-2-logs.zip'))).toBe(false)
  })
})

describe('caches', () => {
  it('are listed, narrowed and deleted by id or key', async () => {
    const { place, sandbox } = await shop()
    expect((await place.run(['caches', 'list', 'acme/web', '--key', 'node'])).stdout).not.toContain('go-1')
    expect(await place.run(['caches', 'delete', 'acme/web', '21', '--yes'])).toMatchObject({ code: 0 })
    const keyed = await place.run(['caches', 'delete-key', 'acme/web', 'node-2', '--yes', '--ref', 'refs/heads/topic'])
    expect(keyed).toMatchObject({ code: 0, stdout: expect.stringContaining('node-2') })
    expect(sandbox.writes()).toEqual([
      'DELETE /repos/acme/web/actions/caches/21',
      'DELETE /repos/acme/web/actions/caches',
    ])
  })

  it('are counted at every level that does', async () => {
    const { place } = await shop()
    expect((await place.run(['caches', 'usage', 'acme/web'])).stdout).toMatch(/caches +3/)
    expect((await place.run(['caches', 'usage', 'orgs/acme'])).stdout).toMatch(/caches +3/)
    expect((await place.run(['caches', 'usage-by-repository', 'orgs/acme'])).stdout).toMatch(/acme\/web +3/)
  })
})
