import type { Edit } from '../../core/family.ts'
import { type ScopeType, scopeParams } from '../../core/scope.ts'
import type { Send } from '../../core/send.ts'
import { carryingSend, pick } from '../common/carried.ts'
import { type SelectedList, selectedList } from '../common/selected-list.ts'
import {
  ALLOWED_ACTIONS,
  type AllowedActions,
  isOff,
  type Permissions,
  type PermissionsRef,
  type SelectedActions,
  SWITCHES,
} from './document.ts'

/** The levels that have permissions. */
type PermissionsLevel = Exclude<ScopeType, 'environment'>
/** A change at one of them. */
export type PermissionsEdit<S extends PermissionsLevel = PermissionsLevel> = Edit<Permissions, PermissionsRef, S>
export type PermissionsSend = Send<PermissionsRef>

/** The routes of a policy at one level. */
export type PolicyRoutes = ReturnType<typeof policyRoutes>

function policyRoutes(path: `/${string}`) {
  const actions = `${path}/selected-actions` as const
  return { get: `GET ${path}`, put: `PUT ${path}`, getActions: `GET ${actions}`, putActions: `PUT ${actions}` } as const
}

export const ROUTES = {
  enterprise: policyRoutes('/enterprises/{enterprise}/actions/permissions'),
  organization: policyRoutes('/orgs/{org}/actions/permissions'),
  repository: policyRoutes('/repos/{owner}/{repo}/actions/permissions'),
} as const

/** The switch of a level that chooses where Actions may be used, and the list behind it. */
interface Choice {
  readonly main: 'enabled_organizations' | 'enabled_repositories'
  readonly list: SelectedList
}

export const CHOICES = {
  enterprise: {
    main: 'enabled_organizations',
    list: selectedList('/enterprises/{enterprise}/actions/permissions', 'organizations'),
  },
  organization: { main: 'enabled_repositories', list: selectedList('/orgs/{org}/actions/permissions') },
} as const satisfies { readonly [S in PermissionsLevel]?: Choice }

/** The fields that GitHub takes in one request. */
export type Switches = Pick<Permissions, (typeof SWITCHES)[number]>

/** The stricter of both; an unknown one is not compared. */
export function stricter(
  left: AllowedActions | undefined,
  right: AllowedActions | undefined,
): AllowedActions | undefined {
  return ALLOWED_ACTIONS.find((allowed) => allowed === left || allowed === right)
}

/** The policy that both sides admit, switches and list of actions. */
export function policyOfBoth(before: Permissions, after: Permissions): Permissions {
  const allowed = stricter(before.allowed_actions, after.allowed_actions)
  const pinned = before.sha_pinning_required === true || after.sha_pinning_required === true
  const [had, has] = [before.selected_actions, after.selected_actions]
  const actions = had && has ? actionsOfBoth(had, has) : has
  return {
    ...(allowed === undefined ? {} : { allowed_actions: allowed }),
    ...(after.sha_pinning_required === undefined ? {} : { sha_pinning_required: pinned }),
    ...(actions ? { selected_actions: actions } : {}),
  }
}

/** A pattern with `!` blocks: the result has the blocks of both. */
function actionsOfBoth(had: SelectedActions, has: SelectedActions): SelectedActions {
  const patterns = [...(had.patterns_allowed ?? []), ...(has.patterns_allowed ?? [])]
  const inBoth = (pattern: string): boolean =>
    had.patterns_allowed?.includes(pattern) === true && has.patterns_allowed?.includes(pattern) === true
  const kept = patterns.filter((pattern) => pattern.startsWith('!') || inBoth(pattern))
  const both = (field: 'github_owned_allowed' | 'verified_allowed'): object =>
    has[field] === undefined ? {} : { [field]: had[field] === true && has[field] === true }
  return {
    ...both('github_owned_allowed'),
    ...both('verified_allowed'),
    patterns_allowed: [...new Set(kept)].sort(),
  }
}

/**
 * GitHub takes the switches only together. Those that the YAML leaves out are read again just before; values of
 * `between` that differ from the final ones are temporary.
 */
export function putSwitches(edit: PermissionsEdit, between: Switches = {}): PermissionsSend {
  const { scope, after, changed, known } = edit
  const { get, put: route } = ROUTES[scope.type]
  const fields = SWITCHES.filter((field) => known.product.accepts(route, field))
  const now = { ...pick(after, fields), ...pick(between, fields) }
  const isTemporary = (field: keyof Switches): boolean => between[field] !== undefined && changed.has(field)
  return carryingSend<Permissions, PermissionsRef>({
    route,
    get,
    fields: fields.filter((field) => changed.has(field) && now[field] === after?.[field]),
    params: () => scopeParams(scope),
    carried: fields.filter((field) => !edit.given.has(field) && after?.[field] !== undefined),
    body(fresh) {
      const open = fields.filter((field) => !isTemporary(field))
      const switches = { ...now, ...pick(fresh, open) }
      return isOff(switches) && between.allowed_actions === undefined
        ? { ...switches, allowed_actions: undefined }
        : switches
    },
  })
}

/** Whether the list of actions is to be written. */
export function writesActions({ after, changed }: PermissionsEdit): boolean {
  return after?.selected_actions !== undefined && [...changed].some((field) => field.startsWith('selected_actions.'))
}

/** @param between the temporary list, where it differs from the final one */
export function putActions(edit: PermissionsEdit, between?: SelectedActions): PermissionsSend {
  const { scope, after, changed, known } = edit
  const { putActions: route } = ROUTES[scope.type]
  const entries = Object.entries(between ?? after?.selected_actions ?? {}).filter(([field]) =>
    known.product.accepts(route, field),
  )
  const fields = between ? [] : [...changed].filter((field) => field.startsWith('selected_actions.'))
  return { route, fields, params: () => scopeParams(scope), body: () => Object.fromEntries(entries) }
}
