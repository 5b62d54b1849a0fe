import { describe, expect, it } from 'vitest'
import { renderSummary } from '../../src/render/summary.ts'
import { splitMarkdown } from '../support/markdown-code.ts'
import { basePlan, FACTS, largeReportPlan, longName, reportPlan } from '../support/report-plan.ts'

const MEBIBYTE = 1024 * 1024

describe('a summary', () => {
  it('has the whole plan, of every owner', () => {
    const text = renderSummary(reportPlan(), { ...FACTS, base: basePlan() })
    for (const { address } of reportPlan().changes) expect(text).toContain(address)
    expect(text).toContain('### Would come without this change')
    expect(text).toContain('env:NPM_TOKEN')
    expect(text).toContain('orgs/acme/secrets: 3 members')
    expect(text).not.toContain('Left out')
  })

  it.each([
    ['plan', reportPlan(), 'Plan: 0 to add, 2 to change, 2 to delete.'],
    ['plan', { ...reportPlan(), changes: [] }, 'No changes.'],
    ['drift', reportPlan(), 'Drift: 0 to add, 2 to change, 2 to delete.'],
    ['drift', { ...reportPlan(), changes: [] }, 'No drift.'],
  ] as const)('ends a %s with its last line by itself', (wording, plan, last) => {
    const text = renderSummary(plan, FACTS, wording)
    expect(text.split('\n').slice(-3)).toEqual(['', last, ''])
    expect(splitMarkdown(text).outside.split('\n')).toContain(last)
  })

  it('tells of drift who has access first', () => {
    const text = renderSummary(reportPlan(), FACTS, 'drift')
    expect(text).toContain(
      '- `orgs/acme/secrets/NPM_TOKEN`: accessible, beside the configuration, to 1 repository: `legacy`',
    )
    expect(text).toContain('### Lacks access that the configuration gives')
  })

  it.each([
    ['short', (index: number) => `service-${index}`],
    ['long', longName],
  ])('names every deletion of 5,000 changes with %s names', (_, nameOf) => {
    const text = renderSummary(largeReportPlan(nameOf), FACTS)
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MEBIBYTE)
    for (let index = 0; index < 500; index += 1)
      expect(text).toContain(`- repos/acme/${nameOf(index)}/secrets/DEPLOY_${index} `.trimEnd())
    expect(text).toMatch(/\nPlan: 0 to add, 4500 to change, 500 to delete\.\n$/)
  })

  it('leaves out whole sections, the least important first, and names them', () => {
    const plan = largeReportPlan((index) => `service-${index}`)
    const text = renderSummary(plan, FACTS, 'plan', 200_000)
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(200_000)
    expect(text.split('\n')[2]).toMatch(/^\*\*Left out for length: .*the section “Other changes”.*\*\*/)
    expect(text).not.toContain('<summary>Other changes')
    for (let index = 0; index < 500; index += 1) expect(text).toContain(`DEPLOY_${index}`)
    for (let index = 0; index < 300; index += 1) expect(text).toMatch(new RegExp(`\\bWIDE_${index}\\b`))
  })

  it('counts what may not be named', () => {
    const text = renderSummary(reportPlan(), { ...FACTS, audience: 'counts' })
    expect(text).not.toMatch(/NPM_TOKEN|docs|legacy|lagacy|ELSEWHERE|orgs\/|repos\//)
    expect(text).toContain('Plan: 0 to add, 2 to change, 2 to delete.')
  })
})
