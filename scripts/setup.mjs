// Installs what package-lock.json names, if that is not there already, and builds: so that `npm start` and `npm test`
// work on a fresh clone, each by itself.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'

const INSTALLED = 'node_modules/.package-lock.json'

export function setUp() {
  if (!existsSync(INSTALLED) || statSync(INSTALLED).mtimeMs < statSync('package-lock.json').mtimeMs) {
    run('npm', ['ci', '--no-audit', '--no-fund'])
  }
  run(process.execPath, ['scripts/build.mjs'])
}

/** Runs a command and ends with its exit code where it fails. */
export function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}

if (import.meta.filename === process.argv[1]) setUp()
