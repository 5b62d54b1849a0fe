import type { Credential } from './credentials.ts'
import { holdsScope, refreshCommand, scopesIn } from './scopes.ts'

/** The repositories of an owner that a credential is known to see. */
export type VisibleRepositories =
  | { readonly sees: 'all' }
  /** `remedy`: why, and how to have it see them all. */
  | { readonly sees: 'selected'; readonly remedy: string }

/**
 * The repositories that a credential sees. An App may be installed on a selection of repositories. A classic token
 * without the scope `repo` is shown public ones alone, with status 200 and no mention of the others; GitHub names its
 * scopes with each answer.
 * https://docs.github.com/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps#available-scopes
 * @param scopes `X-OAuth-Scopes` of any answer. Other kinds of token have none, or an empty one: these prove nothing.
 */
export function visibleRepositories(
  { from, repositories }: Pick<Credential, 'from' | 'repositories'>,
  { owner, scopes, base }: { readonly owner: string; readonly scopes: string | undefined; readonly base: URL },
): VisibleRepositories {
  if (repositories === 'selected') {
    const remedy = `the GitHub App of ${from} is installed on some repositories of ${owner} only: install it on all of them`
    return { sees: 'selected', remedy }
  }
  const held = scopesIn(scopes)
  if (held.length === 0 || holdsScope(held, 'repo')) return { sees: 'all' }
  const remedy =
    `the token from ${from} has the scopes ${held.join(', ')} and not \`repo\`, so that GitHub shows it public ` +
    `repositories of ${owner} only: give it that scope, even if all are public, because octoform cannot know that ` +
    `(${refreshCommand(base, 'repo')})`
  return { sees: 'selected', remedy }
}
