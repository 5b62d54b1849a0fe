import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { confirmationQuestion } from '../../src/apply/confirm.ts'
import type { Change } from '../../src/core/plan.ts'
import { renderConfirmation } from '../../src/render/confirmation.ts'
import { commandLines, terminalFaults } from '../support/harmless.ts'
import { HOSTILE, hostilePlan } from '../support/hostile.ts'
import { buildAccess, buildChange, buildPlan } from '../support/plan-builder.ts'

const PLAIN = { colour: 'plain' } as const

const opens = (address: string, ...gains: readonly string[]): Change =>
  buildChange(
    address,
    { v: 1 },
    { v: 2 },
    { access: { gains: buildAccess('named', ...gains), loses: [] }, widens: ['v'] },
  )
const deletes = (address: string): Change => buildChange(address, { v: 1 }, null)
const changes = (address: string): Change => buildChange(address, { v: 1 }, { v: 2 })

describe('render/confirmation', () => {
  it.each<[string, readonly Change[], string]>([
    ['nothing of the kind', [changes('orgs/acme/permissions')], ''],
    [
      'what opens to public repositories first, these by name',
      [opens('orgs/acme/secrets/A', 'web', 'site:public'), opens('orgs/acme/secrets/B', 'api')],
      '\nOpens to PUBLIC repositories\n  ~ orgs/acme/secrets/A: site, web (1 PUBLIC)\n\nGives access\n  ~ orgs/acme/secrets/B: api\n\n',
    ],
    [
      'what is deleted, equal ones together',
      ['a', 'b', 'c'].map((name) => deletes(`repos/acme/${name}/secrets/S`)),
      '\nDeletes\n  - 3 repositories: secrets/S (repos/acme/a, repos/acme/b, repos/acme/c)\n\n',
    ],
    [
      'ten rows, and how many more',
      Array.from({ length: 13 }, (_, index) => deletes(`orgs/o${index + 10}/secrets/S${index}`)),
      `\nDeletes\n${Array.from({ length: 10 }, (_, index) => `  - orgs/o${index + 10}/secrets/S${index}\n`).join('')}  … 3 more\n\n`,
    ],
    [
      'many repositories by the first five',
      [opens('orgs/acme/secrets/A', 'a', 'b', 'c', 'd', 'e', 'f:public')],
      '\nOpens to PUBLIC repositories\n  ~ orgs/acme/secrets/A: f, a, b, c, d, … 1 more (1 PUBLIC)\n\n',
    ],
  ])('repeats %s', (_, given, expected) => {
    expect(renderConfirmation(buildPlan(given), PLAIN)).toBe(expected)
  })

  it('has the word in a colour of its own', () => {
    const text = renderConfirmation(buildPlan([opens('orgs/acme/secrets/A', 'web:public')]), { colour: 'ansi' })
    expect(text).toContain('\u001b[30;43mPUBLIC\u001b[0m')
  })

  it.each([
    [[changes('orgs/acme/a')], '1 to change'],
    [
      [deletes('orgs/acme/a'), changes('orgs/acme/b'), buildChange('orgs/acme/c', null, { v: 1 })],
      '1 to add, 1 to change, 1 to delete',
    ],
  ])('asks with the numbers', (given, counts) => {
    expect(confirmationQuestion(buildPlan(given))).toBe(`Apply these changes (${counts})? Only 'yes' is accepted: `)
  })

  it.each(HOSTILE)('%s stays text', (_, text) => {
    const plan = hostilePlan(text)
    const deleted = plan.changes.map(
      (change): Change => ({ ...change, action: 'delete', before: { v: 1 }, after: null }),
    )
    for (const width of [undefined, 20, 33, 60]) {
      for (const given of [plan, { changes: deleted }]) {
        const output = stripVTControlCharacters(renderConfirmation(given, { colour: 'plain', width }))
        expect(output).not.toBe('')
        expect([...commandLines(output), ...terminalFaults(output)]).toEqual([])
      }
    }
  })
})
