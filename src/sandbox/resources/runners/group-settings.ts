import { type Body, flag, texts } from '../../http/body.ts'
import type { Call } from '../../http/call.ts'
import { hasSince } from '../../world/products.ts'

/** The settings that runner groups of organizations and enterprises share. */
export interface GroupSettings {
  allowsPublicRepositories?: boolean
  restrictedToWorkflows?: boolean
  selectedWorkflows?: readonly string[]
}

/**
 * The settings that a request brings and that the product takes: public repositories from 3.4, and on GitHub AE from 2022;
 * workflows from 3.5.
 */
export function settingsIn(call: Call, body: Body): GroupSettings {
  const settings: GroupSettings = {}
  if (!hasSince(call.product, [3, 4]) || call.product.ae === '2021') return settings
  const isPublic = flag(body, 'allows_public_repositories')
  if (isPublic !== undefined) settings.allowsPublicRepositories = isPublic
  if (!hasSince(call.product, [3, 5])) return settings
  const restricted = flag(body, 'restricted_to_workflows')
  if (restricted !== undefined) settings.restrictedToWorkflows = restricted
  const workflows = texts(body, 'selected_workflows')
  if (workflows !== undefined) settings.selectedWorkflows = workflows
  return settings
}
