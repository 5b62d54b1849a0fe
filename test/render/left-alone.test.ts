import { describe, expect, it } from 'vitest'
import type { Plan } from '../../src/core/plan.ts'
import { renderComment } from '../../src/render/comment.ts'
import { renderDriftIssue } from '../../src/render/drift-issue.ts'
import { renderMarkdown } from '../../src/render/markdown.ts'
import { renderSummary } from '../../src/render/summary.ts'
import { renderText } from '../../src/render/text.ts'
import { viewPlan } from '../../src/render/view.ts'
import { htmlOf } from '../support/html.ts'
import { buildChange, buildPlan } from '../support/plan-builder.ts'
import { FACTS } from '../support/report-plan.ts'

const TEN = Array.from({ length: 10 }, (_, index) => `HAND_MADE_${index}`)
const FORGOTTEN =
  'orgs/acme/secrets/FORGOTTEN was written by octoform, and no file names it any more: `organizations: { acme: { secrets: { FORGOTTEN: absent } } }` deletes it'
const UNNAMED = /HAND_MADE|FORGOTTEN|old machines|orgs\/acme|repos\/acme|hidden/

/** Unmentioned members, alone and in sections that are folded together, and a secret that was forgotten. */
function plan(): Plan {
  return buildPlan([buildChange('orgs/acme/secrets/KEPT', { v: 1 }, { v: 2 })], {
    diagnostics: [{ severity: 'warning', message: FORGOTTEN, address: 'orgs/acme/secrets/FORGOTTEN' }],
    left_alone: [
      { section: 'orgs/acme/runner_groups', members: 1, names: ['old machines'], fields: 2 },
      { section: 'orgs/acme/secrets', members: 12, names: TEN, fields: 0 },
      { section: 'repos/acme/hidden-one/secrets', members: 1, names: ['HAND_MADE_A'], fields: 0 },
      { section: 'repos/acme/hidden-two/secrets', members: 2, names: ['HAND_MADE_B', 'HAND_MADE_C'], fields: 0 },
      { section: 'repos/acme/hidden-zero/secrets', members: 1, names: ['HAND_MADE_D'], fields: 0 },
    ],
  })
}

const counted = { ...FACTS, audience: 'counts' as const }

/** As a reader has it: without markup, line ends and indentation. */
function words(text: string): string {
  const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", '#96': '`', amp: '&' }
  return text
    .replaceAll(/<(style|script)>[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<\/?[a-z][^>]*>/g, ' ')
    .replaceAll(/&([a-z#0-9]+);/g, (_, name) => entities[name] ?? '?')
    .replaceAll(/\s+/g, ' ')
}

const FORMATS: readonly (readonly [string, (of: Plan) => string])[] = [
  ['text', (of) => renderText(viewPlan(of, 'plan'), { colour: 'plain' }, 'all names')],
  ['markdown', (of) => [...renderMarkdown(viewPlan(of, 'plan'))].join('')],
  ['html', (of) => htmlOf(of)],
  ['comment', (of) => renderComment(of, 'acme', FACTS)],
  ['summary', (of) => renderSummary(of, FACTS)],
]

describe.each(FORMATS)('%s', (_, render) => {
  const told = words(render(plan()))

  it('names the first ten members that are left alone, and says how many more there are', () => {
    expect(told).toContain(`12 members (members: ${TEN.join(', ')}, … 2 more)`)
    expect(told).toContain('1 member, 2 fields (members: "old machines")')
  })

  it('names members of sections that are told together by their addresses', () => {
    const named = ['one/secrets/HAND_MADE_A', 'two/secrets/HAND_MADE_B', 'two/secrets/HAND_MADE_C']
    const addresses = [...named, 'zero/secrets/HAND_MADE_D'].map((name) => `repos/acme/hidden-${name}`)
    expect(told).toContain(`3 repositories: secrets: 4 members (members: ${addresses.join(', ')})`)
  })

  it('names a secret that octoform wrote and no file names any more, with the line that deletes it', () => {
    expect(told).toContain(words(FORGOTTEN))
  })

  it('says nothing of members where there are no names', () => {
    const bare = plan().left_alone.map(({ names: _, ...left }) => left)
    expect(words(render({ ...plan(), left_alone: bare }))).not.toMatch(/\(members: /)
  })
})

it.each<[string, Plan['left_alone'], readonly string[]]>([
  [
    'by numbers, an owner and what is below it',
    plan().left_alone,
    ['orgs/acme: 13 members, 2 fields', '3 repositories of acme: 4 members'],
  ],
  [
    'families as a whole',
    [
      { section: 'orgs/acme/secrets', members: null, fields: 0 },
      { section: 'orgs/acme/variables', members: null, fields: 0 },
      { section: 'repos/acme/web/secrets', members: 1, names: ['A'], fields: 1 },
      { section: 'repos/acme/web/permissions', members: null, fields: 0 },
      { section: 'repos/acme/web/environments/prod/secrets', members: 2, fields: 0 },
      { section: 'enterprises/acme-inc/permissions', members: 0, fields: 2 },
    ],
    [
      'orgs/acme: 2 families as a whole',
      'repos/acme/web: 1 member, 1 field, 1 family as a whole',
      'repos/acme/web/environments/prod: 2 members',
      'enterprises/acme-inc: 2 fields',
    ],
  ],
])('the text counts it where its names are not asked for: %s', (_, left_alone, expected) => {
  const text = renderText(viewPlan({ ...plan(), left_alone }, 'plan'), { colour: 'plain' })
  const [, section = ''] = text.split('does not mention it (--verbose names it)\n')
  expect(section.split('\n\n')[0]?.split('\n')).toEqual(expected.map((line) => `  ${line}`))
  expect(section).not.toContain('HAND_MADE')
})

describe('where more people read than may see the names', () => {
  it.each([
    ['comment', () => renderComment(plan(), 'acme', counted)],
    ['summary', () => renderSummary(plan(), counted)],
    ['summary of drift', () => renderSummary(plan(), counted, 'drift')],
  ])('the %s names nothing of either, and counts the forgotten secret', (_, render) => {
    const text = render().replace(/^<!-- octoform .*-->$/m, '')
    expect(text).not.toMatch(UNNAMED)
    expect(text).toContain('1 warning')
  })

  it('the drift issue names nothing of either', () => {
    const text = renderDriftIssue(plan(), 'acme', counted).body.replace(/^<!-- octoform .*-->$/m, '')
    expect(text).not.toMatch(UNNAMED)
    expect(text).toContain('organization secrets: 1 to change')
  })
})
