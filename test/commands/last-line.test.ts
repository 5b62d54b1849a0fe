import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { outputsOf } from '../../src/action/outputs.ts'
import type { OutputFacts } from '../../src/run/io.ts'
import { actionsEnv } from '../support/github-actions.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

/** `No changes.` and `No drift.` end a run only where all that it was about was read, and there is nothing else to tell. */
const SEED = {
  product: 'ghec',
  organizations: {
    acme: {
      repositories: { web: {}, api: {}, admin: {} },
      secrets: { S: { visibility: 'selected', repositories: ['web'], value: 'x' } },
    },
  },
}
const AS_IT_IS = 'version: 1\norganizations: { acme: { secrets: { S: { repositories: [web] } } } }\n'
const NOTHING = '0 to add, 0 to change, 0 to delete.'

async function world(yaml = AS_IT_IS): Promise<{ sandbox: WatchedSandbox; place: Workplace }> {
  const sandbox = await watchedSandbox({ seed: SEED })
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': yaml }) }
}

function lastOf(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? ''
}

/** How each situation ends, by its exit code in plan, drift and apply. */
describe.each([
  { name: 'all is as it should be', yaml: AS_IT_IS, codes: [0, 0, 0], plan: 'No changes.', drift: 'No drift.' },
  {
    name: 'an error that only GitHub shows',
    yaml: AS_IT_IS.replace('] } } }', '] } }, runner_groups: { Default: absent } }'),
    codes: [1, 1, 1],
    plan: `Plan: ${NOTHING}`,
    drift: `Drift: ${NOTHING}`,
  },
  {
    name: 'something is held back',
    yaml: AS_IT_IS.replace('[web]', '["nothing-*"]'),
    codes: [0, 2, 2],
    plan: `Plan: ${NOTHING} 1 held back.`,
    drift: `Drift: ${NOTHING} 1 held back.`,
  },
  {
    name: 'a scope could not be read',
    yaml: AS_IT_IS,
    fault: { method: 'GET', route: '/orgs/{org}/actions/secrets', status: 403 },
    codes: [5, 5, 5],
    plan: 'Nothing to change in what could be read; 1 scope could not be.',
    drift: 'Nothing to change in what could be read; 1 scope could not be.',
  },
  {
    name: 'an owner could not be read',
    yaml: AS_IT_IS,
    fault: { method: 'GET', route: '/orgs/{org}', status: 403 },
    codes: [5, 5, 5],
    plan: 'Nothing to change in what could be read; 1 scope could not be.',
    drift: 'Nothing to change in what could be read; 1 scope could not be.',
  },
])('$name', ({ yaml, fault, codes, plan, drift }) => {
  const commands = [
    ['plan', plan, codes[0]],
    ['drift', drift, codes[1]],
    ['apply', plan, codes[2]],
  ] as const

  it.each(commands)('%s ends with %s', async (command, last, code) => {
    const { sandbox, place } = await world(yaml)
    if (fault) await sandbox.fault({ ...fault, times: 50 })
    const ran = await place.run([command, ...(command === 'apply' ? ['--auto-approve'] : [])])
    expect(ran, ran.stderr).toMatchObject({ code })
    expect(lastOf(ran.stdout)).toBe(last)
  })

  it('in every format, in the summary of the job, and by the outputs of the action', async () => {
    const { sandbox, place } = await world(yaml)
    if (fault) await sandbox.fault({ ...fault, times: 500 })
    for (const [command, last, code] of commands.slice(0, 2)) {
      const markdown = await place.run([command, '--format', 'markdown'])
      expect(lastOf(markdown.stdout)).toBe(last)
      const html = await place.run([command, '--format', 'html'])
      expect(html.stdout).toContain(`<h1>${last}</h1>`)
      for (const { stdout } of [markdown, html]) expect(/No (changes|drift)\./.test(stdout)).toBe(codes[1] === 0)
      const summary = join(place.folder, `${command}.md`)
      const told: OutputFacts[] = []
      const env = { ...(await actionsEnv({ event: 'schedule', payload: {} })), GITHUB_STEP_SUMMARY: summary }
      await place.run([command], { env, record: (more) => void told.push(more) })
      expect(lastOf(await readFile(summary, 'utf8'))).toBe(last)
      // An output of an incomplete run is neither true nor false.
      const outputs = outputsOf(Object.assign({}, ...told))
      expect(outputs.changes).toBe(code === 1 || code === 5 ? '' : 'false')
      expect(outputs.to_delete).toBe(code === 1 || code === 5 ? '' : '0')
    }
  })
})

describe('an apply that is refused for what does not stand in its plan', () => {
  it('a saved plan whose change is gone and not done: exit 4', async () => {
    const { place } = await world(AS_IT_IS.replace('[web]', '[web, api]'))
    expect((await place.run(['plan', '--out', 'p.json'])).code).toBe(0)
    await place.write('octoform.yaml', AS_IT_IS)
    const ran = await place.run(['apply', 'p.json', '--auto-approve'])
    expect(ran.code).toBe(4)
    expect(lastOf(ran.stdout)).toBe(`Plan: ${NOTHING}`)
  })

  it('another digest: exit 4', async () => {
    const { place } = await world()
    const ran = await place.run(['apply', '--auto-approve', '--expect-digest', 'a'.repeat(64)])
    expect(ran.code).toBe(4)
    expect(lastOf(ran.stdout)).toBe(`Plan: ${NOTHING}`)
  })

  it('a public key and no key to sign with: exit 1', async () => {
    const { place } = await world()
    const { stdout } = await place.run(['ledger', 'key', '--auto-approve'])
    await place.write(
      'octoform.yaml',
      AS_IT_IS.replace('version: 1', `version: 1\n${stdout.trim().split('\n').at(-1)}`),
    )
    const ran = await place.run(['apply', '--auto-approve'], { env: { OCTOFORM_LEDGER_KEY: '' } })
    expect(ran.code).toBe(1)
    expect(lastOf(ran.stdout)).toBe(`Plan: ${NOTHING}`)
  })
})

describe('a run that flags narrow', () => {
  it.each([
    [['--target', 'orgs/acme/secrets/*'], 0, 'No changes.'],
    [['--owner', 'acme'], 0, 'No changes.'],
    [['--target', 'orgs/acme/secrets/T'], 1, ''],
    [['--owner', 'beta'], 1, ''],
  ])('%j', async (flags, code, last) => {
    const { place } = await world()
    const ran = await place.run(['plan', ...flags])
    expect(ran, ran.stderr).toMatchObject({ code })
    expect(lastOf(ran.stdout)).toBe(last)
  })
})

it('what a saved plan has done already is still a target', async () => {
  const { place } = await world(AS_IT_IS.replace('S: { repositories: [web] } }', '}, prune: ["secrets/*"]'))
  const target = ['--target', 'orgs/acme/secrets/S']
  expect((await place.run(['plan', '--out', 'p.json', ...target])).code).toBe(0)
  const apply = ['apply', 'p.json', '--auto-approve', ...target]
  expect(lastOf((await place.run(apply)).stdout)).toBe('Applied: 0 added, 0 changed, 1 deleted.')
  const again = await place.run(apply)
  expect(again, again.stderr).toMatchObject({ code: 0 })
  expect(lastOf(again.stdout)).toBe('No changes.')
  // Without it, nothing is there that this could be about.
  expect(await place.run(['apply', '--auto-approve', ...target])).toMatchObject({ code: 1 })
})
