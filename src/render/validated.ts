import type { Diagnostic } from '../core/diagnostic.ts'
import { countReasons, errorsIn, reasonOf } from '../core/failed-run.ts'
import { reasonList } from './failed-run.ts'
import type { ReportFacts } from './report-facts.ts'
import { originLine } from './report-parts.ts'
import { count } from './row.ts'

/** A configuration that was checked without asking GitHub. */
export interface Validated {
  readonly problems: readonly Diagnostic[]
  /** Checks that need a request to GitHub, or the product. */
  readonly skipped: readonly string[]
  /** The reason why a requested plan was not made. */
  readonly note: string | undefined
}

/** The summary of a job that checked a configuration offline. Its only source is the configuration's files. */
export function renderValidated({ problems, skipped, note }: Validated, facts: Omit<ReportFacts, 'audience'>): string {
  const errors = errorsIn(problems, 'files')
  const warnings = problems
    .filter(({ severity }) => severity === 'warning')
    .map((problem) => reasonOf(problem, 'other', 'files'))
  const of = { ...facts, audience: 'full' } as const
  const verdict =
    errors.length === 0
      ? 'The configuration is valid.'
      : `The configuration has ${count(countReasons(errors), 'error')}.`
  const blocks = [
    `## octoform ${note === undefined ? 'validate' : 'plan'}`,
    ...(note === undefined ? [] : ['**This configuration was only validated, not planned.**', note]),
    `**${verdict}**`,
    reasonList(errors, of),
    ...(warnings.length === 0 ? [] : [`${count(countReasons(warnings), 'warning')}:`, reasonList(warnings, of)]),
    skipped.map((what) => `- Not checked: ${what}.`).join('\n'),
    originLine(undefined, { ...of, runUrl: undefined }),
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}
