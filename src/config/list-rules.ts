import type { Field } from '../core/field.ts'
import { type Fault, ownerFault, repositoryFault, shownName, topicFault } from '../core/github-names.ts'
import { isGlob } from '../core/glob.ts'
import { type Document, isDocument, type Json } from '../core/json.ts'
import type { Complain } from './duplicate-names.ts'
import { belowOwner } from './names-in.ts'
import type { Path } from './parse.ts'

/** Reports entries of a list of repositories or organizations that can mean none, and a list that only takes away. */
export function checkOwnedList(
  entries: Json | undefined,
  path: Path,
  list: keyof typeof OF,
  owner: string | undefined,
  complain: Complain,
): void {
  const of = OF[list]
  if (!Array.isArray(entries)) return
  checkNegations(entries, path, complain)
  for (const [index, entry] of entries.entries()) {
    const at = [...path, index]
    if (isDocument(entry)) checkSelector(entry, at, complain, of)
    else if (typeof entry === 'string') checkName(entry, of, at, complain, owner)
  }
}

/** Reports names and topics of a selector that nothing can have. */
export function checkSelector(
  selector: Document,
  path: Path,
  complain: Complain,
  of: 'repository' | 'organization' = 'repository',
): void {
  each(selector.name, [...path, 'name'], (text, at) => checkName(text, of, at, complain))
  if (selector.name !== undefined) checkNegations([selector.name].flat(), [...path, 'name'], complain)
  each(selector.topic, [...path, 'topic'], (text, at) => {
    const fault = text === '' ? undefined : topicFault(text)
    if (fault !== undefined) complain(`\`${shownName(text)}\` cannot be a topic of a repository: ${fault}`, at)
  })
}

/** Reports entries that a family's list cannot hold, and more of them than GitHub takes. */
export function checkNames(
  entries: Json | undefined,
  path: Path,
  { entryFault, most }: Field,
  complain: Complain,
): void {
  if (!Array.isArray(entries)) return
  for (const [index, entry] of entries.entries()) {
    const fault = typeof entry === 'string' && entry !== '' ? entryFault?.(entry) : undefined
    if (fault !== undefined) complain(fault, [...path, index])
  }
  const count = new Set(entries).size
  if (most !== undefined && count > most) {
    complain(
      `\`${path.at(-1)}\` has ${count.toLocaleString('en')} entries, and GitHub takes ${most.toLocaleString('en')}`,
      path,
    )
  }
}

function checkName(
  entry: string,
  of: 'repository' | 'organization',
  path: Path,
  complain: Complain,
  owner: string | undefined = undefined,
): void {
  // The schema reports an empty text, the list a lone `!`.
  if (entry === '' || entry === '!') return
  const text = entry.startsWith('!') ? entry.slice(1) : entry
  const fault = faultOf(owner === undefined ? text : withoutOwner(text, owner), of)
  if (fault !== undefined)
    complain(`\`${shownName(entry)}\` cannot be the name of ${ARTICLES[of]} ${of}: ${fault}`, path)
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

function checkNegations(entries: readonly Json[], path: Path, complain: Complain): void {
  const alone = entries.indexOf('!')
  if (alone !== -1) {
    complain('`!` must be followed by a name or glob', [...path, alone])
  } else if (entries.length > 0 && entries.every((entry) => typeof entry === 'string' && entry.startsWith('!'))) {
    complain('only takes names away: say from what, such as "*" for all', path)
  }
}

/** Each text of one or a list of them, with its place. */
function each(value: Json | undefined, path: Path, look: (text: string, path: Path) => void): void {
  if (typeof value === 'string') look(value, path)
  else if (Array.isArray(value)) {
    for (const [index, text] of value.entries()) if (typeof text === 'string') look(text, [...path, index])
  }
}
