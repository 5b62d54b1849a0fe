import { byText } from '../core/address.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import { shownName } from './file-names.ts'
import { type Lexemes, startLexemes } from './lexemes.ts'
import { parseLazily } from './parse-lazily.ts'
import { readText, type TextFile } from './text-file.ts'
import type { FoundFile, Walked } from './walk-folder.ts'
import type { ParsedYaml, YamlFile } from './yaml-file.ts'

/** The limit of all files together; the limit of their words (lexemes.ts) is far lower. */
const MAX_BYTES = 32 * 1024 * 1024

/** 10,000 repositories may have a file each, beside some of the organization. */
const MAX_FILES = 11_000

const tooMany = (): string =>
  `the files before it are ${MAX_FILES.toLocaleString('en')}, or larger than ${MAX_BYTES / 1024 / 1024} MiB together: ` +
  'name fewer, or split the configuration'

/** The files of a configuration, and the messages about how they were found. */
export interface FilesRead {
  /** Sorted by name, so that the order in which they were given never matters. */
  readonly files: readonly TextFile[]
  /** How much may still be read of them. */
  readonly lexemes: Lexemes
  /** Those that had to be understood on the way, by name. */
  readonly parsed: ReadonlyMap<string, ParsedYaml>
  readonly problems: readonly Diagnostic[]
  readonly warnings: readonly Diagnostic[]
  /** Names of files with the ending of a configuration that a folder holds and that were not read. */
  readonly passedOver: readonly string[]
  /** Names of links to folders that were not entered. */
  readonly links: readonly string[]
}

/** The state while files are being found. A file that is reached twice is read once. */
export interface Reading {
  readonly cwd: string
  /** @param absolute whether its way was given as an absolute path, so that messages show it so */
  add(file: FoundFile, absolute: boolean): void
  addWalked(walked: Walked, absolute: boolean): void
  /** Reads the files that were added since the last time, and returns them. */
  read(): readonly TextFile[]
  /** A file that may hold `include`; undefined for any other, and for one that cannot be parsed. */
  parse(file: TextFile): Promise<YamlFile | undefined>
  report(diagnostic: Diagnostic): void
  end(): FilesRead
}

export function startReading(cwd: string): Reading {
  const reported: Diagnostic[] = []
  const passedOver = new Map<string, string>()
  const links = new Set<string>()
  const found = new Map<string, FoundFile & { readonly name: string }>()
  const texts = new Map<string, string | undefined>()
  const parsed = new Map<string, ParsedYaml>()
  const lexemes = startLexemes()
  let bytes = 0
  let isFull = false

  const textFiles = (files: Iterable<FoundFile & { readonly name: string }>): TextFile[] =>
    [...files].flatMap((file) => {
      const text = texts.get(file.real)
      return text === undefined ? [] : [{ ...file, text }]
    })

  const refuse = (name: string): void => {
    if (!isFull) reported.push({ severity: 'error', message: `${name}: ${tooMany()}` })
    isFull = true
  }

  const reading: Reading = {
    cwd,
    add(file, absolute) {
      const known = found.get(file.real)
      // The name of a file that is reached twice is the path without a link, where there is one.
      if (known !== undefined && (known.path === known.real || file.path !== file.real)) return
      found.set(file.real, { ...file, name: shownName(file.path, cwd, absolute) })
    },
    addWalked(walked, absolute) {
      const named = (path: string): string => shownName(path, cwd, absolute)
      for (const file of walked.files) reading.add(file, absolute)
      for (const path of walked.passedOver) passedOver.set(path, named(path))
      for (const path of walked.links) links.add(named(path))
      for (const { path, message } of walked.problems) {
        reported.push({ severity: 'error', message: `${named(path)}: ${message}` })
      }
    },
    read() {
      const fresh = [...found.values()].filter(({ real }) => !texts.has(real))
      const beyond = fresh[MAX_FILES - texts.size]
      if (beyond !== undefined) refuse(beyond.name)
      for (const { path, real, name } of fresh) {
        if (bytes > MAX_BYTES) refuse(name)
        if (isFull) {
          texts.set(real, undefined)
          continue
        }
        const read = readText(path)
        if ('text' in read) bytes += read.text.length
        if ('problem' in read) reported.push({ severity: 'error', message: `${name}: ${read.problem}` })
        texts.set(real, 'text' in read ? read.text : undefined)
      }
      return isFull ? [] : textFiles(fresh)
    },
    async parse({ name, text }) {
      if (!text.includes('include')) return undefined
      const known = parsed.get(name) ?? (await parseLazily(text, name, lexemes))
      parsed.set(name, known)
      return known.file
    },
    report: (diagnostic) => void reported.push(diagnostic),
    end() {
      for (const { path } of found.values()) passedOver.delete(path)
      return {
        // Beyond the limit none is understood: that would take as long as all else.
        files: (isFull ? [] : textFiles(found.values())).sort((left, right) => byText(left.name, right.name)),
        parsed,
        lexemes,
        problems: reported.filter(({ severity }) => severity === 'error'),
        warnings: reported.filter(({ severity }) => severity === 'warning'),
        passedOver: [...passedOver.values()].sort(byText),
        links: [...links].sort(byText),
      }
    },
  }
  return reading
}
