import { formatScope } from '../core/address.ts'
import { type Compacting, compacted, type ScopeSettings } from '../core/import-compact.ts'
import { folded } from '../core/import-fold.ts'
import type { Document, Json } from '../core/json.ts'
import { repositoryIn, scopeAbove, scopeOwned } from '../core/scope.ts'
import type { ImportedOwner } from '../engine/import-owner.ts'
import { renderConfiguration } from '../render/configuration.ts'
import type { DefaultOf } from '../shipped/schema-defaults.ts'
import { valueComments } from './value-comments.ts'

/** A file of an imported organization. */
export interface ImportedFile {
  /** Below the folder of the import, with forward slashes. */
  readonly path: string
  readonly yaml: string
}

type Input = Omit<Compacting, 'defaultOf'> & {
  readonly owner: string
  readonly defaultOf: DefaultOf
  /** The `github.product` that the organization's file says; undefined where the server tells it. */
  readonly said?: string | undefined
}

/** The files of an organization: its own, and one for each repository that has something to say beside it. */
export function importedFiles(input: Input, imported: ImportedOwner, compact: boolean): readonly ImportedFile[] {
  const { owner, families } = input
  const all = [...imported.own, ...imported.read.flatMap(({ scopes }) => scopes)]
  const byPlace = new Map(all.map((each) => [formatScope(each.scope), each]))
  const compacting = {
    ...input,
    defaultOf: (...of: Parameters<DefaultOf>) => input.defaultOf(...of) as Json | undefined,
  }
  const rest = (own: ScopeSettings): Document => {
    const above = scopeAbove(own.scope)
    return compact ? compacted(compacting, own, above && byPlace.get(formatScope(above))) : own.body
  }
  const outer = imported.read.map(({ name, scopes }) => {
    const place = formatScope(scopeOwned('repository', owner, [name]))
    const own = scopes.find(({ scope }) => formatScope(scope) === place)
    const visibility = input.repositories.byName.get(name)?.visibility ?? 'private'
    return { name, visibility, whole: own?.body ?? {}, rest: own === undefined ? {} : rest(own) }
  })
  const read = new Set(outer.map(({ name }) => name))
  const excluded = input.repositories.all
    .filter(({ name, archived }) => !archived && !read.has(name))
    .map(({ name }) => name)
  const { sets, rest: left } = compact
    ? folded(families, outer, excluded)
    : { sets: [], rest: new Map(outer.map((each) => [each.name, each.rest])) }
  const comment = valueComments(families)
  const organization = imported.own.map(({ scope, body }) => {
    const document = rest({ scope, body })
    return { scope, body: sets.length === 0 ? document : { ...document, ...setsIn(sets) } }
  })
  const files = imported.read.flatMap(({ name, scopes }): readonly ImportedFile[] => {
    const bodies = scopes.flatMap((each) => {
      const place = repositoryIn(each.scope)
      const isOuter = place !== undefined && formatScope(place) === formatScope(each.scope)
      const body = isOuter ? (left.get(name) ?? {}) : rest(each)
      return Object.keys(body).length === 0 ? [] : [{ ...each, body }]
    })
    if (bodies.length === 0) return []
    return [{ path: `${owner}/${fileName(name)}`, yaml: renderConfiguration(bodies, 'organization', comment) }]
  })
  return [
    { path: `${owner}.yaml`, yaml: renderConfiguration(organization, 'organization', comment, input.said) },
    ...files,
  ]
}

function setsIn(sets: ReturnType<typeof folded>['sets']): Document {
  return { repository_sets: sets.map(({ match, body }) => ({ match, ...body })) }
}

/** A folder passes over names that begin with a dot, and no repository has a `%` in its name. */
function fileName(repository: string): string {
  return `${repository.replace(/^\./, '%2e')}.yaml`
}
