import type { Field } from '../../core/field.ts'
import { MOST_PATTERNS, patternFault } from '../common/list-entries.ts'
import { accessFields } from '../common/selected-access.ts'
import { ALLOWED_ACTIONS, ENABLED } from './document.ts'
import { CHOICES, ROUTES } from './requests.ts'

const { enterprise, organization, repository } = ROUTES
/** At all levels. */
const SWITCH = {
  enterprise: { route: enterprise.put },
  organization: { route: organization.put },
  repository: { route: repository.put },
}
const ACTIONS = {
  mode: { field: 'allowed_actions', is: 'selected' },
  written: {
    enterprise: { route: enterprise.putActions },
    organization: { route: organization.putActions },
    repository: { route: repository.putActions },
  },
} as const

export const fields: Readonly<Record<string, Field>> = {
  ...accessFields(CHOICES.enterprise.main, ENABLED, {
    enterprise: { route: enterprise.put, list: CHOICES.enterprise.list },
  }),
  ...accessFields(CHOICES.organization.main, ENABLED, {
    organization: { route: organization.put, list: CHOICES.organization.list },
  }),
  // Off is never wider, even if GitHub showed the policy above it and its own switch is unknown; so with pinning.
  enabled: { wider: (_, after) => after !== false, written: { repository: { route: repository.put } } },
  allowed_actions: { wider: ALLOWED_ACTIONS, written: SWITCH },
  sha_pinning_required: { wider: (_, after) => after !== true, written: SWITCH },
  'selected_actions.github_owned_allowed': { ...ACTIONS, wider: [false, true] },
  'selected_actions.verified_allowed': { ...ACTIONS, wider: [false, true] },
  'selected_actions.patterns_allowed': {
    ...ACTIONS,
    list: 'names',
    entryFault: patternFault,
    most: MOST_PATTERNS,
    wider: widerPatterns,
  },
}

/** A pattern with `!` blocks: one more of these is narrower, one less wider. */
function widerPatterns(before: unknown, after: unknown): boolean {
  const had = new Set(before as readonly string[] | undefined)
  const has = new Set(after as readonly string[] | undefined)
  const allowed = [...has].some((pattern) => !pattern.startsWith('!') && !had.has(pattern))
  const unblocked = [...had].some((pattern) => pattern.startsWith('!') && !has.has(pattern))
  return allowed || unblocked
}
