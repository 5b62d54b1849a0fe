import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deriveKeys } from '../../src/secrets/keys.ts'
import { type Ledger, openLedger } from '../../src/secrets/ledger.ts'
import type { LedgerEntry } from '../../src/secrets/ledger-parts.ts'
import { fileStore } from '../../src/secrets/store-file.ts'
import { openValues, type ValueRequest } from '../../src/secrets/values.ts'
import { makeFolder } from './folder.ts'

export const HOST = 'github.example.com/api/v3'
export const ADDRESS = 'orgs/acme/secrets/NPM_TOKEN'
/** Both dates as GitHub's `Date` header has them, and in the form of the ledger. */
export const DATE = { header: 'Thu, 01 Oct 2026 10:00:00 GMT', iso: '2026-10-01T10:00:00.000Z' } as const
export const LATER = { header: 'Thu, 01 Oct 2026 11:30:00 GMT', iso: '2026-10-01T11:30:00.000Z' } as const
export const KEY = Buffer.alloc(32, 7).toString('base64')
export const OTHER_KEY = Buffer.alloc(32, 8).toString('base64')

export function env(name: string): ValueRequest {
  return { source: `env:${name}`, declaredIn: 'octoform.yaml' }
}

interface Opening {
  readonly key?: string
  readonly env?: Readonly<Record<string, string>>
  readonly host?: string
  readonly previous?: string
  readonly publicKeys?: readonly string[]
  readonly now?: Date
}

/** One ledger file in a folder of its own; `open` starts a new run on it. */
export async function makeWorld() {
  const path = join(await makeFolder(), '.octoform/ledger.json')
  return {
    path,
    async open(opening: Opening = {}): Promise<Ledger> {
      const { key, previous, publicKeys = [], env = { TOKEN: 'planted-value' }, host = HOST, now } = opening
      return openLedger({
        store: fileStore(path),
        host,
        keys: await deriveKeys(key),
        previous: await deriveKeys(previous),
        publicKeys,
        ...(now === undefined ? {} : { now: () => now }),
        values: openValues({ env, cwd: '/' }),
      })
    },
    text: () => readFile(path, 'utf8'),
    async entries(): Promise<Record<string, LedgerEntry>> {
      return JSON.parse(await readFile(path, 'utf8')).entries
    },
    /** Changes the file by hand, by mistake or with evil intent. */
    async edit(change: (document: { entries: Record<string, Record<string, unknown>> }) => void): Promise<void> {
      const document = JSON.parse(await readFile(path, 'utf8'))
      change(document)
      await writeFile(path, JSON.stringify(document))
    },
  }
}
