import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../src/core/outcome.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { SMALL_SEED, SMALL_VALUE, SMALL_YAML } from '../support/small-world.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

async function small(): Promise<{ sandbox: WatchedSandbox; place: Workplace }> {
  const sandbox = await watchedSandbox({ seed: SMALL_SEED })
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': SMALL_YAML }, { NEW_VALUE: SMALL_VALUE }) }
}

describe('apply', () => {
  it('shows the plan, asks, and applies on yes', async () => {
    const { sandbox, place } = await small()
    const ran = await place.run(['apply'], { answer: 'yes' })
    expect(ran).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/\nApplied: 1 added, 1 changed, 1 deleted\.\n$/),
    })
    expect(ran.stdout).toMatch(/\nPlan: 1 to add, 1 to change, 1 to delete\.\n/)
    expect(ran.stdout + ran.stderr).not.toContain(SMALL_VALUE)
    expect(sandbox.state()).toMatchObject({
      organizations: { acme: { secrets: { NEW: { visibility: 'private', value: SMALL_VALUE } } } },
    })
    const again = await place.run(['apply'])
    expect(again).toMatchObject({ code: 0, stdout: expect.stringMatching(/(^|\n)No changes\.\n$/) })
    expect(sandbox.writes()).toHaveLength(3)
  })

  it.each(['no', '', 'y', 'YES'])('writes nothing on %j', async (answer) => {
    const { sandbox, place } = await small()
    expect(await place.run(['apply'], { answer })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/Not applied/),
    })
    expect(sandbox.writes()).toEqual([])
  })

  it('without a terminal needs --auto-approve', async () => {
    const { sandbox, place } = await small()
    expect(await place.run(['apply'])).toMatchObject({ code: 1, stderr: expect.stringContaining('--auto-approve') })
    expect(sandbox.writes()).toEqual([])
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
  })

  it('--format json prints what was done, and the plan on stderr', async () => {
    const { place } = await small()
    const { code, stdout, stderr } = await place.run(['apply', '--auto-approve', '--format', 'json'])
    expect(code).toBe(0)
    const outcome = JSON.parse(stdout) as Outcome
    expect(outcome).toMatchObject({ complete: true, counts: { added: 1, changed: 1, deleted: 1 } })
    expect(outcome.changes.map(({ address, status }) => [address, status])).toEqual([
      ['orgs/acme/permissions', 'applied'],
      ['orgs/acme/secrets/NEW', 'applied'],
      ['orgs/acme/secrets/OLD', 'applied'],
    ])
    expect(stderr).toMatch(/\nPlan: 1 to add, 1 to change, 1 to delete\.\n/)
    expect(stdout + stderr).not.toContain(SMALL_VALUE)
    const nothing = await place.run(['apply', '--auto-approve', '--format', 'json'])
    expect(JSON.parse(nothing.stdout)).toMatchObject({ complete: true, changes: [] })
  })

  it('what GitHub refuses does not stop the rest; what was done, what not and why is told, and exit 1', async () => {
    const { sandbox, place } = await small()
    const refusal = { status: 409, body: { message: 'An enterprise policy holds this' } }
    await sandbox.fault({ method: 'PUT', route: '/orgs/{org}/actions/permissions', times: 9, ...refusal })
    const json = await place.run(['apply', '--auto-approve', '--format', 'json'])
    expect(json.code).toBe(1)
    expect(JSON.parse(json.stdout)).toMatchObject({
      complete: false,
      counts: { added: 1, changed: 0, deleted: 1 },
      changes: [{ address: 'orgs/acme/permissions', status: 'failed', error: { status: 409 } }, {}, {}],
    })
    const text = await place.run(['apply', '--auto-approve'])
    expect(text).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/\nApplied: 0 added, 0 changed, 0 deleted\.\n$/),
    })
    expect(text.stdout).toMatch(
      /~ orgs\/acme\/permissions {2}failed\n.*not done: allowed_actions\n.*An enterprise policy/,
    )
  })

  it('a server that goes away stops the run: what was not tried is told', async () => {
    const { sandbox, place } = await small()
    await sandbox.fault({ method: 'PUT', drop: true, times: 99 })
    const ran = await place.run(['apply', '--auto-approve'])
    expect(ran).toMatchObject({ code: 1, stdout: expect.stringMatching(/not tried/) })
    expect(ran.stdout).toMatch(/plan again/)
    // The one write, and what was tried of it again.
    expect(sandbox.writes()).toHaveLength(3)
    expect(new Set(sandbox.writes()).size).toBe(1)
  })
})

describe('apply PLAN', () => {
  it('applies what was reviewed', async () => {
    const { sandbox, place } = await small()
    await place.run(['plan', '--out', 'plan.json'])
    expect(await place.run(['apply', 'plan.json', '--auto-approve'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/\nApplied: 1 added, 1 changed, 1 deleted\.\n$/),
    })
    expect(sandbox.writes()).toHaveLength(3)
    expect(await place.run(['apply', 'plan.json', '--auto-approve'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/(^|\n)No changes\.\n$/),
    })
    expect(sandbox.writes()).toHaveLength(3)
  })

  it.each([
    ['--allow', 'self'],
    ['--allow', 'deletions=18'],
    ['--config', 'octoform.yaml'],
    ['--protect', 'orgs/acme/secrets/DEPLOY_*'],
    ['--values', '.'],
  ])('is the plan of the run before %s %s and behind it', async (flag, word) => {
    const { sandbox, place } = await small()
    await place.run(['plan', '--out', 'plan.json'])
    await place.write('octoform.yaml', SMALL_YAML.replace('OLD: absent', 'OLD: unmanaged'))
    for (const args of [
      ['plan.json', flag, word],
      [flag, word, 'plan.json'],
      [`${flag}=${word}`, 'plan.json'],
    ]) {
      // Held to the plan, which deletes members that the configuration leaves alone by now.
      expect(await place.run(['apply', '--auto-approve', ...args])).toMatchObject({ code: 4 })
    }
    expect(sandbox.writes()).toEqual([])
  })

  it('is none behind a flag that takes it for its word', async () => {
    const { sandbox, place } = await small()
    for (const flag of ['--target', '--rotate', '--protect']) {
      expect(await place.run(['apply', '--auto-approve', flag, 'plan.json'])).toMatchObject({
        code: 1,
        stderr: expect.stringContaining(
          `such as \`orgs/acme/permissions\`. A saved plan is a word of its own, with no flag before it.\n`,
        ),
      })
    }
    expect(sandbox.writes()).toEqual([])
  })
})

describe('--expect-digest', () => {
  it('right: applies; wrong: exit 4 with both digests, and nothing is written', async () => {
    const { sandbox, place } = await small()
    const { digest } = await place.plan()
    const wrong = 'f'.repeat(64)
    const refused = await place.run(['apply', '--auto-approve', '--expect-digest', wrong])
    expect(refused).toMatchObject({
      code: 4,
      stderr: expect.stringContaining(`expected ${wrong}, and it is ${digest}`),
    })
    expect(sandbox.writes()).toEqual([])
    expect(await place.run(['apply', '--auto-approve', '--expect-digest', digest])).toMatchObject({ code: 0 })
    expect(sandbox.writes()).toHaveLength(3)
  })

  it('holds though the values are another machine’s', async () => {
    const { place } = await small()
    expect((await place.run(['apply', '--auto-approve'])).code).toBe(0)
    const { digest } = await place.plan([], { NEW_VALUE: '', OCTOFORM_LEDGER_KEY: '' })
    const env = { NEW_VALUE: 'another-planted-value' }
    const ran = await place.run(['apply', '--auto-approve', '--expect-digest', digest], { env })
    expect(ran).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/\nApplied: 0 added, 1 changed, 0 deleted\.\n$/),
    })
  })
})
