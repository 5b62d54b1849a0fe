import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { actionsEnv, REPOSITORY, type RunOfActions, TIP } from '../support/github-actions.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'
import { OLD, OWN, RUNS, runs, SEED, VALUES, YAML } from './event-runs.ts'

describe('apply in GitHub Actions, on a branch', () => {
  const push = (ref: string, sha: string): RunOfActions => ({
    event: 'push',
    payload: REPOSITORY,
    env: { GITHUB_REF: `refs/heads/${ref}`, GITHUB_SHA: sha },
  })

  it.each<[string, RunOfActions, readonly string[], string]>([
    ['that --branch names', push('other', OLD), ['--branch', 'other'], '0 39 10'],
    ['that --branch names, of an old commit', push('other', TIP), ['--branch', 'other'], '4 1 0'],
    ['where --branch names another', push('main', TIP), ['--branch', 'other'], '3 0 0'],
    // The second request reads the visibility of the repository, for the audience of the summary.
    ['that is not there any more', push('gone', OLD), ['--branch', 'gone'], '5 2 0'],
    ['that is a tag of that name', { ...push('main', TIP), env: { GITHUB_REF: 'refs/tags/main' } }, [], '3 0 0'],
    ['on an event with a pull request', RUNS.pull_request, ['--branch', 'main'], '3 0 0'],
  ])('%s', async (_, run, flags, expected) => {
    const { code, sandbox } = await runs(run, ['apply', '--auto-approve', ...flags])
    expect(`${code} ${sandbox.asked.length} ${sandbox.writes().length}`).toBe(expected)
  })

  it.each([404, 500])('ends where the default branch cannot be told: %d', async (status) => {
    const sandbox = await watchedSandbox({ seed: SEED })
    await sandbox.fault({ method: 'GET', route: '/repos/{owner}/{repo}', times: 100, status })
    const env = await actionsEnv({ event: 'schedule' })
    const place = await workplace(sandbox, { 'octoform.yaml': YAML }, { ...env, ...VALUES })
    expect((await place.run(['apply', '--auto-approve'])).code).toBe(5)
    expect(new Set(sandbox.asked.map(({ path }) => path))).toEqual(new Set(['/repos/acme/admin']))
  })

  it('asks for the tip anew once the lock is held', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const route = '/repos/{owner}/{repo}/branches/{branch}'
    await sandbox.fault({ method: 'GET', route, nth: 2, status: 200, body: { name: 'main', commit: { sha: OLD } } })
    const env = await actionsEnv({ event: 'push', payload: REPOSITORY })
    const place = await workplace(sandbox, { 'octoform.yaml': YAML }, { ...env, ...VALUES })
    const ran = await place.run(['apply', '--auto-approve'])
    expect(ran).toMatchObject({ code: 4, stderr: expect.stringContaining(`the tip of main in acme/admin is ${OLD}`) })
    expect(administered(sandbox)).toEqual([])
    expect(await lockState(sandbox)).toBe('free')
  })

  it('writes nothing where the tip moved while it waited for the lock', async () => {
    const { sandbox, place } = await lockedWorld()
    const running = place.run(['apply', '--auto-approve', '--lock-timeout', '20s'])
    await until(() => sandbox.asked.some(({ path }) => path.includes('/actions/runs/99')))
    const at = { owner: 'acme', repository: 'admin' }
    await sandbox.call('POST', '/_sandbox/push', { ...at, branch: 'main', sha: OLD })
    await sandbox.call('POST', '/_sandbox/runs', { ...at, id: 99, status: 'completed' })
    const ran = await running
    expect(ran).toMatchObject({ code: 4, stdout: expect.not.stringContaining('Applied') })
    expect(ran.stderr).toMatch(/Waiting for the lock, which .*another.* holds/)
    expect(administered(sandbox)).toEqual([])
    expect(await lockState(sandbox)).toBe('free')
  })

  it('applies where the tip stayed, once the other run has ended', async () => {
    const { sandbox, place } = await lockedWorld()
    const running = place.run(['apply', '--auto-approve', '--lock-timeout', '20s'])
    await until(() => sandbox.asked.some(({ path }) => path.includes('/actions/runs/99')))
    const at = { owner: 'acme', repository: 'admin' }
    await sandbox.call('POST', '/_sandbox/runs', { ...at, id: 99, status: 'completed' })
    expect(await running).toMatchObject({ code: 0, stdout: expect.stringContaining('Applied: 1 added') })
    expect(administered(sandbox)).toEqual(['PUT /orgs/acme/actions/secrets/NPM_TOKEN'])
  })

  it('does not wait where it is not told to', async () => {
    const { sandbox, place } = await lockedWorld()
    const ran = await place.run(['apply', '--auto-approve'])
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('another') })
    expect(sandbox.writes()).toEqual([])
  })
})

/** A world in which run 99 of the same repository holds the lock. */
async function lockedWorld(): Promise<{ sandbox: WatchedSandbox; place: Workplace }> {
  const run = { repository: OWN, run_id: '99', run_attempt: 1, url: 'https://github.example.com/acme/admin/runs/99' }
  const now = new Date().toISOString()
  const holder = { actor: 'another', host: 'elsewhere', run }
  const lock = { state: 'held', nonce: 'a-nonce', holder, since: now, heartbeat: now }
  const seed = structuredClone(SEED)
  Object.assign(seed.organizations.acme.repositories.admin, {
    files: { octoform: { 'ledger.json.lock.json': `${JSON.stringify(lock, null, 2)}\n` } },
    runs: { 99: { status: 'in_progress' } },
  })
  const sandbox = await watchedSandbox({ seed })
  const env = await actionsEnv({ event: 'push', payload: REPOSITORY })
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': YAML }, { ...env, ...VALUES }) }
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries += 1) {
    if (tries > 1000) throw new Error('it never came')
    await sleep(10)
  }
}

/** Writes to administered settings, and not to the repository of the run. */
function administered(sandbox: WatchedSandbox): readonly string[] {
  return sandbox.writes().filter((write) => !write.includes(' /repos/acme/admin/'))
}

async function lockState(sandbox: WatchedSandbox): Promise<unknown> {
  const { body } = await sandbox.call('GET', '/repos/acme/admin/contents/ledger.json.lock.json?ref=octoform')
  const { content } = body as { content: string }
  return (JSON.parse(Buffer.from(content, 'base64').toString()) as { state: unknown }).state
}
