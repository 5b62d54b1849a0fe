import { compileGlob } from '../core/glob.ts'
import type { UsedAction } from './survey-files.ts'

/** An allow-list of actions, as `selected_actions` holds it. */
export interface ActionsList {
  /** Undefined where a configuration leaves it to GitHub, whose value is not read. */
  readonly github_owned_allowed: boolean | undefined
  readonly verified_allowed: boolean | undefined
  readonly patterns_allowed: readonly string[]
  /** Whether GitHub's own list, which is not read, stands beside these patterns. */
  readonly beside?: boolean
}

/** The effect of a policy on one `uses`. */
export interface Verdict {
  readonly breaks: boolean | 'unsure'
  readonly why: string
}

const FINE: Verdict = { breaks: false, why: '' }
const broken = (why: string): Verdict => ({ breaks: true, why })
const unsure = (why: string): Verdict => ({ breaks: 'unsure', why })

/** "Allow actions created by GitHub" is about these two. */
const GITHUB = new Set(['actions', 'github'])

/** Whether GitHub itself made it. */
export function isGitHubs({ owner = '' }: Pick<UsedAction, 'owner'>): boolean {
  return GITHUB.has(owner.toLowerCase())
}

/** Whether it is of the owner of the repository that uses it, whose actions every policy but none allows. */
export function isOfOwner({ owner = '', repository }: Pick<UsedAction, 'owner' | 'repository'>): boolean {
  return owner.toLowerCase() === repository.split('/')[0]?.toLowerCase()
}

/** The text that a pattern is compared with: `owner/repo/path@ref`. */
function policyName({ owner, repo, path, ref }: UsedAction): string {
  return `${owner}/${repo}${path ? `/${path}` : ''}@${ref}`
}

/** The verdict on what names no repository; undefined for actions and workflows of one. */
function withoutRepository({ kind }: UsedAction): Verdict | undefined {
  if (kind === 'local action' || kind === 'local workflow') return FINE
  if (kind === 'docker') return unsure('GitHub does not document what the policy says of an image')
  if (kind === 'not decidable') return unsure('an expression names it')
  if (kind === 'malformed') return unsure('GitHub would not read it')
  return undefined
}

/** Under `allowed_actions: local_only`: those of the organization, or of its enterprise. */
export function localOnly(use: UsedAction): Verdict {
  const early = withoutRepository(use)
  if (early !== undefined) return early
  return isOfOwner(use) ? FINE : broken('it is of another owner')
}

/** Under `sha_pinning_required`, of which GitHub says that reusable workflows may still be named by a tag. */
export function pinningRequired(use: UsedAction): Verdict {
  const early = withoutRepository(use)
  if (early !== undefined) return early
  return use.kind === 'reusable workflow' || use.pinned ? FINE : broken('it is not pinned to a full commit SHA')
}

/**
 * Under `allowed_actions: selected` with a list. In a pattern `*` stands for any text, and `!` forbids what the others allow.
 * https://docs.github.com/organizations/managing-organization-settings/disabling-or-limiting-github-actions-for-your-organization
 */
export function selectedBy(list: ActionsList): (use: UsedAction) => Verdict {
  const matcher = (pattern: string) => compileGlob(pattern.replace(/\*+/g, '**'))
  const allows = list.patterns_allowed.filter((each) => !each.startsWith('!')).map(matcher)
  const forbidden = list.patterns_allowed.filter((each) => each.startsWith('!'))
  const forbids = forbidden.map((each) => matcher(each.slice(1)))
  // Many files use the same few actions.
  const said = new Map<string, { readonly forbidden: string | undefined; readonly allowed: boolean }>()
  const saidOf = (name: string) => {
    const there = said.get(name)
    if (there !== undefined) return there
    const at = forbids.findIndex((matches) => matches(name))
    const found = { forbidden: forbidden[at], allowed: allows.some((matches) => matches(name)) }
    said.set(name, found)
    return found
  }
  return (use) => {
    const early = withoutRepository(use)
    if (early !== undefined) return early
    const { forbidden: pattern, allowed } = saidOf(policyName(use))
    if (pattern !== undefined) return broken(`the pattern ${pattern} forbids it`)
    if (isOfOwner(use) || (list.github_owned_allowed && isGitHubs(use))) return FINE
    if (allowed) return FINE
    if (list.beside) return unsure('no pattern that is added allows it; one that GitHub has already may')
    if (isGitHubs(use) && list.github_owned_allowed === undefined) return leftToGitHub('github_owned_allowed')
    if (list.verified_allowed === undefined) return leftToGitHub('verified_allowed')
    if (list.verified_allowed) return unsure('no pattern allows it; it runs where its creator is verified')
    return broken(
      isGitHubs(use) ? 'github_owned_allowed is off, and no pattern allows it' : 'no pattern of the list allows it',
    )
  }
}

function leftToGitHub(flag: string): Verdict {
  return unsure(`no pattern allows it; ${flag} is not given, so that GitHub's own value decides`)
}
