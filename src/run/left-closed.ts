import { formatAddress, parseAddress } from '../core/address.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import { getPath } from '../core/json.ts'
import type { OwnerState } from '../engine/owner-state.ts'

/**
 * A warning for each switch that an interrupted run closed for the time of its change and that is closed still, where no file
 * says what it is to be: none of the YAML's wishes would bring it back.
 * @param closings the fields by address, as the ledger has them
 */
export function leftClosed(
  states: readonly OwnerState[],
  closings: ReadonlyMap<string, string>,
): readonly Diagnostic[] {
  if (closings.size === 0) return []
  const read = states.flatMap(({ sections }) => sections)
  const sections = new Map(read.map((each) => [formatAddress(each.section.scope, each.section.family, ''), each]))
  return [...closings].flatMap(([address, field]): Diagnostic[] => {
    const at = parseAddress(address)
    const found = at && sections.get(formatAddress(at.scope, at.family, ''))
    const live = found?.live.find(({ key }) => key === at?.key)
    if (live === undefined || getPath(live.spec, field) !== false) return []
    const member = found?.section.members.find(({ key }) => key === at?.key)
    if (member && (member.state === 'absent' || getPath(member.spec, field) !== undefined)) return []
    const message = `${field} of ${live.key} is false: a run that was interrupted closed it, and it was true before. Write ${field}: true to have it back, or false to keep it.`
    return [{ severity: 'warning', message, address, ...(member ? { source: member.source } : {}) }]
  })
}
