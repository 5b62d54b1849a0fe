import type { Aligned, Known, Wanted } from '../../core/family.ts'
import type { Finding } from '../../core/finding.ts'
import type { Live } from '../../core/live.ts'
import type { ScopeOf } from '../../core/scope.ts'
import { actionsUnder } from './actions-under.ts'
import { isOff, type Permissions } from './document.ts'
import { enabledByList, enables, type PolicyChange, policyChange } from './policy.ts'

/** Compares an organization or an enterprise; its settings of actions wait while Actions is off. */
export function alignOwner(wanted: Wanted<Permissions>, live: Live<Permissions> | undefined): Aligned<Permissions> {
  return live ? compared(wanted, live.spec) : { wanted, live: undefined, findings: [] }
}

/**
 * GitHub shows the effective policy of a repository, which may be its organization's and not its own setting. Where
 * this run changes that policy, the repository is compared with the future effective one: values that the new policy
 * dictates are there already, and those that the old one hid are unknown, so that they are written even where they seem
 * to be right.
 */
export function alignRepository(
  wanted: Wanted<Permissions>,
  live: Live<Permissions> | undefined,
  known: Known,
  { repo }: ScopeOf<'repository'>,
): Aligned<Permissions> {
  const change = policyChange(known, repo)
  if (!live || !change) return alignOwner(wanted, live)
  const asked = joins(change, repo) || enabledByList(change, live.spec, repo) ? switchedOn(wanted) : wanted
  const held = underPolicy(asked, live.spec, change, repo)
  return mayBeSwitchedOn(change, repo) ? { wanted: asked, live: held, findings: [] } : compared(asked, held)
}

function compared(wanted: Wanted<Permissions>, held: Permissions): Aligned<Permissions> {
  return staysOff(wanted, held) ? { ...withoutActions(wanted), live: held } : { wanted, live: held, findings: [] }
}

/**
 * The allowed actions can be written only once GitHub has enabled the repository with the list, so the switch is sent
 * with them.
 */
function switchedOn(wanted: Wanted<Permissions>): Wanted<Permissions> {
  const { spec } = wanted
  if (spec.enabled !== undefined || spec.allowed_actions === undefined) return wanted
  return { ...wanted, spec: { ...spec, enabled: true } }
}

function staysOff({ spec }: Wanted<Permissions>, live: Permissions): boolean {
  if (spec.enabled === false) return true
  return isOff(spec) === undefined && isOff(live) === true
}

/** From `none` or a list without it to `all`: its own switch will come into force, and its state is unknown. */
function mayBeSwitchedOn({ now, then }: PolicyChange, repo: string): boolean {
  return then.enabled_repositories === 'all' && enables(now, repo) === false
}

/**
 * GitHub keeps no allowed actions while Actions is off: such settings, which one file gives to many repositories, wait,
 * with a message.
 */
function withoutActions(wanted: Wanted<Permissions>): Pick<Aligned<Permissions>, 'wanted' | 'findings'> {
  const { allowed_actions: allowed, selected_actions: actions, ...spec } = wanted.spec
  const edits = Object.entries(wanted.edits).filter(([field]) => !field.startsWith('selected_actions.'))
  const lists = edits.length < Object.keys(wanted.edits).length
  const [field] = Object.keys(actions ?? {}).map((name) => `selected_actions.${name}`)
  const waiting = [
    ...(allowed === undefined ? [] : ['allowed_actions']),
    ...(field === undefined && !lists ? [] : [field ?? 'selected_actions.patterns_allowed']),
  ]
  const findings = waiting.map((path): Finding => {
    const message = `${path.split('.')[0]} waits until Actions is switched on here: GitHub keeps none while it is off`
    return { severity: 'warning', field: path, message }
  })
  return { wanted: { ...wanted, spec, edits: Object.fromEntries(edits) }, findings }
}

function underPolicy(wanted: Wanted<Permissions>, seen: Permissions, change: PolicyChange, repo: string): Permissions {
  const enabled = enabledUnder(wanted, seen, change, repo)
  return { ...(enabled === undefined ? {} : { enabled }), ...actionsUnder(wanted, seen, change, enabled !== false) }
}

function enabledUnder(
  { spec, edits }: Wanted<Permissions>,
  seen: Permissions,
  { now, then }: PolicyChange,
  repo: string,
): boolean | undefined {
  const after = enables(then, repo)
  if (after === false) return false
  if (after === undefined || enables(now, repo) !== false) return seen.enabled
  if (mayBeSwitchedOn({ now, then }, repo)) return spec.enabled === false ? undefined : seen.enabled
  // GitHub enables a repository that joins the list: where nothing else is wanted of it, nothing is left to do.
  const actions = spec.allowed_actions !== undefined || spec.selected_actions !== undefined
  return spec.enabled === true && !actions && Object.keys(edits).length === 0 ? true : seen.enabled
}

/** Whether the repository is not enabled now, and the list that will hold then names it. */
function joins({ now, then }: PolicyChange, repo: string): boolean {
  return then.enabled_repositories === 'selected' && enables(then, repo) === true && enables(now, repo) === false
}
