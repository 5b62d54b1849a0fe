import type { NoLongerManaged } from '../core/no-longer-managed.ts'
import type { Plan } from '../core/plan.ts'
import { count, type NoteRow, note } from './row.ts'

/** An address, and of one that is managed still which fields are not. */
export function lostText({ address, fields }: NoLongerManaged): string {
  return fields === undefined ? address : `${address}: ${fields.join(', ')}`
}

/** The addresses that are no longer managed, in one row. */
export function viewLost({ no_longer_managed: lost = [] }: Pick<Plan, 'no_longer_managed'>): readonly NoteRow[] {
  if (lost.length === 0) return []
  const names = lost.map(lostText)
  return [{ ...note(count(lost.length, 'address', 'addresses'), names, STAYS), form: 'list' }]
}

/** The fate of settings that are no longer managed. */
export const STAYS = 'What GitHub has there stays as it is, and drift of it is not seen any more'

/** The changes of the governing rules. */
export function viewGoverns({ governs = [] }: Pick<Plan, 'governs'>): readonly NoteRow[] {
  return governs.map((sentence) => note(sentence))
}
