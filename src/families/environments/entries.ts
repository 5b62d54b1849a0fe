import type { Field, Identity, Spelling } from '../../core/field.ts'
import { isDocument, type Json } from '../../core/json.ts'
import { ROUTES } from './routes.ts'

/** `{ team: release }` and `{ user: octocat }` are `team:release` and `user:octocat`; GitHub compares both without case. */
const REVIEWERS: Spelling = {
  read(entry) {
    const [kind, name] = onlyIn(entry)
    return kind === 'team' || kind === 'user' ? `${kind}:${name.toLowerCase()}` : undefined
  },
  write: (entry) => ({ [kindOf(entry)]: nameOf(entry) }),
}

/** A text is a branch, `{ tag: "v*" }` is `tag:v*`: no name of a branch has a colon. */
const PATTERNS: Spelling = {
  read(entry) {
    if (typeof entry === 'string') return entry
    const [kind, name] = onlyIn(entry)
    return kind === 'tag' ? `tag:${name}` : undefined
  },
  write: (entry) => (isTag(entry) ? { tag: nameOf(entry) } : entry),
}

const SLUGS: Spelling = {
  read: (entry) => (typeof entry === 'string' ? entry.toLowerCase() : undefined),
  write: (entry) => entry,
}

const REVIEWER: Identity = {
  fullName: (entry, owner) => (kindOf(entry) === 'team' ? `team:${owner}/${nameOf(entry)}` : entry),
  lookUp(entry, owner) {
    if (kindOf(entry) === 'user') return { route: ROUTES.user, params: { username: nameOf(entry) } }
    return { route: ROUTES.team, params: { org: owner, team_slug: nameOf(entry) } }
  },
}

const APP: Identity = {
  fullName: (entry) => `app:${entry}`,
  lookUp: (entry) => ({ route: ROUTES.app, params: { app_slug: entry } }),
}

/** How the lists of an environment are written, and how GitHub finds what they name. */
export const LISTS = {
  reviewers: { list: 'names', spelling: REVIEWERS, identity: REVIEWER, entryFault: reviewerFault, most: 6 },
  patterns: { list: 'names', spelling: PATTERNS, entryFault: patternFault },
  rules: { list: 'names', spelling: SLUGS, identity: APP, entryFault: slugFault },
} as const satisfies Readonly<Record<string, Partial<Field>>>

export function kindOf(entry: string): string {
  return entry.slice(0, Math.max(entry.indexOf(':'), 0))
}

/** Without its kind. */
export function nameOf(entry: string): string {
  return entry.slice(entry.indexOf(':') + 1)
}

export function isTag(entry: string): boolean {
  return kindOf(entry) === 'tag'
}

function onlyIn(entry: Json): readonly [string, string] | readonly [undefined, ''] {
  const [first, ...more] = isDocument(entry) ? Object.entries(entry) : []
  if (first === undefined || more.length > 0 || typeof first[1] !== 'string') return [undefined, '']
  return [first[0], first[1]]
}

function reviewerFault(entry: string): string | undefined {
  const name = nameOf(entry)
  if (/^[\w-]{1,100}$/.test(name)) return undefined
  return kindOf(entry) === 'team'
    ? `\`${name}\` cannot be the slug of a team: it holds letters, digits, \`_\` and \`-\` only, and no organization before it`
    : `\`${name}\` cannot be the login of a person: it holds letters, digits, \`_\` and \`-\` only`
}

/** GitHub's patterns are those of Ruby's `File.fnmatch`, over names that git takes. */
function patternFault(entry: string): string | undefined {
  const name = nameOf(entry)
  if (name !== '' && !/[\s~^:\\\p{Cc}]|\.\.|^\/|\/$/u.test(name)) return undefined
  return `\`${name}\` can match no ${isTag(entry) ? 'tag' : 'branch'}: git takes no such name`
}

function slugFault(entry: string): string | undefined {
  if (/^[\w-]{1,100}$/.test(entry)) return undefined
  return `\`${entry}\` cannot be the slug of an App: it holds letters, digits, \`_\` and \`-\` only`
}
