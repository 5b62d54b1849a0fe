import { expect, it } from 'vitest'
import { withPassedOver } from '../../src/render/passed-over.ts'
import { renderText } from '../../src/render/text.ts'
import { viewPlan } from '../../src/render/view.ts'
import { buildPlan } from '../support/plan-builder.ts'

function end(left_out: readonly string[], archived: readonly string[]): string {
  const view = viewPlan(buildPlan([], { left_out, left_alone: [] }), 'plan')
  return renderText({ ...view, sections: withPassedOver(view.sections, archived) }, { colour: 'plain' }, 'all names')
}

it.each([
  ['none', [], [], 'No changes.\n'],
  [
    'one',
    [],
    ['acme/legacy'],
    'Left out\n  1 repository (archived), which patterns pass over unless a selector has `archived` (acme/legacy)\n\nNo changes.\n',
  ],
  [
    'some, beside what flags leave out',
    ['orgs/other'],
    ['acme/a', 'acme/b'],
    'Left out\n  1 place left out by this run (orgs/other)\n' +
      '  2 repositories (archived), which patterns pass over unless a selector has `archived` (acme/a, acme/b)\n\nNo changes.\n',
  ],
])('names archived repositories: %s', (_, leftOut, archived, expected) => {
  expect(end(leftOut, archived)).toBe(expected)
})
