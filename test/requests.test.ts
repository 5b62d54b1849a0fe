import { afterAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { atNightElse, sampled } from './support/by-night.ts'
import { type Workplace, workplace } from './support/octoform.ts'
import { type Asked, type WatchedSandbox, watchedSandbox } from './support/watched-sandbox.ts'

/** By day fewer, which still take a second page: the settings and secrets of each are read. */
const REPOSITORIES = atNightElse(500, 120)
const SECRETS = 100
const GROUPS = 20
const RUNNERS = 250

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)
const pages = (count: number): number => Math.max(1, Math.ceil(count / 100))
const repositories = range(REPOSITORIES).map((index) => `service-${String(index).padStart(3, '0')}`)
const runners = range(RUNNERS).map((index) => `runner-${index}`)

/** The repositories that may use the secret or group of this number; every second one is open to all. */
function selectedFor(index: number, most: number): readonly string[] | undefined {
  if (index % 2 === 1) return undefined
  return repositories.slice(index, index + (index === 0 ? most : 3))
}

/** Secrets and groups as a seed and a configuration both say it. One of each has more repositories than a page holds. */
function accessOf(index: number, most: number): object {
  const selected = selectedFor(index, most)
  return selected ? { visibility: 'selected', repositories: selected } : { visibility: 'all' }
}

const secretNames = range(SECRETS).map((index) => `SECRET_${index}`)
const groups = Object.fromEntries(
  range(GROUPS).map((index) => [
    `group-${index}`,
    { ...accessOf(index, 150), runners: runners.filter((_, runner) => runner % (GROUPS + 1) === index) },
  ]),
)
const policy = {
  enabled_repositories: 'selected',
  repositories,
  allowed_actions: 'all',
}

const SEED = {
  organizations: {
    acme: {
      repositories: Object.fromEntries(repositories.map((name) => [name, { secrets: { OLD: { value: 'planted' } } }])),
      permissions: policy,
      secrets: Object.fromEntries(
        secretNames.map((name, index) => [name, { ...accessOf(index, 250), value: 'planted' }]),
      ),
      runners: Object.fromEntries(runners.map((name) => [name, {}])),
      runner_groups: groups,
    },
  },
}

const CONFIGURATION = stringify(
  {
    version: 1,
    organizations: {
      acme: {
        permissions: policy,
        secrets: Object.fromEntries(secretNames.map((name, index) => [name, accessOf(index, 250)])),
        runner_groups: groups,
        repository_sets: [
          {
            match: {},
            permissions: { enabled: true, allowed_actions: 'local_only' },
            secrets: { QUEUE: { value: { env: 'QUEUE' } } },
          },
        ],
      },
    },
  },
  { aliasDuplicateObjects: false },
)

/** The least requests for an organization of this size, by their routes. */
function leastFor(product: string): Readonly<Record<string, number>> {
  const selected = (most: number, count: number): number =>
    range(count).reduce(
      (sum, index) => sum + (selectedFor(index, most) ? pages(selectedFor(index, most)?.length ?? 0) : 0),
      0,
    )
  const eachRunner = product === 'ghec'
  return {
    '/orgs/{org}/repos': pages(REPOSITORIES),
    '/orgs/{org}/actions/permissions': 1,
    '/orgs/{org}/actions/permissions/repositories': pages(REPOSITORIES),
    '/orgs/{org}/actions/secrets': pages(SECRETS),
    '/orgs/{org}/actions/secrets/{secret_name}/repositories': selected(250, SECRETS),
    '/orgs/{org}/actions/runner-groups': pages(GROUPS + 1),
    '/orgs/{org}/actions/runner-groups/{runner_group_id}/repositories': selected(150, GROUPS),
    ...(eachRunner
      ? { '/orgs/{org}/actions/runners': pages(RUNNERS) }
      : { '/orgs/{org}/actions/runner-groups/{runner_group_id}/runners': GROUPS }),
    '/repos/{owner}/{repo}/actions/permissions': REPOSITORIES,
    '/repos/{owner}/{repo}/actions/secrets': REPOSITORIES,
  }
}

/** The further requests of a run, with their reasons. */
const BESIDE: Readonly<Record<string, number>> = {
  // Which product the server is.
  '/meta': 1,
  // Which product the organization is on, and its numeric id.
  '/orgs/{org}': 1,
}

function countByRoute(asked: readonly Asked[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { route } of asked) counts[route] = (counts[route] ?? 0) + 1
  return counts
}

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((all, count) => all + count, 0)
const printed: string[] = []

/** A command, the requests that it took, and its time in seconds. */
async function measured(
  sandbox: WatchedSandbox,
  place: Workplace,
  args: readonly string[],
): Promise<{ asked: readonly Asked[]; seconds: number; stdout: string }> {
  const before = sandbox.asked.length
  const started = performance.now()
  const { code, stdout, stderr } = await place.run(args)
  const seconds = (performance.now() - started) / 1000
  expect({ code, stderr: stderr.replace(/^Using .*\n/, '') }).toMatchObject({ code: 0 })
  return { asked: sandbox.asked.slice(before), seconds, stdout }
}

describe(`the requests of ${REPOSITORIES} repositories, 100 secrets and 20 runner groups`, () => {
  afterAll(() => {
    process.stdout.write(`\n${printed.join('\n')}\n`)
  })

  it.each(sampled(['ghec', 'ghes-3.4'], 2))(
    'are the least possible, but for what the server and the organization are: %s',
    async (product) => {
      const sandbox = await watchedSandbox({ seed: SEED, product })
      const place = await workplace(sandbox, { 'octoform.yaml': CONFIGURATION }, { QUEUE: 'planted-queue' })
      const least = leastFor(product)

      const plan = await measured(sandbox, place, ['plan'])
      expect(plan.stdout.trimEnd().split('\n').at(-1)).toBe(
        `Plan: ${REPOSITORIES} to add, ${REPOSITORIES} to change, 0 to delete.`,
      )
      expect(countByRoute(plan.asked)).toEqual({ ...least, ...BESIDE })
      printed.push(
        `Requests, ${product}: a plan takes ${plan.asked.length}, the least possible is ${sum(least)} (beside: ${Object.keys(BESIDE).join(', ')}).`,
        `Time, ${product}: plan ${plan.seconds.toFixed(1)} s.`,
      )
      if (product !== 'ghec') return
      const first = await measured(sandbox, place, ['apply', '--auto-approve'])
      const announced = Number(/Applying takes ([\d,]+) requests/.exec(plan.stdout)?.[1])
      expect(first.asked.length - plan.asked.length).toBe(announced)
      const again = await measured(sandbox, place, ['apply', '--auto-approve'])
      expect(again.stdout).toMatch(/(^|\n)No changes\.\n/)
      expect(again.asked.filter(({ method }) => method !== 'GET')).toEqual([])
      expect(countByRoute(again.asked)).toEqual({ ...least, ...BESIDE })
      printed.push(
        `Time, ${product}: first apply ${first.seconds.toFixed(1)} s with ${announced} requests beside those of the plan, second apply ${again.seconds.toFixed(1)} s without a write.`,
      )
    },
    120_000,
  )
})
