import type { Plan } from '../core/plan.ts'
import { FEW, problemSections } from './comment-alert.ts'
import { type Forms, lacking, whole } from './fit.ts'
import { type Names, rowLines } from './markdown-rows.ts'
import { clip, fenced, fencedLine } from './markdown-text.ts'
import type { ReportFacts } from './report-facts.ts'
import { lostLines } from './report-parts.ts'
import { noteText, type Row, type Section, type SectionName } from './row.ts'
import type { PlanView } from './view.ts'

/** Enough names for parts that are not about access. */
const SOME: Names = { subjects: 10, members: 10 }

type FoldedPart = 'rules' | 'lost' | 'problems' | 'warnings' | 'notes' | 'left'

/** The parts of a comment that a reader unfolds, beside its changes and names; empty where the alert says it all. */
export function foldedParts(own: Plan, view: PlanView, facts: ReportFacts): Readonly<Record<FoldedPart, Forms>> {
  return {
    rules: rulesForms(own, facts),
    lost: lostForms(own, facts),
    problems: problemForms(view, facts),
    warnings: sectionForms(view, ['warnings'], 'warnings'),
    notes: sectionForms(view, ['values_needed', 'secrets'], 'which values apply needs, and which were not compared'),
    left: sectionForms(view, ['archived', 'left_alone', 'left_out'], 'what is left alone'),
  }
}

function rulesForms({ governs = [] }: Plan, { audience }: ReportFacts): Forms {
  const isTold = governs.length <= FEW && governs.every((line) => clip(line) === line)
  if (isTold || audience === 'counts') return [whole('')]
  const lacks = 'some of the changed rules'
  return [whole(block('All changed rules', governs.length, governs.map(fencedLine))), lacking('', lacks, 'first')]
}

function lostForms({ no_longer_managed: lost = [] }: Plan, { audience }: ReportFacts): Forms {
  if (lost.length <= FEW || audience === 'counts') return [whole('')]
  const all = block('All that is no longer managed', lost.length, lostLines(lost))
  return [whole(all), lacking('', 'some of what is no longer managed')]
}

/** The problems of which the alert has only the first, or only a part. */
function problemForms(view: PlanView, facts: ReportFacts): Forms {
  const isShortened = ({ name, rows }: Section): boolean =>
    name === 'held_back' || rows.length > FEW || rows.some(isClipped)
  const sections = problemSections(view, facts).filter(isShortened)
  if (sections.length === 0) return [whole('')]
  const all = sections.map(({ title, rows }) => block(title, rows.length, linesOf(rows, view)))
  return [whole(all.join('\n\n')), lacking('', 'some of the problems')]
}

function isClipped(row: Row): boolean {
  return row.kind === 'note' && (row.names.length > 1 || clip(noteText(row)) !== noteText(row))
}

function sectionForms(view: PlanView, names: readonly SectionName[], lacks: string): Forms {
  const sections = view.sections.filter(({ name }) => names.includes(name))
  if (sections.length === 0) return [whole('')]
  const all = sections.map(({ title, rows }) => block(title, rows.length, linesOf(rows, view)))
  return [whole(all.join('\n\n')), lacking('', lacks)]
}

function linesOf(rows: readonly Row[], { wording }: PlanView): readonly string[] {
  return rows.flatMap((row) => rowLines(row, wording, SOME))
}

function block(title: string, number: number, lines: readonly string[]): string {
  return `### ${title} (${number})\n\n${fenced(lines, 'text')}`
}
