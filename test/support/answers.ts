/**
 * The smallest answers that GitHub's descriptions allow, of the fields that octoform reads: for servers that a test
 * scripts.
 */
export const META = { verifiable_password_authentication: true }

export function repositoryAnswer(fullName: string, more: object = {}): object {
  const [, name = ''] = fullName.split('/')
  return {
    id: 7,
    name,
    full_name: fullName,
    private: true,
    fork: false,
    archived: false,
    default_branch: 'main',
    ...more,
  }
}

export function ownerAnswer(login: string, more: object = {}): object {
  return { id: 9, login, type: 'Organization', ...more }
}

export function installationAnswer(id: number, more: object = {}): object {
  return {
    id,
    app_slug: 'octoform-reader',
    permissions: {},
    repository_selection: 'all',
    suspended_at: null,
    html_url: `https://github.com/settings/installations/${id}`,
    ...more,
  }
}

export function issueAnswer(number: number, more: object = {}): object {
  return { number, state: 'open', title: 'Drift', body: null, user: null, ...more }
}
