import { open, readdir, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { byText } from '../core/address.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import { whyUnreadable } from '../core/unreadable.ts'

const MAX_BYTES = 16 * 1024 * 1024

/** A file of the configuration, read. */
export interface TextFile {
  /** Relative to the working folder (absolute where it was given so and lies outside), with forward slashes. */
  readonly name: string
  readonly path: string
  readonly text: string
}

/**
 * Reads the files, and of each folder every `.yaml` and `.yml` below it. What starts with a dot is skipped there, linked
 * folders are not entered, and a link to a file must stay inside. A file that is reached twice is read once.
 * @returns the files sorted by name, so that the order in which they were given never matters
 */
export async function readFiles(
  paths: readonly string[],
  cwd: string,
): Promise<{ readonly files: readonly TextFile[]; readonly problems: readonly Diagnostic[] }> {
  const problems: Diagnostic[] = []
  const files = new Map<string, TextFile>()
  const complain = (name: string, message: string): void => {
    problems.push({ severity: 'error', message: `${name}: ${message}` })
  }
  const take = async (path: string, name: string): Promise<void> => {
    const real = await realpath(path)
    if (files.has(real)) return
    const text = await readText(path)
    if (typeof text === 'string') files.set(real, { name, path, text })
    else complain(name, text.problem)
  }
  for (const given of [...paths].sort(byText)) {
    const path = resolve(cwd, given)
    const shown = (below: string): string => nameOf(below, cwd, isAbsolute(given))
    try {
      if (!(await stat(path)).isDirectory()) {
        await take(path, shown(path))
        continue
      }
      const found = await below(path, (link) => complain(shown(link), 'is a link that leaves the folder'))
      if (found.length === 0) complain(shown(path), 'holds no .yaml or .yml file')
      for (const file of found) await take(file, shown(file))
    } catch (error) {
      complain(shown(path), `cannot be read (${whyUnreadable(error)})`)
    }
  }
  return { files: [...files.values()].sort((left, right) => byText(left.name, right.name)), problems }
}

async function below(folder: string, leaves: (link: string) => void): Promise<readonly string[]> {
  const root = await realpath(folder)
  const found: string[] = []
  const walk = async (at: string): Promise<void> => {
    for (const entry of await readdir(at, { withFileTypes: true })) {
      const path = join(at, entry.name)
      if (entry.name.startsWith('.')) continue
      if (entry.isDirectory()) await walk(path)
      if (!/\.ya?ml$/.test(entry.name) || entry.isDirectory()) continue
      if (entry.isSymbolicLink()) {
        const target = await realpath(path)
        if ((await stat(target)).isDirectory()) continue
        if (!target.startsWith(root + sep)) {
          leaves(path)
          continue
        }
      }
      found.push(path)
    }
  }
  await walk(folder)
  return found.sort(byText)
}

async function readText(path: string): Promise<string | { readonly problem: string }> {
  const { size, isFile } = await stat(path).then((found) => ({ size: found.size, isFile: found.isFile() }))
  if (!isFile) return { problem: 'is no regular file' }
  if (size > MAX_BYTES) return { problem: `is larger than ${MAX_BYTES / 1024 / 1024} MiB` }
  const file = await open(path)
  try {
    // One byte more than allowed, so that a file that grows meanwhile is noticed, and not read whole.
    const bytes = Buffer.alloc(size + 1)
    const { bytesRead } = await file.read(bytes, 0, size + 1, 0)
    if (bytesRead > size) return { problem: 'changed while it was read' }
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, bytesRead))
  } catch (error) {
    if (error instanceof TypeError) return { problem: 'is not UTF-8 text' }
    throw error
  } finally {
    await file.close()
  }
}

function nameOf(path: string, cwd: string, absolute: boolean): string {
  const near = relative(cwd, path)
  const name = near === '' || isAbsolute(near) || (absolute && near.startsWith('..')) ? path : near
  return name.split(sep).join('/')
}
