import { describe, expect, it } from 'vitest'
import type { Change, Plan } from '../../src/core/plan.ts'
import { sha256 } from '../../src/engine/saved-plan.ts'
import { annotations } from '../../src/render/annotations.ts'
import { renderApplyComment } from '../../src/render/apply-report.ts'
import { renderComment } from '../../src/render/comment.ts'
import { renderDriftIssue } from '../../src/render/drift-issue.ts'
import { renderHtml } from '../../src/render/html.ts'
import { renderMarkdown } from '../../src/render/markdown.ts'
import type { ReportFacts } from '../../src/render/report-facts.ts'
import { renderSummary } from '../../src/render/summary.ts'
import { renderText } from '../../src/render/text.ts'
import { textLengths } from '../../src/render/text-lengths.ts'
import { viewPlan } from '../../src/render/view.ts'
import { buildChange, buildPlan } from '../support/plan-builder.ts'
import { FACTS } from '../support/report-plan.ts'

const [NEW, OLD, GONE] = ['planted-new-text', 'planted-old', 'planted-gone-text-of-a-variable']

const plan: Plan = buildPlan([
  buildChange('orgs/acme/variables/PLANTED_REGION', { value: OLD }, { value: NEW }),
  buildChange('repos/acme/web/environments/planted/variables/PLANTED_OLD', { value: GONE }, null),
  buildChange('repos/acme/web/variables/PLANTED_ONE', null, { value: '\u{1f600}' }),
])

const RENDERERS: Readonly<Record<string, (plan: Plan, facts: ReportFacts) => string>> = {
  comment: (of, facts) => renderComment(of, 'acme', facts),
  summary: (of, facts) => renderSummary(of, facts),
  'drift issue': (of, facts) => renderDriftIssue(of, 'acme', facts).body,
  html: (of, facts) => [...renderHtml(of, 'plan', facts, sha256)].join(''),
}

describe.each(Object.entries(RENDERERS))('the %s', (_, render) => {
  it('shows the text of a variable where names are', () => {
    const text = render(plan, { ...FACTS, audience: 'full' })
    for (const each of [NEW, OLD, GONE, 'PLANTED_REGION']) expect(text).toContain(each)
    expect(text).not.toMatch(/text of \d+/)
  })

  it('shows its length where names are not', () => {
    const text = render(plan, { ...FACTS, audience: 'counts' })
    expect(text).not.toMatch(/planted/i)
    for (const each of ['text of 11 → 16 characters', 'text of 31 characters', 'text of 1 character'])
      expect(text).toContain(each)
  })
})

it('no annotation has it, with or without names', () => {
  for (const audience of ['full', 'counts'] as const) {
    expect(annotations(plan, 'plan', audience).join('\n')).not.toMatch(/planted-/)
  }
})

it('the comment about an apply has none of it where names are left out', () => {
  const ending = { host: plan.host, plan, outcome: undefined, failure: undefined, reasons: [] }
  expect(renderApplyComment(ending, { ...FACTS, audience: 'counts' })).not.toMatch(/planted/i)
})

it('what is printed to the person who ran it has all of it', () => {
  const view = viewPlan(plan, 'plan')
  for (const text of [renderText(view, { colour: 'plain' }, 'all names'), [...renderMarkdown(view)].join('')]) {
    for (const each of [NEW, OLD, GONE]) expect(text).toContain(each)
  }
})

describe('the lengths', () => {
  const put = (before: string | null, after: string | null, value: Change['value'] = null): Change => ({
    ...buildChange(
      'orgs/acme/variables/X',
      before === null ? null : { value: before },
      after === null ? null : { value: after },
    ),
    value,
  })
  it.each<[string, readonly Change[], string]>([
    ['of none', [], ''],
    [
      'of changes that leave the text',
      [buildChange('orgs/acme/variables/X', { value: 'a', v: 1 }, { value: 'a', v: 2 })],
      '',
    ],
    ['of a secret, which has a source', [put('env:OLD', 'env:NEW', 'put')], ''],
    ['of an empty text', [put(null, '')], '; text of 0 characters'],
    ['of many', Array.from({ length: 7 }, () => put(null, 'ab')), '; text of 2, 2, 2, 2, 2, … 2 more characters'],
  ])('%s', (_, changes, text) => expect(textLengths(changes)).toBe(text))
})
