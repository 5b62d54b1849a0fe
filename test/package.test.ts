import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..')

test('the action holds every schema', () => {
  const bundle = readFileSync(join(ROOT, 'action/index.js'), 'utf8')
  const missing = readdirSync(join(ROOT, 'schemas')).filter((name) => !bundle.includes(`"${name}": "`))
  expect(missing).toEqual([])
})

test('npm pack gives a package whose octoform runs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'octoform-package-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const packed = execFileSync('npm', ['pack', '--silent', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: ROOT,
  })
  const [{ filename, files }] = JSON.parse(packed.toString()) as [{ filename: string; files: { path: string }[] }]
  const paths = files.map(({ path }) => path)
  expect(paths).toContain('dist/endpoints.json')
  expect(paths).toContain('schemas/octoform.json')
  expect(paths.filter((path) => /^(src|test|scripts)\//.test(path))).toEqual([])

  execFileSync('tar', ['xzf', join(folder, filename), '-C', folder])
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  const cli = join(folder, 'package/dist/cli.js')
  const run = (...args: string[]): string => execFileSync(process.execPath, [cli, ...args], { cwd: folder }).toString()
  expect(run('--version')).toMatch(/^\d+\.\d+\.\d+\n$/)
  expect(existsSync(join(folder, 'package/examples/demo/octoform.yaml'))).toBe(true)
  expect(run('validate', '--config', 'package/examples/demo/octoform.yaml')).toBe('The configuration is valid.\n')
})
