import type { Configuration } from '../config/configuration.ts'
import { type Checks, configurationOf } from '../config/load.ts'
import { parseFiles } from '../config/parse.ts'
import type { TextFile } from '../config/text-file.ts'
import { append } from '../core/append.ts'
import { type Diagnostic, formatDiagnostic } from '../core/diagnostic.ts'
import { type Json, sameJson, withPath } from '../core/json.ts'
import { secretLeaf } from '../core/leaves.ts'
import type { PlanInput } from '../core/make-plan.ts'
import type { Change, Plan } from '../core/plan.ts'
import { ownerOf } from '../core/scope.ts'
import { addressContexts } from './address-context.ts'
import { CannotTake } from './cannot-take.ts'
import type { Edit } from './edit.ts'
import { replan } from './replan.ts'
import { rewrite, splicesOf } from './rewrite.ts'
import { type Files, takeChange } from './take-change.ts'
import { openYaml } from './yaml-places.ts'

/** A configuration as far as it has taken the live state over. */
export interface TakenOver {
  readonly files: readonly TextFile[]
  readonly configuration: Configuration
  readonly input: PlanInput
  readonly plan: Plan
  readonly sections: PlanInput['sections']
}

export type Attempt =
  | { readonly kind: 'holds'; readonly taken: TakenOver }
  /** The changes that cannot be taken over, by address, and why. */
  | { readonly kind: 'at fault'; readonly faults: ReadonlyMap<string, string> }
  /** Together they do not hold, and the faulty one is not known. */
  | { readonly kind: 'fails'; readonly why: string }

/** The configuration as it is; undefined where the texts do not make one. */
export function begin(files: readonly TextFile[], input: PlanInput, checks: Checks): TakenOver | undefined {
  const taken = stand(files, input, checks)
  return 'configuration' in taken ? taken : undefined
}

/** Takes changes over into the texts, and finds out whether the new configuration does just that. */
export function attempt(taken: TakenOver, changes: readonly Change[], checks: Checks): Attempt {
  const { edits, faults, asTheyAre } = draft(taken, changes)
  if (faults.size > 0) return { kind: 'at fault', faults }
  let files: readonly TextFile[]
  try {
    files = taken.files.map((file) => {
      const own = edits.filter((edit) => edit.file === file.name)
      return own.length === 0 ? file : { ...file, text: rewrite(file.text, own) }
    })
  } catch (error) {
    return { kind: 'fails', why: reasonOf(error) }
  }
  const next = stand(files, taken.input, checks)
  if (!('configuration' in next)) return { kind: 'fails', why: `the configuration would be wrong: ${next.problem}` }
  return compare(taken, next, changes, asTheyAre)
}

/** Whether a change concerns more than the value of a secret, which cannot be taken over. */
export function differsBesideValue(change: Change, { sections }: Pick<TakenOver, 'sections'>): boolean {
  if (change.action !== 'update') return true
  const leaves = new Set(sections.flatMap(({ facts }) => secretLeaf(facts.family) ?? []))
  let [before, after] = [change.before ?? {}, change.after ?? {}]
  if (change.value !== null) {
    for (const leaf of leaves) {
      before = withPath(before, leaf, undefined)
      after = withPath(after, leaf, undefined)
    }
  }
  return !sameJson(before, after)
}

function stand(files: readonly TextFile[], input: PlanInput, checks: Checks): TakenOver | { readonly problem: string } {
  const { configuration, problems } = configurationOf(files, parseFiles(files), [], input.families, checks)
  if (configuration === undefined) return { problem: problems.slice(0, 1).map(formatDiagnostic).join('') }
  return { files, configuration, input, ...replan(input, configuration) }
}

function draft(
  { files: texts, configuration, sections }: TakenOver,
  changes: readonly Change[],
): {
  readonly edits: readonly Edit[]
  readonly faults: ReadonlyMap<string, string>
  /** The addresses that need no edit beside those of the levels above. */
  readonly asTheyAre: ReadonlySet<string>
} {
  const files: Files = new Map(texts.map(({ name, text }) => [name, openYaml(text)]))
  const around = addressContexts(configuration, sections)
  const edits: Edit[] = []
  const faults = new Map<string, string>()
  const asTheyAre = new Set<string>()
  for (const change of changes) {
    try {
      const context = around(change.address)
      if (context === undefined) throw new CannotTake('its place in the configuration was not found')
      const own = takeChange(change, context, files)
      for (const [name, yaml] of files)
        splicesOf(
          yaml,
          own.filter(({ file }) => file === name),
        )
      append(edits, own)
      if (own.length === 0) asTheyAre.add(change.address)
    } catch (error) {
      faults.set(change.address, reasonOf(error))
    }
  }
  return { edits, faults, asTheyAre }
}

/**
 * Checks that accepted changes are gone from the plan, that no new problem came up, and that no other address changes.
 */
function compare(
  before: TakenOver,
  after: TakenOver,
  changes: readonly Change[],
  asTheyAre: ReadonlySet<string>,
): Attempt {
  const taken = new Set(changes.map(({ address }) => address))
  const faults = new Map<string, string>()
  for (const change of after.plan.changes) {
    if (taken.has(change.address) && differsBesideValue(change, after)) {
      const above = 'GitHub has it as the configuration says, and what that says of the level above would change it'
      faults.set(change.address, asTheyAre.has(change.address) ? above : `it would differ still: ${change.reason}`)
    }
  }
  const errors = newErrors(before.plan, after.plan)
  for (const { address, message } of errors) {
    if (address !== undefined && taken.has(address)) faults.set(address, `it would be wrong then: ${message}`)
  }
  if (faults.size > 0) return { kind: 'at fault', faults }
  const [error] = errors
  if (error !== undefined) return { kind: 'fails', why: `the configuration would be wrong: ${formatDiagnostic(error)}` }
  const other = alteredMember(before, after, taken)
  if (other !== undefined) return { kind: 'fails', why: `${other} would be asked for something else` }
  return { kind: 'holds', taken: after }
}

export function newErrors(before: Plan, after: Plan): readonly Diagnostic[] {
  const known = new Set(before.diagnostics.map(({ message, address }) => JSON.stringify([address, message])))
  return after.diagnostics.filter(
    ({ severity, message, address }) => severity === 'error' && !known.has(JSON.stringify([address, message])),
  )
}

/** An address beside the changes whose desired state differs from before. */
function alteredMember(before: TakenOver, after: TakenOver, taken: ReadonlySet<string>): string | undefined {
  const [were, are] = [desiredOf(before), desiredOf(after)]
  return [...were.keys(), ...are.keys()].find(
    (address) => !taken.has(address) && !sameJson(were.get(address), are.get(address)),
  )
}

/** Whether the desired state of any owner but this one differs from before. */
export function alteredBeside(before: TakenOver, after: TakenOver, owner: string): boolean {
  const others = ({ sections }: TakenOver): Pick<TakenOver, 'sections'> => ({
    sections: sections.filter(({ section }) => ownerOf(section.scope) !== owner),
  })
  const [were, are] = [desiredOf(others(before)), desiredOf(others(after))]
  return [...were.keys(), ...are.keys()].some((address) => !sameJson(were.get(address), are.get(address)))
}

function desiredOf({ sections }: Pick<TakenOver, 'sections'>): ReadonlyMap<string, Json> {
  return new Map(
    sections.flatMap(({ section }) =>
      section.members.map(({ address, state, spec, edits }): [string, Json] => {
        const lists = Object.entries(edits).map(([path, { add, remove }]): Json => [path, add, remove])
        return [address, { state, spec, lists }]
      }),
    ),
  )
}

function reasonOf(error: unknown): string {
  if (error instanceof CannotTake) return error.message
  throw error
}
