import type { Field } from '../core/field.ts'
import {
  type Fault,
  ownerFault,
  propertyFault,
  repositoryFault,
  shownName,
  teamFault,
  topicFault,
} from '../core/github-names.ts'
import { isGlob } from '../core/glob.ts'
import { type Document, isDocument, type Json } from '../core/json.ts'
import { placeholderFault, withoutPlaceholders } from '../core/placeholders.ts'
import { entryText, entryTexts } from '../core/spelling.ts'
import type { RuleProblem } from './duplicate-names.ts'
import { belowOwner } from './names-in.ts'
import { textsIn } from './templates.ts'
import type { Path } from './yaml-file.ts'

/** Reports entries of a list of repositories or organizations that can mean none, and a list that only takes away. */
export function* checkOwnedList(
  entries: Json | undefined,
  path: Path,
  list: keyof typeof OF,
  owner: string | undefined,
  known: ReadonlySet<string>,
): Iterable<RuleProblem> {
  const of = OF[list]
  if (!Array.isArray(entries)) return
  yield* checkNegations(entries, path)
  for (const [index, entry] of entries.entries()) {
    const at = [...path, index]
    if (isDocument(entry)) yield* checkSelector(entry, at, of, known)
    else if (typeof entry === 'string') yield* checkName(entry, of, at, known, owner)
  }
}

/**
 * Reports names, topics, teams and custom properties of a selector that nothing can have.
 * @param known the placeholders that mean something there
 */
export function* checkSelector(
  selector: Document,
  path: Path,
  of: 'repository' | 'organization',
  known: ReadonlySet<string>,
): Iterable<RuleProblem> {
  for (const [text, at] of texts(selector.name, [...path, 'name'])) yield* checkName(text, of, at, known)
  if (selector.name !== undefined) yield* checkNegations([selector.name].flat(), [...path, 'name'])
  for (const [text, at] of texts(selector.topic, [...path, 'topic'])) {
    const fault = text === '' ? undefined : faultIn(text, known, topicFault)
    if (fault === undefined) continue
    yield { message: `\`${shownName(text)}\` cannot be a topic of a repository: ${fault}`, path: at }
  }
  const { team, custom_property: properties } = selector
  const noTeam = typeof team === 'string' && team !== '' ? faultIn(team, known, teamFault) : undefined
  if (typeof team === 'string' && noTeam !== undefined) {
    yield { message: `\`${shownName(team)}\` cannot be a team: ${noTeam}`, path: [...path, 'team'] }
  }
  for (const name of isDocument(properties) ? Object.keys(properties) : []) {
    const fault = propertyFault(name)
    if (fault === undefined) continue
    yield {
      message: `\`${shownName(name)}\` cannot be a custom property: ${fault}`,
      path: [...path, 'custom_property', name],
    }
  }
  for (const [below, text] of textsIn(properties ?? null)) {
    const fault = placeholderFault(text, known)
    if (fault !== undefined)
      yield { message: `\`${shownName(text)}\` ${fault}`, path: [...path, 'custom_property', ...below] }
  }
}

/** The fault of a text with placeholders, or of the rest of it. */
function faultIn(text: string, known: ReadonlySet<string>, faultOf: (text: string) => Fault): Fault {
  const open = placeholderFault(text, known)
  return open === undefined ? faultOf(withoutPlaceholders(text, 'x')) : `it ${open}`
}

/** Reports entries that a family's list cannot hold, and more of them than GitHub takes. */
export function* checkNames(entries: Json | undefined, path: Path, field: Field): Iterable<RuleProblem> {
  if (!Array.isArray(entries)) return
  const { entryFault, most } = field
  for (const [index, entry] of entries.entries()) {
    const text = entryText(field, entry)
    const fault = text !== undefined && text !== '' ? entryFault?.(withoutPlaceholders(text, 'x')) : undefined
    if (fault !== undefined) yield { message: fault, path: [...path, index] }
  }
  const count = new Set(entryTexts(field, entries)).size
  if (most !== undefined && count > most) {
    yield {
      message: `\`${path.at(-1)}\` has ${count.toLocaleString('en')} entries, and GitHub takes ${most.toLocaleString('en')}`,
      path: path,
    }
  }
}

function* checkName(
  entry: string,
  of: 'repository' | 'organization',
  path: Path,
  known: ReadonlySet<string>,
  owner: string | undefined = undefined,
): Iterable<RuleProblem> {
  // The schema reports an empty text, the list a lone `!`.
  if (entry === '' || entry === '!') return
  const text = entry.startsWith('!') ? entry.slice(1) : entry
  const open = placeholderFault(text.slice(text.indexOf('/') + 1), known) ?? placeholderFault(`${text}/`, known)
  if (open !== undefined) {
    yield { message: `\`${shownName(entry)}\` ${open}`, path }
    return
  }
  const name = withoutPlaceholders(text, 'x')
  const fault = faultOf(owner === undefined ? name : withoutOwner(name, owner), of)
  if (fault !== undefined)
    yield { message: `\`${shownName(entry)}\` cannot be the name of ${ARTICLES[of]} ${of}: ${fault}`, path: path }
}

/** The text without its owner. An entry of another owner is reported where the list is resolved. */
function withoutOwner(text: string, owner: string): string {
  const below = belowOwner(text, owner.toLowerCase())
  if (below !== undefined) return below
  const slash = text.indexOf('/')
  return ownerFault(text.slice(0, slash)) === undefined ? text.slice(slash + 1) : text
}

/** A kind of entries, by the list that holds them. */
const OF = { organizations: 'organization', repositories: 'repository' } as const

const ARTICLES = { repository: 'a', organization: 'an' } as const

function faultOf(text: string, of: 'repository' | 'organization'): Fault {
  const form = isGlob(text) ? 'glob' : 'name'
  return of === 'repository' ? repositoryFault(text, form) : ownerFault(text, form)
}

function* checkNegations(entries: readonly Json[], path: Path): Iterable<RuleProblem> {
  const alone = entries.indexOf('!')
  if (alone !== -1) {
    yield { message: '`!` must be followed by a name or glob', path: [...path, alone] }
  } else if (entries.length > 0 && entries.every((entry) => typeof entry === 'string' && entry.startsWith('!'))) {
    yield { message: 'only takes names away: say from what, such as "*" for all', path: path }
  }
}

/** Each text of one or a list of them, with its place. */
function texts(value: Json | undefined, path: Path): readonly (readonly [string, Path])[] {
  if (typeof value === 'string') return [[value, path]]
  if (!Array.isArray(value)) return []
  return value.flatMap((text, index) => (typeof text === 'string' ? [[text, [...path, index]] as const] : []))
}
