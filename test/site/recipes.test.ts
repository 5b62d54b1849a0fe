import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { workplace } from '../support/octoform.ts'
import { withSandbox } from '../support/sandbox.ts'
import { commandLines, faultOf } from './command-line.ts'

const FOLDER = resolve(import.meta.dirname, '../../docs/recipes')
const PAGES = (await readdir(FOLDER)).filter((name) => name !== 'README.md')
const page = (name: string): Promise<string> => readFile(join(FOLDER, name), 'utf8')
const NOWHERE = { url: 'http://127.0.0.1:9' }
/** Files that a configuration names are there. */
const FILES = { 'deploy.key': 'key' }

/** The blocks of a language. */
function blocks(text: string, language: string): readonly string[] {
  return [...text.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, block = '']) => block)
}

/** The configurations of a page, each as it stands. */
function configurations(text: string): readonly string[] {
  return blocks(text, 'yaml').filter((block) => /^version: 1$/m.test(block))
}

describe.each(PAGES)('recipe %s', (name) => {
  it('has configurations that are valid, but for the one that shows an error', async () => {
    for (const yaml of configurations(await page(name)).filter((block) => !/^# (octoform|teams|orgs)/.test(block))) {
      const place = await workplace(NOWHERE, { 'octoform.yaml': yaml, ...FILES })
      expect(await place.run(['validate']), yaml).toMatchObject({ code: 0, stdout: 'The configuration is valid.\n' })
    }
  })

  it('has command lines that octoform takes', async () => {
    const text = await page(name)
    const scripts = [...blocks(text, 'sh'), ...blocks(text, 'groovy'), ...blocks(text, 'yaml')]
    const lines = scripts.flatMap((block) => commandLines(block.replaceAll('npx octoform@0.2.0', 'octoform')))
    expect(lines.length).toBeGreaterThan(1)
    expect(lines.flatMap((line) => faultOf(line) ?? [])).toEqual([])
  })
})

describe('a leaked secret', () => {
  it('is sent again to 200 repositories by one line, and to no other', async () => {
    const [before = '', after = ''] = configurations(await page('leaked-secret.md')).map(withLedgerInFile)
    const names = Array.from({ length: 200 }, (_, index) => `service-${String(index + 1).padStart(3, '0')}`)
    const repositories = Object.fromEntries([...names, 'web'].map((each) => [each, {}]))
    let puts = 0
    const sandbox = await withSandbox({
      seed: { organizations: { acme: { repositories } } },
      onExchange: ({ method }) => {
        puts += method === 'PUT' ? 1 : 0
      },
    })
    const place = await workplace(sandbox, { 'octoform.yaml': before })
    const first = await place.run(['apply', '--auto-approve'], { env: { DEPLOY_KEY: 'leaked' } })
    expect(first.code, first.stderr).toBe(0)
    await place.write('octoform.yaml', after)
    const planned = await place.run(['plan'])
    expect(planned.stdout).toContain('Plan: 0 to add, 200 to change, 0 to delete.')
    expect(puts).toBe(200)
    const second = await place.run(['apply', '--auto-approve'], { env: { DEPLOY_KEY: 'fresh' } })
    expect(second.code, second.stderr).toBe(0)
    expect(puts).toBe(400)
    const state = JSON.stringify(await sandbox.state())
    expect(state.match(/fresh/g)?.length).toBe(200)
    expect(state).not.toContain('leaked')
    expect((await place.run(['plan', '--detailed-exitcode'])).code).toBe(0)
  }, 120_000)
})

/** Without a repository for the ledger, which the sandbox of these tests has not. */
function withLedgerInFile(yaml: string): string {
  return yaml.replace(/^ledger:.*\n/m, '')
}

describe('a reorganization', () => {
  it('warns of a renamed repository, and prints the change of the YAML', async () => {
    const sandbox = await withSandbox({ seed: { organizations: { acme: { repositories: { web: {}, api: {} } } } } })
    const yaml =
      'version: 1\norganizations:\n  acme:\n    repositories:\n      web:\n        variables: { A: { value: b } }\n'
    const place = await workplace(sandbox, { 'octoform.yaml': yaml })
    expect((await place.run(['apply', '--auto-approve'])).code).toBe(0)
    await sandbox.call('PATCH', '/repos/acme/web', { name: 'site' })
    const planned = await place.run(['plan'])
    const [warning = ''] = blocks(await page('reorganization.md'), 'text')
    expect(planned.stdout + planned.stderr).toContain(warning.trim().replace(/^.*?warning: /, ''))
    const { stdout } = await place.run(['drift', '--accept'])
    expect(stdout).toMatch(/^- {6}web:$/m)
    expect(stdout).toMatch(/^\+ {6}site:$/m)
  })
})

describe('moving runners', () => {
  it('goes from group to group, and a group that goes leaves none behind', async () => {
    const [before = '', after = '', gone = ''] = configurations(await page('moving-runners.md'))
    const runners = { 'gpu-01': { os: 'linux' }, 'gpu-02': { os: 'linux' } }
    const repositories = { web: {}, api: {}, training: {} }
    const seed = { product: 'ghec', organizations: { acme: { plan: 'enterprise', repositories, runners } } }
    const sandbox = await withSandbox({ seed })
    const place = await workplace(sandbox, { 'octoform.yaml': before })
    for (const yaml of [before, after, gone]) {
      await place.write('octoform.yaml', yaml)
      const { code, stderr } = await place.run(['apply', '--auto-approve'])
      expect(code, stderr).toBe(0)
    }
    const { runner_groups: groups } = (await sandbox.call('GET', '/orgs/acme/actions/runner-groups')).body as {
      runner_groups: { id: number; name: string }[]
    }
    expect(groups.map(({ name }) => name).sort()).toEqual(['Default', 'ml'])
    const ml = groups.find(({ name }) => name === 'ml')?.id
    const { body } = await sandbox.call('GET', `/orgs/acme/actions/runner-groups/${ml}/runners`)
    expect(body).toMatchObject({ total_count: 2 })
  })
})

describe('several teams', () => {
  it('may each say their own, and nothing else', async () => {
    const parts = configurations(await page('several-teams.md')).map((block) => {
      const [, path = ''] = /^# (\S+)\n/.exec(block) ?? []
      return [path, block] as const
    })
    const right = Object.fromEntries(parts.filter(([path]) => path !== 'teams/pay/more.yaml'))
    expect(Object.keys(right)).toEqual(['octoform.yaml', 'orgs/acme.yaml', 'teams/pay/pay.yaml'])
    expect(await (await workplace(NOWHERE, right)).run(['validate'])).toMatchObject({ code: 0 })
    const { code, stdout } = await (await workplace(NOWHERE, Object.fromEntries(parts))).run(['validate'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/teams\/pay\/more.yaml:\d+:\d+: error: this file may not/)
  })
})

it('the pipeline for GitLab is one, and applies what its plan saved', async () => {
  const [, pipeline = ''] = blocks(await page('gitlab-jenkins.md'), 'yaml')
  const { stages, plan, apply } = parse(pipeline)
  expect(stages).toEqual([plan.stage, apply.stage])
  expect(plan.artifacts.paths).toContain('plan.json')
  expect(apply.script.join()).toContain('apply plan.json')
})
