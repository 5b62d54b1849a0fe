import { flag, required, texts } from '../../http/body.ts'
import { bodyOf, type Call } from '../../http/call.ts'
import { hasSince } from '../../world/products.ts'
import type { SelectedActions } from '../../world/store.ts'

/** `verified_allowed` came with GitHub Connect: GHES 3.4 to 3.12 do not know it. */
export function presentSelectedActions(call: Call, actions: SelectedActions): object {
  return {
    github_owned_allowed: actions.github_owned_allowed,
    ...(hasSince(call.product, [3, 13]) ? { verified_allowed: actions.verified_allowed } : {}),
    patterns_allowed: actions.patterns_allowed,
  }
}

/** The list that a request asks for. Omitted fields keep their values, but GHES 3.4 to 3.12 require both fields. */
export function selectedActionsIn(call: Call, stored: SelectedActions): SelectedActions {
  const body = bodyOf(call)
  const owned = flag(body, 'github_owned_allowed')
  const patterns = texts(body, 'patterns_allowed')
  if (!hasSince(call.product, [3, 13])) {
    required(owned, 'github_owned_allowed')
    required(patterns, 'patterns_allowed')
  }
  const verified = hasSince(call.product, [3, 13]) ? flag(body, 'verified_allowed') : undefined
  return {
    github_owned_allowed: owned ?? stored.github_owned_allowed,
    verified_allowed: verified ?? stored.verified_allowed,
    patterns_allowed: patterns ?? stored.patterns_allowed,
  }
}
