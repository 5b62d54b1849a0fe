import { describe, expect, it } from 'vitest'
import { besideResults, withHiding } from '../../src/run/io.ts'
import { actionsEnv, REPOSITORY, TIP } from '../support/github-actions.ts'
import { commandLines, logFaults } from '../support/harmless.ts'
import { HOSTILE } from '../support/hostile.ts'
import { workplace } from '../support/octoform.ts'
import { printingWorld } from '../support/printing-world.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const LOG = { env: { GITHUB_ACTIONS: 'true' }, cwd: '.', isJobLog: true } as const

async function grouped(world: Parameters<typeof printingWorld>[0], title: string, text: string) {
  const { world: made, printed } = printingWorld(world)
  await withHiding(made).group(title, [text])
  return printed()
}

describe('a part of a log', () => {
  it('is folded under its title', async () => {
    const { stdout } = await grouped(LOG, 'Other changes (20 lines)', 'one\ntwo\n')
    expect(stdout).toBe('::group::Other changes (20 lines)\none\ntwo\n::endgroup::\n')
  })

  it.each([
    ['a terminal', { env: {}, cwd: '.' }],
    ['a pipe of a step', { env: { GITHUB_ACTIONS: 'true' }, cwd: '.' }],
    ['the log of another service', { env: {}, cwd: '.', isJobLog: true }],
  ])('is text alone at %s', async (_, world) => {
    expect((await grouped(world, 'Other changes (20 lines)', 'one\ntwo\n')).stdout).toBe('one\ntwo\n')
  })

  it('goes to stderr without a group where stdout is for a result', async () => {
    const { world, printed } = printingWorld(LOG)
    await besideResults(withHiding(world)).group('Other changes', ['one\n'])
    expect(printed()).toEqual({ stdout: '', stderr: 'one\n' })
  })

  it.each(HOSTILE)('neither begins nor ends a command of the runner by %s', async (_, text) => {
    const { stdout } = await grouped(LOG, text, `${text}\n::endgroup::\n${text}\n`)
    const [first = '', ...rest] = commandLines(stdout)
    expect(first).toMatch(/^::group::/)
    expect(rest).toEqual(['::endgroup::'])
    expect(stdout.endsWith('\n::endgroup::\n')).toBe(true)
    expect(stdout.split('\n').filter((line) => line === '::endgroup::')).toHaveLength(1)
  })
})

it('a long plan has its other changes in a group, and its worst ones outside', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `r${index + 10}`)
  const own = names.map((name, index) => `${name}: { artifact_and_log_retention: { days: ${index + 1} } }`)
  const sandbox = await watchedSandbox({
    seed: { organizations: { acme: { repositories: Object.fromEntries(names.map((name) => [name, {}])) } } },
  })
  const yaml = `version: 1\norganizations: { acme: { variables: { V: { value: a, visibility: all } }, repositories: { ${own.join(', ')} } } }\n`
  const place = await workplace(sandbox, { 'octoform.yaml': yaml })
  const env = await actionsEnv({ event: 'push', payload: REPOSITORY })
  const ran = await place.run(['plan'], { isJobLog: true, env })
  expect(ran.stdout).toMatch(/\n::group::Other changes \(20 lines\)\nOther changes\n( {2}~ .*\n){20}\n::endgroup::\n/)
  expect(ran.stdout.indexOf('Gains access')).toBeLessThan(ran.stdout.indexOf('::group::'))
  expect(ran.stdout.slice(ran.stdout.lastIndexOf('::endgroup::'))).toMatch(/\nPlan: 1 to add, 20 to change/)
  expect(logFaults(ran)).toEqual([])
})

it('a long apply has what it did in a group, and what it did not do outside', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `r${index + 10}`)
  const own = names.map((name) => `${name}: { variables: { V${name}: { value: "::endgroup::" } } }`)
  const repositories = Object.fromEntries(names.map((name) => [name, {}]))
  const sandbox = await watchedSandbox({
    seed: { organizations: { acme: { repositories: { ...repositories, admin: { branches: { main: TIP } } } } } },
  })
  const yaml = `version: 1\norganizations: { acme: { repositories: { ${own.join(', ')} } } }\n`
  const place = await workplace(sandbox, { 'octoform.yaml': yaml })
  const body = { message: '::endgroup::\n##[endgroup]' }
  const route = '/repos/{owner}/{repo}/actions/variables'
  await sandbox.fault({ method: 'POST', route, nth: 20, times: 9, status: 422, body })
  const env = await actionsEnv({ event: 'push', payload: REPOSITORY })
  const ran = await place.run(['apply', '--auto-approve'], { isJobLog: true, env })
  expect(ran.stdout).toMatch(
    /\n::group::Done \(19 lines\)\nDone\n( {2}\+ .*\n){19}\n::endgroup::\nNot done\n {2}. .* failed\n/,
  )
  expect(ran.stdout.slice(ran.stdout.lastIndexOf('\n::endgroup::\n'))).toMatch(/ 422 ::endg[\s\S]*\nApplied: 19 added/)
  expect(logFaults(ran)).toEqual([])
})
