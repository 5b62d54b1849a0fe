/** The problem of a repository's name; undefined for a valid one. */
export function repositoryNameProblem(name: string): string | undefined {
  return /^[\w.-]{1,100}$/.test(name) ? undefined : 'name is invalid'
}

/** The problem of the login of an organization or person; undefined for a valid one. */
export function loginProblem(login: string): string | undefined {
  return /^[A-Za-z\d][\w-]{0,38}$/.test(login) ? undefined : 'login is invalid'
}

/**
 * The problem of an enterprise's slug, which GitHub makes of its name; undefined for a valid one
 * (https://docs.github.com/admin/managing-your-enterprise-account/creating-an-enterprise-account).
 */
export function slugProblem(slug: string): string | undefined {
  return /^[A-Za-z\d][A-Za-z\d-]{0,59}$/.test(slug) ? undefined : 'slug is invalid'
}

/**
 * The problem of a secret's name, which is in upper case; undefined for a valid one
 * (https://docs.github.com/actions/reference/security/secrets).
 */
export function secretNameProblem(name: string): string | undefined {
  if (!/^[A-Z0-9_]+$/.test(name)) {
    return 'Secret names can only contain alphanumeric characters ([a-z], [A-Z], [0-9]) or underscores (_).'
  }
  if (/^\d/.test(name)) return 'Secret names must not start with a number.'
  return name.startsWith('GITHUB_') ? 'Secret names must not start with GITHUB_.' : undefined
}

/**
 * The same of a variable's name, in any case
 * (https://docs.github.com/actions/reference/workflows-and-actions/variables#naming-conventions-for-configuration-variables).
 */
export function variableNameProblem(name: string): string | undefined {
  return secretNameProblem(name.toUpperCase())?.replace('Secret', 'Variable')
}
