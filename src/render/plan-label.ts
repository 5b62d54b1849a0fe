import { isWholePlan, type Plan } from '../core/plan.ts'
import { severitiesOf } from './severity.ts'

/** The labels of a pull request that say what its plan does, the gravest last; it has at most one of them. */
export const PLAN_LABELS = ['octoform/none', 'octoform/change', 'octoform/delete', 'octoform/opens'] as const

export type PlanLabel = (typeof PLAN_LABELS)[number]

/**
 * The label for the gravest thing that a plan does: opens or widens, deletes, changes. Nothing is said of a plan without
 * changes where not everything was read and right, or something is held back.
 */
export function planLabel(plan: Plan): PlanLabel | undefined {
  const does = new Set(plan.changes.flatMap(severitiesOf))
  if (does.has('opens_public') || does.has('opens') || does.has('widens')) return 'octoform/opens'
  if (does.has('deletes')) return 'octoform/delete'
  if (does.size > 0) return 'octoform/change'
  return isWholePlan(plan) && plan.held_back.length === 0 ? 'octoform/none' : undefined
}
