import { describe, expect, it } from 'vitest'
import { main } from '../../src/commands/main.ts'
import { transportInProcess } from '../support/in-process.ts'
import { instantClock } from '../support/instant-clock.ts'
import { workplace } from '../support/octoform.ts'
import { printingWorld } from '../support/printing-world.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'
import { shop } from './runs-world.ts'

const ended = (count: number, from = 1): object =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [from + index, { status: 'completed', workflow: 'ci.yml' }]),
  )
const BROKEN = { method: 'GET', times: 1, status: 404, body: { message: 'Not Found' } }
const PAGES = '/repos/{owner}/{repo}/actions/runs'

const ids = (stdout: string): readonly number[] => (JSON.parse(stdout) as { id: number }[]).map(({ id }) => id)

describe('--json of a list that breaks off on a later page', () => {
  it('prints nothing but the reason', async () => {
    const { run, sandbox } = await shop('ghec', { runs: ended(120) })
    await sandbox.fault({ ...BROKEN, route: PAGES, nth: 2 })
    const broken = await run('runs list acme/web --json')
    expect(broken).toMatchObject({ code: 5, stdout: '', stderr: expect.stringContaining('404') })
    expect(ids((await run('runs list acme/web --json')).stdout)).toHaveLength(120)
  })

  it('of several repositories leaves that one out whole, and names it', async () => {
    const { run, sandbox } = await shop('ghec', {
      runs: ended(110),
      more: { app: { runs: ended(3, 1000) }, zoo: { runs: ended(2, 2000) } },
    })
    // The first pages of api, app, web and zoo begin side by side; then comes the second of web.
    await sandbox.fault({ ...BROKEN, route: PAGES, nth: 5 })
    const { code, stdout, stderr } = await run("runs list 'acme/*' --json")
    expect(code).toBe(5)
    expect(stderr).toContain('repos/acme/web: ')
    expect(ids(stdout)).toEqual([1002, 1001, 1000, 2001, 2000])
  })

  it('is empty and valid where there is none', async () => {
    const { run } = await shop('ghec', { runs: {} })
    expect((await run('runs list acme/web --json')).stdout).toBe('[]\n')
  })
})

describe('a list of several repositories', () => {
  const MANY = Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [`app-${String(index).padStart(2, '0')}`, { runs: ended(1, index + 1) }]),
  )

  it('begins side by side, as many as --parallelism allows, and keeps to the order of names', async () => {
    let inFlight = 0
    let most = 0
    const sandbox = await watchedSandbox({ seed: { organizations: { acme: { repositories: MANY } } } })
    const place = await workplace(sandbox, {})
    const ran = await place.run(['runs', 'list', 'acme/app-*', '--json', '--parallelism', '6'], {
      transport: async (departure) => {
        if (!departure.url.pathname.endsWith('/runs')) return transportInProcess(departure)
        inFlight += 1
        most = Math.max(most, inFlight)
        const arrival = await transportInProcess(departure)
        await new Promise((resolve) => setTimeout(resolve, 5))
        inFlight -= 1
        return arrival
      },
    })
    expect(ids(ran.stdout)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1))
    expect(most).toBe(6)
  })

  it('asks for no more than it shows at a terminal', async () => {
    const sandbox = await watchedSandbox({ seed: { organizations: { acme: { repositories: MANY } } } })
    const place = await workplace(sandbox, {})
    const { stdout, stderr } = await place.run(['runs', 'list', 'acme/app-*', '--limit', '3'], { columns: 100 })
    expect(stdout.trimEnd().split('\n')).toHaveLength(4)
    expect(stderr).toContain('There is more')
    const lists = sandbox.asked.filter(({ path }) => path.endsWith('/actions/runs'))
    expect(lists.length).toBeLessThanOrEqual(7)
  })

  it('of a personal account says what to write', async () => {
    const sandbox = await watchedSandbox({ seed: { repositories: { 'mona/web': {} } } })
    const place = await workplace(sandbox, {})
    expect(await place.run(['runs', 'list', 'mona/*'])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('mona is a personal account: name one repository of it, such as mona/NAME.'),
    })
    expect(await place.run(['runs', 'list', 'lisa/*'])).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('404'),
    })
  })

  it('shows those that can be read of things, too', async () => {
    const { run, sandbox } = await shop()
    await sandbox.fault({
      method: 'GET',
      route: '/repos/acme/api/actions/cache/usage',
      times: 1,
      status: 403,
      body: {},
    })
    const { code, stdout, stderr } = await run("caches usage 'acme/*' --json")
    expect(code).toBe(5)
    expect(stderr).toContain('repos/acme/api: ')
    expect(JSON.parse(stdout)).toMatchObject([{ scope: 'repos/acme/web' }])
  })
})

describe('a change of several repositories', () => {
  it('is of those that have the thing, and names the others', async () => {
    const { run, sandbox } = await shop('ghec', {
      more: { app: { workflows: { 'd.yml': { id: 77, name: 'Deploy' } } } },
    })
    const done = await run("workflows disable 'acme/*' Deploy --yes --json")
    expect(done).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('repos/acme/api: workflows disable: there is no'),
    })
    expect(sandbox.writes()).toEqual([
      'PUT /repos/acme/app/actions/workflows/77/disable',
      'PUT /repos/acme/web/actions/workflows/22/disable',
    ])
    expect(JSON.parse(done.stdout)).toMatchObject([{ scope: 'repos/acme/app' }, { scope: 'repos/acme/web' }])
    expect(await run("workflows disable 'acme/*' Nothing --yes")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('none of these has Nothing.'),
    })
  })

  it('is told for each, also where one refuses it', async () => {
    const { run, sandbox } = await shop('ghec', {
      more: { app: { workflows: { 'd.yml': { id: 77, name: 'Deploy' } } } },
    })
    await sandbox.fault({ method: 'GET', route: '/repos/acme/app', status: 403, body: { message: 'No' } })
    const done = await run("workflows dispatch 'acme/*' Deploy --yes --json")
    expect(done.code).toBe(1)
    expect(done.stderr).toContain('repos/acme/api: workflows dispatch: there is no Deploy here.')
    expect(done.stderr).toContain('repos/acme/app: GET /repos/acme/app: 403 No.')
    expect(JSON.parse(done.stdout)).toMatchObject([{ scope: 'repos/acme/web' }])
  })
})

describe('a table that goes to a file', () => {
  it('is printed as its pages come, in columns that the first ones decide', async () => {
    const { clock } = instantClock(Date.parse('2026-11-21T12:00:00Z'))
    const runs = { ...ended(310), 400: { status: 'completed', workflow: 'ci.yml', display_title: 'The newest' } }
    const sandbox = await watchedSandbox({ seed: { organizations: { acme: { repositories: { web: { runs } } } } } })
    const linesAt: number[] = []
    const { world, printed } = printingWorld({
      env: { GITHUB_API_URL: sandbox.url, OCTOFORM_TOKEN: 'token-of-an-owner' },
      cwd: '/',
      clock,
      transport: (departure) => {
        linesAt.push(printed().stdout.split('\n').length - 1)
        return transportInProcess(departure)
      },
    })
    expect(await main(['runs', 'list', 'acme/web'], world)).toBe(0)
    expect(linesAt).toEqual([0, 0, 101, 201, 301])
    const lines = printed().stdout.trimEnd().split('\n')
    expect(lines).toHaveLength(312)
    expect(lines.filter((line) => line.includes('WORKFLOW'))).toHaveLength(1)
  })
})
