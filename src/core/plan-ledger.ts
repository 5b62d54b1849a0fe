/** What a plan has to tell of the ledger that it was made with. Not in the digest. */
export interface PlanLedger {
  /** Whether entries or recorded ids were used that nothing could verify: there is neither a ledger key nor a public key. */
  readonly unverified: boolean
  /** Whether its seal fits: else lines were put in or taken out. */
  readonly whole: boolean
  /** Addresses of secrets whose entry is not as octoform wrote it. */
  readonly altered: readonly string[]
  /** Those of them that have no signature at all, as what is written without a key has none. */
  readonly unsigned: readonly string[]
  /** Names whose recorded id is not as octoform wrote it: it counts as another one. */
  readonly ids: readonly string[]
  /** Where an issue about drift has seen a later one: the ledger is an older copy of itself. */
  readonly older?: { readonly counter: number; readonly seen: number }
}

const NOTHING: PlanLedger = { unverified: false, whole: true, altered: [], unsigned: [], ids: [] }

/**
 * What is told of the ledger, and that a later one was seen, where one was.
 * @param seen the highest counter that was ever told of it
 */
export function comparedLedger(
  ledger: PlanLedger | undefined,
  counter: number,
  seen: number | undefined,
): PlanLedger | undefined {
  return seen === undefined || counter >= seen ? ledger : { ...(ledger ?? NOTHING), older: { counter, seen } }
}

/** Whether somebody else than octoform wrote in the ledger. */
export function isTampered(ledger: PlanLedger | undefined): boolean {
  if (ledger === undefined) return false
  const { whole, altered, ids, older } = ledger
  return !whole || altered.length > 0 || ids.length > 0 || older !== undefined
}

/** What stands in the plan; undefined where there is nothing to tell. */
export function ledgerInTarget(
  ledger: PlanLedger | undefined,
  inTarget: (address: string) => boolean,
): PlanLedger | undefined {
  if (ledger === undefined) return undefined
  const [altered, unsigned] = [ledger.altered, ledger.unsigned].map((addresses) => addresses.filter(inTarget).sort())
  const told = { ...ledger, altered: altered ?? [], unsigned: unsigned ?? [] }
  return told.unverified || isTampered(told) ? told : undefined
}
