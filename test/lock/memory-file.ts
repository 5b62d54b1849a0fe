import type { SharedText } from '../../src/core/shared-text.ts'

export interface MemoryFile extends SharedText {
  text(): string | undefined
  /** Writes as another process. */
  put(text: string | undefined): void
  /** How often it was saved. */
  saves(): number
  /** From now on `load` shows the text before the last so many saves, as a copy that lags behind does, once. */
  lag(saves: number): void
}

/** A text in memory that is compared and swapped. */
export function memoryFile(start?: string): MemoryFile {
  const history: (string | undefined)[] = [start]
  let saves = 0
  let behind = 0
  const at = (index: number): { text: string | undefined; version: string } => ({
    text: history[index],
    version: String(index),
  })
  return {
    name: 'ledger.json.lock.json on branch octoform of acme/admin',
    text: () => history.at(-1),
    put: (text) => void history.push(text),
    saves: () => saves,
    lag: (count) => {
      behind = count
    },
    async load() {
      const index = history.length - 1 - behind
      behind = 0
      return at(Math.max(index, 0))
    },
    async save(text, expected) {
      saves += 1
      if (String(history.length - 1) !== expected) return { ok: false }
      history.push(text)
      return { ok: true, version: String(history.length - 1) }
    },
  }
}
