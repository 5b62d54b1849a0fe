import type { Get, Known } from '../../core/family.ts'
import type { Live } from '../../core/live.ts'
import { type ScopeOf, scopeParams } from '../../core/scope.ts'
import type { Params } from '../../core/send.ts'
import { pick } from '../common/carried.ts'
import { readList } from '../common/selected-list.ts'
import { ACTIONS, isOff, type Permissions, type PermissionsRef, type SelectedActions, SWITCHES } from './document.ts'
import { CHOICES, type PolicyRoutes, ROUTES } from './requests.ts'

/** While Actions is off, GitHub leaves the allowed actions out. */
const SWITCHES_OFF = SWITCHES.filter((field) => field !== 'allowed_actions')

/** The policy of an organization or an enterprise, with its list where that is asked for and in force. */
export async function readOwner(
  scope: ScopeOf<keyof typeof CHOICES>,
  get: Get,
  known: Known,
): Promise<readonly Live<Permissions, PermissionsRef>[]> {
  const { main, list: lists } = CHOICES[scope.type]
  const routes = ROUTES[scope.type]
  const params = scopeParams(scope)
  const answer = await get.one<Permissions>(routes.get, params)
  const isAsked = known.mentions(lists.field) || known.mentions(main)
  const { spec, ...list } = await readList(lists, params, get, isAsked && answer[main] === 'selected')
  return [{ key: '', spec: { ...(await readPolicy(answer, routes, params, get, known)), ...spec }, ...list }]
}

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
  const off = isOff(answer)
  const isListed = answer.allowed_actions === 'selected' && !off
  const isAsked = ACTIONS.some((field) => known.mentions(`selected_actions.${field}`))
  const switches: Permissions = pick(answer, off ? SWITCHES_OFF : SWITCHES)
  if (!isListed || !isAsked) return switches
  const actions = await get.one<SelectedActions>(getActions, params)
  const patterns = [...new Set(actions.patterns_allowed ?? [])].sort()
  // Not spread: each repository's policy would have a shape of its own, see withPath.
  const own = Object.assign(pick(actions, ['github_owned_allowed', 'verified_allowed']), { patterns_allowed: patterns })
  return Object.assign({}, switches, { selected_actions: own })
}
