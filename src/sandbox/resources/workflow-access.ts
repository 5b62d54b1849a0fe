import { choice, required } from '../http/body.ts'
import { type Answer, bodyOf, type Call, NO_CONTENT, ok, repositoryOf } from '../http/call.ts'
import { unprocessable } from '../http/errors.ts'
import { isUntil, type Product } from '../world/products.ts'
import { inner, wordAt } from '../world/seed-reader.ts'
import { slot } from '../world/slot.ts'
import type { Repository } from '../world/store.ts'
import type { Resource } from './resource.ts'

const TEMPLATE = '/repos/{owner}/{repo}/actions/permissions/access'
const KEY = 'workflow_access'
const WORDS = ['none', 'user', 'organization', 'enterprise'] as const

/** Kept while the repository is public. */
const accessOf = slot<Repository, { access_level: (typeof WORDS)[number] }>(() => ({ access_level: 'none' }))

/**
 * The workflows outside of a repository that may use its actions and reusable workflows: at first none
 * (https://docs.github.com/rest/actions/permissions#get-the-level-of-access-for-workflows-outside-of-the-repository). Whether
 * GitHub refuses `user` for the repository of an organization, and the others for one of a person, is not documented: here it
 * does not.
 */
export const workflowAccess: Resource = {
  routes: [
    {
      method: 'GET',
      template: TEMPLATE,
      since: [3, 5],
      permission: 'administration=read',
      handle: (call) => ok({ ...accessOf(closedRepository(call)) }),
    },
    { method: 'PUT', template: TEMPLATE, since: [3, 5], permission: 'administration=write', handle: setAccess },
  ],
  repository: {
    keys: [KEY],
    seed(repository, given) {
      const access = accessOf(repository)
      access.access_level = wordAt(inner(given, KEY, ['access_level']), 'access_level', WORDS) ?? access.access_level
    },
    dump(repository) {
      const { access_level } = accessOf(repository)
      return access_level === 'none' ? {} : { [KEY]: { access_level } }
    },
  },
}

function setAccess(call: Call): Answer {
  const repository = closedRepository(call)
  const level = choice(bodyOf(call), 'access_level', wordsOf(call.product))
  accessOf(repository).access_level = required(level, 'access_level')
  return NO_CONTENT
}

/** `user` came with private repositories in GHES 3.8; github.com has no enterprises. */
function wordsOf(product: Product): readonly (typeof WORDS)[number][] {
  if (product.kind === 'dotcom') return ['none', 'user', 'organization']
  return isUntil(product, [3, 7]) ? ['none', 'organization', 'enterprise'] : WORDS
}

/**
 * The words of github.com, as people quote them; up to GHES 3.7 "this endpoint only applies to internal repositories".
 * @throws Refusal
 */
function closedRepository(call: Call): Repository {
  const repository = repositoryOf(call)
  const isOld = isUntil(call.product, [3, 7])
  const isTaken = repository.visibility === 'internal' || (repository.visibility === 'private' && !isOld)
  if (isTaken) return repository
  throw unprocessable(`Access policy only applies to internal ${isOld ? '' : 'and private '}repositories.`)
}
