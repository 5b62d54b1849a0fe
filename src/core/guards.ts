import { formatAddress } from './address.ts'
import type { Allowance } from './allowance.ts'
import { matchAny } from './glob.ts'
import { type OwnRun, touchedByOwnRun } from './own-run.ts'
import type { Tripped } from './plan.ts'
import { addressLeft } from './rename.ts'
import type { Work } from './work.ts'

/**
 * The most that one run may take away. Each number is also the most that a configuration may set: only `--allow` goes
 * past it.
 */
export const BUDGETS = { max_deletions: 10, max_revocations: 100, max_runner_moves: 20 } as const

/** How much of each a run may do. */
export type Budgets = { readonly [B in keyof typeof BUDGETS]: number }

export interface GuardSettings {
  /** None of them greater than {@link BUDGETS}. */
  readonly budgets: Budgets
  /** Address globs at which no public repository gains. */
  readonly neverPublic: readonly string[]
  /** Address globs that no run deletes. */
  readonly protect: readonly string[]
  /** The guards that `--allow` goes past. */
  readonly allow: Allowance
  /** The guards that lines under `approvals` go past for this plan. */
  readonly approved?: Allowance
  /** The addresses under former names of its repository: protections of those apply here too. */
  formerly?(address: string): readonly string[]
  /** Undefined outside GitHub Actions. */
  readonly self?: OwnRun
}

/** The guards that a plan trips. Pure: `plan` marks them, `apply` refuses. */
export function trippedGuards(works: readonly Work[], settings: GuardSettings): Tripped[] {
  return [
    ...COUNTED.flatMap((counted) => overBudget(works, settings, counted)),
    ...openedOnes(works, settings),
    ...protectedOnes(works, settings),
    ...ownBranch(works, settings),
  ]
}

/** A guard with a count: the count of one change, and its words in messages. */
interface Counted {
  readonly guard: keyof Budgets
  readonly allows: 'deletions' | 'revocations' | 'runner_moves'
  readonly of: (work: Work) => number
  readonly words: readonly [one: string, many: string, of: string]
}

const COUNTED: readonly Counted[] = [
  {
    guard: 'max_deletions',
    allows: 'deletions',
    // With what is in it, not its readers besides.
    of: ({ change, along = [] }) => (change.action === 'delete' ? 1 + along.length : 0),
    words: ['deletion', 'deletions', 'members'],
  },
  {
    guard: 'max_revocations',
    allows: 'revocations',
    of: ({ change }) => (change.action === 'update' ? change.access.loses.length : 0),
    words: ['revocation', 'revocations', 'repositories that lose access to what stays'],
  },
  {
    guard: 'max_runner_moves',
    allows: 'runner_moves',
    of: ({ change, leavesGroup }) => (change.runner_moves?.length ?? 0) + (leavesGroup ? 1 : 0),
    words: ['runner move', 'runner moves', 'runners that leave a group'],
  },
]

function overBudget(works: readonly Work[], settings: GuardSettings, counted: Counted): Tripped[] {
  const { budgets, allow, approved = {} } = settings
  const { guard, allows, of, words } = counted
  const concerned = works.filter((work) => of(work) > 0)
  const count = concerned.reduce((sum, work) => sum + of(work), 0)
  const limit = Math.max(allow[allows] ?? Math.min(budgets[guard], BUDGETS[guard]), approved[allows] ?? 0)
  if (count <= limit) return []
  const [one, many, what] = words
  return [
    {
      guard,
      message: `${count} ${count === 1 ? one : many} (${what}), and at most ${limit} are allowed`,
      flag: `--allow ${allows}=${count}`,
      addresses: concerned.map(({ change }) => change.address),
    },
  ]
}

function openedOnes(works: readonly Work[], settings: GuardSettings): Tripped[] {
  const { neverPublic } = settings
  if (isPast(settings, 'public') || neverPublic.length === 0) return []
  const isShut = matcherOf(neverPublic, settings)
  const addresses = works.filter((work) => openedAt(work).some(isShut)).map(addressOf)
  if (addresses.length === 0) return []
  const message = `public repositories gain at ${addresses.join(', ')}, where never_public admits none`
  return [{ guard: 'never_public', message, flag: '--allow public', addresses }]
}

/** Matches an address by its present name, and by each former name of its repository. */
function matcherOf(globs: readonly string[], { formerly }: GuardSettings): (address: string) => boolean {
  const matches = matchAny(globs)
  return (address) => matches(address) || (formerly?.(address) ?? []).some(matches)
}

/**
 * The addresses at which public repositories gain access by a change: for a runner that moves, also the group that it
 * leaves and the one it goes to.
 */
function openedAt({ change, family, scope, visibility, beside = [] }: Work): readonly string[] {
  const { address, action, access, consequences, runner_moves: moves = [] } = change
  const groups = moves.filter(({ opens }) => opens).flatMap(({ from, to }) => [from, to].flatMap((name) => name ?? []))
  const moved = groups.length === 0 ? [] : [address, ...groups.map((name) => formatAddress(scope, family.name, name))]
  if (action === 'delete') return moved
  // A member created in a public repository belongs to that repository.
  const isGained = access.gains.some((to) => to.visibility === 'public')
  const isOpened = consequences.some(({ opens }) => opens)
  const isMade = action === 'create' && family.shape === 'members' && visibility === 'public'
  return isGained || isOpened || isMade ? [address, ...beside, ...moved] : moved
}

function protectedOnes(works: readonly Work[], settings: GuardSettings): Tripped[] {
  if (isPast(settings, 'protected')) return []
  const isProtected = matcherOf(settings.protect, settings)
  const addresses = works
    .flatMap(({ change }) => (change.action === 'delete' ? change.address : (addressLeft(change) ?? [])))
    .filter(isProtected)
  if (addresses.length === 0) return []
  const message = `${addresses.join(', ')} ${addresses.length === 1 ? 'is' : 'are'} protected from deletion`
  return [{ guard: 'protect', message, flag: '--allow protected', addresses }]
}

function ownBranch(works: readonly Work[], settings: GuardSettings): Tripped[] {
  const { self } = settings
  if (!self || isPast(settings, 'self')) return []
  const touched = works.flatMap((work) => {
    const why = touchedByOwnRun(work, self)
    return why === undefined ? [] : [{ address: work.change.address, why }]
  })
  if (touched.length === 0) return []
  const message = [...new Set(touched.map(({ why }) => why))].join('; ')
  return [{ guard: 'self', message, flag: '--allow self', addresses: touched.map(({ address }) => address) }]
}

function isPast({ allow, approved }: GuardSettings, word: 'public' | 'protected' | 'self'): boolean {
  return allow[word] === true || approved?.[word] === true
}

function addressOf({ change }: Work): string {
  return change.address
}
