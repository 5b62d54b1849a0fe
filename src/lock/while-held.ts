import type { HeldLock } from './hold.ts'

/**
 * Does the work and releases the lock, after success and failure.
 * @param onTrouble called where the lock could not be released: the run's result is still valid
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
