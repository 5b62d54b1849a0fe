import { isAbsolute, posix, win32 } from 'node:path'
import type { Source } from '../core/diagnostic.ts'
import { compileGlob, isGlob } from '../core/glob.ts'
import { isDocument } from '../core/json.ts'
import type { RuleProblem } from './duplicate-names.ts'
import type { YamlFile } from './yaml-file.ts'

/** One well-formed entry of `include`. */
export interface IncludeEntry {
  /** As written in the YAML. */
  readonly text: string
  readonly source: Source
  /** A file or folder, from the folder of the YAML down; of a glob the part before the first segment with a `*` or `?`. */
  readonly base: string
  /** Undefined where it is no glob. */
  readonly glob: IncludeGlob | undefined
}

/** A glob below its base folder, over paths with forward slashes. */
export interface IncludeGlob {
  /** Whether a folder may hold matches. */
  enters(folder: string): boolean
  /** Whether a file is chosen: it, or a folder that it lies in, matches. */
  takes(file: string): boolean
}

/** The entries that can be followed; the others are complained of by `checkIncludes`. */
export function includeEntries(file: YamlFile): readonly IncludeEntry[] {
  const list = isDocument(file.value) ? file.value.include : undefined
  if (!Array.isArray(list)) return []
  return list.flatMap((text, index) => {
    if (typeof text !== 'string' || text === '' || whyNot(text) !== undefined) return []
    return [{ text, source: file.place(['include', index]), ...partsOf(text) }]
  })
}

/** Reports entries that no file below the folder of the YAML can be meant by. */
export function* checkIncludes(file: YamlFile): Iterable<RuleProblem> {
  const list = isDocument(file.value) ? file.value.include : undefined
  if (!Array.isArray(list)) return
  for (const [index, text] of list.entries()) {
    const why = typeof text === 'string' && text !== '' ? whyNot(text) : undefined
    if (why !== undefined) yield { message: `\`${text}\` ${why}`, path: ['include', index] }
  }
}

function whyNot(text: string): string | undefined {
  if (text.startsWith('!')) return 'takes nothing away: write the files and folders that are to be read'
  if (isAbsolute(text) || win32.isAbsolute(text)) return `is absolute: ${WITHIN}`
  if (isGlob(text) && text.split('/').includes('..')) return `has \`..\` in a glob: ${WITHIN}`
  if (/^\.\.(\/|$)/.test(posix.normalize(text))) return `leaves the folder of this file: ${WITHIN}`
  return undefined
}

const WITHIN = 'write a path from there down, such as orgs or "teams/**/*.yaml"'

function partsOf(text: string): Pick<IncludeEntry, 'base' | 'glob'> {
  const whole = posix.normalize(text)
  if (!isGlob(whole)) return { base: whole, glob: undefined }
  const segments = whole.replace(/\/$/, '').split('/')
  const first = segments.findIndex(isGlob)
  return { base: segments.slice(0, first).join('/') || '.', glob: globOf(segments.slice(first)) }
}

function globOf(segments: readonly string[]): IncludeGlob {
  const matches = compileGlob(segments.join('/'), 'exact')
  const deep = segments.findIndex((segment) => segment.includes('**'))
  const plain = (deep < 0 ? segments : segments.slice(0, deep)).map((segment) => compileGlob(segment, 'exact'))
  return {
    enters(folder) {
      const steps = folder.split('/')
      return plain.every((step, index) => index >= steps.length || step(steps[index] as string))
    },
    takes(file) {
      const steps = file.split('/')
      return steps.some((_, index) => matches(steps.slice(0, index + 1).join('/')))
    },
  }
}
