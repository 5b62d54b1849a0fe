/** What is wrong with the name of a repository; undefined when nothing is. */
export function repositoryNameProblem(name: string): string | undefined {
  return /^[\w.-]{1,100}$/.test(name) ? undefined : 'name is invalid'
}

/** What is wrong with the login of an organization or person; undefined when nothing is. */
export function loginProblem(login: string): string | undefined {
  return /^[A-Za-z\d][\w-]{0,38}$/.test(login) ? undefined : 'login is invalid'
}

/**
 * What is wrong with the name of a secret, which is in upper case; undefined when nothing is
 * (https://docs.github.com/actions/reference/security/secrets).
 */
export function secretNameProblem(name: string): string | undefined {
  if (!/^[A-Z0-9_]+$/.test(name)) {
    return 'Secret names can only contain alphanumeric characters ([a-z], [A-Z], [0-9]) or underscores (_).'
  }
  if (/^\d/.test(name)) return 'Secret names must not start with a number.'
  return name.startsWith('GITHUB_') ? 'Secret names must not start with GITHUB_.' : undefined
}
