import { formatScope } from '../core/address.ts'
import { type Compacting, compacted, compactMembers, type ScopeSettings } from '../core/import-compact.ts'
import { folded } from '../core/import-fold.ts'
import type { MatchedRepository } from '../core/import-matches.ts'
import type { Document, Json } from '../core/json.ts'
import { repositoryIn, scopeAbove, scopeOwned } from '../core/scope.ts'
import { type ShownAs, shownBody, shownIn } from '../core/shown-names.ts'
import type { ImportedOwner } from '../engine/import-owner.ts'
import { renderConfiguration } from '../render/configuration.ts'
import { partTexts } from '../render/part-not-read.ts'
import { printable } from '../render/printable.ts'
import type { DefaultOf } from '../shipped/schema-defaults.ts'
import { valueComments } from './value-comments.ts'

/** A file of an imported organization. */
export interface ImportedFile {
  /** Below the folder of the import, with forward slashes. */
  readonly path: string
  readonly yaml: string
}

type Uncompacted = Omit<Compacting, 'defaultOf'> & { readonly defaultOf: DefaultOf }

type Input = Uncompacted & {
  readonly owner: string
  /** The owner's login. */
  readonly login: string
  /** The `github.product` that the organization's file says; undefined where the server tells it. */
  readonly said?: string | undefined
  /** Sentences about all that is left out, for the organization's file. */
  readonly notes: readonly string[]
}

/** Scopes without what the level above, where it is one of them, or GitHub's default says. */
export function compactedScopes(input: Uncompacted, all: readonly ScopeSettings[]): readonly ScopeSettings[] {
  const restOf = createRest(withDefaults(input), all)
  return all.map((own) => ({ ...own, body: restOf(own) }))
}

function withDefaults(input: Uncompacted): Compacting {
  return { ...input, defaultOf: (...of) => input.defaultOf(...of) as Json | undefined }
}

function createRest(input: Compacting, all: readonly ScopeSettings[]): (own: ScopeSettings) => Document {
  const byPlace = new Map(all.map((each) => [formatScope(each.scope), each]))
  return (own) => {
    const above = scopeAbove(own.scope)
    return compacted(input, own, above && byPlace.get(formatScope(above)))
  }
}

/** The files of an organization: its own, and one for each repository that has something to say beside it. */
export function importedFiles(input: Input, imported: ImportedOwner, compact: boolean): readonly ImportedFile[] {
  const { owner, families } = input
  const all = [...imported.own, ...imported.read.flatMap(({ scopes }) => scopes)]
  const compacting = withDefaults(input)
  const restOf = createRest(compacting, all)
  const rest = (own: ScopeSettings): Document => (compact ? restOf(own) : own.body)
  const outer = imported.read.map(({ name, scopes }) => {
    const place = formatScope(scopeOwned('repository', owner, [name]))
    const own = scopes.find(({ scope }) => formatScope(scope) === place)
    const facts = factsOf(input.repositories.byName.get(name) ?? { name, visibility: 'private' })
    return { ...facts, whole: own?.body ?? {}, rest: own === undefined ? {} : rest(own) }
  })
  const read = new Set(outer.map(({ name }) => name))
  const excluded = input.repositories.all.filter(({ name, archived }) => !archived && !read.has(name)).map(factsOf)
  const { sets, rest: left } = compact
    ? folded(families, outer, excluded)
    : { sets: [], rest: new Map(outer.map((each) => [each.name, each.rest])) }
  const shown = shownIn(imported.shown)
  const rendered = (scopes: readonly ScopeSettings[], product?: string): string => {
    const bodies = scopes.map((each) => ({ ...each, body: shownBody(families, each.body, shown) }))
    return renderConfiguration(bodies, 'organization', {
      commentAt: valueComments(families),
      product,
      login: input.login,
      shown,
    })
  }
  const organization = imported.own.map((own) => {
    const document = rest(own)
    return { ...own, body: sets.length === 0 ? document : { ...document, ...setsIn(compacting, sets, shown) } }
  })
  const files = imported.read.flatMap(({ name, scopes, partsNotRead, leftOut }): readonly ImportedFile[] => {
    const bodies = scopes.flatMap((each) => {
      const place = repositoryIn(each.scope)
      const isOuter = place !== undefined && formatScope(place) === formatScope(each.scope)
      const body = isOuter ? (left.get(name) ?? {}) : rest(each)
      return Object.keys(body).length === 0 ? [] : [{ ...each, body }]
    })
    if (bodies.length === 0) return []
    const yaml = `${commented([...partTexts(partsNotRead), ...leftOut])}${rendered(bodies)}`
    return [{ path: `${owner}/${fileName(name)}`, yaml }]
  })
  const yaml = `${commented(input.notes)}${rendered(organization, input.said)}`
  return [{ path: `${owner}.yaml`, yaml }, ...files]
}

function factsOf({ name, visibility, fork, topics }: MatchedRepository): MatchedRepository {
  return { name, visibility, ...(fork === undefined ? {} : { fork }), ...(topics === undefined ? {} : { topics }) }
}

/** Sentences as comments. */
function commented(notes: readonly string[]): string {
  return notes.map((each) => `# ${printable(each)}\n`).join('')
}

function setsIn(input: Compacting, sets: ReturnType<typeof folded>['sets'], shown: ShownAs): Document {
  const scope = scopeOwned('repository', '', ['*'])
  return {
    repository_sets: sets.map(({ match, body }) => ({
      match: shownMatch(match, shown),
      ...shownBody(input.families, compactMembers(input, { scope, body }), shown),
    })),
  }
}

function shownMatch(match: Document, shown: ShownAs): Document {
  const { name } = match
  if (!Array.isArray(name)) return match
  const written = (text: Json): Json =>
    typeof text === 'string' && text.startsWith('!') ? `!${shown(text.slice(1))}` : text
  return { ...match, name: name.map(written) }
}

/** A folder passes over names that begin with a dot, and no repository has a `%` in its name. */
function fileName(repository: string): string {
  return `${repository.replace(/^\./, '%2e')}.yaml`
}
