import { field, length } from './column.ts'
import type { ShowOperation } from './operation.ts'

type Members = NonNullable<ShowOperation['members']>

/** The time that GitHub bills, by the system of its own runners: none on runners of one's own, nor in public repositories. */
export const BILLABLE = {
  of: billableOf,
  columns: [field('SYSTEM', 'system'), length('BILLABLE', 'total_ms')],
} as const satisfies Members

/** The same of one run, of which GitHub counts the jobs. */
export const BILLABLE_OF_RUN = {
  of: billableOf,
  columns: [...BILLABLE.columns, field('JOBS', 'jobs', { align: 'right' })],
} as const satisfies Members

/** `{ UBUNTU: { total_ms } }` as a list. */
function billableOf(answer: unknown): readonly unknown[] {
  const { billable = {} } = answer as { readonly billable?: Readonly<Record<string, object>> }
  return Object.entries(billable).map(([system, figures]) => ({ system, ...figures }))
}
