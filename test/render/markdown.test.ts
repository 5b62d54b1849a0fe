import { describe, expect, it } from 'vitest'
import { renderMarkdown } from '../../src/render/markdown.ts'
import { ALL_NAMES } from '../../src/render/markdown-rows.ts'
import { rowsBlock } from '../../src/render/markdown-section.ts'
import type { NoteRow } from '../../src/render/row.ts'
import { viewPlan } from '../../src/render/view.ts'
import { buildChange, buildPlan } from '../support/plan-builder.ts'

const ROWS = 300
const note = (index: number): NoteRow => ({ kind: 'note', text: `Something of ${index}`, names: [], hint: null })

describe('a plan as markdown', () => {
  it('comes in parts of whole lines, none of which has all rows', () => {
    const many = Array.from({ length: ROWS }, (_, index) =>
      buildChange(`orgs/acme/secrets/S${index}`, { v: 1 }, { v: index === ROWS - 1 ? '````' : index + 2 }),
    )
    const parts = [...renderMarkdown(viewPlan(buildPlan(many), 'plan'))]
    expect(parts.length).toBeGreaterThan(ROWS)
    expect(parts.filter((part) => !part.endsWith('\n'))).toEqual([])
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThan(300)
    // The fence of the first line is longer than the backticks of the last row.
    expect(parts.join('')).toMatch(/\n`{5}diff\n[\s\S]*\n`{5}\n/)
  })

  it('has no block made to its end that fits nowhere', () => {
    const rows = Array.from({ length: ROWS }, (_, index) => note(index))
    const whole = rowsBlock(rows, 'plan', ALL_NAMES)
    const most = Math.floor(whole.length / 10)
    const cut = rowsBlock(rows, 'plan', ALL_NAMES, most)
    expect(cut.length).toBeGreaterThan(most)
    expect(cut.length).toBeLessThan(1.1 * most + 100)
    expect(rowsBlock(rows, 'plan', ALL_NAMES, whole.length)).toBe(whole)
  })
})
