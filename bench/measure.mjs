// Runs the built command line in a process of its own and says what it took.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { CLI } from './sandbox.mjs'

const TELLS = join(import.meta.dirname, 'tells.cjs')
/** Any 32 bytes. */
const LEDGER_KEY = Buffer.alloc(32, 7).toString('base64')
/** Of `apply`, which a plan never gets. */
const SECRETS = { VALUE: 'value of a secret', OCTOFORM_LEDGER_KEY: LEDGER_KEY }

/**
 * Runs the command line in a new folder with these files.
 * @param args without them an empty program: what Node itself takes
 * @returns wall in milliseconds, CPU (user and system) in milliseconds, the most resident memory in MB, exit code, output
 */
export async function measure(files, args) {
  const folder = mkdtempSync(join(tmpdir(), 'octoform-bench-'))
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
    const tells = join(folder, 'tells.json')
    const env = {
      PATH: process.env.PATH,
      GITHUB_TOKEN: 'ghp_bench',
      BENCH_TELLS: tells,
      ...(args[0] === 'apply' && SECRETS),
    }
    const program = args.length === 0 ? ['-e', '0'] : [CLI, ...args]
    const started = performance.now()
    const child = spawn(process.execPath, ['--require', TELLS, ...program], { cwd: folder, env })
    const said = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => void said.push(bytes))
    const [code] = await once(child, 'exit')
    const wall = performance.now() - started
    const { cpu, memory } = JSON.parse(readFileSync(tells, 'utf8'))
    return { wall, cpu: cpu / 1e3, megabytes: (memory * 1024) / 1e6, code, said: Buffer.concat(said).toString() }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The least of each figure: what is beside it on the machine only adds. */
export function leastOfRuns(runs) {
  const least = (key) => Math.min(...runs.map((run) => run[key]))
  return { wall: least('wall'), cpu: least('cpu'), megabytes: least('megabytes') }
}
