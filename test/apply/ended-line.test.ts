import { describe, expect, it } from 'vitest'
import { endedLine } from '../../src/apply/ended-line.ts'
import { main } from '../../src/commands/main.ts'
import { withHiding } from '../../src/run/io.ts'
import { commandLines, terminalFaults } from '../support/harmless.ts'
import { HOSTILE } from '../support/hostile.ts'
import { transportInProcess } from '../support/in-process.ts'
import { LEDGER_KEY, workplace } from '../support/octoform.ts'
import { printingWorld } from '../support/printing-world.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const AT = Date.parse('2026-10-05T20:41:03.900Z')
const SEED = {
  organizations: {
    acme: {
      secrets: { OLD: { visibility: 'all', value: 'x' } },
      repositories: { web: { secrets: { A: { value: 'x' } } }, api: {} },
    },
  },
}
const YAML = `version: 1
organizations:
  acme:
    secrets: { OLD: absent }
    repositories:
      web: { artifact_and_log_retention: { days: 30 }, variables: { V: { value: a } } }
      api: { artifact_and_log_retention: { days: 30 } }
`

it.each([
  ['create', 'applied', AT, '20:41:03Z + orgs/acme/secrets/A  applied'],
  ['update', 'failed', AT, '20:41:03Z ~ orgs/acme/secrets/A  failed'],
  ['delete', 'partial', undefined, '  - orgs/acme/secrets/A  done in part'],
] as const)('a change to %s that ended as %s', (action, status, at, expected) => {
  expect(endedLine({ action, address: 'orgs/acme/secrets/A' }, status, at)).toBe(expected)
})

it.each(HOSTILE)('%s in an address stays text', (_, text) => {
  for (const GITHUB_ACTIONS of ['true', 'false']) {
    const { world, printed } = printingWorld({ env: { GITHUB_ACTIONS }, cwd: '.', errorColumns: 40 })
    const io = withHiding(world)
    for (const at of [AT, undefined]) io.note(`${endedLine({ action: 'update', address: text }, 'applied', at)}\n`)
    const { stderr } = printed()
    expect([...commandLines(stderr), ...terminalFaults(stderr)]).toEqual([])
  }
})

describe('while an apply goes on', () => {
  async function applied(extra: Parameters<typeof printingWorld>[0] | object, flags: readonly string[] = []) {
    const sandbox = await watchedSandbox({ seed: SEED })
    await sandbox.fault({
      method: 'POST',
      route: '/repos/{owner}/{repo}/actions/variables',
      nth: 1,
      times: 1,
      status: 422,
      body: {},
    })
    const { folder } = await workplace(sandbox, { 'octoform.yaml': YAML })
    const env = { GITHUB_API_URL: sandbox.url, OCTOFORM_TOKEN: 'token-of-an-owner', OCTOFORM_LEDGER_KEY: LEDGER_KEY }
    const { world, printed } = printingWorld({ env, cwd: folder, transport: transportInProcess, ...extra })
    const code = await main(['apply', '--auto-approve', ...flags], world)
    return { code, ...printed() }
  }
  const ENDED = /^(?:\d\d:\d\d:\d\dZ| ) ([~+-]) (\S+) {2}(applied|failed)$/gm
  const EACH = [
    '+ repos/acme/web/variables/V failed',
    '- orgs/acme/secrets/OLD applied',
    '~ repos/acme/api/artifact_and_log_retention applied',
    '~ repos/acme/web/artifact_and_log_retention applied',
  ]
  const ended = (stderr: string) => [...stderr.matchAll(ENDED)].map(([, ...words]) => words.join(' ')).sort()

  it('a log has a line with the time for each change, and the end says all', async () => {
    const { code, stdout, stderr } = await applied({})
    expect(code).toBe(1)
    expect(ended(stderr)).toEqual(EACH)
    expect(stderr.match(/^\d\d:\d\d:\d\dZ /gm)).toHaveLength(4)
    expect(stdout).toMatch(
      /\nDone\n {2}- orgs\/acme\/secrets\/OLD {2}applied\n(?: {2}~ .* {2}applied\n){2}\nNot done\n/,
    )
  })

  it('a terminal has a line for each below one that is rewritten', async () => {
    const shown: string[] = []
    const { stderr } = await applied({ status: (text: string) => void shown.push(text) })
    expect(ended(stderr)).toEqual(EACH)
    expect(stderr).not.toMatch(/^\d\d:\d\d/m)
  })

  it('--quiet has none', async () => {
    const { stderr, stdout } = await applied({}, ['--quiet'])
    expect(ended(stderr)).toEqual([])
    expect(stdout).not.toContain('Done\n  ')
    expect(stdout).toContain('Not done\n  + repos/acme/web/variables/V  failed')
  })
})
