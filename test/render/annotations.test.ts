import { describe, expect, it } from 'vitest'
import type { Change } from '../../src/core/plan.ts'
import { annotations } from '../../src/render/annotations.ts'
import { buildAccess, buildChange, buildPlan } from '../support/plan-builder.ts'

const at = (line: number) => ({ file: 'conf/octo,form.yaml', line, col: 7 })

function remove(line: number, name = `S${line}`): Change {
  return buildChange(`orgs/acme/secrets/${name}`, {}, null, { source: at(line) })
}

function open(line: number, ...names: readonly string[]): Change {
  const access = { gains: buildAccess('named', ...names), loses: [] }
  return buildChange(`orgs/acme/secrets/O${line}`, { v: 1 }, { v: 2 }, { source: at(line), access, widens: ['v'] })
}

describe('annotations', () => {
  it('stand at the line of the YAML that caused them', () => {
    const plan = buildPlan([remove(3), open(4, 'web', 'site:public'), open(5, 'web')], {
      diagnostics: [
        { severity: 'error', message: '100% wrong: a, b', source: at(1), address: 'orgs/acme/secrets/X' },
        { severity: 'warning', message: 'careful', source: at(2) },
      ],
      not_read: [{ scope: 'orgs/acme', reason: '403' }],
    })
    expect(annotations(plan)).toEqual([
      '::error file=conf/octo%2Cform.yaml,line=1,col=7,title=octoform%3A Configuration::100%25 wrong: a, b (orgs/acme/secrets/X)',
      '::error title=octoform%3A Could not be read::orgs/acme: 403',
      '::warning file=conf/octo%2Cform.yaml,line=4,col=7,title=octoform%3A Gives access to public repositories::orgs/acme/secrets/O4: 2 repositories (web, site)',
      '::warning file=conf/octo%2Cform.yaml,line=3,col=7,title=octoform%3A Deletes::orgs/acme/secrets/S3',
      '::warning file=conf/octo%2Cform.yaml,line=5,col=7,title=octoform%3A Gives access::orgs/acme/secrets/O5: 1 repository (web)',
      '::notice file=conf/octo%2Cform.yaml,line=2,col=7,title=octoform%3A Configuration::careful',
    ])
  })

  it('are one for all that a line deletes', () => {
    const lines = annotations(buildPlan([remove(3, 'A'), remove(3, 'B')]))
    expect(lines).toEqual([
      '::warning file=conf/octo%2Cform.yaml,line=3,col=7,title=octoform%3A Deletes::2 changes: orgs/acme/secrets/A, orgs/acme/secrets/B',
    ])
  })

  it('tell a wider setting and a consequence that widens', () => {
    const wider = buildChange('orgs/acme/permissions', { v: 1 }, { v: 2 }, { widens: ['v', 'w'], source: at(1) })
    const beside = [{ message: 'runner gpu falls to Default', widens: true }]
    const group = buildChange('orgs/acme/runner_groups/old', {}, null, { consequences: beside, source: at(2) })
    expect(annotations(buildPlan([wider, group])).map((line) => line.replace(/^.*title=octoform%3A /, ''))).toEqual([
      'Deletes::orgs/acme/runner_groups/old',
      'Gives access::orgs/acme/runner_groups/old: runner gpu falls to Default',
      'Becomes wider::orgs/acme/permissions: v, w',
    ])
  })

  it('are at most ten of a kind, the most important first, and the last one counts the others', () => {
    const changes = [...Array.from({ length: 30 }, (_, index) => remove(index + 1)), open(100, 'site:public')]
    const diagnostics = Array.from({ length: 12 }, (_, index) => ({ severity: 'error' as const, message: `m${index}` }))
    const lines = annotations(buildPlan(changes, { diagnostics }))
    const errors = lines.filter((line) => line.startsWith('::error '))
    const warnings = lines.filter((line) => line.startsWith('::warning '))
    expect([errors.length, warnings.length]).toEqual([10, 10])
    expect(errors.at(-1)).toMatch(/::m9 \(and 2 more of this kind\)$/)
    expect(warnings[0]).toContain('Gives access to public repositories')
    expect(warnings.at(-1)).toMatch(/ \(and 21 more of this kind\)$/)
    expect(lines.filter((line) => line.includes('more of this kind'))).toHaveLength(2)
  })

  it('word drift as what should be', () => {
    const lines = annotations(buildPlan([remove(3)]), 'drift')
    expect(lines[0]).toContain('title=octoform%3A Should not be there::')
  })

  it('are none of a plan without changes', () => {
    expect(annotations(buildPlan([]))).toEqual([])
  })
})
