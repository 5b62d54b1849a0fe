import { type Call, isInRepository, type Route, repositoryIn } from './call.ts'
import { Refusal } from './errors.ts'

const REPOSITORY = '/repos/{owner}/{repo}'

/** GitHub's answer to a write to an archived repository, by REST and by GraphQL. */
export const READ_ONLY = 'Repository was archived so is read-only.'

/**
 * An archived repository is read-only for everybody: it can be brought back, or deleted, and nothing else
 * (https://docs.github.com/repositories/archiving-a-github-repository/archiving-repositories).
 * @throws Refusal 403
 */
export function refuseArchived(call: Call, route: Route): void {
  const { method, template } = route
  if (method === 'GET' || !isInRepository(route) || !repositoryIn(call)?.archived) return
  const isWhole = template === REPOSITORY
  if (isWhole && (method === 'DELETE' || (method === 'PATCH' && isUnarchived(call.body)))) return
  throw new Refusal(403, READ_ONLY)
}

function isUnarchived(body: unknown): boolean {
  return body !== null && typeof body === 'object' && 'archived' in body && body.archived === false
}
