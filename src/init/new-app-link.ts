export interface NewApp {
  /** Where people look at GitHub, such as `https://github.com`. */
  readonly web: string
  /** The organizations that it is to be installed on. */
  readonly owners: readonly string[]
  readonly purpose: 'plan' | 'apply'
  /** By the names that GitHub's API has for them. */
  readonly permissions: Readonly<Record<string, string>>
}

/** GitHub takes no longer name for an App. */
const NAME_LENGTH = 34

/**
 * The page that makes a GitHub App, with its form filled in: name, permissions, no webhook. It belongs to the first
 * organization; for more than one it is public, because GitHub installs a private App on its own account alone.
 * @see https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-using-url-parameters
 */
export function newAppLink({ web, owners, purpose, permissions }: NewApp): string {
  const [owner = ''] = owners
  const sorted = Object.entries(permissions).sort(([left], [right]) => (left < right ? -1 : 1))
  const query = new URLSearchParams([
    ['name', `octoform ${purpose} ${owner}`.slice(0, NAME_LENGTH).trimEnd()],
    ['url', web],
    ['public', String(owners.length > 1)],
    ['webhook_active', 'false'],
    ...sorted,
  ])
  const place = owner === '' ? 'settings' : `organizations/${encodeURIComponent(owner)}/settings`
  return `${web}/${place}/apps/new?${query}`
}
