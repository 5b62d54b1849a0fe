import type { ChangeOutcome } from '../core/outcome.ts'
import type { Change } from '../core/plan.ts'
import type { Work } from '../core/work.ts'
import { type Progress, statusOf } from './outcome-of.ts'

/** Called once for each change that was tried, when nothing more is sent for it. */
export type OnEnded = (change: Change, status: ChangeOutcome['status']) => void

/** Tells of each change once that it came to its end, whether it was written or refused. */
export function createEnds(progress: ReadonlyMap<Work, Progress>, onEnded: OnEnded | undefined): (work: Work) => void {
  const ended = new Set<Work>()
  return (work) => {
    const reached = progress.get(work)
    const isOver = reached?.error !== undefined || reached?.done.length === work.sends.length
    if (!isOver || ended.has(work)) return
    ended.add(work)
    onEnded?.(work.change, statusOf(reached?.done.length ?? 0, work.sends.length, reached))
  }
}
