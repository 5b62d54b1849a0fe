import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { startCli } from '../support/cli.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const DAY = 86_400_000
const ago = (days: number): string => new Date(Date.now() - days * DAY).toISOString().replace(/\.\d+/, '')
const ARTIFACT = '/repos/{owner}/{repo}/actions/artifacts/{artifact_id}'
const COUNT = 24

const artifacts = Object.fromEntries(
  Array.from({ length: COUNT }, (_, index) => [
    `build-${index}`,
    { id: 100 + index, size: 10, created_at: ago(90 - index / 10), expires_at: ago(-90) },
  ]),
)
const old = { status: 'completed', created_at: ago(90), updated_at: ago(90) }
const SHARED = 'ledger: { repository: acme/admin, branch: octoform, path: ledger.json }\n'
const yamlOf = (ledger: string, rules = 'artifacts: { older_than: 30d }'): string => `version: 1
${ledger}organizations: { acme: { repositories: { web: { cleanup: { ${rules} } } } } }
`

async function shop(
  yaml: string,
  web: object = { runs: { 1: { ...old, artifacts } } },
): Promise<{ readonly sandbox: WatchedSandbox; readonly place: Workplace }> {
  const repositories = { web, admin: { files: { main: { 'README.md': '' } } } }
  const sandbox = await watchedSandbox({ seed: { product: 'ghec', organizations: { acme: { repositories } } } })
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': yaml }) }
}

function start({ url }: WatchedSandbox, { folder }: Workplace, ...flags: readonly string[]) {
  const env = { GITHUB_API_URL: url, OCTOFORM_TOKEN: 'token-of-an-owner' }
  return startCli(['cleanup', '--auto-approve', '--parallelism', '2', ...flags], { cwd: folder, env })
}

const deleted = (sandbox: WatchedSandbox): readonly string[] =>
  sandbox.writes().filter((line) => line.includes('/artifacts/'))

/** Kills a run of cleanup half-way. @returns how many deletes GitHub has carried out */
async function killed(sandbox: WatchedSandbox, place: Workplace, ...flags: readonly string[]): Promise<number> {
  await sandbox.fault({ method: 'DELETE', route: ARTIFACT, times: 1000, delay_ms: 50 })
  const running = start(sandbox, place, ...flags)
  await expect.poll(() => deleted(sandbox).length, { timeout: 20_000, interval: 10 }).toBeGreaterThanOrEqual(4)
  running.kill('SIGKILL')
  await running.ended
  // Those in flight are carried out.
  await sleep(300)
  expect(deleted(sandbox).length).toBeLessThan(COUNT)
  return deleted(sandbox).length
}

describe.each([
  ['a file', ''],
  ['a repository', SHARED],
])('cleanup with a ledger in %s', (where, ledger) => {
  it('that is interrupted ends what has begun, gives the lock back, and says what is left', async () => {
    const { sandbox, place } = await shop(yamlOf(ledger))
    await sandbox.fault({ method: 'DELETE', route: ARTIFACT, nth: 5, times: 2, delay_ms: 1500 })
    const running = start(sandbox, place)
    await expect.poll(() => deleted(sandbox).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(4)
    running.kill('SIGINT')
    const { code, signal, stdout, stderr } = await running.ended
    expect({ code, signal }).toEqual({ code: 1, signal: null })
    expect(stderr).toContain('Stopping: what has begun is brought to its end.')
    const done = deleted(sandbox).length
    expect(stdout).toContain(`Cleaned up: ${done} deleted. ${COUNT - done} left: run it again.`)
    expect(done).toBeLessThan(COUNT)
    const rest = await place.run(['cleanup', '--auto-approve'])
    expect(rest).toMatchObject({ code: 0, stdout: expect.stringContaining(`Cleaned up: ${COUNT - done} deleted.`) })
    expect(new Set(deleted(sandbox)).size).toBe(COUNT)
  }, 60_000)

  it('that is killed leaves a lock of a dead run behind, and run again it does the rest', async () => {
    const { sandbox, place } = await shop(yamlOf(ledger))
    const done = await killed(sandbox, place)
    const again = await place.run(['cleanup', '--auto-approve'])
    if (where === 'a repository') {
      // Outside Actions a run is taken for dead ten minutes after its last sign of life.
      expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('has held the lock since') })
      expect(deleted(sandbox)).toHaveLength(done)
      return
    }
    expect(again, again.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining(`${COUNT - done} deleted.`) })
    expect(deleted(sandbox)).toHaveLength(COUNT)
    expect(await readdir(join(place.folder, '.octoform')).catch(() => [])).toEqual([])
  }, 60_000)
})

it('a saved plan that was half done does the rest of it, and nothing that came of age', async () => {
  const { sandbox, place } = await shop(yamlOf(''))
  await place.run(['cleanup', '--out', 'c.json'])
  const done = await killed(sandbox, place, 'c.json')
  const again = await place.run(['cleanup', 'c.json', '--auto-approve'])
  expect(again, again.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining(`${COUNT - done} deleted.`) })
}, 60_000)

it('a second run that finds the lock taken deletes nothing, and waits as --lock-timeout says', async () => {
  const { sandbox, place } = await shop(yamlOf(SHARED))
  await sandbox.fault({ method: 'DELETE', route: ARTIFACT, nth: 3, times: 1, delay_ms: 3000 })
  const running = start(sandbox, place, '--parallelism', '1')
  await expect.poll(() => deleted(sandbox).length, { timeout: 20_000 }).toBe(2)
  const refused = await place.run(['cleanup', '--auto-approve'])
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('has held the lock since') })
  expect(deleted(sandbox).length).toBeLessThan(4)
  const second = await place.run(['cleanup', '--auto-approve', '--lock-timeout', '1m'])
  expect((await running.ended).stdout).toContain(`Cleaned up: ${COUNT} deleted.`)
  expect(second, second.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining('0 deleted.') })
  expect(deleted(sandbox)).toHaveLength(COUNT)
}, 60_000)

it('a run that waited and then cannot read a repository says what it left', async () => {
  const { sandbox, place } = await shop(yamlOf(SHARED))
  await sandbox.fault({ method: 'DELETE', route: ARTIFACT, nth: 3, times: 1, delay_ms: 3000 })
  const running = start(sandbox, place, '--parallelism', '1')
  await expect.poll(() => deleted(sandbox).length, { timeout: 20_000 }).toBe(2)
  const lists = sandbox.asked.filter(({ path }) => path.endsWith('/actions/artifacts')).length
  // Its first list comes before the lock, the second after the wait for it.
  const route = '/repos/{owner}/{repo}/actions/artifacts'
  expect(lists).toBe(1)
  await sandbox.fault({ method: 'GET', route, nth: 2, times: 9, status: 404, body: { message: 'Not Found' } })
  const second = await place.run(['cleanup', '--auto-approve', '--lock-timeout', '1m'])
  await running.ended
  expect(second, second.stderr).toMatchObject({ code: 1, stderr: expect.stringContaining('not read: repos/acme/web') })
  expect(second.stdout).toMatch(/Cleaned up: 0 deleted\. \d+ left: run it again\./)
}, 60_000)

it('a stuck run that is waited for does not hold up the end', async () => {
  const queued = { status: 'queued', created_at: ago(3), updated_at: ago(3), cancel: 'ignored' }
  const { sandbox, place } = await shop(yamlOf('', 'stuck: { queued_longer_than: 24h }'), { runs: { 1: queued } })
  const running = start(sandbox, place)
  await expect.poll(() => sandbox.writes().length, { timeout: 20_000 }).toBe(1)
  const asked = Date.now()
  running.kill('SIGTERM')
  const { code, stdout } = await running.ended
  expect(Date.now() - asked).toBeLessThan(10_000)
  expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining('0 deleted. 1 left: run it again.') })
  expect(sandbox.writes()).toEqual(['POST /repos/acme/web/actions/runs/1/cancel'])
}, 60_000)
