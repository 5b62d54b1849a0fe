import { formatScope } from '../core/address.ts'
import { entryOf } from '../core/family-at.ts'
import { getPath, type Json, sameJson } from '../core/json.ts'
import { leavesOf } from '../core/leaves.ts'
import type { Live } from '../core/live.ts'
import type { PlanInput } from '../core/make-plan.ts'
import type { Work } from '../core/work.ts'
import type { Client } from '../github/client.ts'
import { createGet } from './get.ts'

/** GitHub has something else now than the plan was made from: it is not written over. */
export class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile'
}

interface Options {
  /** The sections that the plan was made from. */
  readonly sections: PlanInput['sections']
  /** How long the run has waited for limits so far, in milliseconds. */
  waitedMs(): number
  /** Reads with the credential of the owner that the change is in. */
  client(work: Work): Client
}

interface SectionReading {
  readonly live: readonly Live[]
  readonly waitedMs: number
}

/** Older readings, counting only waits for limits, are repeated before a write that depends on them. */
const FRESH_MS = 10 * 60_000

/**
 * Prevents writes that rely on readings from before a long wait.
 * @returns to be called right before each write; `begun` says whether the change has been written in part
 */
export function stillPlanned(options: Options): (work: Work, begun: boolean) => Promise<void> {
  const readings = new Map<string, Promise<SectionReading>>()
  const planned = new Map(options.sections.map((each) => [keyOf(each.facts), each]))

  async function readingOf(work: Work): Promise<SectionReading> {
    const key = keyOf(work)
    const section = planned.get(key)
    if (!section) throw new Error(`bug: ${work.change.address} is in no section of the plan`)
    for (;;) {
      const last = readings.get(key)
      const reading = (await last) ?? { live: section.live, waitedMs: 0 }
      if (options.waitedMs() - reading.waitedMs <= FRESH_MS) return reading
      if (readings.get(key) !== last) continue
      const { family, scope, known } = section.facts
      const next = entryOf(family, scope)
        .read(scope, createGet(options.client(work)), known)
        .then((live) => ({ live, waitedMs: options.waitedMs() }))
      readings.set(key, next)
      next.catch(() => readings.delete(key))
    }
  }

  return async (work, begun) => {
    const { live, waitedMs } = await readingOf(work)
    if (waitedMs === 0) return
    const moved = movedSince(work, begun, planned.get(keyOf(work))?.live ?? [], live)
    if (moved === undefined) return
    throw new ChangedMeanwhile(
      `not written: ${moved} on GitHub while this run waited for its limit on requests; plan again`,
    )
  }
}

function keyOf({ scope, family }: Pick<Work, 'scope' | 'family'>): string {
  return `${formatScope(scope)}/${family.name}`
}

/** Names the fields that are neither as the plan found them nor as they are to be. */
function movedSince(work: Work, begun: boolean, then: readonly Live[], now: readonly Live[]): string | undefined {
  const { family, key, change, scope, comesBy } = work
  const at = (live: readonly Live[]): Live | undefined =>
    live.find((each) => family.fold(each.key) === family.fold(key))
  const [planned, found] = [at(then), at(now)]
  if (comesBy !== undefined && found === undefined) return undefined
  const before = planned ?? (comesBy && found && { ...found, spec: comesBy.spec })
  if (found === undefined) return before === undefined || change.action === 'delete' ? undefined : 'it was deleted'
  if (before === undefined && !begun) return 'it was created'
  if (before !== undefined && idOf(before) !== idOf(found)) return 'it was deleted and made anew'
  if (before !== undefined && !begun && before.updated_at !== found.updated_at) return 'it was changed'
  const fields = leavesOf(family, scope.type).filter((leaf) => {
    const [was, is, shall] = [before?.spec, found.spec, change.after].map((spec) => spec && getPath(spec, leaf))
    // GitHub shows a list that its switch hides only once the switch is written.
    if (was === undefined && begun) return false
    return !between(is, [was, shall, family.beginning && getPath(family.beginning, leaf)])
  })
  return fields.length === 0 ? undefined : `${fields.join(', ')} ${fields.length === 1 ? 'was' : 'were'} changed`
}

function idOf({ ref }: Live): unknown {
  return 'id' in ref ? ref.id : undefined
}

/** Lists are compared member by member: another change of this run may have done its part. */
function between(value: Json | undefined, starts: readonly (Json | undefined)[]): boolean {
  if (starts.some((start) => sameJson(start, value))) return true
  if (!Array.isArray(value)) return false
  const lists = starts.filter((start): start is readonly Json[] => Array.isArray(start)).map((list) => new Set(list))
  const held = new Set(value)
  return [held, ...lists].every((members) =>
    [...members].every((member) => lists.some((list) => list.has(member) === held.has(member))),
  )
}
