import { describe, expect, it } from 'vitest'
import { type TimedWorld, timedWorld } from './world.ts'

const CONTENTS = '/repos/{owner}/{repo}/contents/{path}'
const names = Array.from({ length: 30 }, (_, index) => `service-${index}`)
const FILES = { main: { '.github/workflows/a.yml': 'on: push\njobs: {a: {steps: [{uses: octo/thing@v1}]}}\n' } }
const SEED = {
  organizations: {
    acme: { repositories: Object.fromEntries(names.map((name) => [name, { files: FILES }])) },
    beta: { repositories: { web: { files: FILES } } },
  },
}

const world = (secondary: object): Promise<TimedWorld> =>
  timedWorld('version: 1\norganizations: { acme: {} }\n', { limits: { rules: 'github', secondary }, ...SEED })

const asked = (name: string): readonly string[] => [
  ...['report', name, 'orgs/acme', 'orgs/beta'],
  ...['--format', 'json', '--parallelism', '4'],
]

const without = (stdout: string): object => ({ ...JSON.parse(stdout), read_at: '' })

describe.each(['actions-used', 'hygiene'])('report %s', (name) => {
  it.each([
    ['429 with retry-after', { status: 429, retry_after: true }, 90_000],
    ['403 with retry-after', { status: 403, retry_after: true }, 150_000],
    ['403 without', { status: 403, retry_after: false }, 60_000],
  ])('waits out a limit in its middle, told by %s, and is whole', async (_, form, wait_ms) => {
    const { sandbox, run, seen, logged } = await world(form)
    const unlimited = await run(asked(name))
    const fault = { method: 'GET', route: CONTENTS, nth: 15, limit: 'secondary', wait_ms }
    await sandbox.call('POST', '/_sandbox/faults', fault)
    const ran = await run(asked(name))
    expect([ran.code, without(ran.stdout)]).toEqual([0, without(unlimited.stdout)])
    expect(ran.stderr).toMatch(/Waiting until \S+ \(.*\) for GitHub's rate limit of OCTOFORM_TOKEN\./)
    expect(ran.minutes * 60_000).toBeGreaterThanOrEqual(wait_ms)
    expect(seen().sent_while_told_to_wait).toBe(0)
    expect([await logged('told_to_wait'), await logged('limited')]).toEqual([0, expect.any(Number)])
    expect(await logged('limited')).toBeGreaterThan(0)
  })

  it('tells of what it read before a limit that it may not wait for, and names the rest', async () => {
    const { sandbox, run, seen } = await world({ status: 429, retry_after: true })
    const fault = { method: 'GET', route: CONTENTS, nth: 15, limit: 'secondary', wait_ms: 3_600_000 }
    await sandbox.call('POST', '/_sandbox/faults', fault)
    const ran = await run([...asked(name), '--max-wait', '1m'])
    const report = JSON.parse(ran.stdout)
    expect([ran.code, ran.told.failure]).toEqual([5, 'rate_limit'])
    const unread = new Set(report.not_read.map(({ repository }: { repository: string }) => repository))
    expect(unread).toContain('beta')
    expect(unread.size).toBeGreaterThan(10)
    if (name === 'actions-used') {
      const used = new Set(report.uses.map(({ repository }: { repository: string }) => repository))
      expect(used.size + unread.size).toBe(names.length + 1)
    }
    expect(seen().sent_while_told_to_wait).toBe(0)
  })
})
