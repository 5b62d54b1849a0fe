import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { actionsEnv, REPOSITORY } from '../support/github-actions.ts'
import { logFaults, terminalFaults } from '../support/harmless.ts'
import { CANARY, hostileFiles, hostileSeed, TEXTS } from '../support/hostile-world.ts'
import { type Ran, type Workplace, workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const CONFIG = ['--config', 'octoform.yaml', '--config', 'teams']
/** The sequences that colours are made of. https://ecma-international.org/publications-and-standards/standards/ecma-48/ */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape that each of them begins with
const COLOUR = /\u001b\[(?:0|1|2|3[1-5]|1;31|30;43)m/g

type Options = NonNullable<Parameters<Workplace['run']>[1]>

const SHOWN: readonly (readonly [string, Options])[] = [
  ['at a narrow terminal', { columns: 31, terminal: { errorColumns: 31, colour: 'ansi', status: () => {} } }],
  ['at a wide terminal', { columns: 118, terminal: { errorColumns: 118, colour: 'ansi', status: () => {} } }],
  ['in the log of the action', { isJobLog: true, terminal: { colour: 'ansi' } }],
]

/** The output of a command without our own colours, which are all that there is of them. */
function uncoloured({ stdout, stderr }: Ran): { readonly stdout: string; readonly stderr: string } {
  return { stdout: stdout.replaceAll(COLOUR, ''), stderr }
}

describe.each(SHOWN)('names and values that are no names, %s', (_, shown) => {
  async function hostilePlace(): Promise<(args: readonly string[], more?: Options) => Promise<Ran>> {
    const place = await workplace(await watchedSandbox({ seed: hostileSeed() }), hostileFiles())
    const env = shown.isJobLog ? await actionsEnv({ event: 'push', payload: REPOSITORY }) : {}
    return (args, more = {}) => place.run([...args, ...CONFIG], { ...shown, ...more, env })
  }

  it.each(['plan', 'plan --verbose', 'plan --quiet', 'drift --verbose'])('do nothing in %s', async (line) => {
    const run = await hostilePlace()
    const ran = await run(line.split(' '))
    if (!line.includes('quiet')) expect(ran.stdout.split(CANARY).length).toBeGreaterThan(TEXTS.length)
    const text = uncoloured(ran)
    expect(logFaults(text)).toEqual([])
    expect(stripVTControlCharacters(text.stdout)).toBe(text.stdout)
    expect(text.stdout).toMatch(/\n?(?:Plan|Drift): \d+ to add, /)
  })

  it('do nothing while they are applied, and in what is said of it', async () => {
    const run = await hostilePlace()
    // Their files of values are not there.
    const groups = ['--target', 'orgs/acme/runner_groups/**']
    const counts = ['deletions', 'revocations', 'runner_moves'].flatMap((name) => ['--allow', `${name}=10000`])
    const allow = [...groups, ...counts, '--allow', 'public']
    const ran = await run(['apply', '--verbose', ...allow], shown.isJobLog ? {} : { answer: 'no' })
    const text = uncoloured(ran)
    expect(logFaults(text)).toEqual([])
    if (!shown.isJobLog) expect(text.stderr).toContain('Not applied.')
    const applied = await run(['apply', '--auto-approve', '--verbose', ...allow])
    const said = uncoloured(applied)
    expect(logFaults(said)).toEqual([])
    expect(terminalFaults(said.stderr)).toEqual([])
    expect(said.stdout).toContain('Applied: ')
    expect(said.stderr.split(CANARY).length).toBeGreaterThan(20)
    expect(said.stdout.slice(said.stdout.indexOf('\nDone\n')).split(CANARY).length).toBeGreaterThan(20)
  })
})
