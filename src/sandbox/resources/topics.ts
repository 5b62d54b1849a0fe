import { required, texts } from '../http/body.ts'
import { type Answer, bodyOf, type Call, ok, repositoryOf } from '../http/call.ts'
import { unprocessable } from '../http/errors.ts'
import { pageOf } from '../http/page.ts'
import { refuseWithoutPreview } from '../http/preview.ts'
import { hasSince } from '../world/products.ts'
import { type Entry, textsAt } from '../world/seed-reader.ts'
import { slot } from '../world/slot.ts'
import { type Repository, timestamp } from '../world/store.ts'
import type { Resource } from './resource.ts'

const TEMPLATE = '/repos/{owner}/{repo}/topics'
const MOST_TOPICS = 20

/** The topics of a repository (https://docs.github.com/rest/repos/repos#replace-all-repository-topics). */
export const topics: Resource = {
  routes: [
    { method: 'GET', template: TEMPLATE, permission: 'metadata=read', handle: getTopics },
    { method: 'PUT', template: TEMPLATE, permission: 'administration=write', handle: setTopics },
  ],
  details: { keys: ['topics'], seed, dump: (repository) => ({ topics: topicsOf(repository).names }) },
}

export const topicsOf = slot<Repository, { names: readonly string[] }>(() => ({ names: [] }))

function seed(repository: Repository, given: Entry): void {
  topicsOf(repository).names = textsAt(given, 'topics') ?? []
}

function getTopics(call: Call): Answer {
  refuseWithoutPreview(call, 'mercy')
  const { items, headers } = pageOf(call, topicsOf(repositoryOf(call)).names)
  return { ...ok({ names: items }), headers }
}

/** Replaces them all. GHES 3.12 and later save them in lower case; releases before refuse upper case. */
function setTopics(call: Call): Answer {
  refuseWithoutPreview(call, 'mercy')
  const repository = repositoryOf(call)
  const given = required(texts(bodyOf(call), 'names'), 'names')
  const isFolded = hasSince(call.product, [3, 12])
  const names = [...new Set(isFolded ? given.map((name) => name.toLowerCase()) : given)]
  // The number of characters: https://github.com/integrations/terraform-provider-github/pull/951 and issue 1400.
  const longest = isFolded ? 50 : 35
  if (!names.every((name) => name.length <= longest && /^[a-z\d][a-z\d-]*$/.test(name))) {
    throw unprocessable('Validation Failed', [
      `Topics must start with a lowercase letter or number, consist of ${longest} characters or less, and can include hyphens.`,
    ])
  }
  // https://github.com/apache/apisix/pull/7755
  if (names.length > MOST_TOPICS) {
    throw unprocessable('Validation Failed', [`A repository cannot have more than ${MOST_TOPICS} topics.`])
  }
  topicsOf(repository).names = names
  repository.updatedAt = timestamp(call.now)
  return ok({ names })
}
