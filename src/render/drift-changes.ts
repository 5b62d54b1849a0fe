import type { Change } from '../core/plan.ts'
import { foldedForms, type Named, openForms } from './change-forms.ts'
import { type Forms, whole } from './fit.ts'
import { ALL_NAMES, type Names } from './markdown-rows.ts'
import { rowsBlock, sectionBlock } from './markdown-section.ts'
import { details } from './markdown-text.ts'
import type { ReportFacts } from './report-facts.ts'
import type { ChangeRow, SectionName } from './row.ts'
import type { PlanView } from './view.ts'

const CHANGES: ReadonlySet<SectionName> = new Set([
  'gains',
  'gains_matched',
  'gains_beside',
  'wider',
  'overwrites',
  'taken_away',
  'others',
])

const FULL: Names = { subjects: Number.POSITIVE_INFINITY, members: 10 }

/** The differences in the parts of an issue about drift. */
export interface DriftParts {
  readonly forms: Readonly<Record<'unlisted' | 'changed', Forms>>
  /** The parts whose names are shown as far as there is room; undefined where no name may be shown. */
  readonly named: { readonly unlisted: Named } | undefined
}

/** Settings that are on GitHub only, and settings that differ; access is shown apart. */
export function driftParts(
  changes: readonly Change[],
  view: PlanView,
  owner: string,
  audience: ReportFacts['audience'],
): DriftParts {
  const sections = view.sections.filter(({ name }) => CHANGES.has(name))
  if (audience === 'counts') {
    const text = sections.map((section) => sectionBlock(section, view.wording, ALL_NAMES)).join('\n\n')
    return { forms: { unlisted: [whole('')], changed: [whole(text)] }, named: undefined }
  }
  const rows = sections.flatMap((section) => section.rows.filter((row) => row.kind === 'change'))
  const full = rows.filter(({ detail }) => detail === 'full').map((row): ChangeRow => ({ ...row, access: null }))
  const unlistedRows = full.filter(({ symbol }) => symbol === '-')
  const changedRows = full.filter(({ symbol }) => symbol !== '-')
  const block = (found: readonly ChangeRow[]): string => rowsBlock(found, view.wording, FULL)
  const unlistedChanges = changes.filter(({ action }) => action === 'delete')
  const changedChanges = changes.filter(({ action }) => action !== 'delete')
  const unlisted: Named = {
    title: 'Is there, and should not be',
    words: ['thing that should not be there', 'things that should not be there'],
    changes: unlistedChanges,
    full: unlistedRows.length === 0 ? '' : `### Is there, and should not be\n\n${block(unlistedRows)}`,
    owner,
  }
  const changed: Named = {
    title: 'Differs',
    words: ['difference', 'differences'],
    changes: changedChanges,
    full: changedRows.length === 0 ? '' : details(`Differs (${changedChanges.length})`, block(changedRows)),
    owner,
  }
  return { forms: { unlisted: openForms(unlisted), changed: foldedForms(changed) }, named: { unlisted } }
}
