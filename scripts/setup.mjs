// Installs the packages of package-lock.json, if they are missing, and builds: so that `npm start` and `npm test` work
// on a fresh clone, each by itself.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'

const INSTALLED = 'node_modules/.package-lock.json'

export function setUp() {
  if (!existsSync(INSTALLED) || statSync(INSTALLED).mtimeMs < statSync('package-lock.json').mtimeMs) {
    run('npm', ['ci', '--no-audit', '--no-fund'])
  }
  run(process.execPath, ['scripts/build.mjs'])
}

/** Runs a command and ends with its exit code where it fails. Its output goes to the file descriptor `output`. */
export function run(command, args, output = 2) {
  const stdio = ['ignore', output, 2]
  const { status, error } = spawnSync(command, args, { stdio, shell: process.platform === 'win32' })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}

if (import.meta.filename === process.argv[1]) setUp()
