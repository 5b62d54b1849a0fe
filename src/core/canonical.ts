import { byText } from './address.ts'
import { canonicalJson } from './canonical-json.ts'
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
export function digestText(plan: Digested): string {
  return [...digestParts(plan)].join('')
}

/** The reviewed parts of a plan. */
type Digested = Pick<Plan, 'format_version' | 'host' | 'complete' | 'changes'>

/** The same in pieces, one for each change: of a large plan the whole text is some 40 MB. */
export function* digestParts({ changes, format_version, host, complete }: Digested): Generator<string> {
  yield '{"changes":['
  let before = ''
  const reviewed = changes.filter((change) => !isUnaskedPut(change))
  for (const change of reviewed.sort((left, right) => byText(left.address, right.address))) {
    yield before + changeText(change)
    before = ','
  }
  yield `],${canonicalJson({ format_version, host, complete }).slice(1)}`
}

function changeText({ address, owner_id, repository_id, ids, action, before, after, value }: Change): string {
  const rotate = value === 'rotate' ? { rotate: true } : {}
  const named = ids === undefined ? {} : { ids }
  return canonicalJson({ address, owner_id, repository_id, ...named, action, before, after, ...rotate })
}
