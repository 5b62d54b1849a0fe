import { describe, expect, it } from 'vitest'
import { instantClock } from '../support/instant-clock.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const RUN = { workflow: 'ci.yml', status: 'completed', created_at: '2026-11-20T10:00:00Z' }
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f']
const repositories = Object.fromEntries(
  NAMES.map((name, index) => [
    name,
    {
      runs: { [101 + index]: { ...RUN, conclusion: 'success' } },
      workflows: { 'ci.yml': { id: 201 + index, name: 'CI', on: { workflow_dispatch: {} } } },
    },
  ]),
)

/** Six repositories, of which some answer with a fault of the server. */
async function shop(failing: readonly string[], path: string, fault: object = { status: 502 }) {
  const sandbox = await watchedSandbox({ seed: { product: 'ghec', organizations: { acme: { repositories } } } })
  const place = await workplace(sandbox, {})
  for (const name of failing) {
    await sandbox.fault({ route: `/repos/acme/${name}${path}`, times: 100, ...fault })
  }
  const run = (line: string) => {
    const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
    return place.run(words, { clock: instantClock().clock })
  }
  return { sandbox, run }
}

const scopes = (stdout: string) => (JSON.parse(stdout) as { scope: string }[]).map(({ scope }) => scope.at(-1))
const named = (stderr: string) => stderr.split('\n').flatMap((line) => /^repos\/acme\/(\w): /.exec(line)?.[1] ?? [])

describe.each([
  ['runs list', '/actions/runs', "runs list 'acme/*'"],
  ['workflows list', '/actions/workflows', "workflows list 'acme/*'"],
  ['artifacts list', '/actions/artifacts', "artifacts list 'acme/*'"],
  ['caches usage', '/actions/cache/usage', "caches usage 'acme/*'"],
])('%s of a glob', (_, path, line) => {
  it.each([
    ['a 502', { status: 502 }, '502'],
    ['a 500', { status: 500 }, '500'],
    ['a connection that is cut', { drop: true }, 'acme/c'],
  ])('goes on after %s of one repository, and names it', async (__, fault, said) => {
    const { run } = await shop(['c'], path, fault)
    const { code, stdout, stderr } = await run(`${line} --json`)
    expect(code).toBe(5)
    expect(named(stderr)).toEqual(['c'])
    expect(stderr).toContain(said)
    if (path === '/actions/artifacts') expect(stdout).toBe('[]\n')
    else expect(scopes(stdout)).toEqual(['a', 'b', 'd', 'e', 'f'])
  })

  it('goes on past many repositories that fail by themselves', async () => {
    const { run } = await shop(['a', 'b', 'd', 'e'], path)
    const { code, stderr } = await run(`${line} --json`)
    expect(code).toBe(5)
    expect(named(stderr)).toEqual(['a', 'b', 'd', 'e'])
  })

  it('ends where three in a row fail: the server is out of reach', async () => {
    const { run } = await shop(['b', 'c', 'd'], path)
    const { code, stdout, stderr } = await run(`${line} --json --parallelism 1`)
    expect([code, stdout]).toEqual([5, ''])
    expect(named(stderr)).toEqual(['b', 'c'])
    expect(stderr).toContain('/repos/acme/d')
  })
})

it('a limit is of all repositories: it ends the list at once', async () => {
  const { run, sandbox } = await shop(['c'], '/actions/runs', { status: 429, headers: { 'retry-after': '3600' } })
  const { code, stdout, stderr } = await run("runs list 'acme/*' --json --max-wait 1m --parallelism 1")
  expect([code, stdout, named(stderr)]).toEqual([5, '', []])
  expect(sandbox.asked.filter(({ path }) => path.endsWith('/d/actions/runs'))).toEqual([])
})

describe('a change of a glob', () => {
  it('is made where it can be, and names the repository whose list fails', async () => {
    const { run, sandbox } = await shop(['c'], '/actions/workflows')
    const { code, stdout, stderr } = await run("workflows disable 'acme/*' CI --yes --json")
    expect(code).toBe(1)
    expect(named(stderr)).toEqual(['c'])
    expect(scopes(stdout)).toEqual(['a', 'b', 'd', 'e', 'f'])
    expect(sandbox.writes()).toHaveLength(5)
  })

  it('does not say that none has it where it could not look', async () => {
    const { run, sandbox } = await shop(NAMES, '/actions/workflows', { status: 403 })
    const { code, stderr } = await run("workflows disable 'acme/*' CI --yes")
    expect(code).toBe(5)
    expect(stderr).not.toContain('none of these')
    expect(sandbox.writes()).toEqual([])
  })

  it('goes on after a fault of the server with one of its requests', async () => {
    const { run } = await shop(['c'], '/actions/workflows/203/disable')
    const { code, stdout, stderr } = await run("workflows disable 'acme/*' CI --yes --json")
    expect(code).toBe(1)
    expect(stderr).toContain('502')
    expect(JSON.parse(stdout).map(({ status }: { status: number }) => status)).toEqual([204, 204, 502, 204, 204, 204])
  })

  it('ends where three in a row fail, and says how many were not asked for', async () => {
    const ran = await shop([], '')
    for (const id of [202, 203, 204]) {
      await ran.sandbox.fault({
        route: `/repos/acme/${NAMES[id - 201]}/actions/workflows/${id}/disable`,
        times: 9,
        status: 500,
      })
    }
    const { code, stdout, stderr } = await ran.run("workflows disable 'acme/*' CI --yes --json")
    expect(code).toBe(5)
    expect(JSON.parse(stdout)).toHaveLength(4)
    expect(stderr).toContain('After that nothing was sent for the other 2 of 6.')
  })

  it('of the own work of an operation goes on, too', async () => {
    const { run } = await shop(['c'], '/actions/workflows/ci.yml/dispatches', { status: 503 })
    const { code, stderr } = await run("workflows dispatch 'acme/*' ci.yml --ref main --yes --json")
    expect(stderr).toContain('repos/acme/c: ')
    expect(named(stderr)).toEqual(['c'])
    expect(code).toBe(1)
  })
})
