import type { AccessTo, Plan } from './plan.ts'

/**
 * Access gained and lost at one address, and the parts of it that the base commit's configuration would change as well.
 */
export interface EffectiveAccess {
  readonly address: string
  readonly gains: readonly AccessTo[]
  /**
   * Gains that come with or without the change of the configuration: of a new repository that a set matches, for
   * example.
   */
  readonly anyway: readonly AccessTo[]
  readonly loses: readonly AccessTo[]
  readonly losesAnyway: readonly AccessTo[]
  /**
   * Access that the base's configuration would take away and this one leaves: it was given by hand, and the change
   * declares it.
   */
  readonly keeps: readonly AccessTo[]
}

/**
 * Access gained and lost by a plan, by address; addresses without any are left out.
 * @param base the plan that the base commit's YAML makes against the same live state; without it nothing is separated
 */
export function effectiveAccess(plan: Plan, base: Plan | undefined): readonly EffectiveAccess[] {
  const before = new Map(base?.changes.map(({ address, access }) => [address, access]))
  const found: EffectiveAccess[] = []
  for (const { address, access } of plan.changes) {
    const own = before.get(address)
    const [gains, anyway] = divide(access.gains, own?.gains ?? [])
    const [loses, losesAnyway] = divide(access.loses, own?.loses ?? [])
    const [keeps] = divide(own?.loses ?? [], access.loses)
    found.push({ address, gains, anyway, loses, losesAnyway, keeps })
  }
  const planned = new Set(plan.changes.map(({ address }) => address))
  for (const [address, { loses }] of before) {
    if (!planned.has(address)) {
      found.push({ address, gains: [], anyway: [], loses: [], losesAnyway: [], keeps: loses })
    }
  }
  return found.filter(concernsAnybody)
}

/** Those of a list that another lacks, and those that it has too. */
function divide(
  list: readonly AccessTo[],
  other: readonly AccessTo[],
): readonly [readonly AccessTo[], readonly AccessTo[]] {
  const held = new Set(other.map(({ repository }) => repository))
  return [list.filter(({ repository }) => !held.has(repository)), list.filter(({ repository }) => held.has(repository))]
}

function concernsAnybody({ gains, anyway, loses, losesAnyway, keeps }: EffectiveAccess): boolean {
  return [gains, anyway, loses, losesAnyway, keeps].some((list) => list.length > 0)
}
