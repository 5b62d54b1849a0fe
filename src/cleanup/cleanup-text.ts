import { sizeText } from '../core/size-text.ts'
import { code, tableRow } from '../render/markdown-text.ts'
import { paintLines, span, type TextStyle } from '../render/paint.ts'
import { renderTable } from '../render/table.ts'
import { bytesIn, type CleanupPlan, objectCount } from './cleanup-plan.ts'

export const HEADS = ['REPOSITORY', 'RULE', 'OBJECTS', 'SIZE', 'CONDITIONS', 'LINE'] as const

/** One row for each rule that chose something: counts and bytes. */
export function rowsOf({ entries }: CleanupPlan): readonly (readonly string[])[] {
  return entries
    .filter(({ ids }) => ids.length > 0)
    .map(({ owner, repo, kind, ids, sizes, rule, source }) => [
      `${owner}/${repo}`,
      kind,
      String(ids.length),
      bytesIn({ sizes }) === 0 ? '' : sizeText(bytesIn({ sizes })),
      Object.entries(rule)
        .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(', ') : String(value)}`)
        .join('; '),
      source,
    ])
}

/** The last line: `Cleanup: 312 objects in 4 repositories, 4.2 GB.` */
export function cleanupLastLine(plan: CleanupPlan): string {
  const count = objectCount(plan)
  const unread = plan.not_read.length
  const rest = unread === 0 ? '' : ` ${unread} ${unread === 1 ? 'scope' : 'scopes'} could not be read.`
  if (count === 0) return unread === 0 ? 'Nothing to clean up.' : `Nothing to clean up in what could be read.${rest}`
  const places = new Set(plan.entries.filter(({ ids }) => ids.length > 0).map(({ owner, repo }) => `${owner}/${repo}`))
  const bytes = plan.entries.reduce((sum, entry) => sum + bytesIn(entry), 0)
  const size = bytes === 0 ? '' : `, ${sizeText(bytes)}`
  const [one, many] = ['repository', 'repositories']
  const where = `${places.size} ${places.size < 2 ? one : many}`
  return `Cleanup: ${count} ${count < 2 ? 'object' : 'objects'} in ${where}${size}.${rest}`
}

/** For a terminal. */
export function cleanupText(plan: CleanupPlan, style: TextStyle & { readonly width: number | undefined }): string {
  const rows = rowsOf(plan)
  const columns = [
    { head: HEADS[0] },
    { head: HEADS[1] },
    { head: HEADS[2], align: 'right' },
    { head: HEADS[3], align: 'right' },
    { head: HEADS[4], gives: true },
    { head: HEADS[5], gives: true },
  ] as const
  const unread = plan.not_read.map(({ scope, reason }) => [span(`not read: ${scope}: ${reason}`, 'error')])
  return [
    rows.length === 0 ? '' : renderTable(columns, rows, style),
    paintLines([...unread, [span(cleanupLastLine(plan), 'strong')]], style),
  ].join('')
}

/** For a job's summary. */
export function cleanupMarkdown(plan: CleanupPlan): string {
  const rows = rowsOf(plan).map(tableRow)
  const table =
    rows.length === 0 ? [] : [`| ${HEADS.join(' | ').toLowerCase()} |`, '|---|---|--:|--:|---|---|', ...rows, '']
  const unread = plan.not_read.map(({ scope, reason }) => `- not read: ${code(scope)}: ${code(reason)}`)
  return ['## octoform cleanup', '', ...table, ...unread, `**${cleanupLastLine(plan)}**`, ''].join('\n')
}
