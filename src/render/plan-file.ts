import { compactPlan } from '../core/compact-plan.ts'
import type { Plan } from '../core/plan.ts'
import { SetupError } from '../core/setup-error.ts'
import { renderJson } from './json.ts'
import { printableJson } from './printable.ts'

/** A plan of this many characters takes its readers no time, and is shown by any tool. */
const SMALL = 2 ** 20

/**
 * A plan as a file holds it: as `--format json` prints it, and a large one in its compact form.
 * @throws SetupError where it is larger than a saved plan that can be read
 */
export function planFile(plan: Plan): string {
  if (isSmall(plan)) return renderJson(plan)
  const compact = compactPlan(plan)
  if (compact !== undefined) return `${printableJson(JSON.stringify(compact))}\n`
  throw new SetupError('the plan is too large to be saved: make it in parts, with --owner or --target')
}

function isSmall(value: unknown): boolean {
  let left = SMALL
  const take = (each: unknown): void => {
    left -= typeof each === 'string' ? each.length + 3 : 6
    if (left < 0 || each === null || typeof each !== 'object') return
    for (const [key, inner] of Object.entries(each)) {
      left -= key.length
      if (left < 0) return
      take(inner)
    }
  }
  take(value)
  return left >= 0
}
