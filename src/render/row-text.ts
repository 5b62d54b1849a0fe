import { countPublic } from './changes.ts'
import { countReached } from './count-reached.ts'
import { type AccessView, type ChangeRow, count } from './row.ts'
import { shorten } from './shorten.ts'
import { formatName } from './value.ts'
import type { Wording } from './wording.ts'

/** The reason of a change and its place in the YAML, as a comment behind it; empty where an earlier row has them. */
export function originText(row: ChangeRow): string {
  if (row.detail === 'brief') return '  # see above'
  const others = row.source && row.source.others > 0 ? ` and ${count(row.source.others, 'other place')}` : ''
  const parts = [row.reason, row.source ? `${row.source.first}${others}` : ''].filter((part) => part !== '')
  return parts.length === 0 ? '' : `  # ${parts.join(', ')}`
}

/**
 * Access gained or lost, with the number of public repositories.
 * @param names so many repositories are named; ten by default
 */
export function accessText(access: AccessView, wording: Wording, names?: number): string {
  const { repositories, direction } = access
  const verb = ACCESS_WORDS[wording][direction]
  const opened = countPublic(access)
  if (access.of === 'itself' && repositories.length === 1) {
    return `${verb} the repository itself${opened > 0 ? ', which is public' : ''}`
  }
  const named = repositories.map(({ repository, visibility }) => {
    return `${formatName(repository)}${visibility === 'public' ? ' (public)' : ''}`
  })
  const publicly = opened > 0 && repositories.length > 1 ? `, ${opened} of them public` : ''
  return `${verb} ${countReached(repositories, access.address)}${publicly}: ${shorten(named, names)}${bringing(access)}`
}

/** The people who can bring it about that patterns give the access. */
export function bringing({ repositories }: AccessView): string {
  const all = [...new Set(repositories.flatMap(({ by }) => by ?? []))]
  return all.length === 0 ? '' : ` (${shorten(all, 3)})`
}

/** The words before the repositories that gain or lose access. */
export const ACCESS_WORDS = {
  plan: { gains: 'access for', loses: 'no more access for' },
  drift: { gains: 'should give access to', loses: 'should give no access to' },
} as const
