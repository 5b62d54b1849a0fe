import { secretLeaf } from '../core/leaves.ts'
import { type ValueAt, valueAtOf } from '../core/value-text.ts'
import { PREVIOUS_KEY_VARIABLE } from '../secrets/key-variables.ts'
import type { Ledger } from '../secrets/ledger.ts'
import type { Io } from './io.ts'
import type { Run } from './run.ts'

/**
 * Signs, before a run's first write, all entries of an older octoform or a replaced key by the current ledger key.
 * @param hint whether the line of the YAML is printed, where a signature was made
 */
export async function signLedger(
  io: Io,
  { ledger, states, hint }: Pick<Run, 'ledger' | 'states'> & { readonly hint: 'public key' | 'none' },
): Promise<void> {
  const { signed, renewed, waiting } = await ledger.renew(sourcesOf(states))
  if (renewed > 0) io.note(`Renewed by the new ledger key: ${renewed}.\n`)
  if (waiting.length > 0) {
    io.note(`${waiting.length} still need ${PREVIOUS_KEY_VARIABLE}, until their value is at hand or written.\n`)
  }
  if (signed === 0) return
  io.note(`Signed the ledger, which had a MAC for each of ${signed} entries.\n`)
  if (hint === 'public key') io.note(`${PUBLIC_KEY_HINT}\n${publicKeyLine(ledger)}\n`)
}

const PUBLIC_KEY_HINT = 'With this line in the configuration, plans without the ledger key can verify it:'

/** The line of the YAML, to be added to the existing `ledger`. */
export function publicKeyLine({ publicKey }: Pick<Ledger, 'publicKey'>): string {
  return `ledger: { public_key: ${publicKey} }`
}

function sourcesOf(states: Run['states']): ReadonlyMap<string, ValueAt> {
  const sources = new Map<string, ValueAt>()
  for (const { family, section } of states.flatMap(({ sections }) => sections)) {
    const path = secretLeaf(family)
    if (path === undefined) continue
    for (const member of section.members) {
      const value = valueAtOf(member, path)
      if (value !== undefined) sources.set(member.address, value)
    }
  }
  return sources
}
