import { effectiveAccess } from '../core/effective-access.ts'
import type { Plan } from '../core/plan.ts'
import { planOfOwner } from '../core/plan-of-owner.ts'
import { accessForms, GIVEN, LACKED } from './access-forms.ts'
import { viewCounts } from './counts.ts'
import { driftParts } from './drift-changes.ts'
import { type Form, type Forms, fitForms } from './fit.ts'
import { fitNames } from './fit-names.ts'
import { type IssueText, writeIssue } from './issue-text.ts'
import { code } from './markdown-text.ts'
import { printable } from './printable.ts'
import { REPORT_BYTES, type ReportFacts } from './report-facts.ts'
import { hiddenNames, leftOutOf, noticeOf, originLine, problemForms } from './report-parts.ts'
import { viewPlan } from './view.ts'

type PartName = 'problems' | 'given' | 'unlisted' | 'changed' | 'lacked'

/** The least important first; a part is here once for each form that it may shrink to. */
const SHED: readonly PartName[] = [
  ...Array.from({ length: 5 }, () => 'changed' as const),
  ...Array.from({ length: 6 }, () => 'lacked' as const),
  'unlisted',
  'problems',
  ...Array.from({ length: 6 }, () => 'given' as const),
  'problems',
]

/**
 * The issue about the differences between GitHub and the configuration of one owner; access that the configuration does
 * not give comes first. Its text is complete each time; earlier ones are not read.
 * @param limit in bytes
 */
export function renderDriftIssue(
  plan: Plan,
  owner: string,
  facts: ReportFacts,
  limit: number = REPORT_BYTES,
): IssueText {
  const own = planOfOwner(plan, owner)
  const view = facts.audience === 'full' ? viewPlan(own, 'drift') : viewCounts(own, 'drift')
  const access = effectiveAccess(own, undefined)
  const { forms, named } = driftParts(own.changes, view, owner, facts.audience)
  const parts: Readonly<Record<PartName, Forms>> = {
    problems: problemForms(view),
    given: accessForms(access, GIVEN, facts.audience),
    ...forms,
    lacked: accessForms(access, LACKED, facts.audience),
  }
  const write = (chosen: Readonly<Record<PartName, Form>>): string => {
    const { problems, given, unlisted, changed, lacked } = chosen
    const about = { kind: 'drift', host: own.host, owner, digest: own.digest, counter: facts.ledgerCounter } as const
    return writeIssue(about, facts, [
      ...noticeOf(chosen, facts),
      `GitHub differs from what the configuration says of ${code(owner)}.`,
      ...[given, unlisted, lacked, changed, problems].map(({ text }) => text),
      REMEDY,
      ...leftOutOf(chosen, facts),
      ...hiddenNames(facts),
      originLine(own.digest, facts),
      view.last,
    ])
  }
  const chosen = fitForms(parts, SHED, write, limit)
  return { title: `octoform: drift in ${printable(owner)}`, body: write(fitNames(chosen, named, write, limit)) }
}

const REMEDY = [
  '### What to do',
  '',
  '- To have GitHub as the configuration says: open a pull request, of an empty commit if need be, so that its plan is ' +
    'reviewed and applied; or run `octoform apply` by hand.',
  '- To keep what was changed: `octoform drift --accept` prints the change of the YAML; open a pull request with it.',
  '',
  'This issue closes by itself once nothing differs.',
].join('\n')
