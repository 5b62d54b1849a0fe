import type { NoLongerManaged } from '../core/no-longer-managed.ts'
import type { Plan } from '../core/plan.ts'
import { breakable } from './cell-text.ts'
import { type Form, type Forms, lacking, lacksOf, whole } from './fit.ts'
import { fold } from './fold.ts'
import { lostText, STAYS } from './lost.ts'
import { type Names, rowLines } from './markdown-rows.ts'
import { sectionBlock } from './markdown-section.ts'
import { clip, code, details, fenced, fencedLine, link } from './markdown-text.ts'
import type { ReportFacts } from './report-facts.ts'
import { count, type Section, type SectionName } from './row.ts'
import type { PlanView } from './view.ts'

const PROBLEMS: readonly SectionName[] = ['approved', 'errors', 'not_read', 'ledger', 'held_back', 'refused']

/** Enough names for parts that are not about access. */
const SOME: Names = { subjects: 10, members: 10 }

/** So many digits tell commits, and digests, apart. */
const SHORT_COMMIT = 7
const SHORT_DIGEST = 12

/** Enough rows and sentences to recognize the kind of problem. */
const FEW = 10

/** The problems of the plan. */
export function problemForms(view: Pick<PlanView, 'sections' | 'wording'>): Forms {
  const sections = sectionsOf(view, PROBLEMS)
  if (sections.length === 0) return [whole('')]
  return [
    whole(sections.map((section) => sectionBlock(section, view.wording, SOME)).join('\n\n')),
    lacking(sections.map((section) => clippedBlock(section, view)).join('\n\n'), 'some of the problems'),
    lacking(sections.map(({ title, rows }) => `**${title}: ${rows.length}**`).join('\n\n'), 'the problems themselves'),
  ]
}

/**
 * Changes to the rules that guard the configuration, shown before the changes that the old rules would have stopped.
 */
export function governsForms({ governs = [] }: Pick<Plan, 'governs'>, { audience }: ReportFacts): Forms {
  if (governs.length === 0) return [whole('')]
  const title =
    '**This changes the rules that guard the configuration itself, or what it reaches (`files`, `guards`, `approvals`, `accept`, ' +
    '`ledger`, `prune`, `unmanaged`, sets):**'
  const number = `${title} ${count(governs.length, 'difference')}.`
  if (audience === 'counts') return [whole(number)]
  const lines = governs.map(fencedLine)
  const all = whole(`${title}\n\n${fenced(lines, 'text')}`)
  if (lines.length <= FEW && lines.every((line) => clip(line) === line)) return [all]
  const few = fenced(lines.slice(0, FEW).map(clip), 'text')
  return [all, lacking(`${number}\n\n${few}`, 'some of the changed rules', 'first')]
}

/** The addresses that the change stops managing: the first by name, all of them folded away. */
export function lostForms(
  { no_longer_managed: lost = [] }: Pick<Plan, 'no_longer_managed'>,
  facts: ReportFacts,
): Forms {
  if (lost.length === 0) return [whole('')]
  const number = count(lost.length, 'address', 'addresses')
  if (facts.audience === 'counts') return [whole(`**This stops managing ${number}.** ${STAYS}.`)]
  const names = lost.map(lostText)
  const more = names.length > FEW ? `, … ${names.length - FEW} more` : ''
  const first = `**This stops managing ${number}: ${names.slice(0, FEW).map(code).join(', ')}${more}.** ${STAYS}.`
  if (more === '') return [whole(first)]
  return [
    whole(`${first}\n\n${details(`All ${number}`, fenced(lostLines(lost), 'text'))}`),
    lacking(first, 'some of what is no longer managed'),
  ]
}

/** All that is no longer managed, folded, as lines of a code block. */
export function lostLines(lost: readonly NoLongerManaged[]): readonly string[] {
  return fold(lost, ({ fields = [] }) => fields.join(', ')).map(({ subject, items: [{ fields }] }) => {
    const which = fields === undefined ? '' : `: ${fields.join(', ')}`
    return fencedLine(`${subject.text}${which}${subject.names.length === 0 ? '' : ` (${subject.names.join(', ')})`}`)
  })
}

/** The notice on top that an urgent part did not fit. Empty where all of them did. */
export function noticeOf(chosen: Readonly<Record<string, Form>>, facts: ReportFacts): readonly string[] {
  const lacks = lacksOf(chosen, 'first')
  if (lacks.length === 0) return []
  return [`**Not all that gains access or is deleted fits in here. Left out: ${lacks.join('; ')}.** ${whereAll(facts)}`]
}

/** The other parts that were left out, and the place that has them. */
export function leftOutOf(chosen: Readonly<Record<string, Form>>, facts: ReportFacts): readonly string[] {
  const lacks = lacksOf(chosen, 'last')
  return lacks.length === 0 ? [] : [`Left out for length: ${lacks.join('; ')}. ${whereAll(facts)}`]
}

/** The notice that names were left out, with the reason and the place that has them. */
export function hiddenNames({ audience, runUrl }: Pick<ReportFacts, 'audience' | 'runUrl'>): readonly string[] {
  if (audience === 'full') return []
  return [`Names are left out because this repository is not private; ${link("the job's log", runUrl)} has them.`]
}

/** The plan's digest and commit, and the place of the whole plan. */
export function originLine(digest: string | undefined, { commit, runUrl, configuration }: ReportFacts): string {
  return [
    `Configuration ${code(configuration)}`,
    ...(commit === undefined ? [] : [`commit ${code(commit)}`]),
    ...(digest === undefined ? [] : [`digest ${code(digest)}`]),
    ...(runUrl === undefined ? [] : [link('job summary', runUrl)]),
  ].join(' · ')
}

/** The same in one short line, for a place beside which the whole digest stands. */
export function footer(digest: string, facts: ReportFacts): string {
  const { commit, configuration, runUrl, files, pageUrl } = facts
  const commitUrl = files === undefined ? undefined : files.replace(/\/blob\/([^/]*).*$/, '/commit/$1')
  return [
    breakable(configuration),
    ...(commit === undefined ? [] : [link(code(commit.slice(0, SHORT_COMMIT)), commitUrl)]),
    `digest ${facts.digest === 'whole' ? breakable(digest) : code(digest.slice(0, SHORT_DIGEST))}`,
    ...(runUrl === undefined ? [] : [link('summary', runUrl)]),
    ...(pageUrl === undefined ? [] : [link('page', pageUrl)]),
  ].join(' · ')
}

function whereAll({ runUrl }: ReportFacts): string {
  return `The whole plan stands in the ${link('job summary', runUrl)}.`
}

function clippedBlock({ title, rows }: Section, { wording }: Pick<PlanView, 'wording'>): string {
  const lines = rows.slice(0, FEW).flatMap((row) => rowLines(row, wording, { subjects: 3, members: 3 }).map(clip))
  const more = rows.length > FEW ? [`… ${rows.length - FEW} more`] : []
  return `### ${title} (${rows.length})\n\n${fenced([...lines, ...more], 'text')}`
}

function sectionsOf({ sections }: Pick<PlanView, 'sections'>, names: readonly SectionName[]): readonly Section[] {
  return sections.filter(({ name }) => names.includes(name))
}
