import { ownerFault, repositoryFault } from './github-names.ts'

/** Whether a text is written as `owner/name`, of names that GitHub takes for both. */
export function isRepositoryName(text: string): boolean {
  const [owner = '', name = '', ...more] = text.split('/')
  return more.length === 0 && ownerFault(owner) === undefined && repositoryFault(name) === undefined
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
