import type { Configuration } from '../config/configuration.ts'
import { formatAddress, formatScope, parseAddress } from '../core/address.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import { compileAddressGlob } from '../core/glob.ts'
import { type HiddenMembers, hiddenMembers } from '../core/hidden-members.ts'
import { secretLeaf } from '../core/leaves.ts'
import type { PlanLedger } from '../core/plan-ledger.ts'
import { formerKey } from '../core/rename.ts'
import { LADDER, ownerOf, type Scope } from '../core/scope.ts'
import type { SecretFacts } from '../core/secret-state.ts'
import { yamlPath } from '../core/yaml-path.ts'
import type { OwnerState } from '../engine/owner-state.ts'
import type { Ledger } from '../secrets/ledger.ts'
import { leftClosed } from './left-closed.ts'

/** The facts about the ledger that a plan prints. */
export function ledgerFacts(ledger: Ledger, facts: ReadonlyMap<string, SecretFacts>): PlanLedger {
  const found = [...facts].filter(([, { source }]) => source !== undefined)
  const of = (...states: SecretFacts['proof'][]): string[] =>
    found.filter(([, { proof }]) => states.includes(proof)).map(([address]) => address)
  const ids = [...ledger.recordedIds()]
  return {
    unverified: !ledger.verifies && found.length + ids.length > 0,
    whole: ledger.seal() !== 'broken',
    altered: of('altered', 'unsigned'),
    unsigned: of('unsigned'),
    ids: ids.flatMap(([name, { authentic }]) => (authentic ? [] : [name])).sort(),
  }
}

type Read = OwnerState['sections'][number]

/** The ledger's knowledge of earlier runs that concerns this one. */
export function ledgerWarnings(
  states: readonly OwnerState[],
  ledger: Pick<Ledger, 'addresses' | 'closings'>,
  configuration: Pick<Configuration, 'families'>,
): readonly Diagnostic[] {
  return [...forgottenSecrets(states, ledger, configuration), ...leftClosed(states, ledger.closings())]
}

/**
 * A warning for each secret of a scope that was read which octoform wrote once and no file names any more, and for each member
 * that GitHub does not show, so that `prune` cannot reach it.
 */
function forgottenSecrets(
  states: readonly OwnerState[],
  ledger: Pick<Ledger, 'addresses'>,
  { families }: Pick<Configuration, 'families'>,
): readonly Diagnostic[] {
  const addresses = ledger.addresses()
  if (addresses.length === 0) return []
  const read = new Map<string, Read>()
  const scopes = new Set<string>()
  const owners = new Set<string>()
  for (const each of states.flatMap(({ sections }) => sections)) {
    const { scope, family } = each.section
    read.set(formatAddress(scope, family, ''), each)
    scopes.add(formatScope(scope))
    if (LADDER[scope.type].owns) owners.add(ownerOf(scope))
  }
  return addresses.flatMap((address): Diagnostic[] => {
    const at = parseAddress(address)
    if (at === undefined || !scopes.has(formatScope(at.scope))) return []
    const section = read.get(formatAddress(at.scope, at.family, ''))
    const family = families.find(({ name }) => name === at.family)
    if (family === undefined) return []
    const hidden = section && hiddenMembers(family, at.scope, section.known.product)
    if (section !== undefined && !isForgotten(section, address, at.key, hidden)) return []
    if (secretLeaf(family) === undefined && hidden === undefined) return []
    const line = lineOf(at.scope, at.family, at.key, owners)
    const message = `${address} was written by octoform, and no file names it any more: \`${line}\` deletes it, and \`unmanaged\` in place of \`absent\` says that it stays`
    return [{ severity: 'warning', message, address }]
  })
}

/** On GitHub, as far as it shows that, not in the YAML, and not deleted by `prune` anyway. */
function isForgotten(
  { section, live }: Read,
  address: string,
  key: string,
  hidden: HiddenMembers | undefined,
): boolean {
  if (section.members.some((member) => member.key === key || formerKey(member) === key)) return false
  if (hidden !== undefined) return true
  if (!live.some((member) => member.key === key)) return false
  return !section.prune.some(({ glob }) => compileAddressGlob(glob)(address))
}

/** The line of the YAML, from the top. */
function lineOf(scope: Scope, family: string, key: string, owners: ReadonlySet<string>): string {
  const path = [...yamlPath(scope, owners.has(ownerOf(scope))), family]
  return path.reduceRight((inner, step) => `${step}: { ${inner} }`, `${key}: absent`)
}
