import { type Document, isDocument, type Json } from '../core/json.ts'

/** The way to what is in an environment: its rules, as far as GitHub shows them. @param rules undefined where they were not read */
export function environmentWay(name: string, rules: Document | undefined): string {
  if (rules === undefined) return `environment ${name}, whose rules were not read`
  const { deployment_branch_policy: policy, deployment_branch_policies: patterns, reviewers, wait_timer } = rules
  const branches =
    policy === 'protected_branches'
      ? 'protected branches'
      : policy === 'custom_branch_policies'
        ? `branches ${Array.isArray(patterns) && patterns.length > 0 ? patterns.map(entryText).join(', ') : 'none'}`
        : 'every branch'
  const reviewed =
    Array.isArray(reviewers) && reviewers.length > 0 ? [`reviewed by ${reviewers.map(entryText).join(' or ')}`] : []
  const waits = typeof wait_timer === 'number' && wait_timer > 0 ? [`after ${wait_timer} minutes`] : []
  return `environment ${name}: ${[branches, ...reviewed, ...waits].join(', ')}`
}

/** An entry of a list as addresses and messages write it: `main`, `tag:v*`, `team:release`. */
function entryText(entry: Json): string {
  if (!isDocument(entry)) return String(entry)
  return Object.entries(entry)
    .map(([kind, name]) => `${kind}:${String(name)}`)
    .join(', ')
}
