import { realpath, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { byText } from '../core/address.ts'
import { isDocument } from '../core/json.ts'
import { whyUnreadable } from '../core/unreadable.ts'
import { realFolders, shownName } from './file-names.ts'
import { type IncludeEntry, includeEntries } from './include-entries.ts'
import { nearName } from './near-name.ts'
import { type FilesRead, type Reading, startReading } from './reading.ts'
import type { TextFile } from './text-file.ts'
import { type Budget, isBelow, MAX_ENTRIES, type Walked, type WalkOptions, walkFolder } from './walk-folder.ts'

/**
 * Reads files, of each folder the configurations below it (walkFolder), and the files that these include.
 * @param paths of `--config`, relative to `cwd`
 */
export async function readFiles(paths: readonly string[], cwd: string): Promise<FilesRead> {
  const reading = startReading(cwd)
  const budget = { left: MAX_ENTRIES }
  for (const given of [...paths].sort(byText)) await addNamed(reading, given, budget)
  for (const file of reading.read()) {
    const yaml = await reading.parse(file)
    const entries = yaml === undefined ? [] : includeEntries(yaml)
    const home = entries.length === 0 ? undefined : await homeOf(file)
    for (const entry of entries) if (home !== undefined) await addIncluded(reading, entry, home, budget)
  }
  for (const file of reading.read()) {
    const yaml = await reading.parse(file)
    if (yaml === undefined || !isDocument(yaml.value) || yaml.value.include === undefined) continue
    const message = 'an included file cannot include: its entries belong into the file that includes it'
    reading.report({ severity: 'error', message, source: yaml.place(['include']) })
  }
  return reading.end()
}

/** Adds the files of one word of `--config`. */
async function addNamed(reading: Reading, given: string, budget: Budget): Promise<void> {
  const absolute = isAbsolute(given)
  const path = resolve(reading.cwd, given)
  const shown = (path: string): string => shownName(path, reading.cwd, absolute)
  const complain = (message: string): void => reading.report({ severity: 'error', message })
  if (given === '') return complain('--config is empty: name a file or folder')
  try {
    const real = await realpath(path)
    if (!(await stat(real)).isDirectory()) {
      return reading.add({ path, real, folders: await realFolders(dirname(path)) }, absolute)
    }
    const walked = await walkFolder({ path, folders: await realFolders(path) }, { within: real, budget })
    reading.addWalked(walked, absolute)
    if (isBare(walked)) complain(`${shown(path)}: ${BARE}`)
  } catch (error) {
    const near = await nearName(path, shown)
    complain(`${shown(path)}: cannot be read (${whyUnreadable(error)}${near})`)
  }
}

const BARE =
  'holds no .yaml or .yml file, and no .json with `organizations`, `repositories`, `organization_sets` or `enterprises` ' +
  'at the top'

/** Whether a folder holds nothing, and not for want of permission. */
function isBare({ files, problems }: Walked): boolean {
  return files.length === 0 && problems.length === 0
}

/** The folder that paths in a file are relative to. */
interface Home {
  readonly path: string
  readonly real: string
  readonly folders: readonly string[]
  /** How the file itself is shown. */
  readonly absolute: boolean
}

async function homeOf({ path, real, folders, name }: TextFile): Promise<Home> {
  const home = dirname(real)
  const absolute = isAbsolute(name)
  if (folders.at(-1) === home) return { path: dirname(path), real: home, folders, absolute }
  return { path: home, real: home, folders: await realFolders(home), absolute }
}

/** Adds the files of one entry of `include`. */
async function addIncluded(reading: Reading, entry: IncludeEntry, home: Home, budget: Budget): Promise<void> {
  const { text, source, base, glob } = entry
  const path = join(home.path, base)
  const complain = (message: string): void =>
    reading.report({ severity: 'error', message: `\`${text}\` ${message}`, source })
  const near = (): Promise<string> => nearName(path, (other) => relative(home.path, other))
  const vain = (hint = ''): void => {
    const message = `\`${text}\` matches no file of a configuration: nothing is included by it${hint}`
    reading.report({ severity: 'warning', message, source })
  }
  const options: WalkOptions = { within: home.real, budget, ...glob }
  try {
    const real = await realpath(path)
    if (!isBelow(home.real, real)) return complain('is a link that leaves the folder of this file')
    if (!(await stat(real)).isDirectory()) {
      if (glob !== undefined) return vain()
      return reading.add({ path, real, folders: await realFolders(dirname(path)) }, home.absolute)
    }
    const walked = await walkFolder({ path, folders: await realFolders(path) }, options)
    reading.addWalked(walked, home.absolute)
    if (!isBare(walked)) return
    if (glob === undefined) complain(BARE)
    else vain()
  } catch (error) {
    if (glob !== undefined && isMissing(error)) return vain(await near())
    complain(`cannot be read (${whyUnreadable(error)}${await near()})`)
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
