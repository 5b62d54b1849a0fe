import { stripVTControlCharacters } from 'node:util'
import { expect, it } from 'vitest'
import type { Change, Plan } from '../../src/core/plan.ts'
import { renderJson } from '../../src/render/json.ts'
import type { SectionName } from '../../src/render/row.ts'
import { renderText } from '../../src/render/text.ts'
import { viewPlan } from '../../src/render/view.ts'
import type { Wording } from '../../src/render/wording.ts'
import { cpuTime } from '../support/cpu-time.ts'
import { buildAccess, buildChange, buildPlan } from '../support/plan-builder.ts'

const PLAIN = { colour: 'plain' } as const

function update(rest: Partial<Change>, name = 'X'): Change {
  return { ...buildChange(`orgs/acme/secrets/${name}`, { v: 1 }, { v: 2 }), ...rest }
}

it.each<[string, Change, readonly SectionName[]]>([
  ['nobody gains or loses', update({}), ['others']],
  ['a named repository gains', update({ access: { gains: buildAccess('named', 'web'), loses: [] } }), ['gains']],
  ['a matched one gains', update({ access: { gains: buildAccess('matched', 'web'), loses: [] } }), ['gains_matched']],
  [
    'one of each, and one loses',
    update({
      access: {
        gains: [...buildAccess('matched', 'web'), ...buildAccess('named', 'api')],
        loses: buildAccess('named', 'docs'),
      },
      widens: ['v'],
    }),
    ['gains', 'gains_matched', 'taken_away'],
  ],
  ['a consequence widens', update({ consequences: [{ message: 'm', widens: true }] }), ['gains_beside']],
  ['a consequence does not', update({ consequences: [{ message: 'm', widens: false }] }), ['others']],
  ['a setting widens for no repository', update({ widens: ['v'] }), ['wider']],
  ['a repository loses', update({ access: { gains: [], loses: buildAccess('named', 'web') } }), ['taken_away']],
  ['a delete', buildChange('orgs/acme/secrets/X', { v: 1 }, null), ['taken_away']],
  ['a create that nobody reaches', buildChange('orgs/acme/secrets/X', null, { v: 1 }, { widens: ['v'] }), ['others']],
])('%s', (_, change, expected) => {
  const { sections } = viewPlan(buildPlan([change]), 'plan')
  expect(sections.map(({ name }) => name)).toEqual(expected)
  const details = sections.map(({ rows }) => rows.map((row) => (row.kind === 'change' ? row.detail : 'note')))
  expect(details).toEqual(expected.map((_section, index) => [index === 0 ? 'full' : 'brief']))
})

it('names first what public repositories gain, and public repositories first', () => {
  const gains = (...names: readonly string[]) => ({ access: { gains: buildAccess('named', ...names), loses: [] } })
  const changes = [update(gains('api', 'web'), 'A'), update(gains('api', 'site:public', 'blog:public'), 'B')]
  const [section] = viewPlan(buildPlan(changes), 'plan').sections
  const rows = section?.rows.map((row) =>
    row.kind === 'change' ? [row.subject.text, row.access?.repositories.map((to) => to.repository)] : row,
  )
  expect(rows).toEqual([
    ['orgs/acme/secrets/B', ['blog', 'site', 'api']],
    ['orgs/acme/secrets/A', ['api', 'web']],
  ])
})

it.each<[Wording, readonly Change[], string]>([
  ['plan', [], 'No changes.'],
  ['drift', [], 'No drift.'],
  ['plan', [update({ value: 'again' })], 'Plan: 0 to add, 1 to change, 0 to delete.'],
  ['drift', [buildChange('orgs/acme/secrets/X', null, {})], 'Drift: 1 to add, 0 to change, 0 to delete.'],
  ['plan', [buildChange('orgs/acme/secrets/X', {}, null)], 'Plan: 0 to add, 0 to change, 1 to delete.'],
])('ends a %s of %j with the line to look for', (wording, changes, last) => {
  const text = renderText(viewPlan(buildPlan(changes), wording), PLAIN)
  expect(text.endsWith(`${changes.length === 0 ? '' : '\n'}${last}\n`)).toBe(true)
})

it('says right above the last line that the plan is incomplete', () => {
  const text = renderText(viewPlan(buildPlan([], { complete: false }), 'drift'), PLAIN)
  expect(text).toBe(
    'Incomplete: something could not be read, and nothing is planned there. apply refuses it without --allow incomplete.\n' +
      'Nothing to change in what could be read; something could not be.\n',
  )
})

const HELD = { address: 'orgs/acme/secrets/X', field: 'visibility', reason: 'r', source: null, help: 'h' }

it.each<[Wording, Partial<Plan>, string]>([
  ['plan', { held_back: [HELD] }, 'Plan: 0 to add, 0 to change, 0 to delete. 1 held back.'],
  ['drift', { held_back: [HELD, HELD] }, 'Drift: 0 to add, 0 to change, 0 to delete. 2 held back.'],
  ['plan', { diagnostics: [{ severity: 'error', message: 'm' }] }, 'Plan: 0 to add, 0 to change, 0 to delete.'],
  ['plan', { diagnostics: [{ severity: 'warning', message: 'm' }] }, 'No changes.'],
  // The credential does not see every repository.
  [
    'plan',
    { diagnostics: [{ severity: 'warning', message: 'm', held_back: true }] },
    'Plan: 0 to add, 0 to change, 0 to delete.',
  ],
  [
    'drift',
    { diagnostics: [{ severity: 'warning', message: 'm', held_back: true }] },
    'Drift: 0 to add, 0 to change, 0 to delete.',
  ],
  ['drift', { secrets: { unknown: ['a', 'b'], not_compared: [], keyed: true } }, 'No drift. 2 secrets unknown.'],
  ['plan', { secrets: { unknown: ['a', 'b'], not_compared: [], keyed: true } }, 'No changes.'],
  [
    'drift',
    { complete: false, not_read: [{ scope: 'orgs/a', reason: 'r' }], held_back: [HELD] },
    'Nothing to change in what could be read; 1 scope could not be. 1 held back.',
  ],
])('ends a %s of %j with all that keeps GitHub from being as written', (wording, rest, last) => {
  expect(viewPlan(buildPlan([], rest), wording).last).toBe(last)
})

it('names what is held back first, with its line and what would help', () => {
  const source = { file: 'octoform.yaml', line: 3, col: 5 }
  const held_back = [
    { ...HELD, source },
    { ...HELD, source, address: 'orgs/acme/secrets/Y' },
    { ...HELD, field: null, reason: 'q' },
  ]
  const plan = buildPlan([buildChange('orgs/acme/secrets/Z', null, {})], { held_back })
  const text = renderText(viewPlan(plan, 'plan'), PLAIN)
  expect(text.slice(0, text.indexOf('\n\n'))).toBe(
    [
      'Held back',
      '  octoform.yaml:3:5: visibility: r (orgs/acme/secrets/X, orgs/acme/secrets/Y)',
      '      h',
      '  orgs/acme/secrets/X: q',
      '      h',
    ].join('\n'),
  )
})

it('prints nothing else where there is nothing to tell', () => {
  expect(renderText(viewPlan(buildPlan([]), 'plan'), PLAIN)).toBe('No changes.\n')
})

it('tells that there is no ledger key only where secrets are concerned', () => {
  const unkeyed = { secrets: { unknown: [], not_compared: [], keyed: false } }
  const text = (changes: readonly Change[]) => renderText(viewPlan(buildPlan(changes, unkeyed), 'plan'), PLAIN)
  expect(text([update({})])).not.toContain('OCTOFORM_LEDGER_KEY')
  expect(text([update({ value: 'put' })])).toContain('OCTOFORM_LEDGER_KEY')
})

it('colours by symbol, and only when asked', () => {
  const changes = [
    buildChange('orgs/acme/secrets/A', null, {}),
    update({}, 'B'),
    buildChange('orgs/acme/secrets/C', {}, null),
    buildChange('orgs/acme/secrets/D', { value: 'env:D' }, { value: 'env:D' }, { value: 'again' }),
  ]
  const view = viewPlan(buildPlan(changes), 'plan')
  const text = renderText(view, { colour: 'ansi' })
  for (const symbol of ['\u001b[32m+', '\u001b[33m~', '\u001b[31m-', '\u001b[35m!'])
    expect(text).toContain(`${symbol}\u001b[0m orgs`)
  expect(renderText(view, PLAIN)).toBe(stripVTControlCharacters(text))
})

function largePlan(size: number): Plan {
  const changes: Change[] = []
  for (let index = 0; index < size; index += 1) {
    const own = index % 2 === 0 ? { enabled: true } : { enabled: true, level: index }
    const access = { gains: buildAccess('matched', `r${index}`), loses: [] }
    changes.push(
      buildChange(`repos/acme/r${index}/permissions`, { enabled: false }, own, { access, widens: ['enabled'] }),
    )
  }
  return buildPlan(changes)
}

it('reads the same whatever the order of the changes and of their keys', () => {
  const plan = largePlan(40)
  const turned = {
    ...plan,
    changes: [...plan.changes].reverse().map((change) => ({ ...change, after: reverseKeys(change.after ?? {}) })),
  }
  const read = (each: Plan) => {
    const { leftAlone, allNames, ...view } = viewPlan(each, 'plan')
    return { ...view, leftAlone: leftAlone(), allNames: allNames() }
  }
  expect(read(turned)).toEqual(read(plan))
  expect(renderJson({ ...turned, changes: [...turned.changes].reverse() })).toBe(renderJson(plan))
})

function reverseKeys<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).reverse()) as T
}

it('leaves the plan as it was', () => {
  const plan = largePlan(10)
  const before = structuredClone(plan)
  viewPlan(plan, 'drift')
  expect(plan).toEqual(before)
})

it('renders 5,000 changes in well under two seconds', () => {
  const plan = largePlan(5000)
  const took = cpuTime()
  const text = renderText(viewPlan(plan, 'plan'), PLAIN)
  const json = renderJson(plan)
  expect(took()).toBeLessThan(2000)
  expect(text.split('\n').length).toBeGreaterThan(2500)
  expect(JSON.parse(json).changes).toHaveLength(5000)
})
