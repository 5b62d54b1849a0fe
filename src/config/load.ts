import { append } from '../core/append.ts'
import { type Diagnostic, formatSource } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import { type Document, isDocument } from '../core/json.ts'
import { similarTo } from '../core/similar.ts'
import { KNOWN_MAPS, type KnownMap, type Validate, validateConfiguration } from '../shipped/validators.js'
import { approvalsIn } from './approvals-in.ts'
import { checkFile } from './check.ts'
import type { Configuration } from './configuration.ts'
import { disallowedOffline } from './disallowed-offline.ts'
import { readFiles } from './files.ts'
import { type Grants, grantsIn, vainGrants } from './grants.ts'
import { guardsIn } from './guards-in.ts'
import { idleOwners, strangeOwners, vainOrganizationSets } from './idle.ts'
import { byOwner, layersOf, ownersOf } from './layers.ts'
import { ledgerPlace, publicKeys } from './ledger-place.ts'
import { isSpent } from './lexemes.ts'
import { type Spend, startSpending, withinLimits } from './limits.ts'
import { checkEnterprises } from './one-enterprise.ts'
import { parseLazily } from './parse-lazily.ts'
import { type Part, partsOf } from './parts.ts'
import { firstProblems, sortProblems } from './problems.ts'
import type { FilesRead } from './reading.ts'
import { createRules } from './rules.ts'
import { sealedValues } from './sealed-values.ts'
import type { TextFile } from './text-file.ts'
import type { ParsedYaml, YamlFile } from './yaml-file.ts'

/** Keys that govern the whole run, and so may be in one file only. */
const ONCE = ['github', 'ledger', 'guards', 'files', 'approvals', 'accept']

/** A configuration, or why there is none. */
export interface Loaded {
  readonly configuration: Configuration | undefined
  readonly problems: readonly Diagnostic[]
  /** Names of files with the ending of a configuration, and of linked folders, that were not read. */
  readonly passedOver: Pick<FilesRead, 'passedOver' | 'links'>
}

/**
 * Reads and checks a configuration, offline. All problems are reported at once; with any error there is no configuration.
 * @param paths files and folders, relative to `cwd`
 */
export async function loadConfiguration(
  paths: readonly string[],
  cwd: string,
  families: readonly Family[],
  checks: Checks = SHIPPED_CHECKS,
): Promise<Loaded> {
  const read = await readFiles(paths, cwd)
  const made = configurationOf(read.files, await parsedFiles(read), read.problems, families, checks)
  const { configuration } = made
  if (configuration === undefined) return { ...made, passedOver: read }
  const warnings = [...read.warnings, ...configuration.warnings]
  return { ...made, configuration: { ...configuration, warnings }, passedOver: read }
}

/** The files as far as they are not too much, by name. */
async function parsedFiles({ files, parsed, lexemes }: FilesRead): Promise<ReadonlyMap<string, ParsedYaml>> {
  const all = new Map(parsed)
  for (const { name, text } of files) {
    // The file in which the limit was passed has said so.
    if (isSpent(lexemes)) break
    if (!all.has(name)) all.set(name, await parseLazily(text, name, lexemes))
  }
  return all
}

/** The checks of a file against schemas. */
export interface Checks {
  readonly validate: Validate
  readonly maps: readonly KnownMap[]
}

/** Those against `schemas/`. */
export const SHIPPED_CHECKS: Checks = { validate: validateConfiguration, maps: KNOWN_MAPS }

/**
 * Makes the configuration of texts.
 * @param parsed what they hold, by name; of those beyond the limit nothing
 * @param unread the problems of files that could not be read
 */
export function configurationOf(
  texts: readonly TextFile[],
  parsed: ReadonlyMap<string, ParsedYaml>,
  unread: readonly Diagnostic[],
  families: readonly Family[],
  { validate, maps }: Checks,
): Omit<Loaded, 'passedOver'> {
  const problems = [...unread]
  const files: YamlFile[] = []
  const parts: Part[] = []
  const checkRules = createRules(families)
  for (const { name } of texts) {
    const { file, problems: syntax = [] } = parsed.get(name) ?? {}
    append(problems, syntax)
    if (file === undefined) continue
    files.push(file)
    const found = partsOf(file)
    append(parts, found)
    append(problems, checkFile(file, validate, maps), checkRules(file, found))
  }
  const sealed = sealedValues(parts, families)
  append(
    problems,
    checkVersion(files),
    checkOnce(files),
    checkGoverned(files),
    checkEnterprises(parts),
    sealed.problems,
  )
  if (problems.length > 0) return { configuration: undefined, problems: firstProblems(sortProblems(problems)) }
  return withinLimits<Omit<Loaded, 'passedOver'>>(
    () => {
      const spend = startSpending()
      const assembled = { ...assemble(texts, files, parts, spend), families, sealed: sealed.boxes }
      const warnings = [
        ...assembled.warnings,
        ...idleOwners(assembled, families),
        ...vainOrganizationSets(parts, assembled.owners, spend),
        ...strangeOwners(files, assembled.owners),
      ]
      const configuration = { ...assembled, warnings: sortProblems(warnings) }
      // Only now: a malformed file may hold a value in the place of a source.
      const disallowed = disallowedOffline(configuration, families, spend)
      if (disallowed.length > 0) return { configuration: undefined, problems: firstProblems(sortProblems(disallowed)) }
      return { configuration, problems: [] }
    },
    (problem) => ({ configuration: undefined, problems: [problem] }),
  )
}

function checkVersion(files: readonly YamlFile[]): readonly Diagnostic[] {
  const [first] = files
  if (!isDocument(first?.value) || files.some(({ value }) => isDocument(value) && value.version !== undefined))
    return []
  // A misspelt key is reported as such.
  const keys = files.flatMap(({ value }) => (isDocument(value) ? Object.keys(value) : []))
  if (keys.some((key) => key !== 'version' && similarTo(key, ['version']) !== undefined)) return []
  return [{ severity: 'error', message: 'write `version: 1`', source: first.place([]) }]
}

function checkOnce(files: readonly YamlFile[]): readonly Diagnostic[] {
  return ONCE.flatMap((key) => {
    const [first, ...others] = files.filter(({ value }) => isDocument(value) && value[key] !== undefined)
    if (first === undefined) return []
    const place = formatSource(first.place([key]))
    return others.map((other): Diagnostic => {
      const message = `\`${key}\` stands in one file only; it is also at ${place}`
      return { severity: 'error', message, source: other.place([key]) }
    })
  })
}

/**
 * Reports governing keys outside the file with `files`: an author who may write only the declarations that `files`
 * permits must not decide about the ledger, deletions, or further files.
 */
function checkGoverned(files: readonly YamlFile[]): readonly Diagnostic[] {
  const holds = ({ value }: YamlFile, key: string): boolean => isDocument(value) && value[key] !== undefined
  const governing = files.find((file) => holds(file, 'files'))
  if (governing === undefined) return []
  const place = formatSource(governing.place(['files']))
  return files
    .filter((file) => file !== governing)
    .flatMap((file) =>
      [...ONCE, 'include']
        .filter((key) => key !== 'files' && holds(file, key))
        .map((key): Diagnostic => {
          const message = `\`${key}\` stands beside \`files\`, in the file that holds it (${place})`
          return { severity: 'error', message, source: file.place([key]) }
        }),
    )
}

function assemble(
  texts: readonly TextFile[],
  files: readonly YamlFile[],
  parts: readonly Part[],
  spend: Spend,
): Omit<Configuration, 'sealed' | 'families'> {
  const owners = ownersOf(parts, spend)
  const layers = layersOf(parts, owners, spend)
  const byName = new Map(files.map((file) => [file.name, file]))
  const github = only(files, 'github')
  const { guards, warnings } = guardsIn(only(files, 'guards'))
  const grants = grantsIn(files, texts)
  return {
    files: files.map(({ name }) => name),
    github: github === undefined ? {} : { ...github.document, source: github.file.place(['github']) },
    ledger: ledgerPlace(texts, only(files, 'ledger')),
    publicKeys: publicKeys(only(files, 'ledger')?.document),
    guards,
    approvals: approvalsIn(files),
    warnings: [...warnings, ...unmatchedGrants(grants, files, spend)],
    ...acceptIn(files),
    grants,
    owners,
    layers,
    layersByOwner: byOwner(layers),
    place: (name, path) => byName.get(name)?.place(path) ?? { file: name, line: 1, col: 1 },
  }
}

function unmatchedGrants(grants: Grants | undefined, files: readonly YamlFile[], spend: Spend): readonly Diagnostic[] {
  if (grants === undefined) return []
  const vain = vainGrants(
    grants,
    files.map(({ name }) => name),
    spend,
  )
  return vain.map(({ files: glob, source }) => {
    return { severity: 'warning', message: `\`${glob}\` matches no file that this run reads`, source }
  })
}

/** The key is in one file. */
function acceptIn(files: readonly YamlFile[]): Pick<Configuration, 'accept' | 'acceptPlace'> {
  for (const { value, place } of files) {
    const list = isDocument(value) ? value.accept : undefined
    if (!Array.isArray(list)) continue
    const accept = list.filter((entry) => typeof entry === 'string')
    return { accept, acceptPlace: (index) => place(['accept', index]) }
  }
  return { accept: [], acceptPlace: () => ({ file: files[0]?.name ?? '', line: 1, col: 1 }) }
}

function only(
  files: readonly YamlFile[],
  key: string,
): { readonly file: YamlFile; readonly document: Document } | undefined {
  for (const file of files) {
    const document = isDocument(file.value) ? file.value[key] : undefined
    if (isDocument(document)) return { file, document }
  }
  return undefined
}
