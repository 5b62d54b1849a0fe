import { type Diagnostic, formatDiagnostic, formatSource } from '../core/diagnostic.ts'
import type { Plan } from '../core/plan.ts'
import { groupBy } from './group-by.ts'
import { pastGuard, type RunAgain } from './past-guard.ts'
import { count, type NoteRow, note } from './row.ts'

/** The configuration's errors or warnings; equal messages about one place are one row, with all their addresses. */
export function viewDiagnostics(plan: Pick<Plan, 'diagnostics'>, severity: Diagnostic['severity']): readonly NoteRow[] {
  const chosen = plan.diagnostics.filter((diagnostic) => diagnostic.severity === severity)
  const rows: NoteRow[] = []
  for (const [text, same] of groupBy(chosen, formatDiagnostic)) {
    const addresses = groupBy(same, ({ address }) => (address && !text.includes(address) ? address : undefined))
    const [{ source }] = same
    rows.push({ ...note(text, [...addresses.keys()]), ...(source && { source }) })
  }
  return rows
}

/** The scopes that could not be read, by reason. */
export function viewNotRead(plan: Pick<Plan, 'not_read'>): readonly NoteRow[] {
  const rows: NoteRow[] = []
  for (const [reason, [first, ...others]] of groupBy(plan.not_read, (place) => place.reason)) {
    if (others.length === 0) rows.push(note(`${first.scope}: ${reason}`))
    else
      rows.push(
        note(
          `${others.length + 1} places: ${reason}`,
          [first, ...others].map(({ scope }) => scope),
        ),
      )
  }
  return rows
}

/** The held-back changes, each with its line and the remedy; addresses with the same reason share a row. */
export function viewHeldBack(plan: Pick<Plan, 'held_back'>): readonly NoteRow[] {
  const rows: NoteRow[] = []
  const place = ({ source, field, reason, help }: Plan['held_back'][number]): string =>
    JSON.stringify([source && formatSource(source), field, reason, help])
  for (const [, same] of groupBy(plan.held_back, place)) {
    const [{ address, source, field, reason, help }] = same
    const where = source ? `${formatSource(source)}: ` : ''
    const about = [...(same.length === 1 ? [address] : []), ...(field === null ? [] : [field])].join(' ')
    const addresses = same.length === 1 ? [] : same.map((held) => held.address)
    const text = `${where}${about === '' ? '' : `${about}: `}${reason}`
    rows.push({ ...note(text, addresses, help), ...(source && { source }) })
  }
  return rows
}

/** The guards that apply stops at, each with the flag that goes past it, and the lines that would. */
export function viewTripped(plan: Plan, again?: RunAgain): readonly NoteRow[] {
  const guards = plan.tripped.map(({ guard, message, flag, addresses }) =>
    note(`${guard}: ${message}`, addresses, pastGuard(flag, again)),
  )
  return [...guards, ...viewApprove(plan)]
}

/** The guards that lines of the configuration approve, shown first; and the approvals whose use is not recorded. */
export function viewApproved(plan: Plan): readonly NoteRow[] {
  const places = (plan.lasting_approvals ?? []).map(formatSource)
  const approved = (plan.approved ?? []).map(({ guard, message, addresses, by }) => {
    const lines = by.map(({ source, reason }) => `${formatSource(source)} (${reason})`)
    return note(`${guard}: ${message}`, addresses, `Approved by ${lines.join(', ')}`)
  })
  return [...(places.length === 0 ? [] : [note(LASTING, places)]), ...approved]
}

/** The part of it that names nothing but places in the YAML. */
export function countApproved(plan: Plan): readonly NoteRow[] {
  const places = (plan.lasting_approvals ?? []).map(formatSource)
  const approved = (plan.approved ?? []).map(({ guard, addresses, elsewhere = 0, by }) => {
    const words = `${guard}: ${count(addresses.length + elsewhere, 'address', 'addresses')}`
    return note(words, [], `Approved by ${by.map(({ source }) => formatSource(source)).join(', ')}`)
  })
  return [...(places.length === 0 ? [] : [note(LASTING, places)]), ...approved]
}

const LASTING = 'No ledger is kept between runs: an approval holds as long as its line stands there'

/** The YAML that would let this plan go past its guards. */
export function viewApprove({ approve }: Pick<Plan, 'approve'>): readonly NoteRow[] {
  if (approve === undefined) return []
  const { file, under, lines, flags } = approve
  const where = under === null ? file : `\`approvals\` at ${formatSource(under)}`
  const made = flags.length === 0 ? '' : `, made with ${flags.join(' ')}`
  return [{ ...note(`To approve this plan alone${made}, add to ${where}:`), lines }]
}

/** The warnings right above the last line, for readers who look only at the end. */
export function viewAlarms(plan: Plan): readonly string[] {
  const alarms: string[] = []
  const errors = plan.diagnostics.filter(({ severity }) => severity === 'error').length
  if (errors > 0) alarms.push(`${count(errors, 'error')}, named at the top.`)
  const flags = new Set(plan.tripped.map(({ flag }) => flag))
  if (flags.size > 0) alarms.push(`Refused by apply without ${[...flags].join(' ')}: the reasons are at the top.`)
  const incomplete = incompleteText(plan)
  return incomplete === undefined ? alarms : [...alarms, incomplete]
}

/** That a plan is not of everything; undefined where it is. */
export function incompleteText({ complete, not_read }: Pick<Plan, 'complete' | 'not_read'>): string | undefined {
  if (complete) return undefined
  const where = not_read.length === 0 ? 'something' : count(not_read.length, 'place')
  const text = `Incomplete: ${where} could not be read, and nothing is planned there.`
  return `${text} apply refuses it without --allow incomplete.`
}
