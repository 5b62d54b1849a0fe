import type { Configuration } from '../config/configuration.ts'
import { resolveOwner } from '../config/resolve.ts'
import { ownerPlace } from '../core/address.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import { leftOutOwner, type OwnerState } from '../engine/owner-state.ts'
import { ENTERPRISE_VARIABLE } from '../github/enterprise-token.ts'
import { addressesIn } from './desired.ts'

/** An owner that this run does not read, and that is planned after the merge. Offline, it was checked like all others. */
export function laterOwner(owner: Configuration['owners'][number], configuration: Configuration): OwnerState {
  const address = ownerPlace(owner)
  const { families } = configuration
  const { sections } = resolveOwner(configuration, owner.name, undefined, families)
  const addresses = addressesIn(sections, families).map((each) => each.address)
  const named = addresses.length > MOST_NAMED ? [...addresses.slice(0, MOST_NAMED), '…'] : addresses
  const message =
    `${address} is planned after the merge, and nothing of it is compared now: ` +
    `no run for a pull request reads ${ENTERPRISE_VARIABLE}, which can write` +
    (named.length === 0 ? '' : `. It declares ${named.join(', ')}`)
  return withWarning(leftOutOwner(owner.name, address), { message, address, source: owner.source })
}

/** The most addresses in one message. */
const MOST_NAMED = 20

/** The state with one more warning. */
export function withWarning(state: OwnerState, warning: Omit<Diagnostic, 'severity'>): OwnerState {
  return { ...state, diagnostics: [...state.diagnostics, { severity: 'warning', ...warning }] }
}
