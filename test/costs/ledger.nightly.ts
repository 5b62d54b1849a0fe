import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { deriveKeys } from '../../src/secrets/keys.ts'
import { type Ledger, openLedger } from '../../src/secrets/ledger.ts'
import { fileStore } from '../../src/secrets/store-file.ts'
import { openValues } from '../../src/secrets/values.ts'
import { cpuTime } from '../support/cpu-time.ts'

const KEY = Buffer.alloc(32, 7).toString('base64')
const VALUE = { source: 'env:TOKEN', declaredIn: 'octoform.yaml' } as const
const DATE = 'Thu, 01 Oct 2026 10:00:00 GMT'
const SIZES = [1_000, 10_000, 50_000] as const
/** Of each hundred entries, so many are written anew. */
const WRITTEN = 2

const address = (index: number): string => `repos/acme/r${index % 1000}/secrets/S${index}`

async function open(path: string, value: string): Promise<Ledger> {
  const values = openValues({ env: { TOKEN: value }, cwd: '/' })
  return openLedger({ store: fileStore(path), host: 'api.github.com', keys: await deriveKeys(KEY), values })
}

interface Cost {
  readonly entries: number
  /** In milliseconds of the processor. */
  readonly write: number
  readonly whole: number
}

/** A run that writes a part of the entries, one after the other: none shares its save with another. */
async function costOf(entries: number): Promise<Cost> {
  const folder = await mkdtemp(join(tmpdir(), 'octoform-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'ledger.json')
  const found = Array.from({ length: entries }, (_, index) => ({
    address: address(index),
    value: VALUE,
    updatedAt: DATE,
  }))
  await (await open(path, 'former')).adopt(found)
  const writes = (entries / 100) * WRITTEN
  const whole = cpuTime()
  const ledger = await open(path, 'rotated')
  await ledger.openJournal()
  const each = cpuTime()
  for (let index = 0; index < writes; index += 1) {
    await ledger.begin(address(index), VALUE)
    await ledger.complete(address(index), DATE)
  }
  const write = each() / (2 * writes)
  await ledger.fold()
  const cost = { entries, write, whole: whole() }
  const after = await open(path, 'rotated')
  expect(after.seal()).toBe('fits')
  expect(after.addresses()).toHaveLength(entries)
  return cost
}

/** How the second grows with the first: 1 where both grow alike. */
function exponent(from: Cost, to: Cost): number {
  return Math.log(to.whole / from.whole) / Math.log(to.entries / from.entries)
}

test('a write of a large ledger takes no longer than one of a small ledger', async () => {
  // What is compiled on the way would count for the first.
  await costOf(1_000)
  const costs: Cost[] = []
  for (const entries of SIZES) costs.push(await costOf(entries))
  for (const { entries, write, whole } of costs) {
    process.stdout.write(`ledger of ${entries}: ${write.toFixed(2)} ms a write, ${whole.toFixed(0)} ms the whole run\n`)
  }
  const [small, middle, large] = costs as [Cost, Cost, Cost]
  process.stdout.write(
    `exponent: ${exponent(small, middle).toFixed(2)} to 10,000, ${exponent(middle, large).toFixed(2)} to 50,000\n`,
  )
  expect(large.write).toBeLessThan(2 * small.write)
  expect(exponent(small, middle)).toBeLessThanOrEqual(1.1)
  expect(exponent(middle, large)).toBeLessThanOrEqual(1.1)
})
