import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { CLI } from '../support/cli.ts'
import { compile } from '../support/compile.ts'
import { memoize } from '../support/memoize.ts'

/** The costs of a separate process. */
export interface Measured {
  /** Null where a signal ended it: out of memory, or out of patience. */
  readonly code: number | null
  readonly said: string
  /** User and system together, in seconds: other load on the machine does not count. */
  readonly seconds: number
  /** By the clock, in seconds: what a person waits, on a machine that does nothing else. */
  readonly elapsed: number
  /** The most that it had in memory at once, in MiB. */
  readonly megabytes: number
  /** Of the configuration. */
  readonly bytes: number
}

/** Of a process that ended by itself: CPU in microseconds, and the most resident memory in KiB. */
const TELLS = `process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  let most = maxRSS
  try {
    most = /VmHWM:\\s+(\\d+)/.exec(require('node:fs').readFileSync('/proc/self/status', 'utf8'))[1]
  } catch {}
  require('node:fs').writeSync(2, '\\nmeasured ' + (userCPUTime + systemCPUTime) + ' ' + most + '\\n')
})\n`

/** The modules that plan-alone.mjs loads one by one: the built command line has them together. */
const modules = memoize(async (entry: string): Promise<string> => {
  const folder = await compile([entry])
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const data of ['shipped/validators.js', 'github/endpoints.json']) {
    await mkdir(dirname(join(folder, data)), { recursive: true })
    await copyFile(resolve('src', data), join(folder, data))
  }
  return folder
})

export interface Measuring {
  /** Beside the path to programs. */
  readonly env?: Readonly<Record<string, string>>
  /** In milliseconds, after which it is ended. */
  readonly timeout?: number
  /** Arguments of Node for another program than octoform. */
  readonly program?: readonly string[]
}

/** The command line, or the part of `plan` that needs no network, in a process of its own. */
export async function measure(
  files: Readonly<Record<string, string>>,
  args: readonly string[],
  { env: given = {}, program: other, timeout = Number(process.env.PATIENCE ?? 120_000) }: Measuring = {},
): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'octoform-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, 'tells.cjs'), TELLS)
  await mkdir(join(folder, 'given'))
  let bytes = 0
  for (const [name, text] of Object.entries(files)) {
    bytes += Buffer.byteLength(text)
    await mkdir(dirname(join(folder, 'given', name)), { recursive: true })
    await writeFile(join(folder, 'given', name), text)
  }
  const isAlone = args[0] === 'plan-alone'
  const program = other ?? (isAlone ? [resolve('test/costs/plan-alone.mjs'), ...args.slice(1)] : [CLI, ...args])
  const env = {
    ...given,
    PATH: process.env.PATH,
    STAGES: process.env.STAGES,
    ...(isAlone && { DIST: await modules('cli.ts') }),
  }
  const options = { cwd: join(folder, 'given'), env, timeout, maxBuffer: 2 ** 30, killSignal: 'SIGKILL' } as const
  const started = performance.now()
  return new Promise((done) => {
    const command = ['--require', join(folder, 'tells.cjs'), ...program]
    const child = execFile(process.execPath, command, options, (_, stdout, stderr) => {
      const [, microseconds, kilobytes] = /measured (\d+) (\d+)/.exec(stderr) ?? []
      done({
        code: child.exitCode,
        said: stdout + stderr,
        seconds: Number(microseconds) / 1e6,
        elapsed: (performance.now() - started) / 1e3,
        megabytes: Number(kilobytes) / 1024,
        bytes,
      })
    })
  })
}
