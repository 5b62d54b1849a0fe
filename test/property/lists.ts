import type { Body } from '../worlds/world.ts'
import type { RepositoryState } from './state.ts'

type Selector = {
  readonly name?: string | readonly string[]
  readonly topic?: string | readonly string[]
  readonly visibility?: string | readonly string[]
  readonly fork?: boolean
  readonly archived?: boolean
}
export type Entry = string | Selector

type Repositories = Readonly<Record<string, RepositoryState>>

/** The repositories that a list of the YAML means, sorted: written from the contract, and for the test alone. */
export function listed(entries: readonly Entry[], repositories: Repositories): string[] {
  const taken = entries.filter((entry) => typeof entry === 'string' && entry.startsWith('!')) as string[]
  const given = entries.filter((entry) => !(typeof entry === 'string' && entry.startsWith('!')))
  return Object.keys(repositories)
    .filter((name) => given.some((entry) => means(entry, name, repositories[name] as RepositoryState)))
    .filter((name) => !taken.some((entry) => isLike(entry.slice(1), name)))
    .sort()
}

/** A glob passes over archived repositories, a name does not. */
function means(entry: Entry, name: string, repository: RepositoryState): boolean {
  if (typeof entry !== 'string') return selects(entry, name, repository)
  return isLike(entry, name) && !(repository.archived && /[*?]/.test(entry))
}

/** Whether a selector means the repository; archived ones only where it says so or writes their name out. */
export function selects(selector: Selector, name: string, repository: RepositoryState): boolean {
  const { topic, visibility, fork, archived } = selector
  const names = all(selector.name)
  const positive = names.filter((each) => !each.startsWith('!'))
  const negative = names.filter((each) => each.startsWith('!')).map((each) => each.slice(1))
  if (names.length > 0 && !positive.some((each) => isLike(each, name))) return false
  if (negative.some((each) => isLike(each, name))) return false
  if (!all(topic).every((each) => repository.topics.includes(each))) return false
  if (visibility !== undefined && !all(visibility).includes(repository.visibility)) return false
  if (fork !== undefined && repository.fork !== fork) return false
  if (archived !== undefined) return repository.archived === archived
  return !repository.archived || positive.some((each) => each.toLowerCase() === name.toLowerCase())
}

function all(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value
}

/** Names have neither dots nor slashes here; the owner may stand before one. */
function isLike(glob: string, name: string): boolean {
  const bare = glob.replace(/^acme\//i, '')
  return new RegExp(`^${bare.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i').test(name)
}

/**
 * The members of a future list: given exactly, or by additions and removals; undefined where the YAML does not mention
 * it.
 */
export function listAfter(
  given: Body,
  key: string,
  before: readonly string[],
  resolve: (entries: readonly Entry[]) => readonly string[],
): string[] | undefined {
  const [exact, adds, removes] = [given[key], given[`add_${key}`], given[`remove_${key}`]] as (Entry[] | undefined)[]
  if (exact === undefined && adds === undefined && removes === undefined) return undefined
  const removed = new Set(resolve(removes ?? []))
  const all = [...(exact === undefined ? before : resolve(exact)), ...resolve(adds ?? [])]
  return [...new Set(all)].filter((name) => !removed.has(name)).sort()
}
