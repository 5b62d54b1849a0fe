import type { Source } from '../core/diagnostic.ts'
import { compileGlob, coversGlob, matchAny, reachesBelow } from '../core/glob.ts'
import { isDocument, type Json } from '../core/json.ts'
import type { YamlFile } from './parse.ts'

/** One entry of `files`: what the files that match may declare. */
export interface Grant {
  /** A glob over file names as they are shown: relative to the working folder, with forward slashes. */
  readonly files: string
  readonly addresses: readonly string[]
  /** Globs over variables, and over files as the YAML writes them; none where the entry does not say. */
  readonly values: readonly string[]
  readonly source: Source
}

/** `files`: who may declare what. */
export interface Grants {
  readonly entries: readonly Grant[]
  readonly source: Source
}

/** What one file may do, all of its entries together. */
export interface Allowance {
  /** The entries that match the file. */
  readonly entries: readonly Grant[]
  declares(address: string): boolean
  /** Whether it may declare whatever a glob over the members of one family matches. */
  covers(glob: string): boolean
  /** Whether it may declare anything that begins so, such as `repos/acme/`. */
  reaches(start: string): boolean
  /** Whether it may take a value from there: `env:NAME`, `file:PATH`, `sealed:HASH`. */
  takes(valueSource: string): boolean
}

/** Reads `files`, from whichever file has it. */
export function grantsIn(files: readonly YamlFile[]): Grants | undefined {
  for (const file of files) {
    const map = isDocument(file.value) ? file.value.files : undefined
    if (!isDocument(map)) continue
    const entries = Object.entries(map).map(([glob, entry]): Grant => {
      const { addresses, values } = isDocument(entry) ? entry : {}
      const source = file.place(['files', glob])
      return { files: glob, addresses: textsOf(addresses), values: textsOf(values), source }
    })
    return { entries, source: file.place(['files']) }
  }
  return undefined
}

/** What each file may do. Each is worked out once. */
export function allowances(grants: Grants): (file: string) => Allowance {
  const known = new Map<string, Allowance>()
  return (file) => {
    const found =
      known.get(file) ?? allowanceOf(grants.entries.filter(({ files }) => compileGlob(files, 'exact')(file)))
    known.set(file, found)
    return found
  }
}

function allowanceOf(entries: readonly Grant[]): Allowance {
  const addresses = entries.flatMap((entry) => entry.addresses)
  const values = entries.flatMap((entry) => entry.values).map((glob) => compileGlob(glob, 'exact'))
  return {
    entries,
    declares: matchAny(addresses),
    covers: (glob) => addresses.some((outer) => coversGlob(outer, glob)),
    reaches: (start) => addresses.some((glob) => reachesBelow(glob, start)),
    takes(valueSource) {
      const colon = valueSource.indexOf(':')
      const kind = valueSource.slice(0, colon)
      const name = valueSource.slice(colon + 1)
      // Whoever wrote the box has the value already, and it opens for one secret only.
      if (kind === 'sealed') return true
      if (kind === 'file' && !isPlainPath(name)) return false
      return values.some((matches) => matches(name))
    },
  }
}

/** `keys/../other` would match `keys/**` and be another file. */
function isPlainPath(path: string): boolean {
  return !path.includes('\\') && !path.split('/').some((step) => step === '..' || step === '.' || step === '')
}

function textsOf(list: Json | undefined): readonly string[] {
  return Array.isArray(list) ? list.filter((each) => typeof each === 'string') : []
}
