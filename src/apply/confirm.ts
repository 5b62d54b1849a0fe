import { countChanges, type Plan } from '../core/plan.ts'
import { renderConfirmation } from '../render/confirmation.ts'
import type { ApplyFlags } from '../run/apply-flags.ts'
import type { Io } from '../run/io.ts'

/** Asks a person for the plan that was just shown, with its gravest changes repeated. */
export async function confirm(
  io: Pick<Io, 'ask' | 'stdout' | 'stderr' | 'colour' | 'columns'>,
  flags: Pick<ApplyFlags, 'autoApprove' | 'format'>,
  plan: Plan,
): Promise<'yes' | 'no' | 'nobody to ask'> {
  if (flags.autoApprove) return 'yes'
  if (!io.ask) return 'nobody to ask'
  if (flags.format === 'json') io.stderr(renderConfirmation(plan, { colour: 'plain' }))
  else io.stdout(renderConfirmation(plan, { colour: io.colour, width: io.columns }))
  const answer = await io.ask(confirmationQuestion(plan))
  if (answer.trim() === 'yes') return 'yes'
  io.stderr('Not applied.\n')
  return 'no'
}

/** The question of an apply, with the numbers of what it is about. */
export function confirmationQuestion({ changes }: Pick<Plan, 'changes'>): string {
  const { add, change, delete: deleted } = countChanges(changes)
  const counts = [
    [add, 'to add'],
    [change, 'to change'],
    [deleted, 'to delete'],
  ] as const
  const words = counts.flatMap(([number, word]) => (number > 0 ? [`${number} ${word}`] : []))
  return `Apply these changes (${words.join(', ')})? Only 'yes' is accepted: `
}
