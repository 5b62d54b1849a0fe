import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Change, Plan } from '../../src/core/plan.ts'
import { renderComment } from '../../src/render/comment.ts'
import { renderDriftIssue } from '../../src/render/drift-issue.ts'
import { renderHtml } from '../../src/render/html.ts'
import { renderJson } from '../../src/render/json.ts'
import { renderMarkdown } from '../../src/render/markdown.ts'
import { renderSummary } from '../../src/render/summary.ts'
import { renderText } from '../../src/render/text.ts'
import { viewPlan } from '../../src/render/view.ts'
import { buildAccess, buildChange, buildPlan } from '../support/plan-builder.ts'
import { FACTS, longName } from '../support/report-plan.ts'

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index)
const at = (line: number) => ({ file: 'octoform.yaml', line, col: 7 })

/** Plans of one kind of change, of any size. */
const SHAPES: Readonly<Record<string, (count: number) => Plan>> = {
  'creates that fold': (count) =>
    buildPlan(
      range(count).map((index) =>
        buildChange(
          `repos/acme/r${index % 1000}/secrets/S${Math.floor(index / 1000)}`,
          null,
          { value: 'env:V' },
          {
            source: at(5),
          },
        ),
      ),
    ),
  'updates that do not fold': (count) =>
    buildPlan(
      range(count).map((index) =>
        buildChange(
          `repos/acme/${longName(index)}/permissions`,
          { v: index },
          { v: index + 1 },
          { source: at(index + 1) },
        ),
      ),
    ),
  deletes: (count) =>
    buildPlan(
      range(count).map((index) =>
        buildChange(`repos/acme/r${index}/secrets/S${index}`, { v: index }, null, { source: at(7) }),
      ),
    ),
  'access of a few to many': (count) =>
    buildPlan(
      range(20).map((index): Change => {
        const gains = buildAccess('matched', ...range(count / 20).map((other) => `gainer-${index}-${other}`))
        const loses = buildAccess('named', ...range(count / 40).map((other) => `loser-${index}-${other}`))
        const change = buildChange(
          `orgs/acme/secrets/WIDE_${index}`,
          { v: [index] },
          { v: [index + 1] },
          { source: at(9) },
        )
        return { ...change, widens: ['v'], access: { gains, loses } }
      }),
    ),
  'access of many to one': (count) =>
    buildPlan(
      range(count).map((index): Change => {
        const change = buildChange(
          `orgs/acme/secrets/WIDE_${index}`,
          { v: 'selected' },
          { v: 'all' },
          { source: at(index + 1) },
        )
        return {
          ...change,
          widens: ['v'],
          access: { gains: buildAccess('matched', `site-${index % 7}:public`), loses: [] },
        }
      }),
    ),
  'nothing but warnings, and what is held back': (count) =>
    buildPlan([], {
      diagnostics: range(count).map((index) => ({
        severity: 'warning',
        message: `nothing is called r${index}`,
        source: at(index + 1),
      })),
      held_back: range(count).map((index) => {
        const address = `repos/acme/r${index}/secrets/S`
        return { address, field: null, reason: 'it is full', source: at(index + 1), help: 'Make room.' }
      }),
    }),
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Each report with the most bytes that its place takes. */
const REPORTS: Readonly<Record<string, { readonly of: (plan: Plan) => string; readonly most?: number }>> = {
  text: { of: (plan) => renderText(viewPlan(plan, 'plan'), { colour: 'plain' }) },
  markdown: { of: (plan) => [...renderMarkdown(viewPlan(plan, 'plan'))].join('') },
  json: { of: renderJson },
  html: { of: (plan) => [...renderHtml(plan, 'plan', FACTS, sha256)].join('') },
  // GitHub takes 65,536 characters; a job's summary 1 MiB.
  comment: { of: (plan) => renderComment(plan, 'acme', FACTS), most: 65_535 },
  'comment with counts': { of: (plan) => renderComment(plan, 'acme', { ...FACTS, audience: 'counts' }), most: 65_535 },
  'comment beside a base': { of: (plan) => renderComment(plan, 'acme', { ...FACTS, base: plan }), most: 65_535 },
  'drift issue': { of: (plan) => renderDriftIssue(plan, 'acme', FACTS).body, most: 65_535 },
  summary: { of: (plan) => renderSummary(plan, FACTS, 'plan'), most: 1024 * 1024 },
  'summary of drift': { of: (plan) => renderSummary(plan, FACTS, 'drift'), most: 1024 * 1024 },
}

function measured(work: () => string): { readonly bytes: number; readonly seconds: number } {
  const started = process.cpuUsage()
  const bytes = Buffer.byteLength(work())
  const { user, system } = process.cpuUsage(started)
  return { bytes, seconds: (user + system) / 1e6 }
}

/** What grows by the square takes sixteen times as long for four times as much. */
describe.each(Object.entries(SHAPES))('%s', (_, shape) => {
  it.each(Object.entries(REPORTS))(
    '%s: four times as many take in proportion, and what fits',
    (name, { of, most = Infinity }) => {
      const [few, many] = [shape(5_000), shape(20_000)]
      of(few)
      const small = measured(() => of(few))
      const large = measured(() => of(many))
      process.stdout.write(
        `${name.padEnd(24)} ${small.seconds.toFixed(2)} s, ${large.seconds.toFixed(2)} s, ${large.bytes} bytes\n`,
      )
      expect(large.seconds).toBeLessThan(Math.max(10 * small.seconds, 1))
      expect(large.bytes).toBeLessThanOrEqual(most)
    },
  )
})
