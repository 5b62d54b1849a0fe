import { describe, expect, it } from 'vitest'
import type { Plan } from '../../src/core/plan.ts'
import { annotations } from '../../src/render/annotations.ts'
import { renderComment } from '../../src/render/comment.ts'
import { viewCounts } from '../../src/render/counts.ts'
import { renderDriftIssue } from '../../src/render/drift-issue.ts'
import { renderMarkdown } from '../../src/render/markdown.ts'
import { parseMarker } from '../../src/render/marker.ts'
import type { ReportFacts } from '../../src/render/report-facts.ts'
import { renderSummary } from '../../src/render/summary.ts'
import { renderUnreadIssue } from '../../src/render/unread-issue.ts'
import { viewPlan } from '../../src/render/view.ts'
import { gfmFaults } from '../support/gfm-faults.ts'
import { splitMarkdown } from '../support/markdown-code.ts'
import { buildChange, buildPlan } from '../support/plan-builder.ts'

/** Stands in every hostile text, so that it is found wherever a part of it leaks. */
const CANARY = 'pwned'

const HOSTILE = [
  ['an element', '<script>pwned</script>'],
  ['an image', '<img src=x onerror=pwned>'],
  ['a fence', '```\npwned\n```'],
  ['a longer fence', '````````` pwned'],
  ['a backtick', '`pwned'],
  ['backticks at the rims', '`` pwned ``'],
  ['the start of an HTML comment', '<!-- pwned'],
  ['the end of an HTML comment', '--> pwned'],
  ['the end of an HTML comment, its other way', '--!> pwned'],
  ['the end of CDATA', ']]> pwned'],
  ['the end of the fold', '</summary></details> pwned'],
  ['a workflow command', '::error::pwned'],
  ['a workflow command on its own line', 'x\n::error::pwned'],
  ['an old workflow command', '##[error]pwned'],
  ['a team', '@org/team pwned'],
  ['a reference', '#123 pwned'],
  ['a link', '[pwned](javascript:alert(1))'],
  ['an address', 'https://pwned.example'],
  ['a table', '| pwned | x |'],
  ['a bar that is escaped already', 'pwned \\| x \\\\| y \\'],
  ['a bar in code', '`pwned | x` |'],
  ['the end of a row', 'pwned |\n| a | b |'],
  ['a person', '@octocat pwned'],
  ['a commit', 'c0ffee5a1b2c3d4e5f60718293a4b5c6d7e8f901 pwned'],
  ['a line of an alert', '\n> [!NOTE]\n> pwned'],
  ['a long name without a place to break', 'pwned_X'.repeat(30)],
  ['a heading', '\n# pwned'],
  ['an ANSI escape', '\u001b[31mpwned'],
  ['a bidirectional override', '\u202epwned'],
  ['an isolate', '\u2066pwned'],
  ['a zero-width space', 'pw\u200bned pwned'],
  ['a zero-width joiner', 'pw\u200dned pwned'],
  ['a line separator', 'x\u2028pwned'],
  ['an entity', '&lt;pwned&gt;'],
  ['maths', '$`pwned`$'],
  ['a percent sign', '%0A::error::pwned'],
  ['an owner', 'acme, pwned'],
] as const

/** Everywhere that text from GitHub, a file or a command line comes in. */
function hostilePlan(text: string): Plan {
  const source = { file: text, line: 1, col: 1 }
  const gains = [{ repository: text, visibility: 'public', via: 'named' } as const]
  const loses = [{ repository: `${text}2`, visibility: 'private', via: 'matched' } as const]
  const rest = { reason: text, source, notes: [text], consequences: [{ message: text, widens: true }] }
  const changes = [
    buildChange(text, { [text]: text, list: [text] }, { [text]: `${text}2`, list: [`${text}2`] }, { ...rest }),
    buildChange(`orgs/acme/secrets/${encodeURIComponent(text)}`, { [text]: [text] }, null, {
      ...rest,
      access: { gains: [], loses },
    }),
    buildChange(
      `orgs/acme/runner_groups/${encodeURIComponent(text)}`,
      { v: text },
      { v: null },
      {
        ...rest,
        access: { gains, loses },
        widens: ['v'],
      },
    ),
    ...[1, 2, 3].map((key) => buildChange(`orgs/acme/${text.replaceAll('/', '')}/k${key}${text}`, null, { v: text })),
    ...[1, 2, 3].map((key) => buildChange(`repos/acme/${encodeURIComponent(text)}${key}/f/k`, { v: 1 }, { v: 2 })),
  ]
  return buildPlan(changes, {
    host: text,
    digest: text,
    complete: false,
    diagnostics: [
      { severity: 'error', message: text, source, address: text },
      { severity: 'warning', message: text, source },
    ],
    not_read: [{ scope: text, reason: text }],
    tripped: [{ guard: 'self', message: text, flag: text, addresses: [text] }],
    values_needed: [{ source: text, addresses: [text] }],
    secrets: { unknown: [text], not_compared: [text], keyed: false },
    left_alone: [{ section: text, members: 1, fields: 0 }],
    governs: [text],
    no_longer_managed: [{ address: text }, { address: text, fields: [text] }],
    left_out: [text],
    flags: { owner: [text], target: [text], rotate: [text] },
  })
}

function hostileFacts(text: string): ReportFacts {
  const base = hostilePlan(text)
  return {
    audience: 'full',
    configuration: text,
    commit: text,
    runUrl: `https://github.com/acme/${text}`,
    files: 'https://github.com/acme/admin/blob/c0ffee',
    base: { ...base, changes: base.changes.slice(0, 2) },
  }
}

/** Code points that must stand nowhere. Written apart from the code under test. */
function unseen(output: string): readonly string[] {
  return [...output].filter((character) => {
    const point = character.codePointAt(0) ?? 0
    const isControl = (point < 0x20 && character !== '\n') || (point >= 0x7f && point <= 0xa0)
    const isHidden = (point >= 0x200b && point <= 0x200f) || (point >= 0x2028 && point <= 0x202f)
    return isControl || isHidden || (point >= 0x2060 && point <= 0x206f) || point === 0xfeff
  })
}

/** The parts of the markdown that would be read as more than the report's own words. */
function harmful(markdown: string): readonly string[] {
  const found: string[] = [...unseen(markdown)]
  for (const line of markdown.split('\n')) if (/^\s*::/.test(line) || line.includes('##[')) found.push(line)
  const [first = '', ...rest] = markdown.split('\n')
  const marker = parseMarker(first)
  if (marker && /<|>|--/.test(first.slice('<!--'.length, -'-->'.length))) found.push(first)
  const { outside } = splitMarkdown((marker ? rest : [first, ...rest]).join('\n').replaceAll(/^> ?/gm, ''))
  const own = outside
    .replaceAll(/<fence (?:diff|text)>|<span>|<\/?details>|<\/?summary>|<wbr>/g, '')
    .replaceAll(/^\|---\|---\|$/gm, '')
    .replaceAll(/^\| ([^|]*) \| ([^|]*) \|$/gm, '$1 $2')
    .replaceAll(/\]\(<https:\/\/github\.com\/acme\/[^<>\\`\s]*>\)/g, '](link)')
  for (const sign of [CANARY, '<', '>', '@', '`', '|', '#1', '&', 'http', '$']) {
    if (own.includes(sign)) found.push(`${sign} in ${own.split('\n').find((line) => line.includes(sign))}`)
  }
  return found
}

describe('hostile text', () => {
  it.each(HOSTILE)('%s is harmless in markdown', (_, text) => {
    const plan = hostilePlan(text)
    for (const wording of ['plan', 'drift'] as const) {
      expect(harmful([...renderMarkdown(viewPlan(plan, wording))].join(''))).toEqual([])
      expect(harmful([...renderMarkdown(viewCounts(plan, wording))].join(''))).toEqual([])
    }
  })

  it.each(HOSTILE)('%s is harmless in a comment, whole or shortened', (_, text) => {
    const facts = hostileFacts(text)
    for (const owner of ['acme', text]) {
      for (const limit of [60_000, 4_000, 2_000, 100]) {
        const comment = renderComment(hostilePlan(text), owner, facts, limit)
        expect(harmful(comment)).toEqual([])
        expect(gfmFaults(comment, CANARY)).toEqual([])
      }
      const counted = renderComment(hostilePlan(text), owner, { ...facts, audience: 'counts' })
      expect(harmful(counted)).toEqual([])
      expect(gfmFaults(counted, CANARY)).toEqual([])
    }
  })

  it.each(HOSTILE)('%s is harmless in a summary', (_, text) => {
    const facts = hostileFacts(text)
    for (const limit of [1_000_000, 4_000, 100]) {
      expect(harmful(renderSummary(hostilePlan(text), facts, 'plan', limit))).toEqual([])
      expect(harmful(renderSummary(hostilePlan(text), facts, 'drift', limit))).toEqual([])
    }
  })

  it.each(HOSTILE)('%s is harmless in issues', (_, text) => {
    const facts = hostileFacts(text)
    for (const limit of [60_000, 3_000, 100]) {
      const { title, body } = renderDriftIssue(hostilePlan(text), text, facts, limit)
      expect(harmful(body)).toEqual([])
      expect(unseen(title)).toEqual([])
      expect(title).not.toContain('\n')
      expect(harmful(renderUnreadIssue(hostilePlan(text), text, facts, limit).body)).toEqual([])
    }
  })

  it.each(HOSTILE)('%s brings no workflow command beside the annotations', (_, text) => {
    const lines = annotations(hostilePlan(text))
    expect(lines.length).toBeGreaterThan(3)
    for (const line of lines) {
      expect(unseen(line)).toEqual([])
      expect(line).not.toContain('\n')
      expect(line).not.toContain('##[')
      const [, properties = '', data = ''] = /^::(?:error|warning|notice) (.*?)::(.*)$/.exec(line) ?? []
      for (const property of properties.split(',')) expect(property).toMatch(/^(?:file|line|col|title)=[^:,]*$/)
      expect(data).not.toMatch(/%(?!25)/)
    }
  })
})

describe('the check itself', () => {
  it.each([
    ['text', 'pwned'],
    ['an element', '<script>'],
    ['a mention', 'hello @org/team'],
    ['what a short fence lets out', '```text\n```\n@org/team\n```\n```'],
    ['what a span lets out', '`a` ` @org/team'],
    ['a workflow command', '```text\n::error::x\n```'],
    ['an override', '`a\u202eb`'],
  ])('finds %s', (_, markdown) => {
    expect(harmful(markdown)).not.toEqual([])
  })

  it('lets code pass', () => {
    expect(harmful('`<script>` and ``@org/`team`` \n\n````text\n```\n@org/team pwned\n````')).toEqual([])
  })
})
