/** A plan's facts about the ledger that it was made with. Not in the digest. */
export interface PlanLedger {
  /** Whether entries or recorded ids were used that nothing could verify: there is neither a ledger key nor a public key. */
  readonly unverified: boolean
  /** Whether its seal fits: else lines were put in or taken out. */
  readonly whole: boolean
  /** Addresses of secrets whose entry is not as octoform wrote it. */
  readonly altered: readonly string[]
  /** Those of them that have no signature at all, such as entries written without a key. */
  readonly unsigned: readonly string[]
  /** Names whose recorded id is not as octoform wrote it: it counts as another one. */
  readonly ids: readonly string[]
  /** Set where an issue about drift has seen a later one: the ledger is an older copy of itself. */
  readonly older?: { readonly counter: number; readonly seen: number }
}

const NOTHING: PlanLedger = { unverified: false, whole: true, altered: [], unsigned: [], ids: [] }

/**
 * The facts about the ledger, with the later counter where one was seen.
 * @param seen the highest counter that was ever reported of it
 */
export function comparedLedger(
  ledger: PlanLedger | undefined,
  counter: number,
  seen: number | undefined,
): PlanLedger | undefined {
  return seen === undefined || counter >= seen ? ledger : { ...(ledger ?? NOTHING), older: { counter, seen } }
}

/** Whether the ledger has changes that octoform did not make. */
export function isTampered(ledger: PlanLedger | undefined): boolean {
  if (ledger === undefined) return false
  const { whole, altered, ids, older } = ledger
  return !whole || altered.length > 0 || ids.length > 0 || older !== undefined
}

/** The part of the facts within the target; undefined where it is empty. */
export function ledgerInTarget(
  ledger: PlanLedger | undefined,
  inTarget: (address: string) => boolean,
): PlanLedger | undefined {
  if (ledger === undefined) return undefined
  const [altered, unsigned] = [ledger.altered, ledger.unsigned].map((addresses) => addresses.filter(inTarget).sort())
  const stated = { ...ledger, altered: altered ?? [], unsigned: unsigned ?? [] }
  return stated.unverified || isTampered(stated) ? stated : undefined
}
