import type { Holder, LockDocument } from './lock-document.ts'

/** The questions that decide whether a holder is dead. */
export interface Inquiry {
  /** Of a holder on GitHub Actions: the state of its run attempt on GitHub. */
  holderEnded(holder: Holder): Promise<'ended' | 'running' | 'unknown'>
  /** The server's clock. */
  now(): Promise<Date>
}

/** Ten times the pause between two signs of life of {@link holdLock}. */
const SILENCE_MS = 10 * 60_000

/**
 * The state of a lock's holder; the lock of one that has ended may be taken over. For a run on GitHub Actions only
 * GitHub's answer counts: a runner may be slow, or cut off from us. Elsewhere the holder gives a sign of life each
 * minute.
 */
export async function stateOfHolder(
  { holder, heartbeat }: LockDocument,
  inquiry: Inquiry,
): Promise<'ended' | 'running' | 'unknown'> {
  if (holder.run !== undefined) return inquiry.holderEnded(holder)
  const now = await inquiry.now()
  return now.getTime() - Date.parse(heartbeat) > SILENCE_MS ? 'ended' : 'running'
}
