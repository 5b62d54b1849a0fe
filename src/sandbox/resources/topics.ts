import { required, texts } from '../http/body.ts'
import { type Answer, bodyOf, type Call, ok, type Route, repositoryOf } from '../http/call.ts'
import { unprocessable } from '../http/errors.ts'
import { pageOf } from '../http/page.ts'
import { refuseWithoutPreview } from '../http/preview.ts'
import { hasSince } from '../world/products.ts'
import { timestamp } from '../world/store.ts'

const TEMPLATE = '/repos/{owner}/{repo}/topics'
const MOST_TOPICS = 20

/** The topics of a repository (https://docs.github.com/rest/repos/repos#replace-all-repository-topics). */
export const TOPIC_ROUTES: readonly Route[] = [
  { method: 'GET', template: TEMPLATE, permission: 'metadata=read', handle: getTopics },
  { method: 'PUT', template: TEMPLATE, permission: 'administration=write', handle: setTopics },
]

function getTopics(call: Call): Answer {
  refuseWithoutPreview(call, 'mercy')
  const { items, headers } = pageOf(call, repositoryOf(call).topics)
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
  repository.topics = names
  repository.updatedAt = timestamp(call.now)
  return ok({ names })
}
