import type { Change } from '../core/plan.ts'
import { foldedForms, type Named, openForms } from './change-forms.ts'
import { sectionsOf } from './changes.ts'
import { type Forms, lacking, whole } from './fit.ts'
import { ALL_NAMES, type Names } from './markdown-rows.ts'
import { foldedBlock, sectionBlock } from './markdown-section.ts'
import type { Row, Section, SectionName } from './row.ts'
import type { PlanView } from './view.ts'

const WIDENING: ReadonlySet<SectionName> = new Set(['gains', 'gains_matched', 'gains_beside', 'wider'])

/** Every change by name; its gained and lost access is shown apart, in full. */
const FULL: Names = { subjects: Number.POSITIVE_INFINITY, members: 10 }

/** The changes of a plan in the parts of a comment. */
export interface ChangeParts {
  readonly forms: Readonly<Record<'widened' | 'overwritten' | 'deletions' | 'others', Forms>>
  /** The parts whose names are shown as far as there is room; undefined where no name may be shown. */
  readonly named: { readonly widened: Named; readonly deletions: Named } | undefined
}

/** Whether a change gives access to a repository, or makes a setting wider. */
export function widens(change: Change): boolean {
  return sectionsOf(change).some((section) => WIDENING.has(section))
}

/** The changes of one owner, by name. */
export function changeParts(changes: readonly Change[], view: PlanView, owner: string): ChangeParts {
  const open = (section: Section): string => sectionBlock(section, view.wording, FULL)
  const folded = (section: Section): string => foldedBlock(section, view.wording, FULL)
  const write = (block: (section: Section) => string, ...sections: readonly Section[]): string => {
    return sections
      .filter(({ rows }) => rows.length > 0)
      .map(block)
      .join('\n\n')
  }
  const takenAway = view.sections.filter(({ name }) => name === 'taken_away')
  const deletions: Named = {
    title: 'Deletes',
    words: ['deletion', 'deletions'],
    changes: changes.filter(({ action }) => action === 'delete'),
    full: write(open, ...takenAway.map((section) => narrowed(section, 'Deletes', isDeletion))),
    owner,
  }
  const widened: Named = {
    title: 'Gives wider access',
    words: ['widening', 'widenings'],
    changes: changes.filter(widens),
    full: write(open, ...view.sections.filter(({ name }) => WIDENING.has(name))),
    owner,
  }
  const overwritten: Named = {
    title: 'Writes values over',
    words: ['value written over', 'values written over'],
    changes: changes.filter(isPut),
    full: write(open, ...view.sections.filter(({ name }) => name === 'overwrites')),
    owner,
  }
  const others: Named = {
    title: 'Other changes',
    words: ['other change', 'other changes'],
    changes: changes.filter((change) => change.action !== 'delete' && !widens(change) && !isPut(change)),
    full: write(
      folded,
      ...takenAway.map((section) => narrowed(section, section.title, (row) => !isDeletion(row))),
      ...view.sections.filter(({ name }) => name === 'others'),
    ),
    owner,
  }
  const forms = {
    widened: openForms(widened),
    overwritten: shortestForms(overwritten),
    deletions: openForms(deletions),
    others: foldedForms(others),
  }
  return { forms, named: { widened, deletions } }
}

/** The same where names may not be shown: the view has counts, which are short. */
export function countedParts(view: PlanView): ChangeParts {
  const blocksOf = (names: ReadonlySet<SectionName>): Forms => {
    const sections = view.sections.filter(({ name }) => names.has(name))
    return [whole(sections.map((section) => sectionBlock(section, view.wording, ALL_NAMES)).join('\n\n'))]
  }
  const forms = {
    widened: blocksOf(WIDENING),
    overwritten: blocksOf(new Set(['overwrites'])),
    deletions: blocksOf(new Set(['taken_away'])),
    others: blocksOf(new Set(['others'])),
  }
  return { forms, named: undefined }
}

/** Open, and without any name where there is no room for them. */
function shortestForms(named: Named): Forms {
  const [first, ...rest] = openForms(named)
  const { title, changes, words } = named
  if (changes.length === 0) return [first]
  return [first, ...rest, lacking(`**${title}: ${changes.length}**`, `which ${words[1]}`)]
}

/** Whether a value is put over one that is there. */
function isPut(change: Change): boolean {
  return sectionsOf(change).includes('overwrites')
}

function isDeletion(row: Row): boolean {
  return row.kind === 'change' && row.symbol === '-'
}

function narrowed(section: Section, title: string, keeps: (row: Row) => boolean): Section {
  return { ...section, title, rows: section.rows.filter(keeps) }
}
