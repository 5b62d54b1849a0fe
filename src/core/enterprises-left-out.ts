import type { Plan } from './plan.ts'
import { isEnterprise } from './scope.ts'

/**
 * The enterprises that a run compares nothing of though no flag takes them out: no `--owner` names an owner, or it is a run
 * for a pull request, which has no credential of theirs.
 */
export function enterprisesLeftOut({ left_out, flags }: Pick<Plan, 'left_out' | 'flags'>): readonly string[] {
  const named = flags.owner.map((name) => name.toLowerCase())
  return left_out.filter((place) => isWhole(place) && (named.length === 0 || named.includes(place)))
}

/** Whether a plan is about one of them by name. */
export function isAboutLeftOut(plan: Pick<Plan, 'left_out' | 'flags'>): boolean {
  return plan.flags.owner.length > 0 && enterprisesLeftOut(plan).length > 0
}

function isWhole(place: string): boolean {
  return isEnterprise(place) && place.split('/').length === 2
}
