import { isAbsolute, relative } from 'node:path'
import type { LedgerPlace } from '../config/ledger-place.ts'
import { printable } from '../render/printable.ts'
import type { LedgerStore } from '../secrets/store.ts'
import type { Io } from './io.ts'

/**
 * A store that prints the place of the ledger once it has saved the first text there: a person must commit the file, or
 * know of the branch. Where another process has begun it meanwhile, a save fails, and the load that follows finds a
 * text.
 */
export function announceNewLedger(io: Pick<Io, 'cwd' | 'note'>, store: LedgerStore, place: LedgerPlace): LedgerStore {
  let isNew = false
  return {
    ...store,
    async load() {
      const loaded = await store.load()
      isNew = loaded.text === undefined
      return loaded
    },
    async save(text, expected) {
      const saved = await store.save(text, expected)
      if (saved.ok && isNew) {
        isNew = false
        io.note(`${printable(placeText(place, io.cwd))}\n`)
      }
      return saved
    },
  }
}

function placeText(place: LedgerPlace, cwd: string): string {
  if ('repository' in place) return `Ledger: ${place.repository}, branch ${place.branch}, ${place.path} (new).`
  const inner = relative(cwd, place.path)
  const shown = inner.startsWith('..') || isAbsolute(inner) ? place.path : inner.replaceAll('\\', '/')
  return `Ledger: ${shown} (new): commit it.`
}
