import type { Plan } from '../../src/core/plan.ts'
import { sha256 } from '../../src/engine/saved-plan.ts'
import { renderComment } from '../../src/render/comment.ts'
import { renderDriftIssue } from '../../src/render/drift-issue.ts'
import { renderHtml } from '../../src/render/html.ts'
import { renderSummary } from '../../src/render/summary.ts'
import { COMMENT_FACTS } from '../support/comment-plans.ts'
import { COMMENT_WIDTHS, commentPage } from '../support/gfm.ts'
import { terminalPage, terminalText } from './terminal.ts'

/** The places where people meet a plan. */
export const SURFACES = ['comment', 'summary', 'issue', 'page', 'terminal'] as const
export type Surface = (typeof SURFACES)[number]

/** Screens, by their width in pixels. */
export const SCREENS = { desktop: 1280, phone: 390 } as const
export type Screen = keyof typeof SCREENS

/** What GitHub leaves for the summary of a job, in pixels. */
const SUMMARY_WIDTHS = { desktop: 1012, phone: 358 } as const
const TERMINAL_COLUMNS = { desktop: 100, phone: 46 } as const

/** A run on GitHub Actions, at a time that never changes. */
const FACTS = {
  ...COMMENT_FACTS,
  commitUrl: COMMENT_FACTS.files?.replace('/blob/', '/commit/'),
  web: { url: 'https://github.com', apiHost: 'api.github.com' },
  at: '2026-10-05T09:30:00.000Z',
}

/** The marks of a comment as GitHub's readers see them. A machine without a font of them would show empty boxes. */
const MARKS = {
  '🔴': '#d92d3a',
  '🟠': '#f0883e',
  '🟡': '#eac54f',
  '🔵': '#388bfd',
  '🟢': '#3fb950',
  '⚫': '#30363d',
  '⚪': '#e6e8eb',
} as const

function withMarks(html: string): string {
  return html.replace(/[🔴🟠🟡🔵🟢⚫⚪]/gu, (mark) => {
    const colour = MARKS[mark as keyof typeof MARKS]
    return `<svg width="13" height="13" viewBox="0 0 16 16" role="img" aria-label="${mark}"><circle cx="8" cy="8.6" r="6.7" fill="${colour}" stroke="#8886"/></svg>`
  })
}

/**
 * A plan as a page that a browser shows as one of the places shows it.
 * @param root the folder of the repository, which is built: the terminal shows what the command line prints
 */
export function surfaceHtml(surface: Surface, plan: Plan, screen: Screen, root: string): string {
  switch (surface) {
    case 'comment':
      return withMarks(commentPage(renderComment(plan, 'acme', FACTS), COMMENT_WIDTHS[screen].text))
    case 'summary':
      return commentPage(renderSummary(plan, FACTS), SUMMARY_WIDTHS[screen])
    case 'issue': {
      const { title, body } = renderDriftIssue(plan, 'acme', FACTS)
      return commentPage(`## ${title}\n\n${body}`, COMMENT_WIDTHS[screen].text)
    }
    case 'page':
      return [...renderHtml(plan, 'plan', FACTS, sha256)].join('')
    case 'terminal': {
      const columns = TERMINAL_COLUMNS[screen]
      return terminalPage(terminalText(plan, columns, root), columns)
    }
  }
}
