import { type Checks, SHIPPED_CHECKS } from '../config/load.ts'
import type { TextFile } from '../config/text-file.ts'
import type { PlanInput } from '../core/make-plan.ts'
import type { Change } from '../core/plan.ts'
import { SetupError } from '../core/setup-error.ts'
import { type Attempt, attempt, begin, differsBesideValue, type TakenOver } from './attempt.ts'
import { unifiedDiff } from './unified-diff.ts'
import { writeNames } from './write-names.ts'

/** The change of the YAML that takes the live state over. */
export interface Accepted {
  /** The whole new text of each file that changes. */
  readonly edits: readonly { readonly file: string; readonly text: string }[]
  /** The change of each of them. */
  readonly diffs: readonly { readonly file: string; readonly diff: string }[]
  /** All of them, for `git apply` and `patch -p1` from the working folder; empty where nothing changes. */
  readonly diff: string
  /** Changes that still differ after the edit, with the reason. */
  readonly notTaken: readonly { readonly address: string; readonly why: string }[]
}

export interface AcceptRequest {
  /** The files that the configuration was loaded from. */
  readonly files: readonly TextFile[]
  /** The input of the plan that shows the drift. */
  readonly input: PlanInput
  /** The schemas that the files are checked with; those that are shipped where left out. */
  readonly checks?: Checks
}

/** One round may bring to light what an old policy hid; no configuration needs as many. */
const MAX_ROUNDS = 10

/**
 * Makes the YAML change after which the configuration agrees with GitHub. Every change is tried: the files are loaded
 * and planned anew against the settings that were read, and a change without the right result is undone and reported.
 * Sends nothing and writes nothing.
 * @throws SetupError where the files do not make the configuration that was planned
 */
export function acceptDrift({ files, input, checks = SHIPPED_CHECKS }: AcceptRequest): Accepted {
  const refused = new Map<string, string>()
  const first = begin(files, input, checks)
  if (first === undefined) throw new SetupError('The configuration changed while it was read. Run the command again.')
  let taken = writeNames(first, checks)
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const open = openChanges(taken, refused)
    if (open.length === 0) break
    taken = settle(taken, open, refused, checks)
  }
  const changed = taken.files.filter(({ text }, index) => text !== files[index]?.text)
  const olds = new Map(files.map(({ name, text }) => [name, text]))
  const diffs = changed.map(({ name, text }) => ({ file: name, diff: unifiedDiff(name, olds.get(name) ?? '', text) }))
  return {
    edits: changed.map(({ name, text }) => ({ file: name, text })),
    diffs,
    diff: diffs.map(({ diff }) => diff).join(''),
    notTaken: taken.plan.changes.map((change) => ({
      address: change.address,
      why: whyNot(change, taken, refused),
    })),
  }
}

function openChanges(taken: TakenOver, refused: ReadonlyMap<string, string>): readonly Change[] {
  return taken.plan.changes.filter((change) => !refused.has(change.address) && differsBesideValue(change, taken))
}

/** Makes as many of the changes as hold. Where the faulty one cannot be identified, each half is tried by itself. */
function settle(taken: TakenOver, changes: readonly Change[], refused: Map<string, string>, checks: Checks): TakenOver {
  let kept = changes
  while (kept.length > 0) {
    const outcome: Attempt = attempt(taken, kept, checks)
    if (outcome.kind === 'holds') return outcome.taken
    if (outcome.kind === 'at fault') {
      for (const [address, why] of outcome.faults) refused.set(address, why)
      kept = kept.filter(({ address }) => !outcome.faults.has(address))
      continue
    }
    const [only, ...others] = kept
    if (only !== undefined && others.length === 0) {
      refused.set(only.address, outcome.why)
      return taken
    }
    const half = Math.ceil(kept.length / 2)
    return settle(settle(taken, kept.slice(0, half), refused, checks), kept.slice(half), refused, checks)
  }
  return taken
}

function whyNot(change: Change, taken: TakenOver, refused: ReadonlyMap<string, string>): string {
  const why = refused.get(change.address)
  if (why !== undefined) return why
  return differsBesideValue(change, taken)
    ? 'it differs still after all that could be taken over'
    : 'GitHub never gives the value of a secret back: what the configuration says of it stays'
}
