import type { Plan } from '../core/plan.ts'
import { count, type NoteRow, note } from './row.ts'

const FORGED =
  'A ledger of an older octoform is signed by octoform ledger key; octoform ledger adopt signs no entry with a wrong signature: ' +
  'restore the ledger from version control'

/** Changes to the ledger that octoform did not make, with the remedy. */
export function viewLedger(plan: Pick<Plan, 'ledger' | 'held_back'>): readonly NoteRow[] {
  const { ledger } = plan
  if (ledger === undefined) return []
  const { altered, unsigned, ids, older } = ledger
  const rows: NoteRow[] = []
  if (older !== undefined) {
    const { counter, seen } = older
    const text = `It was rolled back: this is its version ${counter}, and the open issue about drift has seen version ${seen}`
    rows.push(note(text, [], 'Restore the latest from version control; if this one is meant, close that issue'))
  }
  if (!ledger.whole) {
    const text = 'Its seal does not fit: lines were put in or taken out, and no recorded id can be relied on'
    rows.push(
      note(
        text,
        [],
        'Restore the ledger from version control; if it is as it should be, octoform ledger key seals it anew, asking first',
      ),
    )
  }
  // Of a member that GitHub does not show, the ledger has the id: what is held back for it stands there with its remedy.
  const heldBack = new Set(plan.held_back.flatMap(({ address, field }) => (field === null ? [address] : [])))
  const unused = altered.filter((address) => heldBack.has(address))
  if (unused.length > 0) {
    const text = `${count(unused.length, 'entry', 'entries')} altered: the id in it is not relied on`
    rows.push(note(text, unused, 'See what is held back'))
  }
  const resent = altered.filter((address) => !heldBack.has(address))
  const isUnsigned = new Set(unsigned)
  const forged = resent.filter((address) => !isUnsigned.has(address))
  const bare = resent.filter((address) => isUnsigned.has(address))
  if (forged.length > 0) {
    const text = `${count(forged.length, 'entry', 'entries')} altered: the value will be re-sent`
    rows.push(note(text, forged, FORGED))
  }
  if (bare.length > 0) {
    const text = `${count(bare.length, 'entry', 'entries')} altered, having no signature: the value will be re-sent`
    rows.push(note(text, bare, 'If nobody else wrote them, sign them as they are: octoform ledger adopt GLOB'))
  }
  if (ids.length > 0) {
    const text = `${count(ids.length, 'recorded id')} not signed by octoform: each counts as another one`
    rows.push(
      note(
        text,
        ids,
        'If nobody else wrote them, octoform ledger key signs those that have no signature, asking first',
      ),
    )
  }
  return rows
}
