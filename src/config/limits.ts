import type { Diagnostic, Source } from '../core/diagnostic.ts'

/**
 * The limits of a configuration: the author of a pull request must not be able to keep the job that plans it busy, or
 * to run it out of memory. At each limit a run takes less than 5 s and 400 MB; 10,000 repositories with 200 sets stay
 * far below.
 */
const LIMITS = {
  /** Each takes requests of its own, so that a run over more would never end. */
  owners: { most: 2_000, of: 'owners are named', help: 'split the configuration' },
  /** A set of organizations, with all that is in it, speaks once for each organization that it matches. */
  spoken: {
    most: 100_000,
    of: 'places speak for organizations (organization_sets × organizations)',
    help: 'narrow the `match` of the sets',
  },
  /** The largest organizations that write each repository out have half of it. Those that sets reach are not counted. */
  entries: {
    most: 20_000,
    of: 'repositories have an entry of their own',
    help: 'let `repository_sets` say what many repositories have, or split the configuration',
  },
  /** 10,000 repositories that 20 sets reach come to a fifth of it. */
  reached: {
    most: 1_000_000,
    of: 'repositories are reached by repository_sets (sets × repositories)',
    help: 'narrow the `match` of the sets, or join sets that match the same',
  },
  /** Statements that many repositories have from the same sets are merged once. */
  merged: {
    most: 1_000_000,
    of: 'statements of sets and entries are merged',
    help: 'join sets that match the same',
  },
  /** 10,000 repositories with 20 secrets each come to 200,000. */
  addresses: {
    most: 250_000,
    of: 'addresses are declared (members × repositories)',
    help: 'split the configuration, or narrow the `match` of sets',
  },
  /** Each is tried for each live member of its scope. */
  prunes: {
    most: 250_000,
    of: 'globs of `prune` hold (globs × repositories)',
    help: 'write fewer and wider globs',
  },
  /** 100 secrets for each of 10,000 repositories come to it. */
  names: {
    most: 1_000_000,
    of: 'names stand in lists, with what globs and selectors match',
    help: 'write `visibility: all` or `private` in place of long lists',
  },
  /**
   * The cost of one is `globCost`. 200 sets with a glob like `*-web-*`, each tried for 10,000 repositories, come to a
   * quarter of it; one that begins or ends with letters is tried only for names that do the same.
   */
  tries: {
    most: 20_000_000,
    of: 'pieces of globs and selectors are tried (globs × names)',
    help: 'write fewer and shorter globs, with fewer stars, or such as begin or end with more letters',
  },
} as const

export type Cost = keyof typeof LIMITS

/** Counts the costs of a configuration, over all of its owners. @throws LimitExceeded */
export type Spend = (cost: Cost, amount: number, at: () => Source) => void

/** A configuration costs more than any may. */
class LimitExceeded extends Error {
  override readonly name = 'LimitExceeded'
  readonly problem: Diagnostic
  constructor(cost: Cost, source: Source) {
    const { most, of, help } = LIMITS[cost]
    const message = `with this, more than ${most.toLocaleString('en')} ${of}: ${help}`
    super(message)
    this.problem = { severity: 'error', message, source }
  }
}

/** Begins at nothing. */
export function startSpending(): Spend {
  const spent = new Map<Cost, number>()
  return (cost, amount, at) => {
    const sum = (spent.get(cost) ?? 0) + amount
    spent.set(cost, sum)
    if (sum > LIMITS[cost].most) throw new LimitExceeded(cost, at())
  }
}

/** For input that was checked against the limits before. */
export const UNLIMITED: Spend = () => undefined

/** The result, or that of a refusal. */
export function withinLimits<Result>(run: () => Result, refused: (problem: Diagnostic) => Result): Result {
  try {
    return run()
  } catch (error) {
    if (error instanceof LimitExceeded) return refused(error.problem)
    throw error
  }
}
