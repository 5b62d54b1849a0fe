import { appendFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Product } from '../../src/github/endpoints.ts'
import { memoize } from './memoize.ts'

/** The coverage of a test: an operation, answered with success as described, or a deviation from the description. */
export type Note =
  | { readonly operation: string; readonly product: Product; readonly by: 'octoform' | 'test' }
  | { readonly deviation: string; readonly product: Product }

/** Environment variable that names the folder of the run; without it nothing is noted. Set by openapi-setup.ts. */
export const RUN_FOLDER = 'OCTOFORM_OPENAPI_RUN'

/** Keeps a note for the end of the run. A process writes each different note once, to a file of its own. */
export function note(entry: Note): void {
  const folder = process.env[RUN_FOLDER]
  if (folder !== undefined) writeOnce(`${folder}\n${JSON.stringify(entry)}`)
}

/** The folder, a line break, the line. */
const writeOnce = memoize((folderAndLine: string): void => {
  const [folder = '', line = ''] = folderAndLine.split('\n')
  mkdirSync(folder, { recursive: true })
  appendFileSync(join(folder, `${process.pid}.jsonl`), `${line}\n`)
})

/** All notes of the run. */
export function readNotes(folder: string): Note[] {
  return readdirSync(folder).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line): Note => JSON.parse(line)),
  )
}
