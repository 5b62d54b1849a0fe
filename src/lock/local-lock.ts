import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { SetupError } from '../core/setup-error.ts'
import { holderText } from './holder-text.ts'
import type { AcquiredLock, Lock } from './lock.ts'
import type { Holder } from './lock-document.ts'

/**
 * A holder on this machine gives a sign of life each minute; after ten without one, its process number belongs to
 * another process.
 */
const BEAT_MS = 60_000
const SILENCE_MS = 10 * BEAT_MS
/** Between making the file and filling it. */
const EMPTY_MS = 10_000
const PAUSE_MS = 100

/**
 * The lock of all applies with one local ledger: a file beside it, which is deleted at release. One that an ended
 * process left behind is taken over at once.
 * @param path of the lock's file
 */
export function localLock(path: string, me: Holder): Lock {
  const folder = dirname(path)

  /** Changes whenever a file in the folder is made or removed, as the lock is: another run may have held it then. */
  async function stamp(): Promise<string> {
    return (await unlessMissing(stat(folder, { bigint: true })))?.mtimeNs.toString() ?? 'absent'
  }

  async function holder(): Promise<
    { readonly text: string; readonly ageMs: number; holder?: LocalHolder } | undefined
  > {
    const text = await unlessMissing(readFile(path, 'utf8'))
    const made = await unlessMissing(stat(path))
    if (text === undefined || made === undefined) return undefined
    const read = parseHolder(text)
    return { text, ageMs: Date.now() - made.mtimeMs, ...(read ? { holder: read } : {}) }
  }

  async function take(token: string, seen: string, waited: boolean): Promise<AcquiredLock | undefined> {
    const before = await stamp()
    try {
      await mkdir(folder, { recursive: true })
      await writeFile(path, token, { flag: 'wx', mode: 0o600 })
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return undefined
      throw new SetupError(`the lock ${path} cannot be made: ${messageOf(error)}. Nothing was written.`, {
        cause: error,
      })
    }
    const stillMine = async (): Promise<boolean> => (await unlessMissing(readFile(path, 'utf8'))) === token
    const beat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), BEAT_MS)
    beat.unref()
    return {
      held: !waited && before === seen ? 'at once' : 'after waiting',
      stillMine,
      async release() {
        clearInterval(beat)
        if (!(await stillMine())) return 'lost'
        await rm(path, { force: true })
        return 'released'
      },
    }
  }

  return {
    look: async () => ({ version: await stamp(), holder: (await holder())?.holder }),
    async acquire({ timeoutMs, seen, onWait, signal }) {
      const until = performance.now() + timeoutMs
      const token = `${JSON.stringify({ ...me, pid: process.pid, since: new Date().toISOString(), nonce: randomUUID() })}\n`
      let lastSeen: string | undefined
      for (;;) {
        const taken = await take(token, seen, lastSeen !== undefined)
        if (taken !== undefined) return taken
        const other = await holder()
        if (other === undefined) continue
        if (isDead(other, me)) {
          await takeAway(path, other.text)
          lastSeen = other.text
          continue
        }
        if (performance.now() >= until) throw occupied(path, other.holder)
        if (lastSeen !== other.text && other.holder) onWait?.(other.holder)
        lastSeen = other.text
        await rest(signal)
      }
    },
  }
}

interface LocalHolder extends Holder {
  readonly pid: number
  readonly since: string
}

function parseHolder(text: string): LocalHolder | undefined {
  try {
    const { actor, host, pid, since } = JSON.parse(text)
    const known = [actor, host, since].every((each) => typeof each === 'string') && Number.isSafeInteger(pid)
    return known ? { actor, host, pid, since } : undefined
  } catch {
    return undefined
  }
}

function isDead({ ageMs, holder }: { readonly ageMs: number; readonly holder?: LocalHolder }, me: Holder): boolean {
  if (holder === undefined) return ageMs > EMPTY_MS
  return ageMs > SILENCE_MS || (holder.host === me.host && !isThere(holder.pid))
}

function isThere(pid: number): boolean {
  try {
    // 0 sends nothing, and only asks whether it could.
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** Only one may take it away, and looks again: else a second one would take away the lock that the first then got. */
async function takeAway(path: string, text: string): Promise<void> {
  const takeover = `${path}.takeover`
  try {
    await writeFile(takeover, '', { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    const made = await unlessMissing(stat(takeover))
    if (made !== undefined && Date.now() - made.mtimeMs > EMPTY_MS) await rm(takeover, { force: true })
    await sleep(PAUSE_MS)
    return
  }
  try {
    if ((await unlessMissing(readFile(path, 'utf8'))) === text) await rm(path, { force: true })
  } finally {
    await rm(takeover, { force: true })
  }
}

async function rest(signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(PAUSE_MS * (0.75 + Math.random() / 2), undefined, signal === undefined ? {} : { signal })
  } catch {
    throw new SetupError('octoform was asked to stop while it waited for the lock. Nothing was written.')
  }
}

function occupied(path: string, holder: LocalHolder | undefined): SetupError {
  const who = holder === undefined ? 'a process' : `${holderText(holder)} (process ${holder.pid})`
  const since = holder === undefined ? '' : ` since ${holder.since}`
  return new SetupError(
    `another run is applying: ${who} has held the lock${since}. Nothing was written. ` +
      `Wait for it, or for longer with --lock-timeout; if it is certain that it is dead, delete ${path}.`,
    { failure: 'lock_held' },
  )
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
