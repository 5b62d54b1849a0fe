import type { HeldLock } from './hold.ts'

/**
 * Does the work and lets go of the lock, whatever came of the work.
 * @param onTrouble is told where the lock could not be given back: the run's result stands all the same
 */
export async function whileHeld<T>(
  lock: HeldLock,
  work: () => Promise<T>,
  onTrouble: (message: string) => void,
): Promise<T> {
  try {
    return await work()
  } finally {
    await release(lock, onTrouble)
  }
}

async function release(lock: HeldLock, onTrouble: (message: string) => void): Promise<void> {
  try {
    if ((await lock.release()) === 'lost') onTrouble('The lock was taken over by another run before this one ended.')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    onTrouble(`The lock could not be given back: ${why} Other runs take it over once this one has ended.`)
  }
}
