import { entryOf } from '../core/family-at.ts'
import type { Work } from '../core/work.ts'
import type { GitHubError } from '../github/errors.ts'

/**
 * The remedy where GitHub refuses a change of a member that it does not show, as further sentences: the member may be there
 * under an id that the ledger does not have, or no more under the one that it has. Empty for anything else.
 */
export function hiddenRefusal({ change, document, family, scope, ref }: Work, { status, route }: GitHubError): string {
  const { byId } = entryOf(family, scope)
  if (document === undefined || byId === undefined || change.hidden !== true) return ''
  const { address, action } = change
  if (action === 'create') {
    if (!route.startsWith('POST ') || (status !== 409 && status !== 422)) return ''
    return ` GitHub does not show whether it is there. If it is, made by hand or by an apply that was interrupted, tell its id, which the address of its page has: octoform ledger adopt ${address}=ID`
  }
  if (status !== 404) return ''
  const known = ref === undefined ? 'the id in the ledger' : `the id ${byId.id(ref)}, which the ledger has of it`
  const next = action === 'delete' ? 'take absent out as well' : 'the next apply creates it anew'
  return ` GitHub shows nothing by ${known}: it was deleted, or the credential may not see it. If it is gone, octoform ledger forget ${address}, and ${next}`
}
