import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { byText } from '../core/address.ts'
import { append } from '../core/append.ts'
import { whyUnreadable } from '../core/unreadable.ts'
import { holdsConfiguration } from './holds-configuration.ts'
import { readText } from './text-file.ts'

/** A file by the way it was found. */
export interface FoundFile {
  /** Absolute, as it was written or found. */
  readonly path: string
  /** Absolute, links resolved. */
  readonly real: string
  /** The real path of each folder on the way to `path`, from the root down. */
  readonly folders: readonly string[]
}

/** The entries below a folder. */
export interface Walked {
  readonly files: readonly FoundFile[]
  /** Files with the ending of a configuration that are none, by their paths. */
  readonly passedOver: readonly string[]
  /** Links to folders that are not entered, unless their targets are read anyway. */
  readonly links: readonly string[]
  readonly problems: readonly { readonly path: string; readonly message: string }[]
}

export interface WalkOptions {
  /** No link to a file may lead out of this folder; a real path. */
  readonly within: string
  /** Decides by the path below the folder, with forward slashes; everything is taken where it is left out. */
  readonly enters?: (folder: string) => boolean
  readonly takes?: (file: string) => boolean
  /** How many entries may be looked at, in this walk and those before it. */
  readonly budget: Budget
}

/** Counts down over all walks of a run. */
export interface Budget {
  left: number
}

/** A configuration of 10,000 repositories with a file for each has a tenth of it. */
export const MAX_ENTRIES = 100_000
/** The most entries that are looked through for files to mention as passed over: these decide nothing. */
const MAX_PASSED_OVER = 5_000

const YAML = /\.ya?ml$/i
const JSON_FILE = /\.json$/i

/**
 * Every `.yaml` and `.yml` below a folder, and each `.json` that is a configuration, but not `node_modules` nor names
 * with a leading dot. Linked folders are not entered.
 * @param folder with the real paths of the folders on the way to it, its own last
 */
export async function walkFolder(
  folder: { readonly path: string; readonly folders: readonly string[] },
  { within, enters = () => true, takes = () => true, budget }: WalkOptions,
): Promise<Walked> {
  const files: FoundFile[] = []
  const passedOver: string[] = []
  const links: string[] = []
  const problems: { path: string; message: string }[] = []
  const hidden: Hidden[] = []
  const root = folder.folders.at(-1) ?? within
  const complain = (path: string, message: string): void => void problems.push({ path, message })

  async function walk(at: string, below: string, folders: readonly string[]): Promise<void> {
    const { entries, problem } = await entriesOf(at)
    if (problem !== undefined) complain(at, problem)
    for (const entry of entries) {
      budget.left -= 1
      if (budget.left < 0) return
      const path = join(at, entry.name)
      const name = below === '' ? entry.name : `${below}/${entry.name}`
      const real = join(folders.at(-1) ?? at, entry.name)
      if (isHidden(entry.name)) {
        if (enters(name) || takes(name)) hidden.push({ path, isFolder: entry.isDirectory() })
      } else if (entry.isDirectory()) {
        if (enters(name)) await walk(path, name, [...folders, real])
      } else if (entry.isSymbolicLink()) await follow(path, name, folders)
      else if (isNamedSo(entry.name) && takes(name)) take({ path, real, folders })
    }
  }

  async function follow(path: string, name: string, folders: readonly string[]): Promise<void> {
    const target = await targetOf(path)
    if (target?.isFolder) {
      // A link's target in the same folder is walked by itself, unless it is hidden.
      const isWalked = isBelow(root, target.real) && !target.real.slice(root.length).split(sep).some(isHidden)
      if (!isWalked && enters(name)) links.push(path)
    } else if (isNamedSo(path) && takes(name)) {
      if (target !== undefined && isBelow(within, target.real)) take({ path, real: target.real, folders })
      else if (YAML.test(path) || (target !== undefined && judge(path) === 'configuration')) {
        complain(path, target === undefined ? 'is a link that leads nowhere' : 'is a link that leaves the folder')
      } else passedOver.push(path)
    }
  }

  function take(file: FoundFile): void {
    const found = YAML.test(file.path) ? 'configuration' : judge(file.path)
    if (found === 'configuration') files.push(file)
    else if (found === 'other') passedOver.push(file.path)
    else complain(file.path, found.problem)
  }

  await walk(folder.path, '', folder.folders)
  if (budget.left < 0) {
    complain(
      folder.path,
      `holds more than ${MAX_ENTRIES.toLocaleString('en-US')} files and folders: name a smaller one`,
    )
  } else append(passedOver, await lookThrough(hidden))
  return {
    files: files.sort((left, right) => byText(left.path, right.path)),
    passedOver: passedOver.sort(byText),
    links: links.sort(byText),
    problems,
  }
}

/**
 * The kind of a JSON file. One that is too large or not text is no configuration; of an unreadable one the kind is
 * unknown.
 */
function judge(path: string): 'configuration' | 'other' | { readonly problem: string } {
  const read = readText(path)
  if ('text' in read) return holdsConfiguration(read.text) ? 'configuration' : 'other'
  return read.kind === 'unreadable' ? { problem: read.problem } : 'other'
}

interface Hidden {
  readonly path: string
  readonly isFolder: boolean
}

/** The files below hidden folders that a person may consider part of the configuration. */
async function lookThrough(hidden: readonly Hidden[]): Promise<readonly string[]> {
  const found: string[] = []
  let left = MAX_PASSED_OVER
  const ways = [...hidden]
  for (let way = ways.shift(); way !== undefined && left > 0; way = ways.shift()) {
    left -= 1
    // Branches may be called `fix.yaml`; git's own files are not a person's.
    if (way.path.endsWith(`${sep}.git`)) continue
    if (!way.isFolder) {
      if (isNamedSo(way.path)) found.push(way.path)
      continue
    }
    for (const entry of (await entriesOf(way.path)).entries) {
      ways.push({ path: join(way.path, entry.name), isFolder: entry.isDirectory() })
    }
  }
  return found
}

async function entriesOf(folder: string): Promise<{ readonly entries: readonly Dirent[]; readonly problem?: string }> {
  try {
    return { entries: await readdir(folder, { withFileTypes: true }) }
  } catch (error) {
    return { entries: [], problem: `cannot be read (${whyUnreadable(error)})` }
  }
}

async function targetOf(link: string): Promise<{ readonly real: string; readonly isFolder: boolean } | undefined> {
  try {
    const real = await realpath(link)
    return { real, isFolder: (await stat(real)).isDirectory() }
  } catch {
    return undefined
  }
}

function isHidden(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules'
}

function isNamedSo(path: string): boolean {
  return YAML.test(path) || JSON_FILE.test(path)
}

/** Whether a real path lies below a folder, or is it. */
export function isBelow(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}
