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
}

/** Whether somebody else than octoform wrote in the ledger. */
export function isTampered(ledger: PlanLedger | undefined): boolean {
  return ledger !== undefined && (!ledger.whole || ledger.altered.length > 0 || ledger.ids.length > 0)
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
