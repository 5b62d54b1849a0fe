import { dirname } from 'node:path'
import { archivedMatches } from '../config/archived-matches.ts'
import type { Configuration } from '../config/configuration.ts'
import { vainAccepts } from '../config/idle.ts'
import type { Spend } from '../config/limits.ts'
import { poolOf } from '../config/pool.ts'
import { resolveOwner } from '../config/resolve.ts'
import { layersOfOwner } from '../config/scopes.ts'
import type { DesiredSection } from '../core/desired.ts'
import type { Family } from '../core/family.ts'
import type { targetMatcher } from '../core/former-addresses.ts'
import { secretLeaf } from '../core/leaves.ts'
import { withNeeded } from '../core/needed-sections.ts'
import { once } from '../core/once.ts'
import { formerAddress } from '../core/rename.ts'
import type { Repositories } from '../core/repository.ts'
import { repositoryIn, type Scope } from '../core/scope.ts'
import { claimsOf } from '../core/source-claims.ts'
import { valueAtOf } from '../core/value-text.ts'
import { sectionAddress } from '../engine/known.ts'
import type { DesiredAddress, OwnerDesired } from '../engine/owner-state.ts'
import type { ListingNeeds } from '../engine/repositories.ts'
import type { RunFlags } from './flags.ts'

export interface DesireInput {
  readonly flags: Pick<RunFlags, 'target' | 'accept' | 'values' | 'debug'>
  /** Whether `--target` takes an address. */
  readonly inTarget: ReturnType<typeof targetMatcher>
  /** The repositories of the owner that were listed. */
  readonly listed: ListingNeeds
  /** Whether any source of a value has placeholders. */
  readonly claiming: boolean
  /** Counts what resolving all owners of a run costs. */
  readonly spend: Spend
}

/** Resolves the configuration of one owner that has these repositories, as far as the flags let the run go. */
export function desiredOf(
  configuration: Configuration,
  owner: string,
  repositories: Repositories,
  ownerId: number | null,
  { flags, inTarget, listed, claiming, spend }: DesireInput,
): OwnerDesired {
  const { families } = configuration
  const { sections, diagnostics, heldBack } = resolveOwner(configuration, owner, repositories, families, spend)
  const targeted = targetFilter(flags.target ?? [], sections, families, (address) =>
    inTarget(address, repositories.names),
  )
  const vain = listed === 'all' ? vainAccepts({ accept: flags.accept ?? [] }, poolOf(owner, repositories, [])) : []
  return {
    sections: sections.filter(targeted),
    diagnostics: [...diagnostics, ...vain],
    heldBack,
    // Where names stand in place of the listing, there is no pattern, and to ask for all would read all.
    passedOver: repositories.onlyNamed
      ? []
      : archivedMatches(layersOfOwner(configuration, owner), owner, repositories, families),
    leftOut: sections.filter((section) => !targeted(section)).map(sectionAddress),
    addresses: once(() => addressesIn(sections, families)),
    claims: claiming
      ? claimsOf(sections, families, idIn(repositories, ownerId), (file) => flags.values ?? dirname(file))
      : [],
  }
}

function idIn(repositories: Repositories, ownerId: number | null): (scope: Scope) => number | null {
  return (scope) => {
    const repository = repositoryIn(scope)
    return repository === undefined ? ownerId : (repositories.byName.get(repository.repo)?.id ?? null)
  }
}

/** The addresses of the configuration, with the sources of values that secrets are to have. */
export function addressesIn(
  sections: readonly DesiredSection[],
  families: readonly Family[],
): readonly DesiredAddress[] {
  return sections.flatMap(({ family: name, members }) => {
    const family = families.find((each) => each.name === name)
    const path = family && secretLeaf(family)
    return members
      .map((member): DesiredAddress => {
        const value = path !== undefined && member.state === 'present' ? valueAtOf(member, path)?.source : undefined
        return { address: member.address, value }
      })
      .concat(
        members.flatMap((member) => formerAddress(member) ?? []).map((address) => ({ address, value: undefined })),
      )
  })
}

/**
 * With `--target`, a section without an address that the globs name is not read; sections that policies need from above
 * are.
 */
function targetFilter(
  globs: readonly string[],
  sections: readonly DesiredSection[],
  families: readonly Family[],
  matches: (address: string) => boolean,
): (section: DesiredSection) => boolean {
  if (globs.length === 0) return () => true
  const isNamed = ({ prune, members }: DesiredSection): boolean =>
    prune.length > 0 ||
    members.some((member) => [member.address, formerAddress(member) ?? []].flat().some((address) => matches(address)))
  return withNeeded(sections, families, isNamed)
}
