import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..')

test('the action holds every schema', () => {
  const bundle = readFileSync(join(ROOT, 'action/index.js'), 'utf8')
  const missing = readdirSync(join(ROOT, 'schemas')).filter((name) => !bundle.includes(`"${name}": "`))
  expect(missing).toEqual([])
})

test('the action and the package tell the licence of each package in them', () => {
  for (const file of ['action/LICENSES.txt', 'dist/LICENSES.txt']) {
    const text = readFileSync(join(ROOT, file), 'utf8')
    for (const name of ['yaml', 'undici', 'commander', '@octokit/auth-app', 'libsodium', 'ajv']) {
      expect(text, file).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'))
    }
  }
})

describe('npm pack', () => {
  let folder: string
  let archive: string
  let size: number
  let files: readonly string[]

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'octoform-package-'))
    const packed = npm(ROOT, 'pack', '--silent', '--json', '--ignore-scripts', '--pack-destination', folder)
    const [facts] = JSON.parse(packed) as [{ filename: string; size: number; files: { path: string }[] }]
    archive = join(folder, facts.filename)
    size = facts.size
    files = facts.files.map(({ path }) => path)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('gives few files, in less than two MB, and needs no other package', () => {
    process.stdout.write(`npm pack: ${files.length} files, ${(size / 1e6).toFixed(2)} MB\n`)
    expect(files.length).toBeLessThanOrEqual(70)
    expect(size).toBeLessThan(2e6)
    expect(
      files.filter((path) => !/^(?:dist\/|package\.json$|README\.md$|CHANGELOG\.md$|LICENSE$)/.test(path)),
    ).toEqual([])
    const { dependencies, repository, homepage, bugs, keywords, publishConfig } = JSON.parse(
      readFileSync(join(ROOT, 'package.json'), 'utf8'),
    )
    expect(dependencies).toBeUndefined()
    // npm's provenance compares the repository with the one that the workflow runs in.
    expect(repository).toEqual({ type: 'git', url: 'git+https://github.com/octoform/octoform.git' })
    expect({ homepage, bugs, keywords, publishConfig }).toMatchObject({
      homepage: expect.stringMatching(/^https:/),
      bugs: expect.stringMatching(/^https:/),
      keywords: expect.arrayContaining(['github-actions']),
      publishConfig: { provenance: true, access: 'public' },
    })
  })

  test('gives an octoform that npx runs in an empty folder, without a network', () => {
    const empty = mkdtempSync(join(folder, 'empty-'))
    const npx = (...args: string[]): string =>
      npm(
        empty,
        'exec',
        '--offline',
        '--yes',
        '--cache',
        join(folder, 'cache'),
        '--package',
        archive,
        '--',
        'octoform',
        ...args,
      )
    expect(npx('--version')).toMatch(/^\d+\.\d+\.\d+\n$/)
    const demo = join(ROOT, 'examples/demo/octoform.yaml')
    expect(npx('validate', '--config', demo)).toBe('The configuration is valid.\n')
    npx('init', '--owner', 'acme', '--repository', 'acme/admin')
    const schema = JSON.parse(readFileSync(join(empty, '.octoform/schema.json'), 'utf8'))
    expect(schema.$id).toBe('https://octoform.github.io/octoform/schemas/octoform.json')
    expect(npx('validate')).toMatch(/^The configuration is valid\.$/m)
  })
})

test('the shortest commands read no file that only longer ones need', () => {
  const chunks = readdirSync(join(ROOT, 'dist')).filter((name) => name.endsWith('.js'))
  const chunk = (name: string): string => {
    const [found = ''] = chunks
      .filter((each) => each.startsWith(`${name}-`))
      .sort((left, right) => sizeOf(right) - sizeOf(left))
    return found
  }
  const start = closure(chunk('start'))
  const validate = closure(chunk('validate'))
  expect([...start].filter((each) => /^(?:validate|families|plan|write|yaml)-/.test(each))).toEqual([])
  expect([...validate].filter((each) => /^(?:plan|write|yaml|libsodium)-/.test(each))).toEqual([])
  const families = closure(chunk('families'))
  expect([...families].filter((each) => /^(?:plan|write|yaml|libsodium)-/.test(each))).toEqual([])
})

/** The files that one of dist/ reads at once, all of them. */
function closure(name: string, found: Set<string> = new Set()): Set<string> {
  if (found.has(name)) return found
  found.add(name)
  for (const each of reads(name)) closure(each, found)
  return found
}

function sizeOf(name: string): number {
  return statSync(join(ROOT, 'dist', name)).size
}

function reads(name: string): readonly string[] {
  const text = readFileSync(join(ROOT, 'dist', name), 'utf8')
  return [...text.matchAll(/^(?:import|export)[^'"\n]*["']\.\/([^"']+\.js)["'];?$/gm)].map(([, file = '']) => file)
}

function npm(cwd: string, ...args: readonly string[]): string {
  return execFileSync('npm', args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] }).toString()
}
