import { count } from '../render/row.ts'
import type { AccessReport } from './access.ts'
import type { ReportDocument, ReportPart } from './report-document.ts'

/** The report as tables, one for each question. */
export function accessDocument({ answers, people, not_read, limits }: AccessReport): ReportDocument {
  const questions = answers.map(({ asked, rows, unknown }): ReportPart => {
    const all = [
      ...rows.map((row) => [row.address, row.repository, row.way, row.hidden_by ?? '']),
      ...unknown.map((each) => [each, '', 'not known: the list was not read', '']),
    ]
    return {
      heading: 'Access:',
      about: asked,
      columns: [
        { head: 'ADDRESS' },
        { head: 'REPOSITORY', gives: true },
        { head: 'WAY', gives: true },
        { head: 'HIDDEN BY', gives: true },
      ],
      rows: all,
      none: 'None.',
    }
  })
  const pushing: ReportPart = {
    heading: 'People who may push there',
    columns: [{ head: 'REPOSITORY' }, { head: 'LOGIN' }, { head: 'ROLE' }],
    rows: (people ?? []).map(({ repository, login, role }) => [repository, login, role]),
    none: people === undefined ? undefined : 'None was read.',
  }
  const unread: ReportPart = {
    heading: 'Not read',
    columns: [{ head: 'PLACE' }, { head: 'WHY', gives: true }],
    rows: not_read.map(({ place, reason }) => [place, reason]),
  }
  const ways = answers.reduce((sum, { rows }) => sum + rows.length, 0)
  const more = not_read.length === 0 ? '' : ` ${count(not_read.length, 'place')} could not be read.`
  return {
    title: 'report access',
    parts: [...questions, pushing, unread],
    limits,
    last: `Access: ${count(ways, 'way')}.${more} Not seen: branch rules met, values passed on.`,
  }
}
