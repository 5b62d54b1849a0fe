import { describe, expect, it } from 'vitest'
import { examplesText } from '../../src/commands/add-examples.ts'
import { EXAMPLES } from '../../src/commands/command-examples.ts'
import { workplace } from '../support/octoform.ts'

const NOWHERE = { url: 'http://127.0.0.1:9' }

describe('examples in help', () => {
  it.each(Object.keys(EXAMPLES))('%s --help has those of the command', async (name) => {
    const place = await workplace(NOWHERE, {})
    const { code, stdout } = await place.run([...name.split(' '), '--help'])
    expect(code).toBe(0)
    const [, examples = ''] = stdout.split('\nExamples:\n')
    const commands = (EXAMPLES[name] ?? []).map((line) => line.replace(/\s+# .*$/, ''))
    for (const command of commands) expect(examples.replaceAll(/\s+# .*$/gm, '')).toContain(`  ${command}\n`)
  })

  it.each(['ledger', 'report', 'runs', 'workflows'])(
    '%s --help has one of each of its first subcommands',
    async (name) => {
      const place = await workplace(NOWHERE, {})
      const { stdout } = await place.run([name, '--help'])
      const [, examples = ''] = stdout.split('\nExamples:\n')
      const lines = examples
        .trimEnd()
        .split('\n')
        .filter((line) => !line.startsWith('  # '))
      expect(lines.length).toBeGreaterThanOrEqual(3)
      for (const line of lines) expect(line).toMatch(new RegExp(`^ {2}octoform ${name} `))
    },
  )

  it('--help has the first steps, and the exit codes', async () => {
    const place = await workplace(NOWHERE, {})
    const { stdout } = await place.run(['--help'])
    expect(stdout).toContain('\nExamples:\n  octoform init --owner acme --import ')
    expect(stdout).toContain('\nExit codes:\n  0  done')
  })

  it.each([
    [
      ['octoform a  # one', 'octoform bcd   # two', 'octoform e'],
      30,
      '  octoform a    # one\n  octoform bcd  # two\n  octoform e',
    ],
    [
      ['octoform a  # one', 'octoform bcd   # two', 'octoform e'],
      20,
      '  # one\n  octoform a\n  # two\n  octoform bcd\n  octoform e',
    ],
  ])('%j at %i columns', (lines, width, expected) => {
    expect(examplesText(lines, width)).toBe(`\nExamples:\n${expected}`)
  })
})

it.each([
  [['--help'], 46],
  [['plan', '--help'], 46],
  [['runs', 'list', '--help'], 60],
  [['report', 'access', '--help'], 50],
])('%j breaks at words at %i columns, where commander does not', async (args, columns) => {
  const { stdout } = await (await workplace(NOWHERE, {})).run(args, { columns })
  const wide = stdout.split('\n').filter((line) => line.length > columns)
  expect(wide.filter((line) => !/^ *(?:octoform |\S+$)/.test(line))).toEqual([])
  expect(stdout).toMatch(/\n {6}[a-z]/)
})
