import { expect, it } from 'vitest'
import type { LeftAlone, Plan } from '../../src/core/plan.ts'
import { viewCounts } from '../../src/render/counts.ts'
import { renderText } from '../../src/render/text.ts'
import { viewPlan } from '../../src/render/view.ts'
import { buildPlan } from '../support/plan-builder.ts'

const WHY = '  Patterns pass over archived repositories, unless a selector has `archived`.\n'
const source = { file: 'octoform.yaml', line: 5, col: 9 }

it.each<[string, Partial<Plan>, string]>([
  ['none', {}, 'No changes.\n'],
  [
    'one',
    { passed_over: [{ pattern: 'svc-*', source, places: 1, repositories: ['acme/legacy'] }] },
    `Left out\n  octoform.yaml:5:9: svc-* passes over 1 repository (archived) (acme/legacy)\n${WHY}\nNo changes.\n`,
  ],
  [
    'some of several places, beside what flags leave out',
    {
      left_out: ['orgs/other'],
      passed_over: [{ pattern: '{"topic":"a"}', source, places: 3, repositories: ['acme/a', 'acme/b'] }],
    },
    'Left out\n  1 place left out by this run (orgs/other)\n' +
      '  octoform.yaml:5:9 and 2 other places: {"topic":"a"} passes over 2 repositories (archived) (acme/a, acme/b)\n' +
      `${WHY}\nNo changes.\n`,
  ],
])('names archived repositories by what passes over them, for those who ask for all names: %s', (_, rest, expected) => {
  const view = viewPlan(buildPlan([], rest), 'plan')
  expect(renderText(view, { colour: 'plain' }, 'all names')).toBe(expected)
  expect(renderText(view, { colour: 'plain' })).not.toContain('archived')
})

it('counts what is left alone for those alone who read the counts, and names it for those who read the names', () => {
  let reads = 0
  const row: LeftAlone = { section: 'orgs/acme/secrets', members: 2, fields: 0 }
  const left_alone = new Proxy([row], {
    get(rows, key) {
      if (key === '0' || key === Symbol.iterator) reads += 1
      return Reflect.get(rows, key)
    },
  })
  const plan = buildPlan([], { left_alone })
  const readBy = (use: () => unknown): number => {
    reads = 0
    use()
    return reads
  }
  const view = viewPlan(plan, 'plan')
  expect(readBy(() => ({ ...view }))).toBe(0)
  expect(readBy(() => viewCounts(plan, 'plan'))).toBe(0)
  expect(readBy(() => renderText(viewPlan(plan, 'plan'), { colour: 'plain' }, 'end'))).toBe(0)
  const named = readBy(() => view.sections.map(({ rows }) => rows))
  expect(named).toBeGreaterThan(0)
  expect(readBy(() => renderText(viewPlan(plan, 'plan'), { colour: 'plain' }, 'all names'))).toBe(named)
})
