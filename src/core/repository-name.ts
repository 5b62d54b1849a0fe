/** Whether a text is written as `owner/name`, of letters that GitHub takes for both. */
export function isRepositoryName(text: string): boolean {
  return /^[\w-]+\/(?!\.{1,2}$)[\w.-]+$/.test(text)
}

/** The path parameters of a repository, from `owner/name`. */
export function repositoryParams(repository: string): { readonly owner: string; readonly repo: string } {
  const [owner = '', repo = ''] = repository.split('/')
  return { owner, repo }
}

/** Whether two names mean one repository: GitHub ignores case. */
export function sameRepository(left: unknown, right: string): boolean {
  return typeof left === 'string' && right !== '' && left.toLowerCase() === right.toLowerCase()
}
