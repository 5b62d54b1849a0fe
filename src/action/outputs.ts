import { randomUUID } from 'node:crypto'
import { countChanges, isWholePlan } from '../core/plan.ts'
import type { OutputFacts } from '../run/io.ts'

/** The outputs of the action, by name. */
export type Outputs = Readonly<Record<string, string>>

/**
 * The results of the command, as outputs. An unknown result is empty, so that a workflow can distinguish it from none.
 */
export function outputsOf(facts: OutputFacts): Outputs {
  // Only a complete comparison shows that there is nothing to do.
  const plan = facts.plan && (facts.plan.changes.length > 0 || isWholePlan(facts.plan)) ? facts.plan : undefined
  const counts = plan && countChanges(plan.changes)
  return {
    changes: plan ? String(plan.changes.length > 0) : '',
    to_add: counts ? String(counts.add) : '',
    to_change: counts ? String(counts.change) : '',
    to_delete: counts ? String(counts.delete) : '',
    plan_path: facts.saved ?? '',
    html_path: facts.html ?? '',
    findings: facts.findings === undefined ? '' : String(facts.findings),
    plan_digest: facts.plan?.digest ?? '',
    failure_reason: facts.failure ?? '',
  }
}

/**
 * The outputs as `$GITHUB_OUTPUT` takes them. Each is between delimiters that cannot be guessed, so that no text can
 * end early and name an output of its own.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
 */
export function formatOutputs(outputs: Outputs): string {
  return Object.entries(outputs)
    .map(([name, value]) => {
      const delimiter = `octoform_${randomUUID()}`
      return `${name}<<${delimiter}\n${value}\n${delimiter}\n`
    })
    .join('')
}
