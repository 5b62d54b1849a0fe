import { flag, required, texts } from '../../http/body.ts'
import { bodyOf, type Call } from '../../http/call.ts'
import { hasSinceOrAe } from '../../world/products.ts'
import { type Entry, flagAt, inner, textsAt, wordAt } from '../../world/seed-reader.ts'

/** In the order in which GitHub's messages list them. */
export const ALLOWED_ACTIONS = ['all', 'local_only', 'selected'] as const
export type AllowedActions = (typeof ALLOWED_ACTIONS)[number]

export interface SelectedActions {
  github_owned_allowed: boolean
  verified_allowed: boolean
  patterns_allowed: readonly string[]
}

/** The actions that may run: fields that organizations and repositories share. */
export interface ActionsAllowed {
  allowedActions: AllowedActions
  selectedActions: SelectedActions
  shaPinningRequired: boolean
}

/** Nothing is ticked when `selected` is first chosen. */
export function newActionsAllowed(): ActionsAllowed {
  return {
    allowedActions: 'all',
    selectedActions: { github_owned_allowed: false, verified_allowed: false, patterns_allowed: [] },
    shaPinningRequired: false,
  }
}

/** `verified_allowed` came with GitHub Connect: GHES 3.4 to 3.12 do not know it, and GitHub AE does. */
function knowsVerified({ product }: Call): boolean {
  return hasSinceOrAe(product, [3, 13], ['2021', '2022'])
}

/** A list as the product shows it. */
export function presentSelectedActions(call: Call, actions: SelectedActions): object {
  return {
    github_owned_allowed: actions.github_owned_allowed,
    ...(knowsVerified(call) ? { verified_allowed: actions.verified_allowed } : {}),
    patterns_allowed: actions.patterns_allowed,
  }
}

/** The list that a request asks for. Omitted fields keep their values, but GHES 3.4 to 3.12 require both fields. */
export function selectedActionsIn(call: Call, stored: SelectedActions): SelectedActions {
  const body = bodyOf(call)
  const owned = flag(body, 'github_owned_allowed')
  const patterns = texts(body, 'patterns_allowed')
  if (!knowsVerified(call)) {
    required(owned, 'github_owned_allowed')
    required(patterns, 'patterns_allowed')
  }
  const verified = knowsVerified(call) ? flag(body, 'verified_allowed') : undefined
  return {
    github_owned_allowed: owned ?? stored.github_owned_allowed,
    verified_allowed: verified ?? stored.verified_allowed,
    patterns_allowed: patterns ?? stored.patterns_allowed,
  }
}

export const ALLOWED_ACTIONS_KEYS = ['allowed_actions', 'selected_actions', 'sha_pinning_required']
const SELECTED_ACTIONS_KEYS = ['github_owned_allowed', 'verified_allowed', 'patterns_allowed']

/** Takes over the fields of a seed; omitted ones keep their values. */
export function seedActionsAllowed(permissions: ActionsAllowed, given: Entry): void {
  permissions.allowedActions = wordAt(given, 'allowed_actions', ALLOWED_ACTIONS) ?? permissions.allowedActions
  permissions.shaPinningRequired = flagAt(given, 'sha_pinning_required') ?? permissions.shaPinningRequired
  const before = permissions.selectedActions
  const selected = inner(given, 'selected_actions', SELECTED_ACTIONS_KEYS)
  permissions.selectedActions = {
    github_owned_allowed: flagAt(selected, 'github_owned_allowed') ?? before.github_owned_allowed,
    verified_allowed: flagAt(selected, 'verified_allowed') ?? before.verified_allowed,
    patterns_allowed: textsAt(selected, 'patterns_allowed') ?? before.patterns_allowed,
  }
}

export function dumpActionsAllowed(permissions: ActionsAllowed): object {
  const { github_owned_allowed, verified_allowed, patterns_allowed } = permissions.selectedActions
  const isUsed = permissions.allowedActions === 'selected'
  const isSet = github_owned_allowed || verified_allowed || patterns_allowed.length > 0
  return {
    allowed_actions: permissions.allowedActions,
    ...(isUsed || isSet ? { selected_actions: { github_owned_allowed, verified_allowed, patterns_allowed } } : {}),
    sha_pinning_required: permissions.shaPinningRequired,
  }
}
