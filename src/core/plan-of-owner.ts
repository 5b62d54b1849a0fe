import { ownerOfPlace } from './address.ts'
import type { Plan, Tripped } from './plan.ts'
import type { PlanLedger } from './plan-ledger.ts'
import type { Reach } from './reach-table.ts'

/**
 * The part of a plan that concerns one organization or personal account. The digest, the flags and the number of
 * requests stay those of the whole, and so do parts without an owner, such as an error without an address.
 * @param owner compared without case; an enterprise as its address
 */
export function planOfOwner(plan: Plan, owner: string): Plan {
  const concerns = (place: string | undefined): boolean => concernsOwner(place, owner)
  const { secrets: values } = plan
  const not_read = plan.not_read.filter(({ scope }) => concerns(scope))
  return {
    ...plan,
    // A failed reading without a place counts for every owner.
    complete: plan.complete || (plan.not_read.length > 0 && not_read.length === 0),
    changes: plan.changes.filter(({ address }) => concerns(address)),
    not_read,
    diagnostics: plan.diagnostics.filter(({ address }) => concerns(address)),
    held_back: plan.held_back.filter(({ address }) => concerns(address)),
    // Guards count the whole run: a reviewer of one owner's changes also approves that apply goes past them.
    tripped: plan.tripped.map((tripped) => guardOf(tripped, concerns)),
    ...(plan.approved ? { approved: plan.approved.map((approved) => guardOf(approved, concerns)) } : {}),
    values_needed: plan.values_needed.flatMap(({ source, addresses }) => {
      const own = addresses.filter(concerns)
      return own.length > 0 ? [{ source, addresses: own }] : []
    }),
    secrets: {
      ...values,
      unknown: values.unknown.filter(concerns),
      not_compared: values.not_compared.filter(concerns),
    },
    ...(plan.ledger ? { ledger: ledgerOfOwner(plan.ledger, owner) } : {}),
    left_alone: plan.left_alone.filter(({ section }) => concerns(section)),
    ...(plan.archived ? { archived: plan.archived.filter(concerns) } : {}),
    ...(plan.passed_over
      ? {
          passed_over: plan.passed_over.filter(
            ({ repositories: [first] }) => first?.split('/')[0] === owner.toLowerCase(),
          ),
        }
      : {}),
    ...(plan.no_longer_managed
      ? { no_longer_managed: plan.no_longer_managed.filter(({ address }) => concerns(address)) }
      : {}),
    left_out: plan.left_out.filter(concerns),
    // The part of an enterprise that was left out is about nothing else.
    ...(plan.left_out.includes(owner.toLowerCase()) ? { flags: { ...plan.flags, owner: [owner] } } : {}),
    ...(plan.reach ? { reach: reachOf(plan.reach, concerns) } : {}),
  }
}

function reachOf({ admitting = [], open = [], ...reach }: Reach, concerns: (address: string) => boolean): Reach {
  const admits = admitting.filter(({ address }) => concerns(address))
  const rows = reach.rows.filter(({ address }) => concerns(address))
  const stays = open.filter(concerns)
  return {
    ...reach,
    rows,
    ...(stays.length > 0 ? { open: stays } : {}),
    ...(admits.length > 0 ? { admitting: admits } : {}),
  }
}

/** Its seal, and its age, are everybody's. */
export function ledgerOfOwner(ledger: PlanLedger, owner: string): PlanLedger {
  const concerns = (address: string): boolean => concernsOwner(address, owner)
  return {
    ...ledger,
    altered: ledger.altered.filter(concerns),
    unsigned: ledger.unsigned.filter(concerns),
    ids: ledger.ids.filter((name) => name.split('/')[0] === owner.toLowerCase()),
  }
}

/** Whether an address, a section or a scope is an owner's, or of unknown owner. */
export function concernsOwner(place: string | undefined, owner: string): boolean {
  const found = place === undefined ? undefined : ownerOfPlace(place)
  return found === undefined || found === owner.toLowerCase()
}

/** A guard without the addresses of other owners, also in its message. */
function guardOf<T extends Pick<Tripped, 'message' | 'addresses'>>(
  guard: T,
  concerns: (address: string) => boolean,
): T {
  const addresses = guard.addresses.filter(concerns)
  if (addresses.length === guard.addresses.length) return guard
  const names = guard.addresses.some((address) => guard.message.includes(address))
  const here = addresses.length === 0 ? 'none of which is here' : 'of which these are here'
  const message = `the run trips it at ${guard.addresses.length} addresses, ${here}`
  const elsewhere = guard.addresses.length - addresses.length
  return { ...guard, addresses, elsewhere, ...(names ? { message } : {}) }
}
