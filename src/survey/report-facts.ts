import type { AccessReport } from './access.ts'
import type { ActionsUsed } from './actions-used.ts'
import type { ReportFact } from './compare-facts.ts'
import type { FindingKind, HygieneReport } from './hygiene.ts'
import { HEADINGS } from './hygiene-document.ts'
import type { UsedAction } from './survey-files.ts'

/** Of actions: what each file uses, by which ref; faults; the proposed patterns; what the configuration's list would break. */
export function actionsUsedFacts({ uses, faults, policies }: ActionsUsed): readonly ReportFact[] {
  return [
    ...uses.map((use) => fact('Actions used', use, nameOf(use), use.ref ?? '')),
    ...faults.map((each) => fact('Faults of these files', each, each.message, '')),
    ...policies
      .filter(({ policy }) => policy === 'selected')
      .flatMap(({ breaks }) => breaks.map((each) => fact('selected would break', each, each.uses, each.why))),
  ]
}

function fact(
  part: string,
  { repository, file }: { readonly repository: string; readonly file: string },
  what: string,
  value: string,
): ReportFact {
  return { part, place: repository, file, what, value }
}

/** Without the ref, which is what changes. */
function nameOf({ owner, repo, path, uses }: UsedAction): string {
  return owner === undefined || repo === undefined ? uses : `${owner}/${repo}${path ? `/${path}` : ''}`
}

/** Of access: each way, and who may push. */
export function accessFacts({ answers, people = [] }: AccessReport): readonly ReportFact[] {
  const ways = answers.flatMap(({ rows, unknown, asked }) => [
    ...rows.map(({ address, repository, way, hidden_by }) => {
      const value = hidden_by === undefined ? way : `${way}; hidden by ${hidden_by}`
      return { part: 'Access', place: repository, what: address, value }
    }),
    ...unknown.map((each) => ({ part: 'Access', place: each, what: asked, value: 'not known: the list was not read' })),
  ])
  const pushing = people.map(({ repository, login, role }) => {
    return { part: 'People who may push there', place: repository, what: login, value: role }
  })
  return [...ways, ...pushing]
}

/** How a finding is found again: an age grows by itself, and a line moves. */
const SAME: Readonly<Record<FindingKind, 'place' | 'place and detail'>> = {
  'unused secret': 'place',
  'old secret': 'place',
  'hidden secret': 'place and detail',
  'too many secrets': 'place',
  'open to public': 'place',
  'offline runner': 'place',
  'forbidden action': 'place and detail',
}

/** Of hygiene: each finding. */
export function hygieneFacts({ findings }: HygieneReport): readonly ReportFact[] {
  return findings.map(({ kind, place, detail, at }): ReportFact => {
    const where = at === undefined ? { place } : { place: at.repository, file: at.file }
    const part = HEADINGS[kind]
    if (SAME[kind] === 'place and detail') return { part, ...where, what: detail, value: '' }
    return { part, ...where, what: kind, value: kind === 'old secret' ? '' : detail }
  })
}
