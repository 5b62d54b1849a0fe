import { canonicalJson } from '../core/canonical-json.ts'
import type { Rule, RuleKind } from './policy.ts'

/** The objects that one rule of one repository chose. */
export interface CleanupEntry {
  /** Such as `repos/acme/web/cleanup/artifacts`. */
  readonly address: string
  readonly kind: RuleKind
  readonly owner: string
  readonly repo: string
  /** GitHub's id of the repository. */
  readonly repository_id: number
  readonly rule: Rule
  /** Where the rule stands, such as `octoform.yaml:12:9`. */
  readonly source: string
  /** Oldest first. */
  readonly ids: readonly number[]
  /** Bytes of each of them; 0 where GitHub does not say. */
  readonly sizes: readonly number[]
}

/** The objects that a run of cleanup would delete. It is a claim: a run deletes of it only what its own reading still chooses. */
export interface CleanupPlan {
  readonly format: 'octoform cleanup'
  readonly format_version: '1.0'
  readonly host: string
  /** When it was made, by GitHub's clock: nothing that came after it is deleted under it. */
  readonly cutoff: string
  /** Whether objects of the last seven days may be in it. */
  readonly recent: boolean
  readonly entries: readonly CleanupEntry[]
  /** Repositories that could not be read whole: nothing of them is deleted. */
  readonly not_read: readonly { readonly scope: string; readonly reason: string }[]
  /** SHA-256 of all of the above as canonical JSON. */
  readonly digest: string
}

/** The plan of these entries. @param hash SHA-256 of a text, in hexadecimal digits */
export function cleanupPlan(
  facts: Omit<CleanupPlan, 'format' | 'format_version' | 'digest'>,
  hash: (text: string) => string,
): CleanupPlan {
  const whole = { format: 'octoform cleanup', format_version: '1.0', ...facts } as const
  return { ...whole, digest: hash(canonicalJson(whole)) }
}

/** Whether a saved plan is as it was written. */
export function isIntact({ digest, ...rest }: CleanupPlan, hash: (text: string) => string): boolean {
  return hash(canonicalJson(rest)) === digest
}

/** How many objects a plan deletes. */
export function objectCount({ entries }: Pick<CleanupPlan, 'entries'>): number {
  return entries.reduce((sum, { ids }) => sum + ids.length, 0)
}

/** The bytes of all objects of an entry, as far as GitHub says. */
export function bytesIn({ sizes }: Pick<CleanupEntry, 'sizes'>): number {
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** Why this run has no rule at an address of a saved plan. */
export type Absence = 'changed' | 'left out' | 'gone'

/**
 * Of a saved plan, the part that the rules still choose now. What came of age since waits.
 * @param absence of an entry that this run does not have
 * @returns the words for why it does not hold any more, or its entries and those whose repository is gone
 */
export function stillChosen(
  saved: CleanupPlan,
  now: CleanupPlan,
  absence: (entry: CleanupEntry) => Absence,
):
  | { readonly entries: readonly CleanupEntry[]; readonly gone: readonly CleanupEntry[] }
  | { readonly differs: string } {
  if (saved.host !== now.host) return { differs: `it was made for ${saved.host}, and this run is for ${now.host}` }
  const present = new Map(now.entries.map((entry) => [entry.address, entry]))
  const entries: CleanupEntry[] = []
  const gone: CleanupEntry[] = []
  for (const entry of saved.entries) {
    const { address, owner, repo, ids, sizes } = entry
    const found = present.get(address)
    if (found === undefined) {
      if (now.not_read.some(({ scope }) => address.startsWith(`${scope}/`))) continue
      const why = absence(entry)
      if (why === 'changed') return { differs: `the configuration has no rule ${address} any more` }
      if (why === 'left out') return { differs: `--owner or --target of this run leaves out ${address}` }
      gone.push(entry)
      continue
    }
    if (canonicalJson(found.rule) !== canonicalJson(entry.rule))
      return { differs: `the rule ${address} is another now` }
    if (found.repository_id !== entry.repository_id) {
      return { differs: `${owner}/${repo} is another repository now, with the id ${found.repository_id}` }
    }
    const still = new Set(found.ids)
    const kept = ids.map((id) => still.has(id))
    entries.push({
      ...found,
      ids: ids.filter((_, index) => kept[index]),
      sizes: sizes.filter((_, index) => kept[index]),
    })
  }
  return { entries, gone }
}
