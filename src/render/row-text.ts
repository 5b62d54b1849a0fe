import { countPublic } from './changes.ts'
import { countReached } from './count-reached.ts'
import { type AccessView, type ChangeRow, count } from './row.ts'
import { NAMES, shorten } from './shorten.ts'
import { formatName } from './value.ts'
import type { Wording } from './wording.ts'

/**
 * The reason of a change, as far as its fields do not show it, and its place in the YAML, as a comment behind it; empty where
 * an earlier row has them.
 */
export function originText(row: ChangeRow): string {
  if (row.detail === 'brief') return '  # see above'
  const others = row.source && row.source.others > 0 ? ` and ${count(row.source.others, 'other place')}` : ''
  const parts = [unsaidReason(row), row.source ? `${row.source.first}${others}` : ''].filter((part) => part !== '')
  return parts.length === 0 ? '' : `  # ${parts.join(', ')}`
}

/** The reason without the part that the row's fields show: which of them differ. */
function unsaidReason({ reason, fields }: Pick<ChangeRow, 'reason' | 'fields'>): string {
  const shown = (path: string): boolean => fields.some((field) => `${field.path}.`.startsWith(`${path}.`))
  const parts = reason.split('; ').filter((part) => {
    const [, paths] = /^(.+) differs?$/.exec(part) ?? []
    return paths === undefined || !paths.split(', ').every(shown)
  })
  return parts.join('; ')
}

/** A part of a sentence about access; `public` is the word for what is open to everybody, and `name` stays beside it. */
export interface AccessPiece {
  readonly text: string
  readonly is: 'text' | 'name' | 'public'
}

/**
 * Access gained or lost, with the number of public repositories.
 * @param names so many repositories are named; ten by default
 */
export function accessText(access: AccessView, wording: Wording, names?: number): string {
  return accessPieces(access, wording, names)
    .map(({ text }) => text)
    .join('')
}

/** The same in parts, so that the word for public repositories can stand out. */
export function accessPieces(access: AccessView, wording: Wording, names: number = NAMES): readonly AccessPiece[] {
  const { repositories, direction } = access
  const verb = ACCESS_WORDS[wording][direction]
  const opened = countPublic(access)
  const open: AccessPiece = { text: 'public', is: 'public' }
  if (access.of === 'itself' && repositories.length === 1) {
    return opened > 0
      ? [plain(`${verb} the repository itself, which is `), open]
      : [plain(`${verb} the repository itself`)]
  }
  const shown = repositories.slice(0, names)
  const named = shown.flatMap(({ repository, visibility }, index): AccessPiece[] => [
    ...(index === 0 ? [] : [plain(', ')]),
    ...(visibility === 'public'
      ? [{ text: `${formatName(repository)} (`, is: 'name' as const }, open, plain(')')]
      : [plain(formatName(repository))]),
  ])
  const more = repositories.length - shown.length
  return [
    plain(`${verb} ${countReached(repositories, access.address)}`),
    ...(opened > 0 && repositories.length > 1 ? [plain(`, ${opened} of them `), open] : []),
    plain(': '),
    ...named,
    ...(more > 0 ? [plain(`, … ${more} more`)] : []),
    plain(bringing(access)),
  ]
}

function plain(text: string): AccessPiece {
  return { text, is: 'text' }
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
