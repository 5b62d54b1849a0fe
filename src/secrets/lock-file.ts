import { randomUUID } from 'node:crypto'
import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { SetupError } from '../core/setup-error.ts'

/**
 * Far longer than the work under the lock, which is to write one small file: a process that held it so long is dead.
 */
const STALE_MS = 10_000
const GIVE_UP_MS = 30_000
const POLL_MS = 20

/**
 * Does `work` while no other process does, by a file that only one can create. A lock that a dead process left behind
 * is taken over after ten seconds.
 * @param work asks `stillMine` whether its own lock was taken over in the meantime
 * @throws after half a minute of waiting; the message names the file
 */
export async function withLock<T>(path: string, work: (stillMine: () => Promise<boolean>) => Promise<T>): Promise<T> {
  const token = `${process.pid} ${randomUUID()}\n`
  const stillMine = async (): Promise<boolean> => (await holder(path)) === token
  await acquire(path, token)
  try {
    return await work(stillMine)
  } finally {
    if (await stillMine()) await rm(path, { force: true })
  }
}

async function acquire(path: string, token: string): Promise<void> {
  const until = Date.now() + GIVE_UP_MS
  while (!(await create(path, token))) {
    if (Date.now() > until) {
      throw new SetupError(`another process holds ${path}; remove this file if no octoform is running`)
    }
    await takeAwayIfStale(path)
    await sleep(POLL_MS * (0.5 + Math.random()))
  }
}

async function create(path: string, token: string): Promise<boolean> {
  try {
    await writeFile(path, token, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

async function takeAwayIfStale(path: string): Promise<void> {
  if (!(await isStale(path))) return
  // Only one may take it away, and looks again: else a second one would take away the lock that the first then got.
  const takeover = `${path}.takeover`
  if (!(await create(takeover, ''))) {
    if (await isStale(takeover)) await rm(takeover, { force: true })
    return
  }
  try {
    if (await isStale(path)) await rm(path, { force: true })
  } finally {
    await rm(takeover, { force: true })
  }
}

async function isStale(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > STALE_MS
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false
    throw error
  }
}

async function holder(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
