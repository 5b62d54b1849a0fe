import { type Call, repositoryOf } from '../call.ts'
import { Refusal } from '../errors.ts'
import type { Repository } from '../store.ts'

/** @throws Refusal 404 when the repository in the path does not exist, 403 when nobody may write to it any more. */
export function writableRepository(call: Call): Repository {
  const repository = repositoryOf(call)
  if (repository.archived) throw new Refusal(403, 'Repository was archived so is read-only.')
  return repository
}
