import { formatScope } from '../core/address.ts'
import { type Compacting, compacted, compactMembers, type ScopeSettings } from '../core/import-compact.ts'
import { type Folded, folded } from '../core/import-fold.ts'
import type { MatchedRepository } from '../core/import-matches.ts'
import type { Document, Json } from '../core/json.ts'
import type { Repository } from '../core/repository.ts'
import { repositoryIn, scopeAbove, scopeOwned } from '../core/scope.ts'
import { type ShownAs, shownBody, shownIn } from '../core/shown-names.ts'
import type { FoldFacts } from '../engine/fold-facts.ts'
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

type Folding = Uncompacted & {
  readonly owner: string
}

type Input = Folding & {
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

/** The settings of an organization with what most of its repositories share in sets. */
export interface FoldedOwner extends Folded {
  /** The settings that a scope has for itself, sets aside. */
  restOf(own: ScopeSettings): Document
}

/** All that there is of each scope. */
export function asItIs(): FoldedOwner {
  return { sets: [], rest: new Map(), alike: 0, restOf: ({ body }) => body }
}

/**
 * The settings of each scope beside those of the others.
 * @param facts of repositories, beside those of the listing, by id
 */
export function foldedOwner(input: Folding, imported: ImportedOwner, facts: FoldFacts): FoldedOwner {
  const { owner, families } = input
  const all = [...imported.own, ...imported.read.flatMap(({ scopes }) => scopes)]
  const restOf = createRest(withDefaults(input), all)
  const factsOf = ({ id, name, visibility, fork, topics }: Repository): MatchedRepository => {
    return { name, visibility, fork, topics, ...facts.get(id) }
  }
  const outer = imported.read.map(({ name, scopes }) => {
    const place = formatScope(scopeOwned('repository', owner, [name]))
    const own = scopes.find(({ scope }) => formatScope(scope) === place)
    const listed = input.repositories.byName.get(name)
    const known: MatchedRepository = listed === undefined ? { name, visibility: 'private' } : factsOf(listed)
    return { ...known, whole: own?.body ?? {}, rest: own === undefined ? {} : restOf(own) }
  })
  const read = new Set(outer.map(({ name }) => name))
  const excluded = input.repositories.all.filter(({ name, archived }) => !archived && !read.has(name)).map(factsOf)
  return { ...folded(families, outer, excluded), restOf }
}

/** The files of an organization: its own, and one for each repository that has something to say beside it. */
export function importedFiles(input: Input, imported: ImportedOwner, own: FoldedOwner): readonly ImportedFile[] {
  const { owner, families } = input
  const { sets, rest: left, restOf: rest } = own
  const compacting = withDefaults(input)
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
      const body = isOuter ? (left.get(name) ?? rest(each)) : rest(each)
      return Object.keys(body).length === 0 ? [] : [{ ...each, body }]
    })
    if (bodies.length === 0) return []
    const yaml = `${commented([...partTexts(partsNotRead), ...leftOut])}${rendered(bodies)}`
    return [{ path: `${owner}/${fileName(name)}`, yaml }]
  })
  const yaml = `${commented(input.notes)}${rendered(organization, input.said)}`
  return [{ path: `${owner}.yaml`, yaml }, ...files]
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
