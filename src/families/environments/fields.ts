import type { Field } from '../../core/field.ts'
import type { Json } from '../../core/json.ts'
import { holdsMore } from '../../core/wider.ts'
import { LISTS } from './entries.ts'
import { ROUTES } from './routes.ts'

const PUT = { repository: { route: ROUTES.put } }

export const fields: Readonly<Record<string, Field>> = {
  wait_timer: { wider: (before, after) => Number(after ?? 0) < Number(before ?? 0), written: PUT },
  prevent_self_review: { wider: [true, false], written: PUT },
  // Unknown, where GitHub does not show it: off is never wider.
  can_admins_bypass: { wider: (_, after) => after !== false, written: PUT },
  reviewers: { ...LISTS.reviewers, wider: widerReviewers, written: PUT },
  deployment_branch_policy: { wider: widerPolicy, written: PUT },
  deployment_branch_policies: {
    ...LISTS.patterns,
    wider: 'more',
    mode: { field: 'deployment_branch_policy', is: 'custom_branch_policies' },
    written: { repository: { route: ROUTES.addPattern, as: 'name' } },
  },
  deployment_protection_rules: {
    ...LISTS.rules,
    wider: (before, after) => holdsMore(before, after),
    written: { repository: { route: ROUTES.addRule, as: 'integration_id' } },
  },
}

/** One of them is enough to approve: each more widens, and none at all is widest. */
function widerReviewers(before: Json | undefined, after: Json | undefined): boolean {
  if (isEmpty(after)) return !isEmpty(before)
  return !isEmpty(before) && holdsMore(after, before)
}

/** Neither of the two that leave out branches holds the other. */
function widerPolicy(before: Json | undefined, after: Json | undefined): boolean {
  return before !== after && before !== 'all'
}

function isEmpty(list: Json | undefined): boolean {
  return !Array.isArray(list) || list.length === 0
}
