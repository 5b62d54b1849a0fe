import canonicalize from 'canonicalize'
import { byText } from './address.ts'
import { sameJson } from './json.ts'
import type { Change, Plan } from './plan.ts'

/** Whether a change only puts a value again, without being asked: another machine, with other values, may not see it. */
export function isUnaskedPut(change: Change): boolean {
  return change.action === 'update' && change.value === 'again' && sameJson(change.before, change.after)
}

/**
 * The text whose SHA-256 is a plan's digest: canonical JSON (RFC 8785) of the reviewed parts. The planning run may have
 * had no values, so a value that is re-sent unasked is not in it. A name in a list is reviewed together with its id.
 */
export function digestText(plan: Pick<Plan, 'format_version' | 'host' | 'complete' | 'changes'>): string {
  // One after the other: of all together, the library would keep four pieces of text for each name until the end.
  const changes = plan.changes
    .filter((change) => !isUnaskedPut(change))
    .sort((left, right) => byText(left.address, right.address))
    .map(({ address, owner_id, repository_id, ids, action, before, after, value }) => {
      const rotate = value === 'rotate' ? { rotate: true } : {}
      const named = ids === undefined ? {} : { ids }
      return canonicalize({ address, owner_id, repository_id, ...named, action, before, after, ...rotate })
    })
  const { format_version, host, complete } = plan
  const rest = canonicalize({ format_version, host, complete }) as string
  return `{"changes":[${changes.join()}],${rest.slice(1)}`
}
