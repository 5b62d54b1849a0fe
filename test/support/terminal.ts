import { spawn, spawnSync } from 'node:child_process'
import { CLI } from './cli.ts'

/** Whether a test can have a terminal of its own. */
export const hasTerminal = spawnSync('script', ['--version']).stdout?.includes('util-linux') ?? false

/** A command line of octoform at a terminal. */
export interface AtTerminal {
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly args: string
  /** The commands of the shell behind it. */
  readonly after?: string
  /** The output at which `keys` are typed. */
  readonly until: string
  /** Typed one after the other. */
  readonly keys: readonly string[]
}

/** Runs octoform at a terminal of its own, with 80 columns, and gives all that the terminal showed. */
export async function atTerminal({ cwd, env, args, after = '', until, keys }: AtTerminal): Promise<string> {
  const command = `stty cols 80; "${process.execPath}" "${CLI}" ${args}; echo "exit $?"; ${after}`
  const around = { PATH: process.env.PATH ?? '', SHELL: '/bin/sh', TERM: 'xterm' }
  const child = spawn('script', ['-qec', command, '/dev/null'], { cwd, env: { ...around, ...env } })
  let shown = ''
  let typing = false
  child.stdout.on('data', async (chunk: Buffer) => {
    shown += chunk.toString()
    if (typing || !shown.includes(until)) return
    typing = true
    for (const key of keys) {
      child.stdin.write(key)
      await new Promise((done) => setTimeout(done, 20))
    }
  })
  await new Promise((done) => child.once('close', done))
  return shown
}
