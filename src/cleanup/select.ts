import { compileGlob } from '../core/glob.ts'
import { LONGEST_RUN_MS, parseAge, parseSize, RECENT_MS } from './measures.ts'
import type { Leftover, Leftovers } from './objects.ts'
import { faultsOf, type Rule, type RuleKind } from './policy.ts'

/** How a selection is made. */
export interface SelectionTime {
  /** Milliseconds since 1970: no object made after it is chosen. */
  readonly cutoff: number
  /** Ages are counted from here. */
  readonly now: number
  /** Whether objects of the last seven days may be chosen. */
  readonly recent: 'kept' | 'chosen too'
}

/** The objects that a rule chooses, oldest first. A rule with a mistake chooses nothing. */
export function selectByRule(kind: RuleKind, rule: Rule, found: Leftovers, time: SelectionTime): readonly Leftover[] {
  if (faultsOf(kind, rule).length > 0) return []
  const pool = kind === 'artifacts' ? found.artifacts : kind === 'caches' ? found.caches : found.runs
  const kept = latest(pool, rule.keep_latest ?? 0)
  return pool
    .filter((each) => !kept.has(each.id) && holds(kind, rule, each, time) && isFinished(kind, each, found, time))
    .sort((one, other) => one.at - other.at || one.id - other.id)
}

/** Of each group the newest: those that were there when the plan was made count, and whether the rule chooses them or not. */
function latest(pool: readonly Leftover[], count: number): ReadonlySet<number> {
  const kept = new Set<number>()
  if (count === 0) return kept
  const groups = new Map<string, Leftover[]>()
  for (const each of pool) {
    const there = groups.get(each.group)
    if (there === undefined) groups.set(each.group, [each])
    else there.push(each)
  }
  for (const members of groups.values()) {
    const newest = [...members].sort((one, other) => other.at - one.at || other.id - one.id).slice(0, count)
    for (const { id } of newest) kept.add(id)
  }
  return kept
}

function holds(
  kind: RuleKind,
  rule: Rule,
  { at, bytes, name, branch, conclusion }: Leftover,
  time: SelectionTime,
): boolean {
  const age = time.now - at
  const least = Math.max(
    parseAge(rule.older_than ?? rule.queued_longer_than ?? '') ?? 0,
    // A run that hangs has left nothing to look at.
    time.recent === 'kept' && kind !== 'stuck' ? RECENT_MS : 0,
  )
  if (at > time.cutoff || age < least) return false
  if (rule.larger_than !== undefined && bytes <= (parseSize(rule.larger_than) ?? Number.POSITIVE_INFINITY)) return false
  if (rule.conclusion !== undefined && !rule.conclusion.includes(conclusion)) return false
  return matchesAll(rule.names, name) && matchesAll(rule.branches, branch)
}

/** Names and globs of which any may match; those behind `!` take away last, and alone they take away from all. */
function matchesAll(patterns: readonly string[] | undefined, text: string): boolean {
  if (patterns === undefined) return true
  const not = patterns.filter((pattern) => pattern.startsWith('!'))
  const any = patterns.filter((pattern) => !pattern.startsWith('!'))
  if (not.some((pattern) => compileGlob(pattern.slice(1), 'exact')(text))) return false
  return any.length === 0 || any.some((pattern) => compileGlob(pattern, 'exact')(text))
}

/** Whether the object is of no run that still goes on; of `stuck`, whether it still waits. */
function isFinished(
  kind: RuleKind,
  { id, status, run, at }: Leftover,
  { going, heldCaches }: Leftovers,
  { now }: SelectionTime,
): boolean {
  if (kind === 'stuck') return status === 'queued'
  if (kind === 'runs' || kind === 'logs') return status === 'completed'
  if (kind === 'caches') return !heldCaches.has(id)
  if (now - at > LONGEST_RUN_MS) return true
  return going !== undefined && (run === undefined ? going.size === 0 : !going.has(run))
}
