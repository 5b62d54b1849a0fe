import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deriveKeys } from '../../src/secrets/keys.ts'
import { openLedger } from '../../src/secrets/ledger.ts'
import type { LedgerEntry } from '../../src/secrets/ledger-parts.ts'
import { fileStore } from '../../src/secrets/store-file.ts'
import { openValues } from '../../src/secrets/values.ts'
import { LEDGER_KEY, type Workplace } from '../support/octoform.ts'
import type { TestSandbox } from '../support/sandbox.ts'

/** When the secrets of the tests' seeds were written last, long before the run. */
export const WRITTEN_AT = '2026-01-01T00:00:00Z'

export interface Written {
  /** Of an environment variable. */
  readonly from: string
  readonly value: string
  /** {@link WRITTEN_AT} when left out; `never` for a write that was interrupted. */
  readonly at?: string | 'never'
}

/** Makes the ledger that an earlier apply would have left. */
export async function writeLedger(
  { folder }: Workplace,
  sandbox: Pick<TestSandbox, 'url'>,
  written: Readonly<Record<string, Written>>,
  key: string | undefined = LEDGER_KEY,
): Promise<void> {
  const ledger = await openLedger({
    store: fileStore(ledgerPath(folder)),
    host: hostOf(sandbox),
    keys: await deriveKeys(key),
    values: openValues({ env: valuesOf(written), cwd: folder }),
  })
  for (const [address, { from, at = WRITTEN_AT }] of Object.entries(written)) {
    await ledger.begin(address, { source: `env:${from}`, declaredIn: 'octoform.yaml' })
    if (at !== 'never') await ledger.complete(address, at)
  }
}

function valuesOf(written: Readonly<Record<string, Written>>): Record<string, string> {
  return Object.fromEntries(Object.values(written).map(({ from, value }) => [from, value]))
}

export async function readEntries({ folder }: Workplace): Promise<Record<string, LedgerEntry>> {
  return JSON.parse(await readFile(ledgerPath(folder), 'utf8')).entries
}

/** Changes one entry by hand, by mistake or with evil intent. */
export async function editEntry(
  { folder }: Workplace,
  address: string,
  change: (entry: Record<string, unknown>) => void,
): Promise<void> {
  const path = ledgerPath(folder)
  const document = JSON.parse(await readFile(path, 'utf8'))
  const key = Object.keys(document.entries).find((each) => each.endsWith(` ${address}`))
  change(document.entries[key ?? ''])
  await writeFile(path, JSON.stringify(document))
}

export function hostOf({ url }: Pick<TestSandbox, 'url'>): string {
  return url.replace(/^http:\/\//, '')
}

function ledgerPath(folder: string): string {
  return join(folder, '.octoform/ledger.json')
}
