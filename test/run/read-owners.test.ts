import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { Transport } from '../../src/github/transport.ts'
import { inTurns } from '../../src/run/in-turns.ts'
import { transportInProcess } from '../support/in-process.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const owners = Array.from({ length: 12 }, (_, index) => `org-${String(index).padStart(2, '0')}`)

async function world(options: { readonly product?: string; readonly plan?: string } = {}): Promise<{
  readonly sandbox: WatchedSandbox
  readonly place: Workplace
}> {
  const repositories = { web: {}, api: {}, hub: {} }
  const plan = options.plan === undefined ? {} : { plan: options.plan }
  const organizations = Object.fromEntries(owners.map((name) => [name, { repositories, ...plan }]))
  const sandbox = await watchedSandbox({ seed: { organizations } })
  const wished = {
    repositories: { web: { permissions: { allowed_actions: 'local_only' } }, gone: {} },
    repository_sets: [
      { match: { name: 'x-*' }, secrets: {} },
      { match: {}, permissions: { enabled: true } },
    ],
  }
  const yaml = stringify({
    version: 1,
    ...(options.product === undefined ? {} : { github: { product: options.product } }),
    organizations: Object.fromEntries(owners.map((name) => [name, wished])),
  })
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': yaml }) }
}

/** Connections on which answers about owners take these milliseconds, and the most requests that were on their way at once. */
function slow(delayOf: (path: string) => number): { readonly transport: Transport; most(): number } {
  let [now, most] = [0, 0]
  return {
    most: () => most,
    async transport(departure) {
      now += 1
      most = Math.max(most, now)
      await sleep(delayOf(departure.url.pathname))
      try {
        return await transportInProcess(departure)
      } finally {
        now -= 1
      }
    },
  }
}

describe('the owners of a run', () => {
  it('are read side by side', async () => {
    const { place } = await world()
    const { transport, most } = slow(() => 5)
    expect(await place.run(['plan', '--parallelism', '20'], { transport })).toMatchObject({ code: 0 })
    expect(most()).toBeGreaterThan(15)
    expect(most()).toBeLessThanOrEqual(20)
  })

  it('give the same plan whichever answers last, with as many requests', async () => {
    const { sandbox, place } = await world()
    const [first = '', last = ''] = [owners[0], owners.at(-1)]
    const ran = []
    for (const late of [first, last]) {
      const before = sandbox.asked.length
      const { transport } = slow((path) => (path.includes(late) ? 20 : 0))
      ran.push({
        ...(await place.run(['plan', '--format', 'json'], { transport })),
        requests: sandbox.asked.length - before,
      })
    }
    expect(ran[0]).toMatchObject({ code: 0 })
    expect(ran[1]).toEqual(ran[0])
  })

  it('end a run by the first that cannot be read at all, whichever answers first', async () => {
    const { place } = await world({ product: 'ghec', plan: 'team' })
    const { transport } = slow((path) => (path.includes(owners[0] ?? '') ? 40 : 0))
    expect(await place.run(['plan'], { transport })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('github.product is ghec, but org-00 has the plan team'),
    })
  })

  it('send the first questions about one of them to a server that is none', async () => {
    const { sandbox, place } = await world()
    await sandbox.fault({ method: 'GET', route: '/meta', times: 9, status: 404, body: { message: 'no' } })
    const { code } = await place.run(['plan'])
    expect(code).not.toBe(0)
    const [first = ''] = owners
    expect(new Set(sandbox.asked.map(({ path }) => path))).toEqual(
      new Set(['/meta', `/orgs/${first}`, `/orgs/${first}/repos`]),
    )
    expect(sandbox.asked).toHaveLength(3)
  })
})

describe('turns', () => {
  it('come in their order, also where the later ones end first', async () => {
    const [first, second, third] = inTurns(3)
    const came: string[] = []
    const all = [second?.come().then(() => came.push('second')), third?.come().then(() => came.push('third'))]
    third?.end()
    second?.end()
    await sleep(5)
    expect(came).toEqual([])
    first?.end()
    await Promise.all(all)
    expect(came).toEqual(['second', 'third'])
  })
})
