// The sandbox in a process of its own. Its log, not the client, says how many requests were sent.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { WORLDS } from './worlds.mjs'

/** The command line that is measured. */
export const CLI = join(import.meta.dirname, '..', 'dist', 'cli.js')

/**
 * Serves one world with one latency, in milliseconds.
 * @returns its files and items, and `log()`: the requests since the last call, as lines of the sandbox's log
 */
export async function serveWorld({ kind, ...given }, latency) {
  const folder = mkdtempSync(join(tmpdir(), 'octoform-bench-'))
  const port = await freePort()
  const { files, seed, items } = WORLDS[kind](given, `127.0.0.1:${port}`)
  const [seedFile, logFile] = [join(folder, 'seed.json'), join(folder, 'log')]
  writeFileSync(seedFile, JSON.stringify({ product: 'ghec', ...seed }))
  const flags = ['--seed', seedFile, '--port', String(port), '--latency', String(latency), '--log', logFile]
  const child = spawn(process.execPath, [CLI, 'sandbox', ...flags], { stdio: ['ignore', 'pipe', 'inherit'] })
  const { url } = JSON.parse(await firstLine(child))
  let seen = 0
  return {
    url,
    files,
    items,
    log() {
      const lines = readFileSync(logFile, 'utf8').split('\n').slice(0, -1)
      const added = lines.slice(seen)
      seen = lines.length
      return added.map((line) => JSON.parse(line))
    },
    /** Back to the seed. */
    async reset() {
      const { status } = await fetch(`http://127.0.0.1:${port}/_sandbox/reset`, { method: 'POST' })
      if (status !== 204) throw new Error(`The sandbox was not reset: ${status}`)
    },
    async stop() {
      child.kill()
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function firstLine(child) {
  const lines = createInterface({ input: child.stdout })
  const [line] = await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => [])])
  if (line === undefined) throw new Error('The sandbox did not start.')
  return line
}

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })
}
