import { dirname, resolve } from 'node:path'
import { byText } from '../core/address.ts'
import { type Diagnostic, formatSource } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import { type Document, isDocument } from '../core/json.ts'
import { checkFile } from './check.ts'
import type { Configuration, Guards } from './configuration.ts'
import { readFiles, type TextFile } from './files.ts'
import { layersOf, ownersOf } from './layers.ts'
import { parseYaml, type YamlFile } from './parse.ts'
import { type Part, partsOf } from './parts.ts'
import { sortProblems } from './problems.ts'
import { checkRules } from './rules.ts'
import { compileSchemas, knownMaps, readSchemas } from './schemas.ts'

/** Keys that govern the whole run, and so stand in one file only. */
const ONCE = ['github', 'ledger', 'guards']

const DEFAULT_GUARDS: Guards = { max_deletions: 10, protect: [] }
const DEFAULT_LEDGER = '.octoform/ledger.json'

/**
 * Reads and checks a configuration, offline. All problems are reported at once; with any error there is no configuration.
 * @param paths files and folders, relative to `cwd`
 */
export async function loadConfiguration(
  paths: readonly string[],
  cwd: string,
  families: readonly Family[],
): Promise<{ readonly configuration: Configuration | undefined; readonly problems: readonly Diagnostic[] }> {
  const { files: texts, problems: unread } = await readFiles(paths, cwd)
  const problems = [...unread]
  const schemas = await readSchemas()
  const validate = compileSchemas(schemas)
  const maps = knownMaps(schemas)
  const files: YamlFile[] = []
  const parts: Part[] = []
  for (const { name, text } of texts) {
    const { file, problems: syntax } = parseYaml(text, name)
    problems.push(...syntax)
    if (file === undefined) continue
    files.push(file)
    const found = partsOf(file)
    parts.push(...found)
    problems.push(...checkFile(file, validate, maps), ...checkRules(file, found, families))
  }
  problems.push(...checkVersion(files), ...checkOnce(files))
  if (problems.length > 0) return { configuration: undefined, problems: sortProblems(problems) }
  return { configuration: assemble(texts, files, parts), problems: [] }
}

function checkVersion(files: readonly YamlFile[]): readonly Diagnostic[] {
  const [first] = files
  if (first === undefined || files.some(({ value }) => isDocument(value) && value.version !== undefined)) return []
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

function assemble(texts: readonly TextFile[], files: readonly YamlFile[], parts: readonly Part[]): Configuration {
  const owners = ownersOf(parts)
  const byName = new Map(files.map((file) => [file.name, file]))
  const github = only(files, 'github')
  const guards = only(files, 'guards')?.document
  return {
    files: files.map(({ name }) => name),
    github: github === undefined ? {} : { ...github.document, source: github.file.place(['github']) },
    ledgerPath: ledgerPath(texts, only(files, 'ledger')),
    guards: { ...DEFAULT_GUARDS, ...guards },
    owners,
    layers: layersOf(parts, owners),
    place: (name, path) => byName.get(name)?.place(path) ?? { file: name, line: 1, col: 1 },
  }
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

/** Relative to the file that says it; else beside the file that lies highest, whichever was named first. */
function ledgerPath(texts: readonly TextFile[], ledger: { file: YamlFile; document: Document } | undefined): string {
  const teller = texts.find(({ name }) => name === ledger?.file.name)
  const path = ledger?.document.path
  if (teller !== undefined && typeof path === 'string') return resolve(dirname(teller.path), path)
  const depth = ({ path }: TextFile): number => path.split(/[\\/]/).length
  const [highest] = [...texts].sort((left, right) => depth(left) - depth(right) || byText(left.path, right.path))
  return resolve(highest === undefined ? '.' : dirname(highest.path), DEFAULT_LEDGER)
}
