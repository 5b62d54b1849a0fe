import { addBlob, type GitObjects } from './objects.ts'
import { filesBelow } from './paths.ts'

export interface FileChange {
  readonly path: string
  /** Of the file as it is now; of a removed one as it was. */
  readonly sha: string
  readonly status: 'added' | 'removed' | 'modified'
  /** Lines. */
  readonly additions: number
  readonly deletions: number
}

/** The files that differ between two folders, by path; all of them where there was none before. */
export function changedFiles(git: GitObjects, before: string | undefined, after: string): FileChange[] {
  const old = before === undefined ? new Map<string, Buffer>() : filesBelow(git, before)
  const current = filesBelow(git, after)
  const changes: FileChange[] = []
  for (const path of [...new Set([...old.keys(), ...current.keys()])].sort()) {
    const [was, is] = [old.get(path), current.get(path)]
    const content = is ?? was
    if (!content || (was && is && was.equals(is))) continue
    const status = !was ? 'added' : is ? 'modified' : 'removed'
    changes.push({ path, sha: addBlob(git, content), status, ...countedLines(linesOf(was), linesOf(is)) })
  }
  return changes
}

/** Counts the lines between those that both begin and end with: one stretch, where git may find several. */
function countedLines(was: readonly string[], is: readonly string[]): { additions: number; deletions: number } {
  const most = Math.min(was.length, is.length)
  let first = 0
  while (first < most && was[first] === is[first]) first += 1
  let last = 0
  while (last < most - first && was[was.length - 1 - last] === is[is.length - 1 - last]) last += 1
  return { additions: is.length - first - last, deletions: was.length - first - last }
}

/** The line end at the end of a file begins no line. */
function linesOf(content: Buffer | undefined): string[] {
  if (content === undefined || content.length === 0) return []
  return content.toString('utf8').replace(/\n$/, '').split('\n')
}
