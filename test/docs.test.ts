import { spawnSync } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createProgram } from '../src/commands/program.ts'
import { alternativesOf } from '../src/core/routes.ts'
import { LEVELS, type ScopeType } from '../src/core/scope.ts'
import { families } from '../src/families/index.ts'
import { endpoint } from '../src/github/endpoints.ts'
import { EXIT } from '../src/run/exit-codes.ts'
import { IDLE_IO } from './support/idle-io.ts'
import { workplace } from './support/octoform.ts'
import { withSandbox } from './support/sandbox.ts'

const ROOT = resolve(import.meta.dirname, '..')
const PAGES = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md'],
  ...(await readdir(join(ROOT, 'docs'), { recursive: true }))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll('\\', '/')}`),
]
const page = (name: string): Promise<string> => readFile(join(ROOT, name), 'utf8')

/** The state of GitHub for the plan in README.md. */
const SEED = `
organizations:
  acme:
    repositories: { web: { visibility: public }, ml-training: {}, service-mail: {} }
    secrets: { OLD_TOKEN: { visibility: all, value: old } }
`

/** The columns of the table in docs/permissions.md. */
const COLUMNS = {
  enterprise: 'enterprise scope',
  organization: 'organization permission',
  repository: 'repository permission',
  environment: 'environment permission',
} as const satisfies Readonly<Record<ScopeType, string>>

/** The permission of an App that a route needs; where none is admitted, the scope of a classic token. */
function neededBy(route: string): string {
  const { app, classic } = endpoint(route).permission
  return app?.name ?? classic ?? ''
}

/** GitHub's names of permissions are words in the documentation: `self_hosted_runners` is `Self-hosted runners`. */
function wordOf(text: string): string {
  return text
    .replace(/^organization_/, '')
    .replaceAll(/\W|_/g, '')
    .toLowerCase()
}

/** The first block of a language. */
function block(text: string, language: string): string {
  return new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(text)?.[1] ?? ''
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchors(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  )
}

describe('README.md', () => {
  it('is one screen and what comes below it', async () => {
    expect((await page('README.md')).split('\n').length).toBeLessThan(80)
  })

  it.each(['README.md', 'docs/README.md'])('%s shows a plan as its configuration prints it', async (name) => {
    const readme = await page(name)
    const sandbox = await withSandbox({ seed: SEED })
    const place = await workplace(sandbox, { 'octoform.yaml': block(readme, 'yaml') })
    const { code, stdout } = await place.run(['plan'], { env: { NPM_TOKEN: 'npm' } })
    expect(code).toBe(0)
    const [command, ...parts] = block(readme, 'text').split(/\n…\n|\n(?=Gains)/)
    expect(command).toBe('$ octoform plan')
    expect(parts.length).toBeGreaterThan(2)
    for (const part of parts) expect(stdout).toContain(part)
  })
})

describe('the documentation', () => {
  it('shows a configuration that is valid', async () => {
    const place = await workplace(
      { url: 'http://127.0.0.1:9' },
      { 'octoform.yaml': block(await page('docs/configuration.md'), 'yaml') },
    )
    expect(await place.run(['validate'])).toMatchObject({ code: 0, stdout: 'The configuration is valid.\n' })
  })

  it('names every command and no other', async () => {
    const [table = ''] = (await page('docs/commands.md')).split('\n## ')
    const rows = [...table.matchAll(/^\| `([a-z]+)[^|]*` \|/gm)].map(([, name]) => name)
    const program = createProgram({ ...IDLE_IO, registry: async () => ({ families }) }, [], () => {})
    const names = program
      .createHelp()
      .visibleCommands(program)
      .map((command) => command.name())
      .filter((name) => name !== 'help')
    expect(rows.sort()).toEqual(names.sort())
  })

  it('names every exit code', async () => {
    const rows = [...(await page('docs/commands.md')).matchAll(/^\| (\d) \|/gm)].map(([, code]) => Number(code))
    expect(rows).toEqual(Object.values(EXIT))
  })

  it.each(families)('names the permission that $name needs', async ({ name, scopes }) => {
    const [header = [], , ...rows] = (await page('docs/permissions.md'))
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.split('|').map((cell) => cell.trim()))
    const row = rows.find(([, what]) => what === name.replaceAll('_', ' ')) ?? []
    for (const scope of LEVELS) {
      const { reads = [], writes = [] } = scopes[scope] ?? {}
      const said = (row[header.indexOf(COLUMNS[scope])] ?? '').split(/, | and /).map(wordOf)
      const needed = new Set([...reads, ...writes].flatMap(alternativesOf).map((route) => wordOf(neededBy(route))))
      // A route that any token reads needs none.
      needed.delete('')
      expect(said.filter((word) => word !== '').sort(), scope).toEqual([...needed].sort())
    }
  })

  it('has a reference of every key that the schemas know', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/reference.mjs', '--check'], { cwd: ROOT })
    expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' })
  })

  it.each(PAGES)('%s links to pages and headings that are there', async (name) => {
    const links = [...(await page(name)).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)]
    for (const [link, path = '', heading] of links) {
      const target = path === '' ? name : join(dirname(name), path)
      const isPage = target.endsWith('.md')
      const text = isPage ? await page(target) : await readdir(join(ROOT, target)).catch(() => page(target))
      if (heading !== undefined && typeof text === 'string')
        expect(anchors(text), `${name}: ${link}`).toContain(heading)
    }
  })
})
