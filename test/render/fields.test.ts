import { describe, expect, it } from 'vitest'
import type { Document } from '../../src/core/json.ts'
import type { Change } from '../../src/core/plan.ts'
import { viewFields } from '../../src/render/fields.ts'
import { fieldsHtml } from '../../src/render/html-field.ts'
import { renderText } from '../../src/render/text.ts'
import { viewPlan } from '../../src/render/view.ts'
import type { Wording } from '../../src/render/wording.ts'
import { buildChange, buildPlan } from '../support/plan-builder.ts'

function head(change: Change, wording: Wording = 'plan'): string {
  const [, ...lines] = renderText(viewPlan(buildPlan([change]), wording), { colour: 'plain' }).split('\n')
  return lines.slice(0, lines.indexOf('')).join('\n').replace('  ~ orgs/acme/x  ', '')
}

const many = Array.from({ length: 14 }, (_, index) => `r${index + 10}`)

describe('a changed field', () => {
  const table: readonly [string, Document, Document, string, string][] = [
    [
      'a word',
      { visibility: 'private' },
      { visibility: 'all' },
      'visibility: private → all',
      'visibility: is private, should be all',
    ],
    ['a switch', { enabled: true }, { enabled: false }, 'enabled: true → false', 'enabled: is true, should be false'],
    ['text like a switch', { a: 'true' }, { a: true }, 'a: "true" → true', 'a: is "true", should be true'],
    ['text with blanks', { a: 'x → y' }, { a: '' }, 'a: "x → y" → ""', 'a: is "x → y", should be ""'],
    ['a number', { a: 1 }, { a: '1' }, 'a: 1 → "1"', 'a: is 1, should be "1"'],
    ['null', { a: null }, { a: 'null' }, 'a: null → "null"', 'a: is null, should be "null"'],
    ['a field that comes', {}, { a: 'x' }, 'a: (not set) → x', 'a: is (not set), should be x'],
    ['a field that goes', { a: 'x' }, {}, 'a: x → (not set)', 'a: is x, should be (not set)'],
    ['a nested field', { s: { p: { q: 1 } } }, { s: { p: { q: 2 } } }, 's.p.q: 1 → 2', 's.p.q: is 1, should be 2'],
    [
      'a list, by member',
      { l: ['a', 'b', 'legacy'] },
      { l: ['web', 'b', 'a', 'api'] },
      'l: + web, api  - legacy  (2 unchanged)',
      'l: lacks web, api  should not have legacy  (2 as wanted)',
    ],
    ['a list emptied', { l: ['a'] }, { l: [] }, 'l: - a', 'l: should not have a'],
    ['a list that had nothing', { l: [] }, { l: ['a'] }, 'l: + a', 'l: lacks a'],
    ['a list that comes', {}, { l: [] }, 'l: (not set) → []', 'l: is (not set), should be []'],
    [
      'a long list',
      { l: [] },
      { l: many },
      `l: + ${many.slice(0, 10).join(', ')}, … 4 more`,
      `l: lacks ${many.slice(0, 10).join(', ')}, … 4 more`,
    ],
    ['members with commas', { l: [] }, { l: ['a, b'] }, 'l: + "a, b"', 'l: lacks "a, b"'],
    ['only the order of a list', { l: ['a', 'b'] }, { l: ['b', 'a'] }, 'l: a, b → b, a', 'l: is a, b, should be b, a'],
    [
      'where a value comes from',
      { value: 'env:A' },
      { value: 'env:B' },
      'value: env:A → env:B',
      'value: is env:A, should be env:B',
    ],
  ]
  it.each(table)('%s', (_, before, after, plan, drift) => {
    const change = buildChange('orgs/acme/x', before, after)
    expect(head(change)).toBe(plan)
    expect(head(change, 'drift')).toBe(drift)
  })

  it('that GitHub does not show is not said to be unset', () => {
    const change = buildChange('orgs/acme/x', {}, { a: 'x' }, { hidden: true })
    expect(head(change)).toBe('a: (not shown) → x')
    expect(head(change, 'drift')).toBe('a: is (not shown), should be x')
    expect(fieldsHtml(viewFields(change), 'plan').markup).toContain('not shown')
  })

  it('stands beside a second one', () => {
    const change = buildChange('orgs/acme/x', { a: 1, b: 1, c: 1 }, { a: 2, b: 1, c: 3 }, { widens: ['c'] })
    expect(head(change)).toBe('a: 1 → 2  c: 1 → 3 (wider)')
  })

  it('stands on a line of its own where there are more, or two that are long', () => {
    const several = buildChange('orgs/acme/x', { a: 1, b: 1, c: 1 }, { a: 2, b: 2, c: 3 })
    expect(head(several)).toBe('  ~ orgs/acme/x\n      a: 1 → 2\n      b: 1 → 2\n      c: 1 → 3')
    const [long, other] = ['x'.repeat(60), 'y'.repeat(60)]
    const two = buildChange('orgs/acme/x', { a: 1, b: long }, { a: 2, b: other })
    expect(head(two)).toBe(`  ~ orgs/acme/x\n      a: 1 → 2\n      b: ${long} → ${other}`)
    const one = buildChange('orgs/acme/x', { b: long }, { b: other })
    expect(head(one)).toBe(`b: ${long} → ${other}`)
  })

  it.each([
    [100, '  ~ orgs/acme/x  a: 1 → 2  b: selected → all  # octoform.yaml:1:2'],
    [50, '  ~ orgs/acme/x  a: 1 → 2  b: selected → all\n      # octoform.yaml:1:2'],
    [40, '  ~ orgs/acme/x  # octoform.yaml:1:2\n      a: 1 → 2\n      b: selected → all'],
  ])('at a terminal of %i columns stands where it fits', (width, expected) => {
    const source = { file: 'octoform.yaml', line: 1, col: 2 }
    const change = buildChange('orgs/acme/x', { a: 1, b: 'selected' }, { a: 2, b: 'all' }, { source })
    const [, ...lines] = renderText(viewPlan(buildPlan([change]), 'plan'), { colour: 'plain', width }).split('\n')
    expect(lines.slice(0, lines.indexOf('')).join('\n')).toBe(expected)
  })

  it('is wider where a field around it is', () => {
    const change = buildChange('orgs/acme/x', { s: { p: 1 } }, { s: { p: 2 } }, { widens: ['s'] })
    expect(head(change)).toBe('s.p: 1 → 2 (wider)')
  })
})

describe("a secret's value", () => {
  const visibility = [
    { visibility: 'all', value: 'env:A' },
    { visibility: 'private', value: 'env:A' },
  ] as const
  it.each<[string, Change, string]>([
    [
      'sent again',
      buildChange('orgs/acme/x', { value: 'env:A' }, { value: 'env:A' }, { value: 'again' }),
      '  ! orgs/acme/x  value: env:A, will be re-sent',
    ],
    [
      'rotated',
      buildChange('orgs/acme/x', { value: 'env:A' }, { value: 'env:A' }, { value: 'rotate' }),
      '  ! orgs/acme/x  value: env:A, will be re-sent',
    ],
    [
      'rotated without a ledger entry',
      buildChange('orgs/acme/x', {}, { value: 'env:A' }, { value: 'rotate' }),
      '  ! orgs/acme/x  value: env:A, will be re-sent',
    ],
    [
      'put because another field needs it',
      buildChange('orgs/acme/x', ...visibility, { value: 'put' }),
      'visibility: all → private  value: env:A, put with this change',
    ],
    [
      'rotated with another field',
      buildChange('orgs/acme/x', ...visibility, { value: 'rotate' }),
      'visibility: all → private  value: env:A, will be re-sent',
    ],
    ['needed, but not in the YAML', buildChange('orgs/acme/x', { v: 1 }, { v: 2 }, { value: 'put' }), 'v: 1 → 2'],
  ])('%s', (_, change, expected) => {
    expect(head(change)).toBe(expected)
  })
})

it('shows every field of a create and of a delete', () => {
  const document: Document = { visibility: 'selected', repositories: [], nested: { on: true }, empty: {} }
  expect(head(buildChange('orgs/acme/g', null, document))).toMatchInlineSnapshot(`
    "  + orgs/acme/g
          empty: {}
          nested.on: true
          repositories: []
          visibility: selected"
  `)
  expect(head(buildChange('orgs/acme/g', document, null))).toMatchInlineSnapshot(`
    "  - orgs/acme/g
          empty: {}
          nested.on: true
          repositories: []
          visibility: selected"
  `)
  expect(head(buildChange('orgs/acme/g', document, null), 'drift')).toMatchInlineSnapshot(`
    "  - orgs/acme/g
          empty: is {}
          nested.on: is true
          repositories: is []
          visibility: is selected"
  `)
})
