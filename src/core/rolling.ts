import { SetupError } from './setup-error.ts'

/** Something of an owner that a rolling run reads whole or not at all: its own settings, or a repository with its environments. */
export interface Unit {
  /** Text that stays while names change, such as `5001/1001` of owner and repository; their names where there is no id. */
  readonly id: string
  /** About how many requests reading it takes. */
  readonly reads: number
  /** How many scopes it has. */
  readonly scopes: number
}

/** The part that a run reads of everything, as its plan tells it. */
export interface Rolling {
  /** Scopes that were compared. */
  readonly read: number
  readonly of: number
  /** From 0 on. */
  readonly part: number
  /** How many runs read everything once. */
  readonly parts: number
}

/** "312 of 800 scopes; a full round takes about 3 days", of a run that read a part. */
export function rollingWords({ read, of, parts }: Rolling): string {
  const number = (count: number): string => count.toLocaleString('en')
  return `${number(read)} of ${number(of)} scopes; a full round takes about ${number(parts)} days`
}

/** Whether a run left out what another one reads. */
export function isPart(rolling: Rolling | undefined): rolling is Rolling {
  return rolling !== undefined && rolling.read < rolling.of
}

/** A choice of units, by their ids. */
export interface Choice {
  readonly chosen: ReadonlySet<string>
  readonly rolling: Rolling
}

export interface ChoiceInput {
  readonly units: readonly Unit[]
  /** How many requests reading may take. */
  readonly budget: number
  /** Days since 1970: each reads the next part, so that no run needs to know of another. */
  readonly day: number
  /** Keys of units that an open issue lists, which are read while there is room; undefined where no issue is written. */
  readonly listed: ReadonlySet<string> | undefined
  /** SHA-256 in lower-case hexadecimal. */
  hash(text: string): string
}

/** The share of the budget that is kept for units of other parts, where an issue may list them. */
const FOR_LISTED = 0.2

/** Beyond this many times the fewest parts, the largest unit is what does not fit. */
const MOST_TRIES = 4

/**
 * Spreads the units over as few parts as the budget takes, by a hash of their ids, and chooses that of the day. Nothing is
 * remembered from run to run.
 * @param needs the least budget, where this one is too small, for the message
 * @throws SetupError where a part is never small enough
 */
export function chooseUnits(
  { units, budget, day, listed, hash }: ChoiceInput,
  needs: (least: number) => string,
): Choice {
  const of = units.reduce((sum, { scopes }) => sum + scopes, 0)
  const total = units.reduce((sum, { reads }) => sum + reads, 0)
  const hashed = units.map((unit) => ({ unit, key: unitKey(unit.id, hash) }))
  const share = listed === undefined ? 1 : 1 - FOR_LISTED
  const fits = total <= budget ? { parts: 1, most: total } : fewestParts(hashed, Math.floor(budget * share))
  if (fits.most > budget) throw new SetupError(needs(Math.ceil(fits.most / share)))
  const { parts } = fits
  const part = day % parts
  const mine = hashed.filter(({ key }) => partOf(key, parts) === part)
  let left = budget - mine.reduce((sum, { unit }) => sum + unit.reads, 0)
  const more = hashed.filter(({ key, unit }) => {
    if (!listed?.has(key) || partOf(key, parts) === part || unit.reads > left) return false
    left -= unit.reads
    return true
  })
  const chosen = [...mine, ...more].map(({ unit }) => unit)
  const read = chosen.reduce((sum, { scopes }) => sum + scopes, 0)
  return { chosen: new Set(chosen.map(({ id }) => id)), rolling: { read, of, part, parts } }
}

/** A short name of a unit, which tells nothing of it: 32 bits of its hash. */
export function unitKey(id: string, hash: (text: string) => string): string {
  return hash(id).slice(0, 8)
}

interface Hashed {
  readonly unit: Unit
  readonly key: string
}

function partOf(key: string, parts: number): number {
  return Number.parseInt(key, 16) % parts
}

/** The fewest parts of which the largest fits the budget; else those whose largest is the smallest. */
function fewestParts(units: readonly Hashed[], budget: number): { readonly parts: number; readonly most: number } {
  const total = units.reduce((sum, { unit }) => sum + unit.reads, 0)
  const least = Math.max(1, Math.ceil(total / Math.max(1, budget)))
  let best = { parts: 1, most: total }
  for (let parts = least; parts <= Math.min(least * MOST_TRIES, units.length * MOST_TRIES); parts += 1) {
    const sums = new Map<number, number>()
    for (const { unit, key } of units) {
      const part = partOf(key, parts)
      sums.set(part, (sums.get(part) ?? 0) + unit.reads)
    }
    const most = [...sums.values()].reduce((greatest, sum) => Math.max(greatest, sum), 0)
    if (most <= budget) return { parts, most }
    if (most < best.most) best = { parts, most }
  }
  return best
}
