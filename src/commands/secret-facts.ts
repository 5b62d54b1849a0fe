import { getPath } from '../core/json.ts'
import { secretLeaf } from '../core/leaves.ts'
import type { SecretFacts } from '../core/secret-state.ts'
import type { Survey } from '../engine/survey.ts'
import type { Ledger } from '../secrets/ledger.ts'

/** What the ledger says of every secret that was read and is in the configuration, by address. */
export async function collectSecretFacts(
  surveys: readonly Survey[],
  ledger: Ledger,
): Promise<ReadonlyMap<string, SecretFacts>> {
  const facts = new Map<string, SecretFacts>()
  for (const { family, section } of surveys.flatMap(({ sections }) => sections)) {
    const path = secretLeaf(family)
    if (path === undefined) continue
    for (const member of section.members) {
      const source = getPath(member.spec, path)
      const declaredIn = (member.sources[path] ?? member.source).file
      const value = typeof source === 'string' ? { source, declaredIn } : undefined
      facts.set(member.address, await ledger.facts(member.address, value))
    }
  }
  return facts
}
