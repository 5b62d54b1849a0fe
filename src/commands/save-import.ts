import { relative, resolve, sep } from 'node:path'
import { SetupError } from '../core/setup-error.ts'
import { SCHEMA_FILE } from '../init/schema-line.ts'
import { ownerFile } from '../init/starter.ts'
import { shorten } from '../render/shorten.ts'
import { isThere, writeGiven } from '../run/given-files.ts'
import type { Io } from '../run/io.ts'
import { textOf } from '../run/own-repository.ts'
import { bundledSchema } from '../shipped/bundled-schema.ts'

/** An imported file. */
export interface ImportedText {
  readonly path: string
  readonly yaml: string
}

/**
 * Saves imported YAML, all of it or nothing. An existing file is a person's, and is never overwritten, unless init wrote it and
 * it is unchanged.
 * @throws SetupError where there are other files
 */
export async function saveAllImported(io: Io, owner: string, files: readonly ImportedText[]): Promise<void> {
  const others: string[] = []
  for (const { path, yaml } of files) if (await isOther(io, path, owner, yaml)) others.push(path)
  if (others.length > 0) throw inTheWay(others)
  for (const { path, yaml } of files) await saveImported(io, path, owner, yaml)
}

/** Whether there is a file that is neither this one nor, unchanged, the one that init wrote. */
export async function isOther(io: Io, path: string, owner: string, yaml?: string): Promise<boolean> {
  const there = await textOf(resolve(io.cwd, path))
  return there !== undefined && there !== yaml && !isStarter(there, owner)
}

export function inTheWay(paths: readonly string[]): SetupError {
  const are = paths.length === 1 ? 'is' : 'are'
  return new SetupError(
    `${shorten(paths, 3)} ${are} there already. Give another --out, or move ${paths.length === 1 ? 'it' : 'them'} away.`,
  )
}

function isStarter(text: string, owner: string): boolean {
  return text.toLowerCase() === ownerFile(owner).toLowerCase()
}

/**
 * Saves imported YAML. An existing file is a person's, and is never overwritten, unless init wrote it and it is unchanged.
 * @throws SetupError where there is another file
 */
export async function saveImported(io: Io, path: string, owner: string, yaml: string): Promise<void> {
  const there = await textOf(resolve(io.cwd, path))
  // Written by a run that was stopped.
  if (there === yaml) return
  try {
    await writeGiven(io.cwd, path, yaml, there !== undefined && isStarter(there, owner) ? 'anew' : 'if missing')
  } catch (error) {
    throw isThere(error) ? inTheWay([path]) : error
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
