import type { Plan } from '../core/plan.ts'
import { stableJson } from './stable-json.ts'

/** The plan itself: flat, nothing folded and nothing shortened, keys in a fixed order. */
export function renderJson(plan: Plan): string {
  return stableJson(plan)
}
