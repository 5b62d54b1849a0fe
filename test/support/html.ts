import type { Plan } from '../../src/core/plan.ts'
import { sha256 } from '../../src/engine/saved-plan.ts'
import { renderHtml } from '../../src/render/html.ts'
import type { HtmlFacts } from '../../src/render/html-header.ts'
import type { Wording } from '../../src/render/wording.ts'

const COMMIT = '8f46f67c3a0d5e9b21c4d7f8a6b3e0c1d2f4a5b6'

/** A run on GitHub Actions, in full. */
export const HTML_FACTS: HtmlFacts = {
  configuration: 'octoform.yaml acme/',
  commit: COMMIT,
  commitUrl: `https://github.example.com/acme/admin/commit/${COMMIT}`,
  files: `https://github.example.com/acme/admin/blob/${COMMIT}`,
  web: { url: 'https://github.example.com', apiHost: 'api.github.com' },
  at: '2026-10-05T09:30:12.345Z',
  runUrl: 'https://github.example.com/acme/admin/actions/runs/7423',
  audience: 'full',
}

/** The page of a plan, as a run on GitHub Actions makes it. */
export function htmlOf(plan: Plan, wording: Wording = 'plan', facts: Partial<HtmlFacts> = {}): string {
  return [...renderHtml(plan, wording, { ...HTML_FACTS, ...facts }, sha256)].join('')
}
