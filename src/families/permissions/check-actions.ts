import { append } from '../../core/append.ts'
import type { Known, Wanted } from '../../core/family.ts'
import type { Finding } from '../../core/finding.ts'
import type { Live } from '../../core/live.ts'
import { ACTIONS, isOff, type Permissions } from './document.ts'
import { type PolicyRoutes, ROUTES } from './requests.ts'

/** The switch of Actions at one level, and the words for its narrowest value. */
interface Level {
  readonly main: 'enabled_organizations' | 'enabled_repositories' | 'enabled'
  readonly off: string
  readonly routes: PolicyRoutes
}

export const ENTERPRISE: Level = {
  main: 'enabled_organizations',
  off: 'enabled_organizations is none',
  routes: ROUTES.enterprise,
}
export const ORGANIZATION: Level = {
  main: 'enabled_repositories',
  off: 'enabled_repositories is none',
  routes: ROUTES.organization,
}
export const REPOSITORY: Level = { main: 'enabled', off: 'enabled is false', routes: ROUTES.repository }

export function error(field: string, message: string): Finding {
  return { severity: 'error', field, message }
}

export function hold(field: string, message: string, help: string): Finding {
  return { severity: 'held back', field, message, help }
}

/** Whether Actions will be on; undefined where that is unknown (offline, without a setting). */
function becomesOn(wanted: Wanted<Permissions>, live: Live<Permissions> | undefined): boolean | undefined {
  const off = isOff(wanted.spec) ?? (live && isOff(live.spec))
  return off === undefined ? undefined : !off
}

/** Contradictions of a policy within itself. */
export function checkActions(
  wanted: Wanted<Permissions>,
  live: Live<Permissions> | undefined,
  known: Known,
  level: Level,
): readonly Finding[] {
  const { spec } = wanted
  const on = becomesOn(wanted, live)
  if (on === false) return checkOff(wanted, level)
  const findings: Finding[] = []
  const wasOff = live !== undefined && becomesOn({ ...wanted, spec: {} }, live) === false
  if (on === true && wasOff && spec.allowed_actions === undefined) {
    const message = 'switching Actions on needs allowed_actions: GitHub has no value to keep while it is off'
    findings.push(hold(level.main, message, 'Write allowed_actions.'))
  }
  append(findings, checkCarried(wanted, live, level))
  const actions = selectedActionsGiven(wanted)
  if (actions === undefined) return findings
  if (spec.allowed_actions !== undefined && spec.allowed_actions !== 'selected') {
    findings.push(error(actions, `selected_actions needs allowed_actions: selected, but it is ${spec.allowed_actions}`))
  }
  // In force already, and not to be seen: the level above hid it.
  const isHidden = live?.spec.allowed_actions === 'selected' && live.spec.selected_actions === undefined
  const missing = isHidden && spec.allowed_actions !== 'all' ? missingActions(wanted, known, level) : []
  if (missing.length > 0) {
    const message = `selected_actions needs ${missing.join(' and ')} too: what GitHub kept of an earlier list cannot be seen`
    findings.push(hold('selected_actions', message, `Write ${missing.join(' and ')} in selected_actions.`))
  }
  return findings
}

/** Where nothing says that Actions is off, it is off on GitHub alone. */
function checkOff(wanted: Wanted<Permissions>, { off }: Level): readonly Finding[] {
  const { spec } = wanted
  const because = `has no effect while ${off}: GitHub keeps none while Actions is off`
  const isSaid = isOff(spec) !== undefined
  const refused = (field: string, message: string): Finding => {
    if (!isSaid) return hold(field, message, 'Switch Actions on in the YAML.')
    // A set may give it to many repositories, one of which says that Actions is off there.
    return { severity: spec.enabled === false ? 'warning' : 'error', field, message }
  }
  const actions = selectedActionsGiven(wanted)
  return [
    ...(spec.allowed_actions === undefined ? [] : [refused('allowed_actions', `allowed_actions ${because}`)]),
    ...(actions === undefined ? [] : [refused(actions, `selected_actions ${because}`)]),
  ]
}

function missingActions(wanted: Wanted<Permissions>, known: Known, { routes }: Level): readonly string[] {
  return ACTIONS.filter((field) => {
    const isGiven = wanted.spec.selected_actions?.[field] !== undefined || wanted.edits[`selected_actions.${field}`]
    return !isGiven && known.product.accepts(routes.putActions, field)
  })
}

/**
 * GitHub takes the switches only together: those that the YAML leaves out are sent with their present values, which
 * must be known.
 */
function checkCarried(
  wanted: Wanted<Permissions>,
  live: Live<Permissions> | undefined,
  { main }: Level,
): readonly Finding[] {
  if (!live || becomesOn({ ...wanted, spec: {} }, live) === false) return []
  const rewritten = [main, 'allowed_actions', 'sha_pinning_required'] as const
  const differs = rewritten.find((field) => wanted.spec[field] !== undefined && wanted.spec[field] !== live.spec[field])
  if (differs === undefined || becomesOn(wanted, live) === false) return []
  return ([main, 'allowed_actions'] as const)
    .filter((field) => wanted.spec[field] === undefined && live.spec[field] === undefined)
    .map((field) => {
      const message = `changing ${differs} needs ${field} too: GitHub's answer does not tell what it is now`
      return hold(differs, message, `Write ${field}.`)
    })
}

/** The first field of selected_actions that the YAML gives. */
export function selectedActionsGiven(wanted: Wanted<Permissions>): string | undefined {
  const [given] = Object.keys(wanted.spec.selected_actions ?? {})
  if (given !== undefined) return `selected_actions.${given}`
  return Object.keys(wanted.edits).find((field) => field.startsWith('selected_actions.'))
}
