import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { atNightElse, sampledByKind } from '../support/by-night.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type Asked, type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'
import { WRITTEN_AT, writeLedger } from './written-ledger.ts'

const SEED = {
  product: 'ghec',
  organizations: {
    acme: {
      repositories: { web: { visibility: 'public' }, api: {}, billing: {}, 'ml-training': {} },
      // GitHub keeps the list of an earlier time, and does not show it while the switch says `all`.
      permissions: { enabled_repositories: 'all', repositories: ['billing'], allowed_actions: 'all' },
      runners: { 'gpu-01': {}, 'gpu-02': {}, 'linux-01': {} },
      runner_groups: {
        old: { visibility: 'selected', repositories: ['billing'], runners: ['gpu-01', 'linux-01'] },
        gone: { visibility: 'all', runners: ['gpu-02'] },
        wide: { visibility: 'all', repositories: ['billing'] },
      },
      secrets: {
        SHARED: { visibility: 'selected', repositories: ['web'], value: 'shared', updated_at: WRITTEN_AT },
        ROTATED: { visibility: 'all', value: 'old-rotated', updated_at: WRITTEN_AT },
        CHANGED: { visibility: 'all', value: 'old-changed', updated_at: WRITTEN_AT },
        GONE: { visibility: 'all', value: 'gone' },
        JOINED: { visibility: 'selected', repositories: ['web', 'billing'], value: 'of another team' },
      },
    },
  },
}

const CONFIG = `
version: 1
organizations:
  acme:
    permissions:
      enabled_repositories: selected
      repositories: [web, api, ml-training]
      allowed_actions: selected
      selected_actions: { github_owned_allowed: true, verified_allowed: false, patterns_allowed: ["docker/*"] }
    secrets:
      SHARED: { visibility: selected, repositories: [api], value: { env: SHARED } }
      ROTATED: { visibility: all, value: { env: ROTATED } }
      CHANGED: { visibility: all, value: { env: CHANGED } }
      NEW: { visibility: selected, repositories: [web, api], value: { env: NEW } }
      GONE: absent
      JOINED: { add_repositories: [api], remove_repositories: [web] }
    runner_groups:
      gpu: { visibility: selected, repositories: [ml-training], runners: [gpu-01, gpu-02], allows_public_repositories: true }
      old: { visibility: selected, repositories: [billing, web], runners: [linux-01] }
      gone: absent
      wide: { visibility: selected, repositories: [api] }
    repositories:
      web:
        permissions: { enabled: true }
        secrets: { DEPLOY: { value: { env: DEPLOY } } }
`

const VALUES = {
  SHARED: 'shared',
  ROTATED: 'rotated-value',
  CHANGED: 'changed-value',
  NEW: 'new-value',
  DEPLOY: 'deploy-value',
}
const ROTATE = ['--rotate', 'orgs/acme/secrets/ROTATED']
const APPLY = ['apply', 'plan.json', '--auto-approve', '--parallelism', '1', ...ROTATE]

async function begin(sandbox: WatchedSandbox, plan?: string): Promise<Workplace> {
  const place = await workplace(sandbox, { 'octoform.yaml': CONFIG })
  await writeLedger(place, sandbox, {
    'orgs/acme/secrets/SHARED': { from: 'SHARED', value: 'shared' },
    'orgs/acme/secrets/ROTATED': { from: 'ROTATED', value: 'old-rotated' },
    'orgs/acme/secrets/CHANGED': { from: 'CHANGED', value: 'old-changed' },
  })
  if (plan !== undefined) await writeFile(join(place.folder, 'plan.json'), plan)
  return place
}

/** The state of GitHub, without parts that depend on time and order of creation. */
function settled(sandbox: WatchedSandbox): unknown {
  return JSON.parse(
    JSON.stringify(sandbox.state(), (key, value) => {
      if (key === 'updated_at' || key === 'created_at') return undefined
      return Array.isArray(value) ? [...value].sort() : value
    }),
  )
}

function isWritePhase({ method, path }: Asked): boolean {
  return method !== 'GET' || path.endsWith('/public-key')
}

/** How often a secret's value was sent. */
function puts(asked: readonly Asked[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { path, body } of asked) {
    if (body === null || typeof body !== 'object' || !('encrypted_value' in body)) continue
    const name = path.split('/').at(-1) ?? ''
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

test('an apply that is interrupted at any request finishes when the same plan is applied again', async () => {
  const sandbox = await watchedSandbox({ seed: SEED })
  const { plan, undisturbed, right } = await undisturbedRun(sandbox)
  const first = undisturbed.findIndex(isWritePhase)
  const requests = undisturbed.slice(first)
  expect(requests.length).toBeGreaterThan(20)

  const chosen = sampledByKind([...requests.entries()], ([, request]) => [kindOf(request)])
  const cells = chosen.flatMap(([index, request], at) =>
    waysOf(request, at).map((after) => ({ index, request, after })),
  )
  for (const { index, request, after } of cells) {
    const at = `${after ? 'after' : 'before'} ${request.method} ${request.path}`
    await sandbox.call('POST', '/_sandbox/reset')
    const place = await begin(sandbox, plan)
    const from = sandbox.asked.length
    // No repetition of a write comes through either.
    const times = request.method === 'GET' ? 1 : 99
    await sandbox.fault({ nth: first + index + 1, times, drop: true, ...(after ? { after } : {}) })

    const interrupted = await place.run(APPLY, { env: VALUES })
    // A read is sent again, so nothing was interrupted.
    expect(interrupted, `${at}: ${interrupted.stderr}`).toMatchObject({ code: request.method === 'GET' ? 0 : 1 })
    await sandbox.call('DELETE', '/_sandbox/faults')
    const finished = await place.run(APPLY, { env: VALUES })
    expect(finished, `${at}: ${finished.stdout}${finished.stderr}`).toMatchObject({ code: 0 })
    const asked = sandbox.asked.slice(from)
    expect(await place.run(['plan', '--detailed-exitcode'], { env: VALUES }), at).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/\nNo changes\.\n$/),
    })
    expect(settled(sandbox), at).toEqual(right)
    expect(puts(asked), at).toEqual(neededPuts(asked, after ? request : undefined))
  }
}, 120_000)

/** By day each route is interrupted once, of the values the one that is rotated apart. */
function kindOf({ method, route, path }: Asked): string {
  return `${method} ${isRotated(path) ? path : route}`
}

/** Whether the connection is closed before or after the request is carried out; by day one of both for all but the rotated value. */
function waysOf({ method, path }: Asked, at: number): readonly boolean[] {
  if (method === 'GET') return [false]
  return isRotated(path) ? [false, true] : atNightElse([false, true], [at % 2 === 0])
}

function isRotated(path: string): boolean {
  return path.endsWith('/ROTATED')
}

/** Each value once; twice where its first answer was lost, and the rotated one as often as `--rotate` asks for it. */
function neededPuts(asked: readonly Asked[], lost: Asked | undefined): Record<string, number> {
  const failed = asked.filter(({ status, body }) => status === 0 && body !== null && typeof body === 'object')
  const again = puts(failed)
  const needed: Record<string, number> = { CHANGED: 1, NEW: 1, ROTATED: 1, DEPLOY: 1 }
  for (const [name, count] of Object.entries(again)) needed[name] = (needed[name] ?? 0) + count
  // GitHub moved `updated_at` and the ledger has no note of it: a change from outside looks the same.
  if (lost?.method === 'PUT' && lost.path.endsWith('/SHARED/repositories')) needed.SHARED = 1
  const interruptedAt = asked.findIndex(({ status }) => status === 0)
  const rotatedBefore = asked
    .slice(0, interruptedAt)
    .some(({ method, path, status }) => method === 'PUT' && path.endsWith('/ROTATED') && status === 204)
  const wasRead = asked[interruptedAt]?.method === 'GET'
  if (rotatedBefore || wasRead) needed.ROTATED = (needed.ROTATED ?? 0) + 1
  return needed
}

async function undisturbedRun(
  sandbox: WatchedSandbox,
): Promise<{ plan: string; undisturbed: readonly Asked[]; right: unknown }> {
  const place = await begin(sandbox)
  // Made where there are no values and no ledger key, as in the job of a pull request.
  expect(
    await place.run(['plan', '--out', 'plan.json', ...ROTATE], { env: { OCTOFORM_LEDGER_KEY: '' } }),
  ).toMatchObject({ code: 0 })
  const plan = await place.read('plan.json')
  const from = sandbox.asked.length
  expect(await place.run(APPLY, { env: VALUES })).toMatchObject({ code: 0 })
  const undisturbed = sandbox.asked.slice(from)
  expect(puts(undisturbed)).toEqual({ CHANGED: 1, NEW: 1, ROTATED: 1, DEPLOY: 1 })
  expect(sandbox.state()).toMatchObject({
    organizations: {
      acme: {
        secrets: {
          SHARED: { value: 'shared', repositories: ['api'] },
          ROTATED: { value: 'rotated-value' },
          CHANGED: { value: 'changed-value' },
          NEW: { value: 'new-value' },
          JOINED: { value: 'of another team', repositories: ['api', 'billing'] },
        },
        repositories: { web: { secrets: { DEPLOY: { value: 'deploy-value' } } } },
      },
    },
  })
  return { plan, undisturbed, right: settled(sandbox) }
}
