import type { Configuration } from '../config/configuration.ts'
import { filledValues } from '../config/declared-values.ts'
import { allowances } from '../config/grants.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import { isDocument } from '../core/json.ts'
import { linkedFrom, valueFolder } from '../secrets/read-value.ts'

/**
 * An error for each value's file that a link leads to where it may not be taken from: out of its folder, into a `.git` folder,
 * to a file that `files` does not give. No value is read for it, so that a pull request's job finds it, too.
 * @param dir of `--values`
 */
export async function misplacedFiles(
  cwd: string,
  configuration: Configuration,
  dir: string | undefined,
): Promise<readonly Diagnostic[]> {
  const allowed = configuration.grants && allowances(configuration.grants)
  const folders = new Map<string, Promise<string>>()
  const links = new Map<string, ReturnType<typeof linkedFrom>>()
  const found: Diagnostic[] = []
  for (const { layer, path, value, isOpen } of filledValues(configuration, configuration.families)) {
    const { file, place } = layer
    const wanted = isDocument(value) ? value.file : undefined
    // A file that is named after a repository of GitHub's is judged when it is read.
    if (typeof wanted !== 'string' || isOpen) continue
    const folder = await once(folders, file, () => valueFolder(cwd, file, dir))
    const link = await once(links, JSON.stringify([wanted, folder]), () => linkedFrom(wanted, folder))
    const message = messageOf(link, (to) => allowed?.(file).takes(`file:${to}`) ?? true, file)
    if (message !== undefined) found.push({ severity: 'error', message, source: place([...path, 'file']) })
  }
  return found
}

type Link = Awaited<ReturnType<typeof linkedFrom>>

function messageOf(link: Link, takes: (to: string) => boolean, file: string): string | undefined {
  if (link === undefined) return undefined
  if (link === 'outside') {
    return '`file` leaves its folder by a link, and must lead down from the folder of this file, or from `--values DIR`'
  }
  if (link === 'git') {
    return '`file` lies by a link in a .git folder, which may hold credentials: keep the value elsewhere'
  }
  return takes(link.to) ? undefined : `\`file\` leads by a link to ${link.to}, which \`files\` does not give ${file}`
}

function once<Result>(known: Map<string, Promise<Result>>, key: string, make: () => Promise<Result>): Promise<Result> {
  const there = known.get(key) ?? make()
  known.set(key, there)
  return there
}
