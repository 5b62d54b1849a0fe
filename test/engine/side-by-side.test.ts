import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../src/core/outcome.ts'
import type { Transport } from '../../src/github/transport.ts'
import { transportInProcess } from '../support/in-process.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const NAMES = Array.from({ length: 60 }, (_, index) => `S${String(index).padStart(2, '0')}`)
const SECRET = '/orgs/{org}/actions/secrets/{secret_name}'
const APPLY = ['apply', '--auto-approve', '--format', 'json']

const listed = (line: (name: string) => string): string =>
  NAMES.map((name) => `      ${name}: ${line(name)}\n`).join('')
const secrets = `    secrets:\n${listed(() => '{ visibility: all, value: { env: TOKEN } }')}`
const variables = `    variables:\n${listed((name) => `{ visibility: all, value: of ${name} }`)}`

async function begin(yaml: string, seed: object = {}): Promise<{ sandbox: WatchedSandbox; place: Workplace }> {
  const sandbox = await watchedSandbox({ seed: { product: 'ghec', organizations: { acme: seed } } })
  const files = { 'octoform.yaml': `version: 1\norganizations:\n  acme:\n${yaml}` }
  return { sandbox, place: await workplace(sandbox, files, { TOKEN: 'token-value' }) }
}

/** Holds each write back for a while, and counts how many are on their way. */
function counted(): { readonly transport: Transport; most(): number } {
  let now = 0
  let most = 0
  return {
    most: () => most,
    async transport(departure) {
      if (departure.method === 'GET') return transportInProcess(departure)
      now += 1
      most = Math.max(most, now)
      await sleep(30)
      now -= 1
      return transportInProcess(departure)
    },
  }
}

async function entriesOf(place: Workplace): Promise<Readonly<Record<string, { readonly written_at?: string }>>> {
  const { entries } = JSON.parse(await place.read('.octoform/ledger.json'))
  return Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key.split('/').at(-1), entry])) as never
}

describe('the members of one scope are written side by side, as many as may be in flight', () => {
  it.each([
    ['secrets', secrets, 10],
    ['secrets', secrets, 1],
    ['variables', variables, 10],
  ])('%s', async (_, yaml, atOnce) => {
    const { sandbox, place } = await begin(yaml)
    const { transport, most } = counted()
    const ran = await place.run([...APPLY, '--parallelism', String(atOnce)], { transport })
    expect(ran, ran.stderr).toMatchObject({ code: 0 })
    expect(most()).toBe(atOnce)
    const { changes }: Outcome = JSON.parse(ran.stdout)
    const addresses = changes.map(({ address }) => address)
    expect(addresses).toEqual([...addresses].sort())
    expect(sandbox.writes()).toHaveLength(NAMES.length)
    expect(await place.run(['plan', '--detailed-exitcode'])).toMatchObject({ code: 0 })
  })

  it('all that narrow before the first that widens, and the requests of each in order', async () => {
    const seed = {
      repositories: { web: { visibility: 'public' }, api: {} },
      secrets: Object.fromEntries(NAMES.map((name) => [name, { visibility: 'selected', repositories: ['web'] }])),
    }
    const yaml = `    secrets:\n${listed(() => '{ visibility: selected, remove_repositories: [web], add_repositories: [api] }')}`
    const { sandbox, place } = await begin(yaml, seed)
    expect(await place.run(APPLY, { transport: counted().transport })).toMatchObject({ code: 0 })
    const kinds = sandbox.writes().map((request) => request.split(' ')[0])
    expect(kinds).toEqual([...NAMES.map(() => 'DELETE'), ...NAMES.map(() => 'PUT')])
  })
})

describe('what stops a run', () => {
  it.each<[string, object]>([
    // A request is tried three times, and each of those on their way meets it.
    ['no connection', { times: 1000, drop: true, after: true }],
    [
      'a token that is not taken any more',
      { status: 401, body: { message: 'Bad credentials', documentation_url: 'x' } },
    ],
  ])('%s: nothing else is begun, and what is on its way is noted', async (_, fault) => {
    const { sandbox, place } = await begin(secrets)
    await sandbox.fault({ method: 'PUT', route: SECRET, nth: 20, ...fault })
    const { code, stdout } = await place.run([...APPLY, '--parallelism', '8'], { transport: counted().transport })
    expect(code).toBe(1)
    const { changes }: Outcome = JSON.parse(stdout)
    const of = (status: string): readonly string[] =>
      changes.flatMap((change) => (change.status === status ? [change.address.split('/').at(-1) ?? ''] : []))
    await sandbox.call('DELETE', '/_sandbox/faults')
    const put = sandbox.asked.flatMap(({ method, status, path }) =>
      method === 'PUT' && status === 201 ? [path.split('/').at(-1) ?? ''] : [],
    )
    const applied = [...new Set(put)]
    expect(of('failed').length).toBeGreaterThanOrEqual(1)
    expect(of('failed').length).toBeLessThanOrEqual(12)
    // Of those after the twentieth, no more than were begun beside it.
    expect(applied.length).toBeLessThanOrEqual(20 + 12)
    expect([...of('applied')].sort()).toEqual([...applied].sort().filter((name) => !of('failed').includes(name)))
    expect(of('not tried').length).toBeGreaterThanOrEqual(NAMES.length - 20 - 12)
    const entries = await entriesOf(place)
    for (const name of of('applied')) expect(entries[name]?.written_at, name).toBeDefined()
    for (const name of of('not tried')) expect(entries[name], name).toBeUndefined()
    const puts = sandbox.writes().length
    expect(await place.run(APPLY)).toMatchObject({ code: 0 })
    expect(sandbox.writes().length - puts).toBe(NAMES.length - of('applied').length)
    expect(await place.run(['plan', '--detailed-exitcode'])).toMatchObject({ code: 0 })
  })
})
