import { describe, expect, it } from 'vitest'
import { type Gate, type GateOptions, gate } from '../../src/run/gate.ts'
import { contextOf, EVENTS, FORK, OWN, pull } from '../event/events.ts'

const COMMANDS = ['plan', 'apply', 'drift', 'import', 'doctor', 'ledger', 'seal']
const KNOWS_BRANCH = { repository: { default_branch: 'main' } }

/** Options under which GitHub must not be asked. */
function silent(more: Partial<GateOptions> = {}): GateOptions {
  return { allow: {}, defaultBranch: () => Promise.reject(new Error('GitHub was asked')), ...more }
}

function brief(found: Gate): string {
  if (found.kind === 'refused') return `exit ${found.code}`
  return found.kind === 'go' ? `go, values ${found.values}` : 'validate'
}

describe('a configuration that is not the repository’s own', () => {
  const foreign = EVENTS.filter(({ is }) => is === 'fork' || is === 'unknown')

  it.each(foreign)('$name: plan validates, all else is refused, nothing is asked', async ({ event, payload, env }) => {
    const context = contextOf(event, payload, env)
    for (const command of COMMANDS) {
      expect(brief(await gate(command, context, silent())), command).toBe(command === 'plan' ? 'validate' : 'exit 3')
    }
    for (const command of ['validate', 'show', 'sandbox']) {
      expect(brief(await gate(command, context, silent())), command).toBe('go, values resolved')
    }
  })

  it.each(foreign)(
    '$name: --allow fork plans it without values, and never applies',
    async ({ event, payload, env }) => {
      const context = { ...contextOf(event, payload, env), defaultBranch: 'main' }
      const allowed = silent({ allow: { fork: true } })
      expect(brief(await gate('plan', context, allowed))).toBe('go, values ignored')
      expect(brief(await gate('drift', context, allowed))).toBe('go, values ignored')
      expect(brief(await gate('apply', context, allowed))).toBe('exit 3')
      expect(brief(await gate('ledger', context, allowed))).toBe('exit 3')
    },
  )

  it('is told, with the flag that goes past it', async () => {
    const context = contextOf('pull_request', { pull_request: pull(FORK) })
    expect(await gate('plan', context, silent())).toEqual({
      kind: 'validate',
      note:
        `This configuration is not this repository's own: pull request #7 comes from ${FORK}, not from ${OWN}. ` +
        'octoform sends no request and checks it offline; --allow fork plans it all the same.',
    })
    expect(await gate('drift', context, silent())).toMatchObject({ message: expect.stringContaining('--allow fork') })
  })
})

describe('the repository’s own configuration', () => {
  const own = EVENTS.filter(({ is }) => is === 'own' || is === 'none')

  it.each(own)(
    '$name: plan runs, with values only where there is no pull request',
    async ({ event, payload, env, is }) => {
      const context = contextOf(event, payload, env)
      const values = is === 'none' ? 'resolved' : 'ignored'
      for (const command of COMMANDS.filter((each) => each !== 'apply' && each !== 'ledger')) {
        expect(brief(await gate(command, context, silent())), command).toBe(`go, values ${values}`)
      }
      const ledger = brief(await gate('ledger', context, silent()))
      expect(ledger).toBe(is === 'none' ? 'go, values resolved' : 'exit 3')
    },
  )

  it.each(own)('$name: whether apply runs', async ({ event, payload, env, is }) => {
    const context = { ...contextOf(event, payload, env), defaultBranch: 'main' }
    const runs =
      is === 'none' && ['push', 'schedule', 'workflow_dispatch'].includes(event) && context.ref === 'refs/heads/main'
    expect(brief(await gate('apply', context, silent()))).toBe(runs ? 'go, values resolved' : 'exit 3')
  })
})

describe('apply', () => {
  it.each([
    ['refs/heads/main', undefined, 'main'],
    ['refs/heads/other', undefined, undefined],
    ['refs/heads/other', 'other', 'other'],
    ['refs/heads/main', 'other', undefined],
    ['refs/heads/feature/x', 'feature/x', 'feature/x'],
    ['refs/tags/main', undefined, undefined],
    ['refs/heads/MAIN', undefined, undefined],
    ['main', undefined, undefined],
    ['', undefined, undefined],
  ])('of a run on %j with --branch %j', async (ref, branch, expected) => {
    const context = { ...contextOf('push', KNOWS_BRANCH), ref }
    const found = await gate('apply', context, silent({ branch }))
    if (expected !== undefined) expect(found).toEqual({ kind: 'go', values: 'resolved', branch: expected })
    else expect(found).toMatchObject({ kind: 'refused', code: 3, message: expect.stringContaining('--branch NAME') })
  })

  it('asks for the default branch only where the event does not name it', async () => {
    const context = contextOf('schedule', {})
    const options = { allow: {}, defaultBranch: () => Promise.resolve('main') }
    expect(await gate('apply', context, options)).toMatchObject({ kind: 'go', branch: 'main' })
    const elsewhere = { allow: {}, defaultBranch: () => Promise.resolve('trunk') }
    expect(brief(await gate('apply', context, elsewhere))).toBe('exit 3')
    expect(brief(await gate('apply', context, silent({ branch: 'main' })))).toBe('go, values resolved')
  })

  it('has no gate outside GitHub Actions', async () => {
    const found = await gate('apply', undefined, silent({ branch: 'x' }))
    expect(found).toEqual({ kind: 'go', values: 'resolved', branch: undefined })
  })
})
