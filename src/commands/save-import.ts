import { relative, resolve, sep } from 'node:path'
import { SetupError } from '../core/setup-error.ts'
import { SCHEMA_FILE } from '../init/schema-line.ts'
import { ownerFile } from '../init/starter.ts'
import { isThere, writeGiven } from '../run/given-files.ts'
import type { Io } from '../run/io.ts'
import { textOf } from '../run/own-repository.ts'
import { bundledSchema } from '../shipped/bundled-schema.ts'

/**
 * Saves imported YAML. An existing file is a person's, and is never overwritten, unless init wrote it and it is unchanged.
 * @throws SetupError where there is another file
 */
export async function saveImported(io: Io, path: string, owner: string, yaml: string): Promise<void> {
  const there = await textOf(resolve(io.cwd, path))
  // Written by a run that was stopped.
  if (there === yaml) return
  const isStarter = there !== undefined && there.toLowerCase() === ownerFile(owner).toLowerCase()
  try {
    await writeGiven(io.cwd, path, yaml, isStarter ? 'anew' : 'if missing')
  } catch (error) {
    if (!isThere(error)) throw error
    throw new SetupError(`${path} is there already. Give another --out, or move it away.`)
  }
}

/** Puts the schema that the first line of each file names where init puts it. */
export async function saveSchema(io: Io): Promise<void> {
  if ((await textOf(resolve(io.cwd, SCHEMA_FILE))) !== undefined) return
  await writeGiven(io.cwd, SCHEMA_FILE, await bundledSchema(), 'anew')
  io.stderr(`Wrote ${resolve(io.cwd, SCHEMA_FILE)}\n`)
}

/** The relative path from a folder up to the working one, with forward slashes. */
export function wayUp(cwd: string, folder: string): string {
  return relative(resolve(cwd, folder), resolve(cwd)).split(sep).join('/')
}
