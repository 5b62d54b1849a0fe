import { describe, expect, it } from 'vitest'
import { sampledByKind } from '../support/by-night.ts'
import { actionsEnv, type RunOfActions } from '../support/github-actions.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'
import { COMMANDS, RUNS, runs, SEED, YAML } from './event-runs.ts'

const TABLE = `
                              | validate | plan  | plan --comment | apply   | drift | drift --issue | import | doctor | seal  | ledger adopt
push                          | 0 0 0    | 0 9 0 | 0 9 0          | 0 39 10 | 2 9 0 | 2 17 3        | 0 3 0  | 0 7 0  | 0 2 0 | 0 11 3
push, no payload              | 0 0 0    | 0 9 0 | 0 9 0          | 0 40 10 | 2 9 0 | 2 17 3        | 0 3 0  | 0 7 0  | 0 2 0 | 0 11 3
push, payload no JSON         | 0 0 0    | 0 9 0 | 0 9 0          | 0 40 10 | 2 9 0 | 2 17 3        | 0 3 0  | 0 7 0  | 0 2 0 | 0 11 3
push on another branch        | 0 0 0    | 0 9 0 | 0 9 0          | 3 0 0   | 2 9 0 | 2 17 3        | 0 3 0  | 0 7 0  | 0 2 0 | 0 11 3
re-run of an old commit       | 0 0 0    | 0 9 0 | 0 9 0          | 4 1 0   | 2 9 0 | 2 17 3        | 0 3 0  | 0 7 0  | 0 2 0 | 0 11 3
schedule                      | 0 0 0    | 0 9 0 | 0 9 0          | 0 39 10 | 2 9 0 | 2 17 3        | 0 3 0  | 0 7 0  | 0 2 0 | 0 11 3
workflow_dispatch             | 0 0 0    | 0 9 0 | 0 9 0          | 0 39 10 | 2 9 0 | 2 17 3        | 0 3 0  | 0 7 0  | 0 2 0 | 0 11 3
pull_request                  | 0 0 0    | 0 9 0 | 0 17 3         | 3 0 0   | 2 9 0 | 2 9 0         | 0 3 0  | 0 7 0  | 0 2 0 | 3 0 0
pull_request of a fork        | 0 0 0    | 0 0 0 | 0 0 0          | 3 0 0   | 3 0 0 | 3 0 0         | 3 0 0  | 3 0 0  | 3 0 0 | 3 0 0
pull_request, fork deleted    | 0 0 0    | 0 0 0 | 0 0 0          | 3 0 0   | 3 0 0 | 3 0 0         | 3 0 0  | 3 0 0  | 3 0 0 | 3 0 0
pull_request, no payload      | 0 0 0    | 0 0 0 | 0 0 0          | 3 0 0   | 3 0 0 | 3 0 0         | 3 0 0  | 3 0 0  | 3 0 0 | 3 0 0
pull_request_target, fork     | 0 0 0    | 0 0 0 | 0 0 0          | 3 0 0   | 3 0 0 | 3 0 0         | 3 0 0  | 3 0 0  | 3 0 0 | 3 0 0
workflow_run of a fork’s pull | 0 0 0    | 0 0 0 | 0 0 0          | 3 0 0   | 3 0 0 | 3 0 0         | 3 0 0  | 3 0 0  | 3 0 0 | 3 0 0
workflow_run of an own pull   | 0 0 0    | 0 9 0 | 0 17 3         | 3 0 0   | 2 9 0 | 2 9 0         | 0 3 0  | 0 7 0  | 0 2 0 | 3 0 0
workflow_run of a push        | 0 0 0    | 0 9 0 | 0 9 0          | 3 0 0   | 2 9 0 | 2 17 3        | 0 3 0  | 0 7 0  | 0 2 0 | 0 11 3
issue_comment on a pull       | 0 0 0    | 0 0 0 | 0 0 0          | 3 0 0   | 3 0 0 | 3 0 0         | 3 0 0  | 3 0 0  | 3 0 0 | 3 0 0
merge_group                   | 0 0 0    | 0 0 0 | 0 0 0          | 3 0 0   | 3 0 0 | 3 0 0         | 3 0 0  | 3 0 0  | 3 0 0 | 3 0 0
`

const ALLOW_FORK = `
                              | plan  | plan --comment | apply   | drift | drift --issue | import | doctor | seal  | ledger adopt
push                          | 0 9 0 | 0 9 0          | 0 39 10 | 2 9 0 | 2 17 3        | 0 3 0  | 0 7 0  | 0 2 0 | 0 11 3
push on another branch        | 0 9 0 | 0 9 0          | 3 0 0   | 2 9 0 | 2 17 3        | 0 3 0  | 0 7 0  | 0 2 0 | 0 11 3
re-run of an old commit       | 0 9 0 | 0 9 0          | 4 1 0   | 2 9 0 | 2 17 3        | 0 3 0  | 0 7 0  | 0 2 0 | 0 11 3
pull_request                  | 0 9 0 | 0 17 3         | 3 0 0   | 2 9 0 | 2 9 0         | 0 3 0  | 0 7 0  | 0 2 0 | 3 0 0
pull_request of a fork        | 0 9 0 | 0 17 3         | 3 0 0   | 2 9 0 | 2 9 0         | 0 3 0  | 0 7 0  | 0 2 0 | 3 0 0
pull_request, fork deleted    | 0 9 0 | 0 17 3         | 3 0 0   | 2 9 0 | 2 9 0         | 0 3 0  | 0 7 0  | 0 2 0 | 3 0 0
pull_request, no payload      | 0 9 0 | 0 9 0          | 3 0 0   | 2 9 0 | 2 9 0         | 0 3 0  | 0 7 0  | 0 2 0 | 3 0 0
pull_request_target, fork     | 0 9 0 | 0 17 3         | 3 0 0   | 2 9 0 | 2 9 0         | 0 3 0  | 0 7 0  | 0 2 0 | 3 0 0
workflow_run of a fork’s pull | 0 9 0 | 0 9 0          | 3 0 0   | 2 9 0 | 2 9 0         | 0 3 0  | 0 7 0  | 0 2 0 | 3 0 0
issue_comment on a pull       | 0 9 0 | 0 13 2         | 3 0 0   | 2 9 0 | 2 9 0         | 0 3 0  | 0 7 0  | 0 2 0 | 3 0 0
merge_group                   | 0 9 0 | 0 9 0          | 3 0 0   | 2 9 0 | 2 9 0         | 0 3 0  | 0 7 0  | 0 2 0 | 3 0 0
`

interface Row {
  readonly name: string
  /** By command. */
  readonly cells: Readonly<Record<string, string>>
}

function rowsOf(table: string): readonly Row[] {
  const [columns = [], ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
  const commands = columns.filter((command) => command !== '')
  return rows.map(([name = '', ...cells]) => ({
    name,
    cells: Object.fromEntries(commands.map((command, index) => [command, cells[index] ?? ''])),
  }))
}

/** By day of each run every exit code, and of each command everything that becomes of it. */
function triedOf(table: string): readonly Row[] {
  const all = rowsOf(table)
  const each = all.flatMap(({ name, cells }) =>
    Object.entries(cells).map(([command, brief]) => ({ name, command, brief })),
  )
  const tried = sampledByKind(each, ({ name, command, brief }) => [
    `${command} ${brief}`,
    `${name} ${brief.split(' ')[0]}`,
  ])
  return all.map(({ name }) => {
    const own = tried.filter((cell) => cell.name === name)
    return { name, cells: Object.fromEntries(own.map(({ command, brief }) => [command, brief])) }
  })
}

/** Runs each command of a row in a world of its own, and gives its result in the table's form. */
async function found({ name, cells }: Row, flags: readonly string[]): Promise<Row> {
  const run = (RUNS as Readonly<Record<string, RunOfActions>>)[name]
  if (!run) throw new Error(`there is no run ${name}`)
  const brief: Record<string, string> = {}
  for (const command of Object.keys(cells)) {
    const { code, sandbox, stdout, stderr } = await runs(run, [...(COMMANDS[command] ?? []), ...flags])
    const writes = sandbox.writes()
    brief[command] = `${code} ${sandbox.asked.length} ${writes.length}`
    const elsewhere = writes.filter((write) => !/^\w+ (\/repos\/acme\/admin\/|\/graphql$)/.test(write))
    const applied = command === 'apply' && code === 0 ? ['PUT /orgs/acme/actions/secrets/NPM_TOKEN'] : []
    expect(elsewhere, `${command}: writes to other than the repository of the run`).toEqual(applied)
    expect(stdout + stderr, command).not.toMatch(/planted|token-of/)
    if (code === 3) expect(stderr, command).toMatch(/Nothing was (sent|written)/)
  }
  return { name, cells: brief }
}

describe('what a command does on an event: exit code, requests, writes', () => {
  it.each(triedOf(TABLE))('$name', async (row) => {
    expect(await found(row, [])).toEqual(row)
  })

  it('is told for every run', () => {
    expect(rowsOf(TABLE).map(({ name }) => name)).toEqual(Object.keys(RUNS))
    for (const { cells } of rowsOf(TABLE)) expect(Object.keys(cells)).toEqual(Object.keys(COMMANDS))
  })
})

describe('what a command does with --allow fork', () => {
  it.each(triedOf(ALLOW_FORK))('$name', async (row) => {
    expect(await found(row, ['--allow', 'fork'])).toEqual(row)
  })
})

describe('a configuration from elsewhere', () => {
  const fork = RUNS['pull_request of a fork']

  it('is checked by plan, which says so', async () => {
    const { stdout, stderr } = await runs(fork, ['plan'])
    expect(stdout).toBe('The configuration is valid.\n')
    expect(stderr).toContain('pull request #7 comes from octocat/admin, not from acme/admin')
    expect(stderr).toContain('sends no request')
    expect(stderr).toContain('--allow fork')
  })

  it('is found wrong by plan as by validate', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, { 'octoform.yaml': 'version: 2\n' }, await actionsEnv(fork))
    expect(await place.run(['plan'])).toMatchObject({ code: 1, stdout: expect.stringContaining('octoform.yaml:1:') })
    expect(sandbox.asked).toEqual([])
  })

  it('sends nothing to an API that its configuration names', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const yaml = `${YAML}github: { api_url: ${sandbox.url} }\n`
    const env = { ...(await actionsEnv(fork)), GITHUB_API_URL: 'http://127.0.0.1:9' }
    const place = await workplace(sandbox, { 'octoform.yaml': yaml }, env)
    expect((await place.run(['plan'])).code).toBe(0)
    expect((await place.run(['apply', '--auto-approve', '--api-url', sandbox.url])).code).toBe(3)
    expect(sandbox.asked).toEqual([])
  })

  it('is no way for apply, whose message names no flag that would not help', async () => {
    expect((await runs(fork, ['apply', '--auto-approve'])).stderr).not.toContain('--allow')
  })
})
