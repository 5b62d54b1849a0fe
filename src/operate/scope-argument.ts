import { pathOf, rootLevel, scopeAt } from '../core/address.ts'
import { compileGlob, isGlob } from '../core/glob.ts'
import { isRepositoryName } from '../core/repository-name.ts'
import { LADDER, levelWords, namesOf, type Scope, type ScopeType } from '../core/scope.ts'
import { SetupError } from '../core/setup-error.ts'
import { similarTo } from '../core/similar.ts'

/** A scope as a person wrote it: one, or a pattern of the repositories of an owner. */
export type ScopeArgument =
  | { readonly scope: Scope; readonly glob?: undefined }
  | { readonly scope?: undefined; readonly owner: string; readonly glob: string }

/**
 * Reads `orgs/acme`, `enterprises/acme-inc`, `repos/acme/web` or `acme/web`; the last name of a repository may be a glob.
 * @param levels that the operation has
 * @throws SetupError where it is none of them
 */
export function scopeArgument(text: string, levels: readonly ScopeType[]): ScopeArgument {
  const read = readScope(text)
  if (read === undefined) throw new SetupError(`${text} is no scope: write ${forms(levels)}.`)
  const level = read.scope?.type ?? 'repository'
  if (levels.includes(level)) return read
  const { scope } = read
  const holds = scope !== undefined && LADDER[scope.type].lists === 'repositories'
  const [name = ''] = holds ? namesOf(scope) : []
  const all = name !== '' && levels.includes('repository') ? ` Of all its repositories write '${name}/*'.` : ''
  throw new SetupError(`${text} is ${levelWords(level)}: this takes ${forms(levels)}.${all}`)
}

function readScope(text: string): ScopeArgument | undefined {
  const words = text.split('/')
  const isShort = words.length === 2 && rootLevel(text) === undefined
  const scope = scopeAt(isShort ? pathOf('repository', words) : text)
  if (scope === undefined) return undefined
  const [owner = '', name] = namesOf(scope)
  if (name === undefined) return { scope }
  if (isGlob(name)) return isRepositoryName(`${owner}/x`) ? { owner, glob: name } : undefined
  return isRepositoryName(`${owner}/${name}`) ? { scope } : undefined
}

function forms(levels: readonly ScopeType[]): string {
  const written: Readonly<Partial<Record<ScopeType, string>>> = {
    enterprise: 'enterprises/ACME-INC',
    organization: 'orgs/ACME',
    repository: 'ACME/WEB',
  }
  return levels.flatMap((level) => written[level] ?? []).join(' or ')
}

/**
 * The names that a glob matches, sorted.
 * @throws SetupError where it matches none
 */
export function matching(glob: string, names: readonly string[]): readonly string[] {
  const matches = compileGlob(glob)
  const found = names.filter((name) => matches(name)).sort()
  if (found.length > 0) return found
  const near = similarTo(glob, names)
  throw new SetupError(`${glob} matches no repository${near === undefined ? '.' : `; is ${near} meant?`}`)
}
