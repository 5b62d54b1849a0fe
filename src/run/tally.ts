import type { Step } from './progress-text.ts'

/** How many requests reading takes in all, as it comes to be known owner by owner. */
export interface Tally {
  /** Called once for each owner, when it is known how many requests it takes; 0 of one that cannot be read. */
  expect(owner: string, requests: number): void
  /** Called when an owner is begun. */
  begin(owner: string): void
  /** Called when an owner is done. */
  end(owner: string): void
  step(): Step
}

/**
 * @param owners of the run
 * @param sent how many requests the run has sent so far
 * @param isFirst whether the server is still to be asked for its product
 */
export function openTally(owners: readonly string[], sent: () => number, isFirst: boolean): Tally {
  const before = sent()
  const expected = new Map<string, number>()
  const begun = new Set<string>()
  return {
    expect(owner, requests) {
      if (!expected.has(owner)) expected.set(owner, requests)
    },
    begin: (owner) => void begun.add(owner),
    end: (owner) => void begun.delete(owner),
    step() {
      const [current = owners[0] ?? ''] = begun
      const open = owners.filter((owner) => !expected.has(owner)).length
      const of = owners.length > 1 && open > 0 ? ` (${owners.length - open} of ${owners.length})` : ''
      let total = before + (isFirst ? 1 : 0)
      for (const requests of expected.values()) total += requests
      return { label: `reading ${current}${of}`, done: sent(), total: open > 0 ? undefined : total }
    },
  }
}
