import { ownerFault, repositoryFault } from './github-names.ts'

/** A name with the id that is let in: `acme/web=777`, `acme=55`, `team:acme/release=12`, `user:octocat=5`, `app:ci-bot=9`. */
export interface Accepted {
  /** In lower case. */
  readonly name: string
  readonly id: number
}

/** Reads `acme/web=777` or the like; undefined where it lets in nothing. */
export function parseAccepted(text: string): Accepted | undefined {
  const [, kind, rest] = /^(team|user|app):(.*)$/i.exec(text) ?? []
  if (kind !== undefined && rest !== undefined) {
    const named = parseNamed(rest)
    if (named === undefined || named.name.includes('/') !== (kind.toLowerCase() === 'team')) return undefined
    return { ...named, name: `${kind.toLowerCase()}:${named.name}` }
  }
  return parseNamed(text)
}

function parseNamed(text: string): Accepted | undefined {
  const [, name = '', digits = ''] = /^([\w-]+(?:\/[\w.-]+)?)=([1-9]\d{0,15})$/.exec(text) ?? []
  const id = Number(digits)
  const [owner = '', repository] = name.split('/')
  const isOne =
    ownerFault(owner) === undefined && (repository === undefined || repositoryFault(repository) === undefined)
  return name !== '' && isOne && Number.isSafeInteger(id) ? { name: name.toLowerCase(), id } : undefined
}

/** By name; of two ids for one name the later counts. */
export function acceptedIds(texts: readonly string[]): ReadonlyMap<string, number> {
  return new Map(texts.flatMap((text) => parseAccepted(text) ?? []).map(({ name, id }) => [name, id]))
}
