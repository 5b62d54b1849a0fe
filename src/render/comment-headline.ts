import { countChanges, type Plan } from '../core/plan.ts'
import { lastLine } from './last-line.ts'
import { code } from './markdown-text.ts'

/**
 * The result of one owner's plan in one line: `octoform plan · acme — 18 to add, 4 to change, 1 to delete`. It says what the
 * last line of the log says, of this owner.
 */
export function headlineOf(own: Plan, owner: string): string {
  return `octoform plan · ${code(owner)} — ${resultOf(own)}`
}

function resultOf(own: Plan): string {
  const [first = '', ...others] = lastLine(own, countChanges(own.changes), 'plan', false)
    .replace(/^Plan: /, '')
    .replace(/\.$/, '')
    .split('. ')
  return [`${first.charAt(0).toLowerCase()}${first.slice(1)}`, ...others].join(' · ')
}
