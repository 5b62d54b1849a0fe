import { basename, dirname, relative, sep } from 'node:path'
import type { TextFile } from './text-file.ts'
import { isBelow } from './walk-folder.ts'

/**
 * The names of a file for `files`, from the folder of the YAML that has `files` down, with forward slashes: that of the
 * real path, and where links lead to it those of the written one. The file's declarations must be allowed for all of
 * them. None where the real or the written path does not lead through that folder.
 * @param governing the YAML that has `files`
 */
export function governedNames(file: TextFile, governing: TextFile): readonly string[] {
  const { path, real, folders } = file
  if (real === governing.real) return [basename(real)]
  const home = dirname(governing.real)
  const steps = path.split(sep)
  const written = folders.flatMap((folder, index) => (folder === home ? [steps.slice(index + 1).join('/')] : []))
  if (written.length === 0 || !isBelow(home, real)) return []
  return [...new Set([relative(home, real).split(sep).join('/'), ...written])]
}
