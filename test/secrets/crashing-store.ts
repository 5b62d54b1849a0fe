import { appendFile, readFile, truncate, writeFile } from 'node:fs/promises'
import type { LedgerStore } from '../../src/secrets/store.ts'
import { fileStore } from '../../src/secrets/store-file.ts'

/** Where a process dies in one of its writes to the ledger's folder. */
export interface Crash {
  /** How many of its writes go well before. */
  readonly after: number
  /** Of a line, the share of its bytes that reaches the disk; of a save, whether it replaces the ledger before it dies. */
  readonly share: number
}

export class Crashed extends Error {}

/**
 * A ledger in a file whose process dies in one of its writes, as if the power failed, and leaves what it has written
 * until then. The folder is that of a store which the next process opens.
 */
export function crashingStore(path: string, crash: Crash | undefined): LedgerStore {
  const store = fileStore(path)
  const journal = `${path}.journal`
  let left = crash?.after
  let isDead = false

  /** @returns whether the process dies now */
  function dies(): boolean {
    if (isDead) throw new Crashed()
    if (left === undefined) return false
    left -= 1
    isDead = left < 0
    return isDead
  }

  return {
    ...store,
    async append(text, at, expected) {
      if (!dies()) return (await store.append?.(text, at, expected)) ?? { ok: false }
      const bytes = Buffer.from(text)
      const whole = await readFile(journal).catch(() => Buffer.alloc(0))
      if (whole.length > at) await truncate(journal, at)
      await appendFile(journal, bytes.subarray(0, Math.round(bytes.length * (crash?.share ?? 0))))
      throw new Crashed()
    },
    async save(text, expected) {
      if (!dies()) return store.save(text, expected)
      // Its last act would have been to remove the journal.
      if ((crash?.share ?? 0) > 0.5) await writeFile(path, text)
      throw new Crashed()
    },
  }
}
