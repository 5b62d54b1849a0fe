import { LADDER, LEVELS, namesByLevel, type Scope, type ScopeType } from './scope.ts'
import { similarTo } from './similar.ts'

/** The words that stand for a name in braces, in lower or in upper case. */
const WORDS = ['organization', 'repository', 'environment', 'name'] as const

export type Placeholder = (typeof WORDS)[number]

/** The names that placeholders stand for at one member of one scope; a word that is missing means nothing there. */
export type PlaceholderNames = Readonly<Partial<Record<Placeholder, string>>>

/** A brace that is meant literally, written twice, or something in braces. */
const ANY = /\{\{|\}\}|\{([^{}]*)\}/g

/**
 * The names at a member, folded as GitHub compares them (secrets in upper case, repositories in lower case).
 * @param family the family's name: a member of one that lists a level is itself of that level, too
 * @param key `''` for a settings document, which has no name
 */
export function placeholderNames(scope: Scope, family: string, key: string): PlaceholderNames {
  return namesOf(namesByLevel(scope), scope.type, family, key)
}

/** The words that mean something to the members of a family at a level. */
export function placeholdersAt(level: ScopeType, family: string, shape: 'settings' | 'members'): ReadonlySet<string> {
  const words = namesByLevel({
    type: level,
    ...Object.fromEntries(LADDER[level].params.map((each) => [each, 'x'])),
  } as Scope)
  return new Set(Object.keys(namesOf(words, level, family, shape === 'settings' ? '' : 'x')))
}

function namesOf(
  levels: Readonly<Record<string, string>>,
  level: ScopeType,
  family: string,
  key: string,
): PlaceholderNames {
  const listed =
    key === '' ? undefined : LEVELS.find((each) => LADDER[each].above === level && LADDER[each].key === family)
  const names: { [W in Placeholder]?: string } = {}
  for (const word of WORDS) {
    const name = word === listed ? key : levels[word]
    if (name !== undefined) names[word] = name
  }
  if (key !== '') names.name = key
  return names
}

/** Whether a text means another one than it is: it holds something in braces, or a brace that is written twice. */
export function holdsBraces(text: string): boolean {
  return (text.includes('{') || text.includes('}}')) && text.search(ANY) >= 0
}

/** The text as a configuration writes it where placeholders may stand: each of its braces twice. */
export function escapeBraces(text: string): string {
  return text.replace(/[{}]/g, '$&$&')
}

/** The words of the placeholders in a text, each once, in lower case. */
export function placeholdersIn(text: string): readonly Placeholder[] {
  return [...new Set(writtenIn(text).flatMap((written) => wordOf(written) ?? []))]
}

/**
 * The text with names in place of its placeholders, and one brace for two. In upper case all but `A-Z`, `0-9` and `_` becomes
 * `_`. While a placeholder has no name here, it stays, and braces stay as they are written.
 */
export function fillPlaceholders(text: string, names: PlaceholderNames): string {
  const nameOf = (written: string): string | undefined => {
    const word = wordOf(written)
    const name = word === undefined ? undefined : names[word]
    return written === word ? name : name?.toUpperCase().replace(/[^A-Z0-9_]/g, '_')
  }
  const isOpen = writtenIn(text).some((written) => nameOf(written) === undefined)
  return text.replace(ANY, (whole, written: string | undefined) => {
    if (written === undefined) return isOpen ? whole : whole.slice(1)
    const name = nameOf(written)
    return isOpen ? (name === undefined ? whole : escapeBraces(name)) : (name ?? whole)
  })
}

/** The text with one and the same word for each placeholder, to check the rest of it. */
export function withoutPlaceholders(text: string, word: string): string {
  return text.replace(ANY, (whole, written: string | undefined) => (written === undefined ? whole.slice(1) : word))
}

/** The texts in braces that are not written twice. */
function writtenIn(text: string): readonly string[] {
  return [...text.matchAll(ANY)].flatMap(([, written]) => written ?? [])
}

/**
 * Why a text with placeholders cannot be used, as the end of a sentence whose subject is its key; undefined where it can,
 * and for a text without any. The text itself is not in it, which may be a value in the wrong place.
 * @param known the words that mean something there
 */
export function placeholderFault(text: string, known: ReadonlySet<string>): string | undefined {
  const all = writtenIn(text)
  for (const written of all) {
    const word = wordOf(written)
    if (word === undefined)
      return `holds a placeholder that does not exist${meant(written, known)} A brace itself is written twice: \`{{\``
    if (!known.has(word)) return `holds \`{${written}}\`, which means nothing here: ${listOf(known)}`
  }
  if (all.length > 0 && withoutPlaceholders(text, '') === '') {
    return 'consists of placeholders alone, so that a name on GitHub chose all of it: write text beside them, as in `{REPOSITORY}_QUEUE`'
  }
  return undefined
}

function wordOf(written: string): Placeholder | undefined {
  const word = WORDS.find((each) => each === written.toLowerCase())
  return word !== undefined && (written === word || written === word.toUpperCase()) ? word : undefined
}

/** The placeholder that is spelt much like a word, or that the word begins. */
function meant(written: string, known: ReadonlySet<string>): string {
  const word = written.trim().toLowerCase()
  const words = WORDS.filter((each) => known.has(each))
  const begun = word.length < 3 ? undefined : words.find((each) => each.startsWith(word))
  const near = begun ?? similarTo(word, words)
  if (near === undefined) return `: ${listOf(known)}`
  return `; did you mean \`{${written === written.toUpperCase() ? near.toUpperCase() : near}}\`?`
}

function listOf(known: ReadonlySet<string>): string {
  const all = WORDS.filter((each) => known.has(each)).map((each) => `\`{${each}}\``)
  return all.length === 0 ? 'none can stand here' : `there ${all.length === 1 ? 'is' : 'are'} ${all.join(', ')}`
}
