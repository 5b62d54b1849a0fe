import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { RUNS, shop } from './runs-world.ts'

const LONG = 'A title as long as people write them when a whole story is told in the first line of one commit, here'
const HEBREW = 'תיקון הבנייה של השרת'

const WORLD = {
  runs: {
    ...RUNS,
    107: { ...RUNS[106], display_title: LONG, head_branch: `feature/${'long-name-'.repeat(9)}of-a-branch` },
    108: { ...RUNS[106], display_title: HEBREW },
    109: { ...RUNS[106], display_title: 'bold\u001b[1m \u202e and turned' },
  },
}

const LINES = [
  'runs list acme/web',
  'runs jobs acme/web 101',
  'runs pending acme/web 104',
  'runs reviews acme/web 104',
  'runs queue acme/web',
  'workflows list acme/web',
]

describe.each([80, 200])('tables of %i columns', (columns) => {
  it.each(LINES)('%s fit, each thing in a line of its own, without colour', async (line) => {
    const { run } = await shop('ghec', WORLD)
    const { stdout } = await run(line, { columns })
    const [head = '', ...rows] = stdout.trimEnd().split('\n')
    expect(head).toBe(head.toUpperCase())
    for (const row of [head, ...rows]) expect(stringWidth(row), row).toBeLessThanOrEqual(columns)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them is to be there
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e\u2066-\u2069]/)
  })

  it('cut titles and branches, and never ids and outcomes', async () => {
    const { run } = await shop('ghec', WORLD)
    const { stdout } = await run('runs list acme/web', { columns })
    for (const [id, run] of Object.entries(WORLD.runs)) {
      const row = stdout.split('\n').find((line) => line.trimStart().startsWith(id))
      expect(row).toContain('conclusion' in run ? run.conclusion : run.status)
    }
    expect(stdout).toContain('…')
    expect(stdout.includes(HEBREW)).toBe(columns === 200)
  })
})

it('a table that goes to a file is whole', async () => {
  const { run } = await shop('ghec', WORLD)
  const { stdout } = await run('runs list acme/web')
  expect(stdout).toContain(LONG)
  expect(stdout).toContain(HEBREW)
})

it('right-to-left text takes the room of its letters, so that the columns behind it stand in line', async () => {
  const { run } = await shop('ghec', { runs: { 1: { ...RUNS[106], display_title: HEBREW }, 2: RUNS[106] } })
  const { stdout } = await run('runs list acme/web', { columns: 120 })
  const places = stdout
    .trimEnd()
    .split('\n')
    .map((line) => stringWidth(line.slice(0, line.search(/WORKFLOW|CI +dev/))))
  expect(new Set(places).size).toBe(1)
})
