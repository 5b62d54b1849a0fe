import { realpath } from 'node:fs/promises'
import { dirname, isAbsolute, relative, sep } from 'node:path'

/**
 * How messages call a file: relative to the working folder, with forward slashes.
 * @param path absolute
 * @param absolute whether it was given so: then it stays so where it lies outside of the working folder
 */
export function shownName(path: string, cwd: string, absolute: boolean): string {
  const near = relative(cwd, path)
  const name = near === '' || isAbsolute(near) || (absolute && near.startsWith('..')) ? path : near
  return name.split(sep).join('/')
}

/**
 * The real path of each folder on the way to a folder, from the root down to itself.
 * @param folder absolute
 */
export async function realFolders(folder: string): Promise<readonly string[]> {
  const above = dirname(folder)
  return [...(above === folder ? [] : await realFolders(above)), await realpath(folder)]
}
