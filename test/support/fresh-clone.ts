import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')

/** The end of a command. */
interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A clone of this checkout, with what is not committed yet. */
export interface Clone {
  readonly folder: string
  /** Runs a script of the clone, or the main script of a package, with Node. */
  node(args: readonly string[], env?: Readonly<Record<string, string>>): Ended
  /** The files that differ from the start, as `git status` names them. */
  changed(): readonly string[]
}

/**
 * Clones this checkout into a folder that is removed with the test. Its packages are those of the checkout.
 * @param prepare changes it before its start
 */
export function freshClone(prepare: (folder: string) => void = () => {}): Clone {
  const folder = mkdtempSync(join(tmpdir(), 'octoform-clone-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const git = (cwd: string, ...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], { cwd }).toString()
  const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '')
  git(ROOT, 'clone', '--quiet', ROOT, folder)
  for (const path of lines(git(ROOT, 'ls-files', '--deleted'))) rmSync(join(folder, path), { force: true })
  for (const path of lines(git(ROOT, 'diff', '--name-only', '--diff-filter=d', 'HEAD')).concat(
    lines(git(ROOT, 'ls-files', '--others', '--exclude-standard')),
  )) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    copyFileSync(join(ROOT, path), join(folder, path))
  }
  prepare(folder)
  git(folder, 'add', '--all')
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'The start')
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  return {
    folder,
    node(args, env = {}) {
      const options = { cwd: folder, env: { ...ownEnvironment(), ...env }, encoding: 'utf8' } as const
      const { status, stdout, stderr } = spawnSync(process.execPath, args, options)
      return { code: status, stdout, stderr }
    },
    changed() {
      const status = git(folder, 'status', '--porcelain', '--untracked-files=all')
      return lines(status)
        .map((line) => line.slice(3))
        .filter((path) => path !== 'node_modules')
    },
  }
}

/** Without what this run of the tests says to its own processes. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !/^(?:VITEST|OCTOFORM|NODE_ENV|TEST)/.test(name))
  return Object.fromEntries(entries)
}
