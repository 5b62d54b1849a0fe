import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'
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

const HUNDRED = `name-${'long-'.repeat(19)}`
const TURNED = 'turned \u202e and \u2066 back \u200f\u200e'
const MADE = { created_at: '2026-11-20T10:00:00Z', expires_at: '2099-01-01T00:00:00Z' }
const RUNNERS = {
  [HUNDRED.slice(0, 64)]: { os: 'linux', labels: [HUNDRED, HEBREW, 'gpu'] },
  plain: { os: 'linux', labels: [TURNED] },
}
const FLEET = { runners: RUNNERS, hosted_images: { [HUNDRED]: { id: 9, versions: ['1.0.0'] }, [HEBREW]: { id: 10 } } }
const EVERYWHERE = {
  product: 'ghec',
  enterprises: { inc: { organizations: { acme: {} }, ...FLEET } },
  organizations: {
    acme: {
      ...FLEET,
      repositories: {
        web: {
          runners: RUNNERS,
          workflows: {
            'a.yml': { id: 1, name: HUNDRED },
            'b.yml': { id: 2, name: HEBREW },
            'c.yml': { id: 3, name: TURNED },
          },
          runs: {
            7: {
              ...RUNS[106],
              head_branch: HUNDRED,
              display_title: TURNED,
              jobs: { [HUNDRED]: { id: 71, steps: [HUNDRED, HEBREW, TURNED] }, [HEBREW]: { id: 72 } },
              artifacts: {
                [HUNDRED]: { id: 73, size: 10, ...MADE },
                [HEBREW]: { id: 74, size: 10, ...MADE },
                [TURNED]: { id: 75, size: 10, ...MADE },
              },
            },
          },
          caches: [{ key: HUNDRED, ref: `refs/heads/${HUNDRED}` }, { key: HEBREW }, { key: TURNED }],
        },
        [HUNDRED.slice(0, 99)]: { caches: [{ key: 'k' }] },
      },
    },
  },
}
const OTHERS = [
  'runners list acme/web',
  'runners list orgs/acme',
  'runners list enterprises/inc',
  'runners downloads orgs/acme',
  'workflows list acme/web',
  'workflows list acme/*',
  'runs list acme/web',
  'runs jobs acme/web 7',
  'runs artifacts acme/web 7',
  'jobs show acme/web 71',
  'artifacts list acme/web',
  'artifacts list acme/*',
  'caches list acme/web',
  'caches list acme/*',
  'caches usage-by-repository orgs/acme',
  'images list orgs/acme',
  'images list enterprises/inc',
  'images versions orgs/acme 9',
  'images platforms orgs/acme',
]

it.each([80, 200, undefined])(
  'every table holds names of 100 letters, from right to left, and with marks, in %s columns',
  async (columns) => {
    const sandbox = await watchedSandbox({ seed: EVERYWHERE })
    const place = await workplace(sandbox, {}, { OCTOFORM_ENTERPRISE_TOKEN: 'token-of-the-enterprise' })
    for (const line of OTHERS) {
      const { code, stdout, stderr } = await place.run(line.split(' '), columns === undefined ? {} : { columns })
      expect({ line, code, stderr }).toEqual({ line, code: 0, stderr })
      // Things by themselves are lines of name and value, which a terminal breaks; the table is below them.
      const table = stdout.slice(stdout.indexOf('\n\n') + 1).trim()
      for (const row of columns === undefined ? [] : table.split('\n')) {
        expect({ line, row, fits: stringWidth(row) <= (columns ?? 0) }).toEqual({ line, row, fits: true })
      }
      // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them is to be there
      expect({ line, found: /[\u0000-\u0009\u000b-\u001f\u202a-\u202e\u2066-\u2069]/.exec(stdout)?.[0] }).toEqual({
        line,
      })
      if (columns === undefined && stdout.includes('name-')) expect(stdout).not.toContain('…')
    }
  },
)
