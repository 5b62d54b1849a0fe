import type { Configuration } from '../config/configuration.ts'
import type { DesiredMember, DesiredSection } from '../core/desired.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import { at } from '../core/family-at.ts'
import { openTables } from '../core/field-table.ts'
import { getPath } from '../core/json.ts'
import { secretLeaf } from '../core/leaves.ts'
import { formerAddress } from '../core/rename.ts'
import type { Scope } from '../core/scope.ts'
import type { SecretFacts } from '../core/secret-state.ts'
import { parseValueText, valueAtOf } from '../core/value-text.ts'
import type { OwnerState } from '../engine/owner-state.ts'
import type { Ledger } from '../secrets/ledger.ts'
import type { Values } from '../secrets/values.ts'

/**
 * The facts of the ledger about every secret that was read and is in the configuration, and about settings that GitHub does
 * not show, by address.
 * @param isForeign whether the ledger's entries of a scope belong to another repository that had its name
 */
export async function collectSecretFacts(
  states: readonly OwnerState[],
  ledger: Ledger,
  isForeign: (scope: Scope) => boolean,
): Promise<ReadonlyMap<string, SecretFacts>> {
  const facts = new Map<string, SecretFacts>()
  const tableFor = openTables()
  for (const { family, section, known } of states.flatMap(({ sections }) => sections)) {
    const { scope } = section
    const path = secretLeaf(family)
    const isHidden =
      at(family, scope)?.unreadable?.(known.product) !== undefined || tableFor({ family, scope, known }).made.length > 0
    if (path === undefined && !isHidden) continue
    for (const member of section.members) {
      const { address } = member
      const former = isHidden ? formerAddress(member) : undefined
      // Of 50,000 secrets that the ledger does not know, nothing is to be found out.
      for (const each of former === undefined ? [address] : [address, former]) {
        if (!ledger.has(each)) continue
        const value = each !== address || path === undefined ? undefined : valueAtOf(member, path)
        const found = await ledger.facts(each, value)
        facts.set(each, isForeign(scope) ? { ...found, foreign: true } : found)
      }
    }
  }
  return facts
}

/**
 * An error for each sealed value that the ledger knows at another address. A scope's key opens the boxes of all its
 * secrets: an author of the YAML for one of them could have the value of another put there.
 */
export function movedBoxes(
  states: readonly OwnerState[],
  ledger: Pick<Ledger, 'addressesOf'>,
  { sealed }: Pick<Configuration, 'sealed'>,
): readonly Diagnostic[] {
  if (sealed.size === 0) return []
  const diagnostics: Diagnostic[] = []
  for (const { family, section } of states.flatMap(({ sections }) => sections)) {
    const path = secretLeaf(family)
    if (path === undefined) continue
    for (const member of section.members) {
      const { address } = member
      const value = valueAtOf(member, path)
      if (value === undefined || !sealed.has(value.source)) continue
      const others = ledger.addressesOf(value.source).filter((other) => other !== address)
      if (others.length === 0) continue
      const message = `the ledger knows this sealed value at ${others.join(', ')}: seal one for ${address} with octoform seal`
      diagnostics.push({ severity: 'error', message, source: member.sources[path] ?? member.source, address })
    }
  }
  return diagnostics
}

/** An error for each value that is at hand and longer than GitHub takes. */
export async function overlongValues(
  sections: readonly DesiredSection[],
  families: readonly Family[],
  values: Values,
): Promise<Diagnostic[]> {
  const diagnostics: Diagnostic[] = []
  // A value that a set gives to thousands of repositories is fetched once.
  const known = new Map<string, Map<string, string | undefined>>()
  const paths = new Map(families.map((family) => [family.name, secretLeaf(family)]))
  // Members that a set gives share their fields, and the place of these.
  const fine = new Set<DesiredMember['spec']>()
  for (const section of sections) {
    const path = paths.get(section.family)
    if (path === undefined) continue
    for (const member of section.members) {
      if (fine.has(member.spec)) continue
      const text = getPath(member.spec, path)
      if (typeof text !== 'string') continue
      const { file } = member.sources[path] ?? member.source
      const inFile = known.get(file) ?? new Map<string, string | undefined>()
      known.set(file, inFile)
      if (!inFile.has(text)) inFile.set(text, await values.overlong({ ...parseValueText(text), declaredIn: file }))
      const message = inFile.get(text)
      if (message === undefined) {
        fine.add(member.spec)
        continue
      }
      const source = member.sources[path] ?? member.source
      diagnostics.push({ severity: 'error', message: `the value ${message}`, source, address: member.address })
    }
  }
  return diagnostics
}
