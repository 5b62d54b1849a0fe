import type { Edit, Params, Send } from '../../core/family.ts'
import { scopeParams } from '../../core/scope.ts'
import type { AllowedActions, Permissions, PermissionsRef, SelectedActions } from './document.ts'

/** A change at a level that has permissions. */
export type PermissionsEdit<S extends 'organization' | 'repository' = 'organization' | 'repository'> = Edit<
  Permissions,
  PermissionsRef,
  S
>
export type PermissionsSend = Send<PermissionsRef>

export const ORG_GET = 'GET /orgs/{org}/actions/permissions'
export const REPO_GET = 'GET /repos/{owner}/{repo}/actions/permissions'
export const ORG = 'PUT /orgs/{org}/actions/permissions'
export const REPO = 'PUT /repos/{owner}/{repo}/actions/permissions'
export const ORG_ACTIONS = 'PUT /orgs/{org}/actions/permissions/selected-actions'
export const REPO_ACTIONS = 'PUT /repos/{owner}/{repo}/actions/permissions/selected-actions'

const ROUTES = {
  organization: { route: ORG, read: ORG_GET, actions: ORG_ACTIONS },
  repository: { route: REPO, read: REPO_GET, actions: REPO_ACTIONS },
} as const

const SWITCHES = ['enabled_repositories', 'enabled', 'allowed_actions', 'sha_pinning_required'] as const

/** The fields that GitHub takes in one request. */
export type Switches = Pick<Permissions, (typeof SWITCHES)[number]>

const FROM_STRICT: readonly AllowedActions[] = ['local_only', 'selected', 'all']

/** The stricter of both; an unknown one is not compared. */
export function stricter(
  left: AllowedActions | undefined,
  right: AllowedActions | undefined,
): AllowedActions | undefined {
  return FROM_STRICT.find((allowed) => allowed === left || allowed === right)
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
  const { route, read } = ROUTES[scope.type]
  const fields = SWITCHES.filter((field) => known.product.accepts(route, field))
  const carried = fields.filter((field) => !edit.given.has(field) && after?.[field] !== undefined)
  const now = { ...pick(after, fields), ...pick(between, fields) }
  const body = (_: PermissionsRef | undefined, [fresh]: readonly unknown[] = []): object => {
    const isOpen = carried.filter((field) => between[field] === undefined || !changed.has(field))
    const switches = { ...now, ...pick(fresh as Permissions | undefined, isOpen) }
    const off = switches.enabled === false || switches.enabled_repositories === 'none'
    return off && between.allowed_actions === undefined ? { ...switches, allowed_actions: undefined } : switches
  }
  const params = (): Params => scopeParams(scope)
  const rereads = carried.length > 0 ? { rereads: [{ route: read, params }] } : {}
  const written = fields.filter((field) => changed.has(field) && now[field] === after?.[field])
  return { route, fields: written, params, body, ...rereads }
}

function pick<K extends keyof Permissions>(from: Permissions | undefined, fields: readonly K[]): Partial<Permissions> {
  return Object.fromEntries(fields.flatMap((field) => (from?.[field] === undefined ? [] : [[field, from[field]]])))
}

/** Whether the list of actions is to be written. */
export function writesActions({ after, changed }: PermissionsEdit): boolean {
  return after?.selected_actions !== undefined && [...changed].some((field) => field.startsWith('selected_actions.'))
}

/** @param between the temporary list, where it differs from the final one */
export function putActions(edit: PermissionsEdit, between?: SelectedActions): PermissionsSend {
  const { scope, after, changed, known } = edit
  const route = ROUTES[scope.type].actions
  const entries = Object.entries(between ?? after?.selected_actions ?? {}).filter(([field]) =>
    known.product.accepts(route, field),
  )
  const fields = between ? [] : [...changed].filter((field) => field.startsWith('selected_actions.'))
  return { route, fields, params: () => scopeParams(scope), body: () => Object.fromEntries(entries) }
}
