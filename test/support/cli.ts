import { execFile, spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import type { Ran } from './octoform.ts'

/** The built command line: `npm test` builds it first. */
export const CLI = resolve('dist/cli.js')

type Env = Readonly<Record<string, string>>

/** Runs the built command line in a process of its own, with this environment and no other. */
export function runCli(args: readonly string[], { cwd, env }: { cwd: string; env: Env }): Promise<Ran> {
  return new Promise((done) => {
    const child = execFile(process.execPath, [CLI, ...args], { cwd, env, timeout: 25_000 }, (_, stdout, stderr) => {
      done({ code: child.exitCode ?? -1, stdout, stderr })
    })
  })
}

/** A command line that is still running. */
export interface RunningCli {
  /** `code` is null where a signal ended it, which then is `signal`. */
  readonly ended: Promise<{
    readonly code: number | null
    readonly signal: NodeJS.Signals | null
    readonly stdout: string
    readonly stderr: string
  }>
  kill(signal: NodeJS.Signals): void
  /** What it has printed to stderr so far. */
  said(): string
}

/** Starts the built command line in a process of its own, with this environment and no other; it ends with the test. */
export function startCli(args: readonly string[], { cwd, env }: { cwd: string; env: Env }): RunningCli {
  const child = spawn(process.execPath, [CLI, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  return {
    ended: new Promise((done) => child.once('close', (code, signal) => done({ code, signal, stdout, stderr }))),
    kill: (signal) => void child.kill(signal),
    said: () => stderr,
  }
}

export interface SandboxProcess {
  /** The first line that it printed. */
  readonly line: string
  /** The URL in that line. */
  readonly url: string
  /** Ends it, and tells its exit code and all that it printed. */
  end(
    signal: 'SIGTERM' | 'SIGINT',
  ): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>
}

/** Starts `octoform sandbox` in a process of its own; it ends with the test. */
export async function startSandboxProcess(args: readonly string[], cwd: string): Promise<SandboxProcess> {
  const child = spawn(process.execPath, [CLI, 'sandbox', ...args], { cwd, env: {} })
  onTestFinished(() => void child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  const exited = new Promise<number | null>((done) => child.once('close', done))
  const first = new Promise<string>((done) => createInterface({ input: child.stdout }).once('line', done))
  const line = await Promise.race([first, exited.then((code) => `ended with ${code}: ${stderr}`)])
  const { url } = JSON.parse(line) as { url: string }
  return {
    line,
    url,
    async end(signal) {
      child.kill(signal)
      return { code: await exited, stdout, stderr }
    },
  }
}
