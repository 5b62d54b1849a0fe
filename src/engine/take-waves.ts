import pLimit from 'p-limit'
import type { Step, Wave } from './schedule.ts'

/**
 * Takes the steps of each wave once all of the wave before are done. A chain of steps begins when its turn has come: after a
 * write that stops the run, few others were begun.
 * @param atOnce how many requests may be in flight. Half as many chains again are taken at once: some of them wait for the
 * ledger to be saved
 */
export async function takeWaves(
  waves: readonly Wave[],
  atOnce: number,
  take: (step: Step) => Promise<void>,
): Promise<void> {
  const inTurn = pLimit(atOnce + Math.floor(atOnce / 2))
  for (const wave of waves) {
    await Promise.all(
      wave.map((steps) =>
        inTurn(async () => {
          for (const step of steps) await take(step)
        }),
      ),
    )
  }
}
