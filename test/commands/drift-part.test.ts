import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { Plan } from '../../src/core/plan.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { simulatedClock } from '../support/simulated-clock.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const DAY = 86_400_000
const COUNT = 60
const names = Array.from({ length: COUNT }, (_, index) => `r${index}`)
const CONFIGURATION = {
  version: 1,
  organizations: {
    acme: {
      permissions: { enabled_repositories: 'all' },
      repository_sets: [
        {
          match: { name: 'r*' },
          permissions: { enabled: true, allowed_actions: 'all' },
          workflow_permissions: { default_workflow_permissions: 'read' },
        },
      ],
    },
  },
}
const ISSUES = ['--issue', 'acme/admin']

interface Rolling extends Workplace {
  readonly sandbox: WatchedSandbox
  tomorrow(): Promise<unknown>
  /** Takes a repository out of step, or brings it back. */
  change(name: string, to?: 'on' | 'off'): Promise<unknown>
  issues(): readonly { readonly state: string; readonly body: string }[]
}

async function rolling(): Promise<Rolling> {
  const clock = simulatedClock()
  const sandbox = await watchedSandbox({
    seed: {
      organizations: {
        acme: {
          repositories: { ...Object.fromEntries(names.map((name) => [name, {}])), admin: { visibility: 'private' } },
        },
      },
    },
  })
  const place = await workplace(sandbox, { 'octoform.yaml': stringify(CONFIGURATION) })
  return {
    ...place,
    sandbox,
    run: (args) => place.run(args, { clock }),
    async tomorrow() {
      clock.advance(DAY)
    },
    change: (name, to = 'off') =>
      sandbox.call('PUT', `/repos/acme/${name}/actions/permissions`, {
        enabled: to === 'on',
        ...(to === 'on' ? { allowed_actions: 'all' } : {}),
      }),
    issues() {
      const { organizations } = sandbox.state() as {
        organizations: {
          acme: { repositories: { admin: { issues?: Record<string, { state?: string; body?: string }> } } }
        }
      }
      return Object.values(organizations.acme.repositories.admin.issues ?? {}).map(({ state = 'open', body = '' }) => ({
        state,
        body,
      }))
    },
  }
}

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? ''
const WORDS = /(\d+) of 61 scopes; a full round takes about (\d+) days\.$/

describe('drift --max-requests', () => {
  it('reads a part each day, in no more requests, and each scope once in a round', async () => {
    const { run, sandbox, tomorrow } = await rolling()
    const read = new Map<string, number>()
    let days = 1
    for (let day = 0; day < days; day += 1) {
      const before = sandbox.asked.length
      const ran = await run(['drift', '--max-requests', '60'])
      expect(ran.code, ran.stdout + ran.stderr).toBe(0)
      const line = lastLine(ran.stdout)
      expect(line).toMatch(/^No drift in /)
      expect(line).not.toContain('No drift.')
      days = Number(WORDS.exec(line)?.[2])
      const asked = sandbox.asked.slice(before)
      expect(asked.length).toBeLessThanOrEqual(60)
      const paths = asked.filter(
        ({ path }) => path.startsWith('/repos/acme/r') && path.endsWith('/actions/permissions'),
      )
      for (const { path } of paths) read.set(path, (read.get(path) ?? 0) + 1)
      await tomorrow()
    }
    expect(days).toBeGreaterThan(2)
    expect(read.size).toBe(COUNT)
    expect([...read.values()].every((times) => times === 1)).toBe(true)
  })

  it('says in JSON what it left out, and ends with 2 for drift in its part alone', async () => {
    const { run, change, tomorrow } = await rolling()
    await change('r7')
    const codes: number[] = []
    for (let day = 0; day < 6; day += 1) {
      const ran = await run(['drift', '--max-requests', '60', '--format', 'json'])
      const plan = JSON.parse(ran.stdout) as Plan
      codes.push(ran.code ?? -1)
      expect(plan).toMatchObject({ complete: true, not_read: [], rolling: { of: 61, parts: expect.any(Number) } })
      const drifts = plan.changes.map(({ address }) => address)
      expect(drifts).toEqual(ran.code === 2 ? ['repos/acme/r7/permissions'] : [])
      expect(plan.left_out.includes('repos/acme/r7/permissions')).toBe(ran.code === 0)
      await tomorrow()
    }
    expect(codes).toContain(2)
    expect(codes).toContain(0)
  })

  it('says in text how much it compared beside drift', async () => {
    const { run, change } = await rolling()
    for (const name of names) await change(name)
    const ran = await run(['drift', '--max-requests', '60'])
    expect(ran.code).toBe(2)
    expect(lastLine(ran.stdout)).toMatch(
      /^Drift: 0 to add, [1-9]\d* to change, 0 to delete\. Compared: \d+ of 61 scopes; /,
    )
  })

  it('is the usual run where everything fits', async () => {
    const { run } = await rolling()
    const ran = await run(['drift', '--max-requests', '500'])
    expect(lastLine(ran.stdout)).toBe('No drift.')
  })

  it('is refused where a part cannot be small enough, with the number that would do', async () => {
    const { run } = await rolling()
    const ran = await run(['drift', '--max-requests', '5'])
    expect(ran.code).toBe(1)
    const [, enough] = /Write --max-requests (\d+) or more/.exec(ran.stderr) ?? []
    expect(Number(enough)).toBeGreaterThan(5)
    expect((await run(['drift', '--max-requests', enough ?? ''])).code).toBe(0)
  })

  it('closes or shortens an issue for what it read alone', async () => {
    const { run, change, tomorrow, issues } = await rolling()
    const drift = () => run(['drift', '--max-requests', '75', ...ISSUES])
    await change('r1')
    await change('r2')
    // A run that reads everything opens it.
    expect((await run(['drift', ...ISSUES])).code).toBe(2)
    expect(issues()).toMatchObject([{ state: 'open', body: expect.stringMatching(/r1[\s\S]*r2/) }])
    // Whichever part these are in, both are read again: nothing of it is lost, and it is closed once both agree.
    await drift()
    expect(issues()).toMatchObject([{ state: 'open', body: expect.stringMatching(/r1[\s\S]*r2/) }])
    await change('r1', 'on')
    await tomorrow()
    await drift()
    const [shorter] = issues()
    expect(shorter?.body).toContain('acme/r2')
    expect(shorter?.body).not.toMatch(/acme\/r1\b/)
    await change('r2', 'on')
    await tomorrow()
    expect((await drift()).code).toBe(0)
    expect(issues()).toMatchObject([{ state: 'closed' }])
  })

  it('leaves an issue as it is that tells of more than fits', async () => {
    const { run, change, issues } = await rolling()
    for (const name of names) await change(name)
    expect((await run(['drift', ...ISSUES])).code).toBe(2)
    const [before] = issues()
    for (const name of names) await change(name, 'on')
    const ran = await run(['drift', '--max-requests', '75', ...ISSUES])
    expect(ran.stderr).toContain('acme/admin#1 stays as it is: it tells of more than this run has read.')
    expect(issues()).toEqual([before])
  })

  it('adds to such an issue what it found beside, and keeps the rest until it is read', async () => {
    const { run, change, tomorrow, issues } = await rolling()
    const late = ['r58', 'r59']
    for (const name of names.slice(0, 58)) await change(name)
    expect((await run(['drift', ...ISSUES])).code).toBe(2)
    const [{ body: first } = { body: '' }] = issues()
    const toldBefore = first.split('\n').slice(1).join('\n').trim()
    expect(first).not.toMatch(/acme\/r5[89]/)
    for (const name of late) await change(name)
    const told: string[] = []
    for (let day = 0; day < 6; day += 1) {
      const ran = await run(['drift', '--max-requests', '75', ...ISSUES])
      told.push(...(ran.stderr.match(/acme\/admin#1 .*/g) ?? []))
      await tomorrow()
    }
    const [issue] = issues()
    expect(issue?.state).toBe('open')
    expect(issue?.body).toContain(toldBefore)
    for (const name of late) expect(issue?.body).toContain(`acme/${name}`)
    expect(told).toContain('acme/admin#1 tells of more than this run has read: what this run found stands above that.')
    // Nothing new is found in a second round.
    expect(told.filter((line) => line.includes('stands above')).length).toBeLessThanOrEqual(2)
    for (const name of names) await change(name, 'on')
    expect((await run(['drift', ...ISSUES])).code).toBe(0)
    expect(issues()).toMatchObject([{ state: 'closed' }])
  })
})
