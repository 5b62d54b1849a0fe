import type { Source } from '../core/diagnostic.ts'
import { compileGlob, coversGlob, globCost, matchAny, reachesBelow } from '../core/glob.ts'
import { isDocument, type Json } from '../core/json.ts'
import { governedNames } from './governed-names.ts'
import { type Spend, UNLIMITED } from './limits.ts'
import type { TextFile } from './text-file.ts'
import type { YamlFile } from './yaml-file.ts'

/** One entry of `files`: the declarations that matching files may make. */
export interface Grant {
  /** A glob over the files below the folder of its own YAML, with forward slashes. */
  readonly files: string
  readonly addresses: readonly string[]
  /** Globs over variables, and over files as the YAML writes them; none where the entry has no `values`. */
  readonly values: readonly string[]
  readonly source: Source
}

/** `files`: the declarations that each file may make. */
export interface Grants {
  readonly entries: readonly Grant[]
  readonly source: Source
  /** The names that the entries know a file by (governedNames), by the name that messages show. */
  namesOf(file: string): readonly string[]
}

/** The permissions of one file, all of its entries together; by each of its names, if it has several. */
export interface Allowance {
  /** Each name, with the entries that match it. */
  readonly names: readonly { readonly name: string; readonly entries: readonly Grant[] }[]
  declares(address: string): boolean
  /** Whether it may declare every match of a glob over the members of one family. */
  covers(glob: string): boolean
  /** Whether it may declare anything that begins so, such as `repos/acme/`. */
  reaches(start: string): boolean
  /** Whether it may take a value from there: `env:NAME`, `file:PATH`, `sealed:HASH`. */
  takes(valueSource: string): boolean
}

/** Reads `files`, from the file that has it. */
export function grantsIn(files: readonly YamlFile[], texts: readonly TextFile[]): Grants | undefined {
  const byName = new Map(texts.map((text) => [text.name, text]))
  for (const file of files) {
    const map = isDocument(file.value) ? file.value.files : undefined
    if (!isDocument(map)) continue
    const entries = Object.entries(map).map(([glob, entry]): Grant => {
      const { addresses, values } = isDocument(entry) ? entry : {}
      const source = file.place(['files', glob])
      return { files: glob, addresses: textsOf(addresses), values: textsOf(values), source }
    })
    const governing = byName.get(file.name)
    const namesOf = (name: string): readonly string[] => {
      const text = byName.get(name)
      return text === undefined || governing === undefined ? [] : governedNames(text, governing)
    }
    return { entries, source: file.place(['files']), namesOf }
  }
  return undefined
}

/** The permissions of each file, computed once. */
export function allowances(grants: Grants, spend: Spend = UNLIMITED): (file: string) => Allowance {
  const matchers = grants.entries.map((entry) => ({ entry, matches: compileGlob(entry.files, 'exact') }))
  const known = new Map<string, Allowance>()
  const costOfEntries = sumOf(grants.entries.map(({ files }) => files))
  const tried = (cost: number): void => spend('tries', cost, () => grants.source)
  return (file) => {
    const there = known.get(file)
    if (there) return there
    const names = grants.namesOf(file)
    tried(costOfEntries * names.length)
    const found = together(names.map((name) => byName(name, matchers, tried)))
    known.set(file, found)
    return found
  }
}

/** The globs of `files` that match none of these files. */
export function vainGrants(grants: Grants, files: readonly string[], spend: Spend): readonly Grant[] {
  const names = files.flatMap((file) => grants.namesOf(file))
  return grants.entries.filter((entry) => {
    spend('tries', names.length * globCost(entry.files), () => entry.source)
    const matches = compileGlob(entry.files, 'exact')
    return !names.some((name) => matches(name))
  })
}

/** A file that no entry can match, because it lies elsewhere, may nothing. */
function together(all: readonly Allowance[]): Allowance {
  const [only] = all
  if (only !== undefined && all.length === 1) return only
  const every = (may: (one: Allowance) => boolean): boolean => all.length > 0 && all.every(may)
  return {
    names: all.flatMap(({ names }) => names),
    declares: (address) => every((one) => one.declares(address)),
    covers: (glob) => every((one) => one.covers(glob)),
    reaches: (start) => every((one) => one.reaches(start)),
    takes: (valueSource) => every((one) => one.takes(valueSource)),
  }
}

function sumOf(globs: readonly string[]): number {
  return globs.reduce((sum, glob) => sum + globCost(glob), 0)
}

function byName(
  name: string,
  matchers: readonly { readonly entry: Grant; readonly matches: (name: string) => boolean }[],
  tried: (cost: number) => void,
): Allowance {
  const entries = matchers.flatMap(({ entry, matches }) => (matches(name) ? [entry] : []))
  const addresses = entries.flatMap((entry) => entry.addresses)
  const values = entries.flatMap((entry) => entry.values)
  const takes = values.map((glob) => compileGlob(glob, 'exact'))
  const costOfValues = sumOf(values)
  // Globs against globs are tried letter by letter.
  const tryAll = (): void => tried(addresses.length * 50)
  const reached = new Map<string, boolean>()
  return {
    names: [{ name, entries }],
    declares: matchAny(addresses, tried),
    covers(glob) {
      tryAll()
      return addresses.some((outer) => coversGlob(outer, glob))
    },
    reaches(start) {
      const there = reached.get(start)
      if (there !== undefined) return there
      tryAll()
      const found = addresses.some((glob) => reachesBelow(glob, start))
      reached.set(start, found)
      return found
    },
    takes(valueSource) {
      const colon = valueSource.indexOf(':')
      const kind = valueSource.slice(0, colon)
      const name = valueSource.slice(colon + 1)
      // The author of the box has the value already, and it opens for one secret only.
      if (kind === 'sealed') return true
      if (kind === 'file' && !isPlainPath(name)) return false
      tried(costOfValues)
      return takes.some((matches) => matches(name))
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
