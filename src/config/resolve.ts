import { byText, formatAddress, formatScope } from '../core/address.ts'
import { append } from '../core/append.ts'
import type { DesiredMember, DesiredSection, FrozenName, ListEdit } from '../core/desired.ts'
import type { Diagnostic, Source } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import type { HeldBack } from '../core/held-back.ts'
import { type Document, withPath } from '../core/json.ts'
import { secretLeaf } from '../core/leaves.ts'
import type { Repositories } from '../core/repository.ts'
import { ownerOf, type Scope } from '../core/scope.ts'
import type { Configuration } from './configuration.ts'
import { type Judge, judgeOf } from './denied.ts'
import { vainAccepts } from './idle.ts'
import { listingNeeds } from './listing.ts'
import { type MergedMember, type MergedSection, mergeSection } from './merge.ts'
import { heldName } from './name-words.ts'
import { sortProblems } from './problems.ts'
import { prunesOf } from './prune.ts'
import { isSet } from './ranks.ts'
import { resolveList } from './resolve-list.ts'
import { layersOfOwner, namedRepositories, type ScopeLayers, scopesOf, vainSet } from './scopes.ts'
import { type Pool, poolOf } from './select.ts'
import { versionedSource } from './value-source.ts'

export interface Resolution {
  readonly sections: readonly DesiredSection[]
  readonly diagnostics: readonly Diagnostic[]
  readonly heldBack: readonly HeldBack[]
}

/**
 * All that the configuration wants of one owner: layers merged, globs and selectors resolved.
 * @param owner folded to lower case
 * @param repositories what GitHub lists; undefined offline, where sets and globs reach only repositories that the
 * configuration names, by what their names alone can tell
 */
export function resolveOwner(
  configuration: Configuration,
  owner: string,
  repositories: Repositories | undefined,
  families: readonly Family[],
): Resolution {
  const diagnostics: Diagnostic[] = []
  const heldBack: HeldBack[] = []
  const layers = layersOfOwner(configuration, owner)
  const pool = poolOf(owner, repositories, namedRepositories(layers, owner, families))
  for (const layer of layers) append(diagnostics, vainSet(layer, pool, configuration.place))
  const judge = judgeOf(configuration)
  const sections = scopesOf(layers, pool, diagnostics, heldBack).flatMap((scope) => {
    return sectionsOf(configuration, scope, pool, families, { diagnostics, heldBack }, judge)
  })
  append(
    diagnostics,
    judge.verdict(),
    listingNeeds(configuration, owner, families) === 'all' ? vainAccepts(configuration, pool) : [],
  )
  sections.sort((left, right) => byText(sectionKey(left), sectionKey(right)))
  return { sections, diagnostics: sortProblems(diagnostics), heldBack }
}

/** What is found while wishes are resolved. */
interface Found {
  readonly diagnostics: Diagnostic[]
  readonly heldBack: HeldBack[]
}

function sectionKey({ scope, family }: DesiredSection): string {
  return formatAddress(scope, family, '')
}

function sectionsOf(
  configuration: Configuration,
  { scope, layers }: ScopeLayers,
  pool: Pool,
  families: readonly Family[],
  found: Found,
  judge: Judge,
): readonly DesiredSection[] {
  const { diagnostics } = found
  const merged = families.flatMap((family) => mergeSection(configuration, layers, family, diagnostics) ?? [])
  const held = sentToAnother(scope, merged, pool)
  if (held) {
    found.heldBack.push(held)
    return []
  }
  const prunes = prunesOf(configuration, scope, layers, merged, diagnostics)
  judge.look({ scope, layers, sections: merged, prunes })
  return merged.map(({ family, source, members }) => {
    const desired = members.map((member) => finish(configuration, scope, family, member, pool, found))
    desired.sort((left, right) => byText(left.address, right.address))
    return { scope, family: family.name, members: desired, prune: prunes.get(family.name) ?? [], source }
  })
}

/**
 * What sets give to a repository that has the name of another one, whose id the ledger knows: where that is a value, it is no
 * new repository like any that a pattern matches.
 */
function sentToAnother(scope: Scope, merged: readonly MergedSection[], { owner, names }: Pool): HeldBack | undefined {
  const fact = scope.type === 'repository' ? names?.fact(scope.repo) : undefined
  if (scope.type !== 'repository' || fact?.kind !== 'captured') return undefined
  const valued = merged.flatMap(({ family, members }) => {
    const path = secretLeaf(family)
    return path === undefined ? [] : members.filter(({ fields }) => fields.has(path))
  })
  const [first] = valued
  if (first === undefined) return undefined
  return { address: formatScope(scope), field: null, source: first.source, ...heldName(owner, scope.repo, fact) }
}

function finish(
  configuration: Configuration,
  scope: Scope,
  family: Family,
  member: MergedMember,
  pool: Pool,
  { diagnostics, heldBack }: Found,
): DesiredMember {
  const address = formatAddress(scope, family.name, member.key)
  const withheld: string[] = []
  let spec: Document = {}
  const sources: Record<string, Source> = {}
  const edits: Record<string, ListEdit> = {}
  const matched: Record<string, readonly string[]> = {}
  const frozen: Record<string, readonly FrozenName[]> = {}
  const entries: Record<string, ReadonlyMap<string, Source>> = {}
  for (const [path, field] of Object.entries(family.fields)) {
    const given = member.fields.get(path)?.given
    const source = given?.source ?? member.adds.get(path)?.at(-1)?.source ?? member.removes.get(path)?.at(-1)?.source
    if (source === undefined) continue
    if (field.list === undefined) {
      if (given === undefined) continue
      spec = withPath(spec, path, field.secret ? versionedSource(given.value) : given.value)
    } else {
      const list = resolveList(configuration, member, path, field.list, pool, diagnostics)
      if (list.vain !== undefined) {
        withheld.push(path)
        if (list.vain.help !== undefined) heldBack.push({ address, field: path, ...list.vain, help: list.vain.help })
      }
      append(
        heldBack,
        list.taken.map((entry) => ({ address, field: path, ...entry })),
      )
      if (list.frozen.length > 0) frozen[path] = list.frozen
      if (list.exact !== undefined) spec = withPath(spec, path, list.exact)
      if (list.edit !== undefined) edits[path] = list.edit
      if (field.list === 'names') entries[path] = entryPlaces(configuration, member, path)
      if (list.matched.length > 0) matched[path] = list.matched
    }
    sources[path] = source
  }
  return {
    key: member.key,
    address,
    state: member.state,
    spec,
    edits,
    source: member.source,
    sources,
    matched,
    ...(withheld.length > 0 ? { withheld } : {}),
    ...(Object.keys(frozen).length > 0 ? { frozen } : {}),
    ...(Object.keys(entries).length > 0 ? { entries } : {}),
    ...formerIn(scope, member),
    fromSet: fromSet(member),
  }
}

/** Where each name of a list, and of its `add_`, stands. */
function entryPlaces(configuration: Configuration, member: MergedMember, path: string): ReadonlyMap<string, Source> {
  const places = new Map<string, Source>()
  const given = member.fields.get(path)?.given
  for (const each of [...(given ? [given] : []), ...(member.adds.get(path) ?? [])]) {
    for (const [index, entry] of (Array.isArray(each.value) ? each.value : []).entries()) {
      if (typeof entry !== 'string' || places.has(entry)) continue
      places.set(entry, configuration.place(each.layer.file, [...each.path, index]))
    }
  }
  return places
}

/** The fields that are given by a name which the repository does not have any more. */
function formerIn(scope: Scope, { fields, adds, removes, mentions }: MergedMember): Pick<DesiredMember, 'former'> {
  const former = mentions.map(({ layer }) => layer.former).findLast((name) => name !== undefined)
  if (former === undefined) return {}
  const given = [...fields].filter(([, each]) => each.given.layer.former !== undefined)
  const edited = [...adds, ...removes].filter(([, each]) => each.some(({ layer }) => layer.former !== undefined))
  return { former: { name: `${ownerOf(scope)}/${former}`, fields: [...given, ...edited].map(([path]) => path) } }
}

/** Whether anything that counts came from a set. What nothing but its name is known of is from whoever mentions it. */
function fromSet({ fields, adds, removes, mentions }: MergedMember): boolean {
  const givers = [...[...fields.values()].map(({ given }) => given), ...[...adds.values(), ...removes.values()].flat()]
  const counted = givers.length > 0 ? givers : mentions.slice(-1)
  return counted.some(({ layer }) => isSet(layer))
}
