import type { Approvals } from './approval.ts'
import type { Approve, PlanFlags, Tripped } from './plan.ts'
import { shellWords } from './shell-word.ts'

/**
 * The lines that would let this very plan go past its guards, in the form of the YAML.
 * @param judged the plan, and the flags without which it would be another one
 */
export function approvalLines(
  { digest, flags }: { readonly digest: string; readonly flags: PlanFlags },
  tripped: readonly Tripped[],
  { lines, place, spent = [] }: Approvals,
): Approve {
  const allow = tripped.map(({ flag }) => flag.replace('--allow ', ''))
  const taken = new Set([...lines, ...spent].filter((line) => line.digest === digest).map(({ reason }) => reason))
  const entry = `  - { digest: ${scalar(digest)}, allow: [${allow.join(', ')}], reason: "${freshReason(taken)}" }`
  return {
    file: place.file,
    under: lines.length > 0 ? (place.key ?? null) : null,
    lines: lines.length > 0 ? [entry] : ['approvals:', entry],
    flags: (['owner', 'target', 'rotate'] as const).flatMap((name) =>
      flags[name].map((given) => shellWords([`--${name}`, given])),
    ),
  }
}

/** A person writes why; a line that is like another one would be spent with it. */
function freshReason(taken: ReadonlySet<string>): string {
  for (let number = 2, reason = '…'; ; number += 1) {
    if (!taken.has(reason)) return reason
    reason = `… (${number})`
  }
}

/** A digest that YAML would read as a number needs quotes. */
function scalar(digest: string): string {
  return /^\d+(e\d+)?$/.test(digest) ? `"${digest}"` : digest
}
