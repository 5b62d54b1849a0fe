import type { Known, Wanted } from '../../core/family.ts'
import type { Finding } from '../../core/finding.ts'
import { isMentioned } from '../../core/leaves.ts'
import type { Live } from '../../core/live.ts'
import { RENAMED_FROM } from '../../core/rename.ts'
import { namesOf, type Scope } from '../../core/scope.ts'
import type { RunnerGroup } from './document.ts'

/** Why an organization may not say a field of a group that its enterprise shares, as the end of a sentence. */
const ENTERPRISES = {
  visibility: 'which repositories use it is said by repositories alone, and which organizations by the enterprise',
  runners: 'its runners are those of the enterprise',
  allows_public_repositories: 'the enterprise decides whether public repositories may use it',
  restricted_to_workflows: 'the enterprise decides which workflows may use it, which cannot be overridden',
  network_configuration_id: 'the enterprise decides which network its machines are in',
  selected_workflows: 'the enterprise decides which workflows may use it, which cannot be overridden',
} as const

/**
 * Of a group that the enterprise shares, an organization chooses the repositories
 * (https://docs.github.com/enterprise-cloud@latest/actions/how-tos/manage-runners/self-hosted-runners/manage-access).
 */
export function checkInherited(
  wanted: Wanted<RunnerGroup>,
  live: Live<RunnerGroup> | undefined,
  known: Known,
  scope: Scope,
): readonly Finding[] {
  const { key } = wanted
  const given = Object.entries(ENTERPRISES).filter(
    ([field]) => isMentioned(wanted, field) && !isImplied(wanted, field, live, known),
  )
  const errors = given.map(([field, why]): Finding => {
    return { severity: 'error', field, message: `${field} cannot be given for ${key}, which is inherited: ${why}` }
  })
  if (errors.length > 0 || live || known.live('runner_groups', 'here') === undefined) return errors
  const message = `the enterprise shares no group named ${key} with the organization`
  const above = groupAbove(key, known)
  if (above !== undefined && isSharedWith(above, scope, known)) {
    const isNow = known.writes?.('runner_groups', 'above', key) === 'in this run'
    const help = isNow
      ? 'This run makes the enterprise share it: apply again after that, because GitHub gives it an id here only then.'
      : 'Apply the enterprise first: its YAML shares it.'
    return [{ severity: 'held back', message, help }]
  }
  const help = `Have the enterprise share it, write what it is called now, or take inherited out to have a group of one's own.`
  return [{ severity: 'held back', message, help }]
}

/**
 * A group that the enterprise's YAML comes to share, in this run or before it, as GitHub shows it at first: all repositories of the
 * organization may use it
 * (https://docs.github.com/enterprise-cloud@latest/actions/how-tos/manage-runners/self-hosted-runners/manage-access).
 */
export function comingGroup(wanted: Wanted<RunnerGroup>, known: Known, scope: Scope): RunnerGroup | undefined {
  if (wanted.spec.inherited !== true || known.live('runner_groups', 'here') === undefined) return undefined
  const written = known.writes?.('runner_groups', 'above', wanted.key) ?? 'elsewhere'
  const above = groupAbove(wanted.key, known)
  if (written === 'elsewhere' || above === undefined || !isSharedWith(above, scope, known)) return undefined
  // Under its former name the organization may have chosen some already.
  if (Object.hasOwn(above.spec, RENAMED_FROM)) return undefined
  const { allows_public_repositories: open } = above.spec
  return { inherited: true, visibility: 'all', ...(open === undefined ? {} : { allows_public_repositories: open }) }
}

/**
 * A group of the organization's own, of a name that the enterprise's YAML shares with it: GitHub refuses the second, and
 * workflows would not know which is meant.
 */
export function checkNames(
  { key }: Wanted<RunnerGroup>,
  live: Live<RunnerGroup> | undefined,
  known: Known,
  scope: Scope,
): readonly Finding[] {
  const above = groupAbove(key, known)
  if (live || above === undefined || !isSharedWith(above, scope, known)) return []
  // Offline it is not known to be there, and every organization begins with one.
  if (key.toLowerCase() === FIRST_GROUP && known.live('runner_groups', 'here') === undefined) return []
  const message = `the enterprise shares a group named ${key} with the organization, which cannot have another one of that name: write inherited: true, or rename one of the two`
  return [{ severity: 'error', message }]
}

/** The name that the default group of each enterprise and organization has until it is renamed. */
const FIRST_GROUP = 'default'

/** The group of that name that the enterprise's YAML wants. */
function groupAbove(key: string, known: Known): Wanted<RunnerGroup> | undefined {
  const group = known.desired('runner_groups', 'above')?.find((each) => each.key === key)
  return group?.state === 'present' ? (group as Wanted<RunnerGroup>) : undefined
}

/** Whether the organization certainly is among those that may use it: a list means its mode. */
function isSharedWith({ key, spec, edits }: Wanted<RunnerGroup>, scope: Scope, known: Known): boolean {
  const now = known.live('runner_groups', 'above')?.find((group) => group.key === key)?.spec as RunnerGroup | undefined
  const isListed = spec.organizations !== undefined || edits.organizations !== undefined
  const mode = spec.visibility ?? (isListed ? 'selected' : now?.visibility)
  if (mode !== 'selected') return mode === 'all'
  const [name = ''] = namesOf(scope)
  const listed = [...(spec.organizations ?? now?.organizations ?? []), ...(edits.organizations?.add ?? [])]
  return listed.includes(name) && !edits.organizations?.remove.includes(name)
}

/** A list means its mode, which the group does not have yet. What the YAML says itself is found offline, with nothing live. */
function isImplied(
  { spec }: Wanted<RunnerGroup>,
  field: string,
  live: Live<RunnerGroup> | undefined,
  known: Known,
): boolean {
  if (field !== 'visibility' || known.live('runner_groups', 'here') === undefined) return false
  return spec.visibility === 'selected' && live?.spec.visibility !== 'selected'
}
