import { matchAny } from './glob.ts'
import { type OwnRun, touchedByOwnRun } from './own-run.ts'
import type { Tripped } from './plan.ts'
import type { Work } from './work.ts'

/** The greatest number of deletions that a configuration may allow; only `--allow deletions=N` goes past it. */
const MAX_DELETIONS = 10

export interface GuardSettings {
  /** At most {@link MAX_DELETIONS}. */
  readonly maxDeletions: number
  /** Address globs that no run deletes. */
  readonly protect: readonly string[]
  /** What `--allow` goes past. */
  readonly allow: { readonly deletions?: number; readonly protected?: boolean; readonly self?: boolean }
  /** Undefined outside GitHub Actions. */
  readonly self?: OwnRun
}

/** The guards that a plan trips. Pure: `plan` marks them, `apply` refuses. */
export function trippedGuards(works: readonly Work[], settings: GuardSettings): Tripped[] {
  return [deletions(works, settings), protectedOnes(works, settings), ownBranch(works, settings)].flatMap(
    (tripped) => tripped ?? [],
  )
}

/** Each deleted member, and each repository that a changed list, visibility or switch takes away from what stays. */
function countDeletions(works: readonly Work[]): number {
  let count = 0
  for (const { change } of works) {
    if (change.action === 'delete') count += 1
    if (change.action === 'update') count += change.access.loses.length
  }
  return count
}

function deletions(works: readonly Work[], settings: GuardSettings): Tripped | undefined {
  const count = countDeletions(works)
  const limit = settings.allow.deletions ?? Math.min(settings.maxDeletions, MAX_DELETIONS)
  if (count <= limit) return undefined
  const losing = works.filter(({ change }) => change.action === 'delete' || change.access.loses.length > 0)
  return {
    guard: 'max_deletions',
    message: `${count} deletions (members, and repositories that lose access), and at most ${limit} are allowed`,
    flag: `--allow deletions=${count}`,
    addresses: losing.filter(({ change }) => change.action !== 'create').map(({ change }) => change.address),
  }
}

function protectedOnes(works: readonly Work[], settings: GuardSettings): Tripped | undefined {
  if (settings.allow.protected) return undefined
  const isProtected = matchAny(settings.protect)
  const addresses = works
    .filter(({ change }) => change.action === 'delete' && isProtected(change.address))
    .map(({ change }) => change.address)
  if (addresses.length === 0) return undefined
  const message = `${addresses.join(', ')} ${addresses.length === 1 ? 'is' : 'are'} protected from deletion`
  return { guard: 'protect', message, flag: '--allow protected', addresses }
}

function ownBranch(works: readonly Work[], { self, allow }: GuardSettings): Tripped | undefined {
  if (!self || allow.self) return undefined
  const touched = works.flatMap((work) => {
    const why = touchedByOwnRun(work, self)
    return why === undefined ? [] : [{ address: work.change.address, why }]
  })
  if (touched.length === 0) return undefined
  const message = [...new Set(touched.map(({ why }) => why))].join('; ')
  return { guard: 'self', message, flag: '--allow self', addresses: touched.map(({ address }) => address) }
}
