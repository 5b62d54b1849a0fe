import { describe, expect, it } from 'vitest'
import { deriveKeys } from '../../src/secrets/keys.ts'
import { LEDGER_KEY, type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const LEDGER = '.octoform/ledger.json'
const DRIFT = ['drift', '--issue', 'acme/admin']
const APPLY = ['apply', '--auto-approve']
const WITHOUT_KEY = { OCTOFORM_LEDGER_KEY: '' }
const ROLLED_BACK = 'It was rolled back'

const yaml = async (names: readonly string[]): Promise<string> => `
version: 1
ledger: { public_key: "${(await deriveKeys(LEDGER_KEY))?.publicKey}" }
organizations:
  acme:
    secrets: { ${names.map((name) => `${name}: { visibility: all, value: { env: V } }`).join(', ')} }
    runner_groups: { builders: { visibility: all } }
`

interface Issue {
  readonly number: number
  readonly state: string
  readonly body: string
}

interface Place {
  readonly sandbox: WatchedSandbox
  readonly work: Workplace
  /** The ledger before the last apply. */
  readonly former: string
  readonly latest: string
  issues(): Promise<readonly Issue[]>
  /** Deletes a runner group by hand, which is drift of another kind. */
  drift(): Promise<void>
}

/** An organization that was applied twice, the second time with one secret more. */
async function place(): Promise<Place> {
  const sandbox = await watchedSandbox({
    seed: {
      organizations: { acme: { repositories: { admin: { branches: { main: 'a'.repeat(40) } } } } },
      tokens: { 'token-of-an-owner': {}, owner: {}, 'token-of-the-workflow': { workflow: 'acme/admin' } },
    },
  })
  const env = { GITHUB_TOKEN: 'token-of-the-workflow', V: 'planted-value' }
  const work = await workplace(sandbox, { 'octoform.yaml': await yaml(['A']) }, env)
  expect(await work.run(APPLY)).toMatchObject({ code: 0 })
  const former = await work.read(LEDGER)
  await work.write('octoform.yaml', await yaml(['A', 'B']))
  expect(await work.run(APPLY)).toMatchObject({ code: 0 })
  const latest = await work.read(LEDGER)
  return {
    sandbox,
    work,
    former,
    latest,
    async issues() {
      const { body } = await sandbox.call('GET', '/repos/acme/admin/issues?state=all')
      return body as readonly Issue[]
    },
    async drift() {
      const { body } = await sandbox.call('GET', '/orgs/acme/actions/runner-groups')
      const { runner_groups } = body as { runner_groups: { id: number; name: string }[] }
      const id = runner_groups.find(({ name }) => name === 'builders')?.id
      expect((await sandbox.call('DELETE', `/orgs/acme/actions/runner-groups/${id}`)).status).toBe(204)
    },
  }
}

const counterOf = (ledger: string): number => JSON.parse(ledger).seal.counter

describe('a whole older ledger, with a seal of its own', () => {
  it.each([
    ['the key', {}],
    ['its public key alone', WITHOUT_KEY],
  ])('is named by drift while an issue is open that has seen a later one, with %s', async (_what, env) => {
    const { work, former, latest, issues, drift } = await place()
    await drift()
    expect(await work.run(DRIFT, { env })).toMatchObject({ code: 2, stdout: expect.not.stringContaining(ROLLED_BACK) })
    expect((await issues())[0]?.body).toContain(`"counter":${counterOf(latest)}`)
    await work.write('octoform.yaml', (await yaml(['A'])).replace(/runner_groups.*/, ''))
    await work.write(LEDGER, former)
    const ran = await work.run(DRIFT, { env })
    expect(ran).toMatchObject({ code: 2 })
    expect(ran.stdout.trimStart().split('\n')[0]).toBe('The ledger was altered')
    const words = `${ROLLED_BACK}: this is its version ${counterOf(former)}, and the open issue about drift has seen version ${counterOf(latest)}`
    expect(ran.stdout).toContain(words)
    expect(ran.stdout.trim().split('\n').at(-1)).toBe('Drift: 0 to add, 0 to change, 0 to delete.')
    expect(await issues()).toMatchObject([{ state: 'open', body: expect.stringContaining(words) }])
    // It is reported again, and the issue still has the later counter.
    expect(await work.run(DRIFT, { env })).toMatchObject({ code: 2, stdout: expect.stringContaining(words) })
    expect((await issues())[0]?.body).toContain(`"counter":${counterOf(latest)}`)
    // Once the latest is back, there is nothing to tell.
    await work.write(LEDGER, latest)
    expect((await work.run(DRIFT, { env })).stdout).not.toContain(ROLLED_BACK)
    expect(await issues()).toMatchObject([{ state: 'closed' }])
  })

  it('is accepted by closing that issue', async () => {
    const { sandbox, work, former, issues, drift } = await place()
    await drift()
    await work.run(DRIFT)
    await work.write('octoform.yaml', (await yaml(['A'])).replace(/runner_groups.*/, ''))
    await work.write(LEDGER, former)
    expect(await work.run(DRIFT)).toMatchObject({ code: 2 })
    const [issue] = await issues()
    await sandbox.call('PATCH', `/repos/acme/admin/issues/${issue?.number}`, { state: 'closed' })
    expect(await work.run(DRIFT)).toMatchObject({ code: 0 })
  })

  it('is not seen where no issue is open', async () => {
    const { work, former } = await place()
    expect(await work.run(DRIFT)).toMatchObject({ code: 0 })
    await work.write('octoform.yaml', await yaml(['A']))
    await work.write(LEDGER, former)
    expect(await work.run(DRIFT)).toMatchObject({ code: 0 })
  })

  it('is not told by an issue of somebody else', async () => {
    const { sandbox, work, latest, issues, drift } = await place()
    await drift()
    await work.run(DRIFT)
    const [issue] = await issues()
    const body = issue?.body.replace(`"counter":${counterOf(latest)}`, '"counter":9000') ?? ''
    await sandbox.call('PATCH', `/repos/acme/admin/issues/${issue?.number}`, { state: 'closed' })
    const { status } = await sandbox.call('POST', '/repos/acme/admin/issues', { title: 'x', body })
    expect(status).toBe(201)
    expect((await work.run(DRIFT)).stdout).not.toContain(ROLLED_BACK)
  })
})

describe('a ledger that was altered', () => {
  it.each([
    ['a line was taken out', (ledger: { ids: object }) => void Object.assign(ledger, { ids: {} })],
    ['its seal was taken out', (ledger: { seal?: object }) => void delete ledger.seal],
  ])('where %s has an issue, though nothing else differs', async (_what, edit) => {
    const { work, latest, issues } = await place()
    expect(await work.run(DRIFT)).toMatchObject({ code: 0 })
    expect(await issues()).toEqual([])
    const ledger = JSON.parse(latest)
    edit(ledger)
    await work.write(LEDGER, JSON.stringify(ledger))
    expect(await work.run(DRIFT)).toMatchObject({ code: 2 })
    expect(await issues()).toMatchObject([{ state: 'open', body: expect.stringContaining('Its seal does not fit') }])
  })
})
