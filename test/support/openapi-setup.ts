import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RUN_FOLDER } from './openapi-record.ts'

/** Gives the run a folder for its workers' notes; plain-reporter.ts reads it when the tests are over. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'octoform-openapi-'))
  process.env[RUN_FOLDER] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
