import type { Get, Known, Params } from '../../core/family.ts'
import { pick } from '../common/carried.ts'
import { ACTIONS, type Permissions, type SelectedActions, SWITCHES } from './document.ts'
import type { PolicyRoutes } from './requests.ts'

/**
 * The policy in GitHub's answer about the switches, with the list of actions where it is asked for: GitHub answers 409
 * for that unless `allowed_actions` says `selected`.
 */
export async function readPolicy(
  answer: Permissions,
  { getActions }: PolicyRoutes,
  params: Params,
  get: Get,
  known: Known,
): Promise<Permissions> {
  const off = answer.enabled === false || answer.enabled_repositories === 'none'
  const isListed = answer.allowed_actions === 'selected' && !off
  const isAsked = ACTIONS.some((field) => known.mentions(`selected_actions.${field}`))
  // While Actions is off, GitHub leaves the allowed actions out.
  const switches = pick({ ...answer, ...(off ? { allowed_actions: undefined } : {}) } as Permissions, SWITCHES)
  if (!isListed || !isAsked) return switches
  const actions = await get.one<SelectedActions>(getActions, params)
  const patterns = [...new Set(actions.patterns_allowed ?? [])].sort()
  const own = { ...pick(actions, ['github_owned_allowed', 'verified_allowed']), patterns_allowed: patterns }
  return { ...switches, selected_actions: own }
}
