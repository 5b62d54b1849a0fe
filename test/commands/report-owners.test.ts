import { describe, expect, it } from 'vitest'
import { instantClock } from '../support/instant-clock.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const FILES = { main: { '.github/workflows/a.yml': 'on: push\njobs: {a: {steps: [{uses: octo/thing@v1}]}}\n' } }
const organization = () => ({
  repositories: { web: { files: FILES } },
  secrets: { UNUSED: { visibility: 'all', value: 'x' } },
})
const SEED = { product: 'ghec', organizations: { acme: organization(), beta: organization(), gamma: organization() } }

const WORDS = {
  'actions-used': ['orgs/acme', 'orgs/beta', 'orgs/gamma'],
  hygiene: ['orgs/acme', 'orgs/beta', 'orgs/gamma'],
  access: ['orgs/acme/secrets/UNUSED', 'orgs/beta/secrets/UNUSED', 'orgs/gamma/secrets/UNUSED'],
}

async function shop() {
  const sandbox = await watchedSandbox({ seed: SEED })
  const place = await workplace(sandbox, {})
  const report = async (name: keyof typeof WORDS, ...args: readonly string[]) => {
    const { clock } = instantClock()
    const ran = await place.run(['report', name, '--format', 'json', ...args], { clock })
    return { ...ran, made: ran.stdout === '' ? undefined : JSON.parse(ran.stdout) }
  }
  return { sandbox, place, report }
}

const NAMES = Object.keys(WORDS) as (keyof typeof WORDS)[]

describe.each(NAMES)('report %s of several owners', (name) => {
  it.each([
    ['whose listing fails', '/orgs/beta/repos', 502],
    ['that may not be seen', '/orgs/beta', 404],
    ['that the credential may not read', '/orgs/beta/repos', 403],
  ])('tells of the others, and names the one %s', async (_, route, status) => {
    const { sandbox, report, place } = await shop()
    await sandbox.fault({ method: 'GET', route, times: 100, status })
    const { code, made } = await report(name, ...WORDS[name], '--save', 'reading.json')
    expect(code).toBe(5)
    const unread = made.not_read.map((gap: { place?: string; repository?: string }) => gap.place ?? gap.repository)
    expect(unread).toEqual(['beta'])
    expect(made.not_read[0].reason).toContain(`GET ${route}`)
    const text = JSON.stringify(name === 'access' ? made.answers : (made.findings ?? made.uses))
    expect(text).toContain('acme/')
    expect(text).toContain('gamma/')
    expect(text).not.toContain('beta')
    const printed = await place.run(['report', name, ...WORDS[name]], { clock: instantClock().clock })
    expect(printed.stdout).toMatch(/^Not read$/m)
    expect(printed.stdout.trimEnd().split('\n').at(-1)).toMatch(/1 (?:thing|place) could not be read\./)
    const again = await report(name, '--from', 'reading.json')
    expect([again.code, again.made.not_read]).toEqual([5, made.not_read])
  })

  it('ends where none of them can be read, and says why of each', async () => {
    const { sandbox, report } = await shop()
    for (const owner of ['acme', 'beta', 'gamma']) {
      await sandbox.fault({ method: 'GET', route: `/orgs/${owner}`, times: 100, status: 404 })
    }
    const { code, stdout, stderr } = await report(name, ...WORDS[name])
    expect([code, stdout]).toEqual([5, ''])
    for (const owner of ['acme', 'beta', 'gamma']) expect(stderr).toContain(`/orgs/${owner}: `)
  })

  it('does not call gone what the newer reading could not look for', async () => {
    const { sandbox, report } = await shop()
    await report(name, ...WORDS[name], '--save', 'old.json')
    await sandbox.fault({ method: 'GET', route: '/orgs/beta/repos', times: 100, status: 502 })
    await report(name, ...WORDS[name], '--save', 'new.json')
    const { code, made } = await report(name, '--from', 'old.json', '--to', 'new.json')
    expect(code).toBe(5)
    expect([made.added, made.gone, made.changed]).toEqual([[], [], []])
    expect(made.unknown.length).toBeGreaterThan(0)
    for (const each of made.unknown) expect(each.reason).toContain('beta')
  })
})

it('report access does not say that GitHub shows nothing where the settings could not be read', async () => {
  const { sandbox, report } = await shop()
  await sandbox.fault({ method: 'GET', route: '/orgs/beta/actions/secrets', times: 100, status: 500 })
  const { made, code } = await report('access', ...WORDS.access)
  expect(code).toBe(5)
  expect(made.not_read).toEqual([
    { place: expect.stringMatching(/^orgs\/beta/), reason: expect.stringContaining('500') },
  ])
})
