import { choice, flag, required } from '../../http/body.ts'
import { bodyOf, type Call } from '../../http/call.ts'
import { hasSince } from '../../world/products.ts'
import { type ActionsAllowed, ALLOWED_ACTIONS, type AllowedActions } from './allowed-actions.ts'
import { ENABLED } from './state.ts'

/** An enterprise chooses organizations, and an organization repositories. */
type Chosen = 'organizations' | 'repositories'
type Enabled = (typeof ENABLED)[number]

/** The switches in the body of a PUT. Omitted fields keep their stored values. */
interface Switches {
  readonly enabled: Enabled
  readonly allowedActions: AllowedActions | undefined
  readonly pinning: boolean | undefined
}

/** Reads the switches of an enterprise or an organization. @throws Refusal 422 */
export function switchesIn(call: Call, chosen: Chosen): Switches {
  const body = bodyOf(call)
  const field = `enabled_${chosen}`
  return {
    enabled: required(choice(body, field, ENABLED), field),
    allowedActions: choice(body, 'allowed_actions', ALLOWED_ACTIONS),
    pinning: hasSince(call.product, [3, 19]) ? flag(body, 'sha_pinning_required') : undefined,
  }
}

/** The switches in an answer. While Actions is off everywhere, GitHub leaves out the allowed actions. */
export function presentSwitches(
  call: Call,
  url: string,
  { chosen, enabled }: { readonly chosen: Chosen; readonly enabled: Enabled },
  { allowedActions, shaPinningRequired }: Pick<ActionsAllowed, 'allowedActions' | 'shaPinningRequired'>,
): object {
  const isOn = enabled !== 'none'
  return {
    [`enabled_${chosen}`]: enabled,
    ...(enabled === 'selected' ? { [`selected_${chosen}_url`]: `${url}/${chosen}` } : {}),
    ...(isOn ? { allowed_actions: allowedActions } : {}),
    ...(isOn && allowedActions === 'selected' ? { selected_actions_url: `${url}/selected-actions` } : {}),
    ...(hasSince(call.product, [3, 19]) ? { sha_pinning_required: shaPinningRequired } : {}),
  }
}

/** "`enabled_organizations` must be configured to `selected`", for reading the list as well; so for repositories. */
export function whyUnselected(chosen: Chosen, enabled: Enabled): string | undefined {
  if (enabled === 'all') return `Actions are enabled for all ${chosen}`
  return enabled === 'none' ? `Actions are disabled for all ${chosen}` : undefined
}
