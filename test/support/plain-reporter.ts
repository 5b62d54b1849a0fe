import { readdirSync } from 'node:fs'
import type { Reporter, TestModule, TestRunEndReason, Vitest } from 'vitest/node'
import { deviations } from '../descriptions/deviations.ts'
import { descriptionOf } from './openapi-description.ts'
import { RUN_FOLDER, readNotes } from './openapi-record.ts'
import { type Report, reportOf } from './openapi-report.ts'

/**
 * Ends a run with its coverage of GitHub's descriptions, and with the line `N passed, N failed`, which a person and a
 * script can read alike. An operation that a full run has not exercised counts as failed.
 */
class PlainReporter implements Reporter {
  #vitest: Vitest | undefined

  onInit(vitest: Vitest): void {
    this.#vitest = vitest
  }

  async onTestRunEnd(
    modules: readonly TestModule[],
    errors: readonly unknown[],
    reason: TestRunEndReason,
  ): Promise<void> {
    let passed = 0
    let failed = errors.length
    let skipped = 0
    for (const module of modules) {
      failed += module.errors().length
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'passed') passed += 1
        else if (state === 'failed') failed += 1
        else skipped += 1
      }
    }
    const full = reason !== 'interrupted' && (await isFull(this.#vitest, modules))
    const report = openapiReport(full ? 'full' : 'filtered')
    const lines = [...report.lines, ...report.failures.map((failure) => `OpenAPI FAILED: ${failure}`)]
    if (lines.length > 0) process.stdout.write(`\n${lines.join('\n')}\n`)
    if (report.failures.length > 0) process.exitCode = 1
    failed += report.failures.length
    process.stdout.write(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`)
  }
}

/** Whether all tests of the day ran: those of the night are others, and leave out much of what the day tries. */
async function isFull(vitest: Vitest | undefined, modules: readonly TestModule[]): Promise<boolean> {
  if (vitest === undefined || vitest.config.testNamePattern !== undefined) return false
  if (vitest.config.env?.OCTOFORM_EVERY_CELL !== undefined) return false
  const files = await vitest.globTestSpecifications()
  return files.length === modules.length
}

function openapiReport(extent: 'full' | 'filtered'): Report {
  const folder = process.env[RUN_FOLDER]
  if (folder === undefined) return { lines: [], failures: [] }
  const descriptions = readdirSync(new URL('../descriptions/', import.meta.url))
    .filter((file) => file.endsWith('.json'))
    .map((file) => descriptionOf(file.slice(0, -'.json'.length)))
    .filter((description) => description !== undefined)
  return reportOf(readNotes(folder), descriptions, deviations, extent)
}

export default PlainReporter
