import { closest } from 'fastest-levenshtein'
import type { Configuration } from '../config/configuration.ts'
import { declaredValues, mayBecome } from '../config/declared-values.ts'
import { matchAny } from '../core/glob.ts'
import { SetupError } from '../core/setup-error.ts'
import { printable } from '../render/printable.ts'
import { chosenOwners } from './chosen-owners.ts'

/** Whether `--rotate` names a secret: by a glob of its address, or by the source of its value. */
export type Rotates = (address: string, source: string) => boolean

/** Whether a word of `--rotate` is a source (`env:NAME`, `file:PATH`) rather than an address glob. */
export function isRotatedSource(word: string): boolean {
  return word.startsWith('env:') || word.startsWith('file:')
}

/** Sources compare exactly, with case, as the YAML writes them: a leaked value is rotated everywhere. */
export function rotation(words: readonly string[]): Rotates {
  const sources = new Set(words.filter(isRotatedSource))
  const named = matchAny(words.filter((word) => !isRotatedSource(word)))
  return (address, source) => sources.has(source) || named(address)
}

/**
 * Refuses a source that no secret of the run takes its value from: a rotation that is misspelt must not end well.
 * @throws SetupError, naming the nearest source
 */
export function checkRotatedSources(
  configuration: Configuration,
  words: readonly string[],
  owners: readonly string[] | undefined,
): void {
  const asked = words.filter(isRotatedSource)
  if (asked.length === 0) return
  const run = new Set(chosenOwners(configuration, owners).run.map(({ name }) => name))
  const layers = configuration.layers.filter(({ owner }) => run.has(owner))
  const { values, open } = declaredValues({ layers }, configuration.families)
  const known = [...new Set(values.map(({ source }) => source))]
  // Whether a repository gives it that name is checked with the plan.
  const may = open.map(({ source }) => mayBecome(source))
  const unknown = asked.find((source) => !known.includes(source) && !may.some((matches) => matches(source)))
  if (unknown === undefined) return
  const nearest = known.length === 0 ? '' : ` The nearest is ${printable(closest(unknown, known))}.`
  throw new SetupError(`--rotate ${printable(unknown)}: no secret of this run takes its value from there.${nearest}`)
}
