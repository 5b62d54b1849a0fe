import { afterAll, expect, it } from 'vitest'
import { startCli } from '../support/cli.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const rows: string[] = []
afterAll(() => void process.stdout.write(`${rows.join('\n')}\n`))

const DAY = 86_400_000
const REPOSITORIES = 50
const RUNS = 200
const now = Date.now()
const ago = (days: number): string => new Date(now - days * DAY).toISOString().replace(/\.\d+/, '')

/** 10,000 artifacts: of each repository one a run, `build` or every fourth time `release`. */
const seeded = Array.from({ length: REPOSITORIES }, (_, repo) =>
  Array.from({ length: RUNS }, (_, run) => ({
    repo: `r${String(repo).padStart(2, '0')}`,
    run: run + 1,
    id: 10_000 + repo * RUNS + run,
    days: (run % 100) + 0.5,
    size: 1000 * (run % 7),
    name: run % 4 === 0 ? 'release' : 'build',
  })),
)

const YAML = `
version: 1
guards: { max_cleanup: 1000 }
organizations:
  acme:
    repository_sets:
      - match: { name: "r*" }
        cleanup: { artifacts: { older_than: 40d, larger_than: 2KB, names: ["!rel*"], keep_latest: 120 } }
`

/** By the words of the documentation alone. */
function oracle(): readonly number[] {
  return seeded.flatMap((all) => {
    const newest = (name: string): ReadonlySet<number> => {
      const its = all
        .filter((each) => each.name === name)
        .sort((one, other) => one.days - other.days || other.id - one.id)
      return new Set(its.slice(0, 120).map(({ id }) => id))
    }
    const kept = newest('build')
    return all.flatMap(({ id, days, size, name }) =>
      days >= 40 && size > 2000 && name === 'build' && !kept.has(id) ? [id] : [],
    )
  })
}

it('10,000 artifacts in 50 repositories are cleaned up by policy, killed half-way and resumed', async () => {
  const repositories = Object.fromEntries(
    seeded.map((all) => [
      all[0]?.repo ?? '',
      {
        runs: Object.fromEntries(
          all.map(({ run, id, days, size, name }) => [
            String(run),
            {
              status: 'completed',
              created_at: ago(days),
              updated_at: ago(days),
              artifacts: { [name]: { id, size, created_at: ago(days), expires_at: '2099-01-01T00:00:00Z' } },
            },
          ]),
        ),
      },
    ]),
  )
  const seed = { product: 'ghec', organizations: { acme: { repositories } } }
  const sandbox = await watchedSandbox({ seed, reached: 'by the network' })
  const place = await workplace(sandbox, { 'octoform.yaml': YAML })
  const expected = oracle()
  expect(expected.length).toBeGreaterThan(500)
  const asked = ['cleanup', '--auto-approve', '--allow', `cleanup=${expected.length}`, '--parallelism', '10']
  const env = { GITHUB_API_URL: sandbox.url, OCTOFORM_TOKEN: 'token-of-an-owner' }
  const deleted = (): readonly number[] =>
    sandbox.asked
      .filter(({ method, status }) => method === 'DELETE' && status === 204)
      .map(({ path }) => Number(path.split('/').at(-1)))

  const running = startCli(asked, { cwd: place.folder, env })
  while (deleted().length < expected.length / 2) await new Promise((resolve) => setTimeout(resolve, 20))
  running.kill('SIGKILL')
  await running.ended
  const half = deleted().length
  const before = sandbox.asked.length
  const rest = await place.run(asked)
  expect(rest, rest.stdout + rest.stderr).toMatchObject({ code: 0 })
  expect([...new Set(deleted())].sort((a, b) => a - b)).toEqual([...expected].sort((a, b) => a - b))

  // The least: who the server is, the owner, its list, the pages of artifacts, and a delete for each.
  const sent = sandbox.asked.length - before
  const left = expected.length - half
  const pages = REPOSITORIES * Math.ceil((RUNS - half / REPOSITORIES) / 100)
  const runPages = REPOSITORIES * Math.ceil(RUNS / 100)
  const least = 3 + pages + runPages + left
  rows.push(
    `${expected.length} of 10,000 artifacts; killed after ${half}; then ${sent} requests, at least ${least} needed`,
  )
  expect(sent).toBeLessThanOrEqual(least * 1.05)
}, 900_000)
