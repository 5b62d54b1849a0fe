import { type Document, isDocument, type Json } from '../core/json.ts'
import { ENVIRONMENTS, POLICY_FAMILY, USED_FAMILIES } from './access-world.ts'

/** The fields of a secret, a variable or a runner group that say who may use it. */
const OF_ACCESS = [
  'visibility',
  'repositories',
  'allows_public_repositories',
  'restricted_to_workflows',
  'selected_workflows',
]
const OF_ENVIRONMENT = ['deployment_branch_policy', 'deployment_branch_policies', 'reviewers', 'wait_timer']
const OF_POLICY = ['allowed_actions', 'selected_actions', 'sha_pinning_required']

/**
 * The part of a scope's settings that reports follow from. The texts of variables are not in it.
 * @param body by family, as an import writes it
 */
export function keptSettings(body: Document): Document {
  const kept = Object.entries(body).flatMap(([family, section]): [string, Json][] => {
    if (!isDocument(section)) return []
    if (family === POLICY_FAMILY) return [[family, picked(section, OF_POLICY)]]
    const fields = family === ENVIRONMENTS ? OF_ENVIRONMENT : USED_FAMILIES.includes(family) ? OF_ACCESS : undefined
    if (fields === undefined) return []
    const members = Object.entries(section).flatMap(([name, member]): [string, Json][] =>
      isDocument(member) ? [[name, picked(member, fields)]] : [],
    )
    return [[family, Object.fromEntries(members)]]
  })
  return Object.fromEntries(kept)
}

function picked(document: Document, fields: readonly string[]): Document {
  return Object.fromEntries(
    fields.flatMap((field): [string, Json][] => {
      const value = Object.hasOwn(document, field) ? document[field] : undefined
      return value === undefined ? [] : [[field, value]]
    }),
  )
}
