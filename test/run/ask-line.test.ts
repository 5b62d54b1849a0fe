import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { atTerminal, hasTerminal } from '../support/terminal.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const VARIABLE = 'organizations: { acme: { variables: { A: { visibility: all, value: x } } } }\n'
const QUESTION = 'Apply these changes (1 to add)? Only '

/** Applies one variable at a terminal, and types when it is asked. */
async function applied(keys: readonly string[]): Promise<{ shown: string; writes: readonly string[] }> {
  const sandbox = await watchedSandbox({ seed: { organizations: { acme: {} } } })
  const { folder } = await workplace(sandbox, { 'octoform.yaml': `version: 1\n${VARIABLE}` })
  const env = { GITHUB_API_URL: sandbox.url, OCTOFORM_TOKEN: 'token-of-an-owner' }
  const shown = await atTerminal({ cwd: folder, env, args: 'apply', after: 'stty -a', until: QUESTION, keys })
  return { shown, writes: sandbox.writes() }
}

describe.skipIf(!hasTerminal)('a question at a real terminal (skipped where `script` of util-linux is missing)', () => {
  it.each([
    ['yes', ['yes', '\r']],
    ['yes, with a letter taken back and one put in', ['ess', '\u007f', '\u001b[D', '\u001b[D', 'y', '\r']],
  ])('is answered by %s', async (_, keys) => {
    const { shown, writes } = await applied(keys)
    expect(writes).toEqual(['POST /orgs/acme/actions/variables'])
    expect(shown).toMatch(/exit 0\r\n/)
  })

  it.each([
    ['anything else', ['y', '\r']],
    ['Enter alone', ['\r']],
    ['Ctrl-C', ['yes', '\u0003']],
    ['Ctrl-D', ['\u0004']],
  ])('takes %s for no, which it says on a line of its own, and leaves the terminal as it was', async (_, keys) => {
    const { shown, writes } = await applied(keys)
    expect(writes).toEqual([])
    expect(shown).toMatch(/\nNot applied\.\r\nexit 1\r\n/)
    expect(shown).toMatch(/[^-]icanon[\s\S]*[^-]echo /)
  })
})
