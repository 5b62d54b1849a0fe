import { repositoryOf } from '../core/by-name.ts'
import type { Route } from '../core/routes.ts'
import { repositoryIn } from '../core/scope.ts'
import type { Work } from '../core/work.ts'
import type { Client } from '../github/client.ts'
import { GitHubError } from '../github/errors.ts'

const READ: Route = 'GET /repos/{owner}/{repo}'

/**
 * Reads the id behind a repository's name again, before a write by that name: minutes may have passed since the plan
 * was made, and a name that was given up may belong to another account.
 */
export interface Witness {
  /** Once for each repository of a run. @throws GitHubError where the name means another repository, or none */
  once(client: Client, work: Work): Promise<void>
  /** However often it was read before. @throws GitHubError as above */
  again(client: Client, work: Work): Promise<void>
}

export function createWitness(): Witness {
  const seen = new Map<string, Promise<void>>()
  return {
    once(client, work) {
      const name = repositoryOf(work.scope)
      if (name === undefined) return Promise.resolve()
      const known = seen.get(name)
      if (known !== undefined) return known
      const asked = assertSame(client, work)
      seen.set(name, asked)
      // A gateway's failure shows nothing about the repository: the next change asks again.
      asked.catch((error) => {
        if (!(error instanceof GitHubError) || error.kind === 'unavailable') seen.delete(name)
      })
      return asked
    },
    again: assertSame,
  }
}

async function assertSame(client: Client, { scope, change }: Work): Promise<void> {
  const id = change.repository_id
  const repository = repositoryIn(scope)
  if (id === null || repository === undefined) return
  const { owner, repo } = repository
  const answer = await client.request(READ, { owner, repo }, undefined, { id }).catch((error) => {
    throw error instanceof GitHubError && (error.status === 404 || error.status === 410) ? gone(error) : error
  })
  const now = (answer.body as { readonly id?: unknown } | undefined)?.id
  if (now === id) return
  const message = `GET /repos/${owner}/${repo}: moved since it was read: the answer does not have the id ${id}.`
  throw new GitHubError(message, { kind: 'forbidden', route: READ, status: answer.status, hint: PLAN_AGAIN })
}

function gone(error: GitHubError): GitHubError {
  const { status, route, requestId, date } = error
  const message = `moved since it was read: ${error.message}`
  return new GitHubError(message, { kind: 'forbidden', route, status, requestId, date, hint: PLAN_AGAIN })
}

const PLAN_AGAIN = 'Nothing was written there: plan again.'
