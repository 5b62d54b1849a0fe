import { byText, formatAddress, formatScope } from '../core/address.ts'
import { append } from '../core/append.ts'
import type { DesiredSection } from '../core/desired.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import type { HeldBack } from '../core/held-back.ts'
import { inOrder } from '../core/in-order.ts'
import { secretLeaf } from '../core/leaves.ts'
import type { Repositories } from '../core/repository.ts'
import { repositoryIn, type Scope } from '../core/scope.ts'
import type { Configuration, Layer } from './configuration.ts'
import { type Judge, judgeOf } from './disallowed.ts'
import { type Finishing, finishMember } from './finish-member.ts'
import { vainAccepts } from './idle.ts'
import { type Spend, startSpending, withinLimits } from './limits.ts'
import { listingNeeds } from './listing.ts'
import { createMerger, type MergedSection, type Merger } from './merge.ts'
import { heldName } from './name-messages.ts'
import { type Pool, poolOf } from './pool.ts'
import { sortProblems } from './problems.ts'
import { prunesOf } from './prune.ts'
import { layersOfOwner, namedRepositories, type ScopeLayers, scopesOf, vainSet } from './scopes.ts'

export interface Resolution {
  readonly sections: readonly DesiredSection[]
  readonly diagnostics: readonly Diagnostic[]
  readonly heldBack: readonly HeldBack[]
}

/**
 * The desired state of one owner: layers merged, globs and selectors resolved.
 * @param owner folded to lower case
 * @param repositories GitHub's listing; undefined offline, where sets and globs reach only repositories that the
 * configuration names, as far as their names decide
 * @param spend over all owners of a run
 */
export function resolveOwner(
  configuration: Configuration,
  owner: string,
  repositories: Repositories | undefined,
  families: readonly Family[],
  spend: Spend = startSpending(),
): Resolution {
  return withinLimits<Resolution>(
    () => resolved(configuration, owner, repositories, families, spend),
    (problem) => ({ sections: [], diagnostics: [problem], heldBack: [] }),
  )
}

function resolved(
  configuration: Configuration,
  owner: string,
  repositories: Repositories | undefined,
  families: readonly Family[],
  spend: Spend,
): Resolution {
  const layers = layersOfOwner(configuration, owner)
  const needs = listingNeeds(configuration, owner, families)
  const named = [...namedRepositories(layers, owner, families), ...(needs === 'all' ? [] : needs.names)]
  const pool = poolOf(owner, repositories, new Set(named), spend)
  const judge = judgeOf(configuration, spend)
  const work: Work = {
    families,
    pool,
    judge,
    merger: createMerger(spend),
    merged: new Map(),
    finished: new Map(),
    filled: new Map(),
  }
  const found = scopesOf(layers, pool)
  const sections: DesiredSection[] = []
  // Members and lists that several repositories share are worked out once, and each of them has the same objects.
  const diagnostics = new Set<Diagnostic>()
  const heldBack = [...found.heldBack]
  const report = (more: readonly Diagnostic[]): void => {
    for (const each of more) diagnostics.add(each)
  }
  for (const layer of layers) report(vainSet(layer, pool))
  report(found.diagnostics)
  for (const scope of found.scopes) {
    const resolution = sectionsOf(work, scope)
    append(sections, resolution.sections)
    append(heldBack, resolution.heldBack)
    report(resolution.diagnostics)
  }
  report(judge.verdict())
  if (needs === 'all') report(vainAccepts(configuration, pool))
  const keyed = sections.map((section) => ({ section, key: sectionKey(section) }))
  keyed.sort((left, right) => byText(left.key, right.key))
  return { sections: keyed.map(({ section }) => section), diagnostics: sortProblems([...diagnostics]), heldBack }
}

/** The inputs and caches of resolving one owner. */
interface Work extends Finishing {
  readonly families: readonly Family[]
  readonly judge: Judge
  readonly merger: Merger
  /** The merged layers, for all repositories that have just these. */
  readonly merged: Map<readonly Layer[], readonly MergedSection[]>
}

function sectionKey({ scope, family }: DesiredSection): string {
  return formatAddress(scope, family, '')
}

function sectionsOf(work: Work, { scope, layers }: ScopeLayers): Resolution {
  const { pool, judge } = work
  const merged = work.merged.get(layers) ?? mergeAll(work, layers)
  if (layers.every(({ match }) => match !== undefined)) work.merged.set(layers, merged)
  const diagnostics: Diagnostic[] = []
  const heldBack: HeldBack[] = []
  for (const { members } of merged) for (const { conflicts } of members) append(diagnostics, conflicts)
  const held = sentToAnother(scope, merged, pool)
  if (held) return { sections: [], diagnostics, heldBack: [held] }
  const pruned = prunesOf(scope, layers, merged, pool.spend)
  append(diagnostics, pruned.diagnostics)
  const waiting = judge.look({ scope, layers, sections: merged, prunes: pruned.prunes })
  append(heldBack, [...waiting.members.values(), ...waiting.prunes.values()])
  const sections = merged.map(({ family, source, members }) => {
    pool.spend('addresses', members.length, () => source)
    const section = formatAddress(scope, family.name, '')
    // Within a section the names decide, which are shorter than the addresses.
    const named = members.map((merged) => {
      const { name } = merged
      const address = name === '' ? section : [section, name].join('/')
      const finished = finishMember(work, scope, family, merged, address)
      append(diagnostics, finished.diagnostics)
      for (const each of finished.heldBack) heldBack.push({ address, ...each })
      const withheld = waiting.members.has(address) ? ({ withheld: 'all' } as const) : {}
      return { name, member: { ...finished.member, ...withheld, address } }
    })
    const desired = inOrder(named, (left, right) => byText(left.name, right.name)).map(({ member }) => member)
    const prune = (pruned.prunes.get(family.name) ?? []).filter((each) => !waiting.prunes.has(each))
    return { scope, family: family.name, members: desired, prune, source }
  })
  return { sections, diagnostics, heldBack }
}

function mergeAll({ families, merger }: Work, layers: readonly Layer[]): readonly MergedSection[] {
  return families.flatMap((family) => merger.merge(layers, family) ?? [])
}

/**
 * Holds back the values that sets would send to a repository with the former name of another one, whose id the ledger
 * knows: it does not count as a new repository that a pattern matches.
 */
function sentToAnother(scope: Scope, merged: readonly MergedSection[], { owner, names }: Pool): HeldBack | undefined {
  const repository = repositoryIn(scope)
  const fact = repository && names?.fact(repository.repo)
  if (repository === undefined || fact?.kind !== 'captured') return undefined
  const valued = merged.flatMap(({ family, members }) => {
    const path = secretLeaf(family)
    return path === undefined ? [] : members.filter(({ fields }) => fields.has(path))
  })
  const [first] = valued
  if (first === undefined) return undefined
  return { address: formatScope(scope), field: null, source: first.source, ...heldName(owner, repository.repo, fact) }
}
