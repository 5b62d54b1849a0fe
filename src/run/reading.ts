import { type Choice, chooseUnits, type Rolling } from '../core/rolling.ts'
import type { ReadyOwner } from '../engine/read-owner.ts'
import { sha256 } from '../engine/saved-plan.ts'
import type { Tally } from './tally.ts'
import { type Units, unitsOf } from './units.ts'

/** How many requests it took to list what is there, beside that for the owner itself. */
export interface ListingRequests {
  readonly names: number
  readonly pages: number
}

interface ListedOwner extends ReadyOwner {
  readonly listed: ListingRequests
}

/** Which part of all that is desired a run reads, and how much of it there is. */
export interface ReadPlan {
  /** Called for each owner whose repositories are known; gives the part of it that is read. */
  begin(ready: ListedOwner): Promise<ReadonlySet<string> | 'all'>
  /** Called for each owner when it is done, also where it never began. */
  end(owner: string): void
  /** Whether an owner waits until all others have begun, so that they go side by side. */
  readonly together: boolean
  /** The part that was read; undefined of a run that reads everything. */
  rolling(): Rolling | undefined
}

/** The places where a run notes what it reads: units where they are asked for afterwards. */
interface Notes<U extends Units | undefined> {
  readonly tally: Tally
  readonly units: U
  /** By owner, the requests that were expected when it was read before, which are not sent again. */
  readonly earlier: EarlierReads
}

/** By owner. */
export type EarlierReads = Map<string, Expected>

interface Expected {
  readonly listed: ListingRequests
  readonly reads: number
}

/** Everything is read. */
export function wholeReading({ tally, units, earlier }: Notes<Units | undefined>): ReadPlan {
  return {
    begin(ready) {
      units?.keep(ready.owner, unitsOf(ready), 'all')
      tally.expect(ready.owner, newRequests(ready, earlier))
      return Promise.resolve('all')
    },
    end: (owner) => tally.expect(owner, 0),
    together: false,
    rolling: () => undefined,
  }
}

/** How a rolling run chooses. */
export interface RollingFlags {
  readonly maxRequests: number
  /** Milliseconds since 1970. */
  now(): number
  /** Keys of units that an open issue lists; undefined where none is written. */
  readonly listed: ReadonlySet<string> | undefined
}

/** The share of the requests that an estimate may be wrong by. */
const LEEWAY = 0.05
const DAY_MS = 86_400_000

/**
 * The part of the day is read, of all owners together: they wait for one another.
 * @param owners of the run
 * @param sent how many requests the run has sent so far
 * @throws SetupError, from `begin`, where `--max-requests` is too few
 */
export function rollingReading(
  { tally, units }: Omit<Notes<Units>, 'earlier'>,
  { maxRequests, now, listed }: RollingFlags,
  owners: readonly string[],
  sent: () => number,
): ReadPlan {
  const open = new Set(owners)
  const ready: ListedOwner[] = []
  let settled: { resolve(choice: Choice): void; reject(error: unknown): void } | undefined
  const choosing = new Promise<Choice>((resolve, reject) => {
    settled = { resolve, reject }
  })
  // Where no owner could be listed, none waits for it.
  choosing.catch(() => {})

  function settle(owner: string): void {
    open.delete(owner)
    if (open.size > 0) return
    const all = ready.flatMap((each) => unitsOf(each).map(({ unit }) => unit))
    const before = sent()
    const budget = Math.floor((maxRequests - before) / (1 + LEEWAY))
    const day = Math.floor(now() / DAY_MS)
    const needs = (least: number): string =>
      `--max-requests ${maxRequests} is too few: the listing took ${before}, and the smallest part takes about ${least} more. ` +
      `Write --max-requests ${before + Math.ceil(least * (1 + LEEWAY))} or more.`
    try {
      settled?.resolve(chooseUnits({ units: all, budget, day, listed, hash: sha256 }, needs))
    } catch (error) {
      settled?.reject(error)
    }
  }

  let rolling: Rolling | undefined
  return {
    async begin(owner) {
      ready.push(owner)
      settle(owner.owner)
      const choice = await choosing
      rolling = choice.rolling
      const own = unitsOf(owner)
      units.keep(owner.owner, own, choice.chosen)
      const mine = own.filter(({ unit }) => choice.chosen.has(unit.id))
      tally.expect(
        owner.owner,
        1 + owner.listed.names + owner.listed.pages + mine.reduce((sum, { unit }) => sum + unit.reads, 0),
      )
      return new Set(mine.map(({ name }) => name))
    },
    end(owner) {
      tally.expect(owner, 0)
      if (open.has(owner)) settle(owner)
    },
    together: true,
    rolling: () => rolling,
  }
}

/** The requests that an owner takes; new ones alone of an owner that was read by names before. */
function newRequests({ owner, listed, reads }: ListedOwner, earlier: EarlierReads): number {
  const [before, now] = [earlier.get(owner), { listed, reads: sumOf(reads) }]
  earlier.set(owner, now)
  if (before === undefined) return 1 + listed.names + listed.pages + now.reads
  // A listing says nothing by name, and further names come after those that were asked for.
  const names = Math.max(0, listed.names - before.listed.names)
  return names + listed.pages - before.listed.pages + Math.max(0, now.reads - before.reads)
}

function sumOf(reads: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const count of reads.values()) sum += count
  return sum
}
