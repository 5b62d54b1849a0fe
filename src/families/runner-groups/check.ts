import type { Aligned, Known, Wanted } from '../../core/family.ts'
import type { Finding } from '../../core/finding.ts'
import { isGlob } from '../../core/glob.ts'
import { isMentioned } from '../../core/leaves.ts'
import type { Live } from '../../core/live.ts'
import type { Scope } from '../../core/scope.ts'
import { didYouMean } from '../../core/similar.ts'
import { checkSelected } from '../common/selected-access.ts'
import type { RunnerGroup, RunnerGroupRef } from './document.ts'
import { checkInherited, checkNames } from './inherited.ts'
import { leavingRunners, runnersAsked, runnersElsewhere } from './moves.ts'
import { ROUTES } from './routes.ts'
import { checkUnclear } from './unclear.ts'

/**
 * Aligns both sides. Where a group can be closed to public repositories, `private` and `all` without these are equal (a
 * group set to `private` may read back as `all`); a runner that is not registered cannot be put anywhere now.
 */
export function alignRunnerGroup(
  wanted: Wanted<RunnerGroup>,
  live: Live<RunnerGroup, RunnerGroupRef> | undefined,
  known: Known,
): Aligned<RunnerGroup> {
  const { wanted: present, findings } = withoutMissingRunners(wanted, known)
  const held = live && withoutTaken(present, withoutLeaving(live.spec, known), known)
  const spec = held && withEmptyWorkflows(present.spec, held)
  if (!spec || !known.product.accepts(ROUTES.organization.update, 'allows_public_repositories')) {
    return { wanted: present, live: spec, findings }
  }
  return { wanted: present, live: sameText(present.spec, spec), findings }
}

/** A group that is not restricted to workflows has no list to show, which equals `[]`. */
function withEmptyWorkflows(wanted: Partial<RunnerGroup>, live: RunnerGroup): RunnerGroup {
  const none = wanted.selected_workflows?.length === 0 && live.selected_workflows === undefined
  return none ? { ...live, selected_workflows: [] } : live
}

/** A runner that this run removes leaves its group by that. */
function withoutLeaving(live: RunnerGroup, known: Known): RunnerGroup {
  const leaving = leavingRunners(known)
  if (leaving.size === 0 || live.runners === undefined) return live
  return { ...live, runners: live.runners.filter((name) => !leaving.has(name)) }
}

/** A list that is only edited lets those go that another group takes, now or in an apply that was interrupted. */
function withoutTaken({ key, spec, edits }: Wanted<RunnerGroup>, live: RunnerGroup, known: Known): RunnerGroup {
  if (live.runners === undefined || spec.runners !== undefined || edits.runners === undefined) return live
  const elsewhere = runnersElsewhere(key, known)
  return { ...live, runners: live.runners.filter((name) => !elsewhere.has(name)) }
}

function sameText(wanted: Partial<RunnerGroup>, live: RunnerGroup): RunnerGroup {
  const closed = live.allows_public_repositories === false
  if (wanted.visibility === 'private' && live.visibility === 'all' && closed) return { ...live, visibility: 'private' }
  if (wanted.visibility === 'all' && live.visibility === 'private') {
    if (wanted.allows_public_repositories === false || wanted.allows_public_repositories === undefined) {
      return { ...live, visibility: 'all', allows_public_repositories: false }
    }
  }
  return live
}

function withoutMissingRunners(
  wanted: Wanted<RunnerGroup>,
  known: Known,
): { wanted: Wanted<RunnerGroup>; findings: readonly Finding[] } {
  const groups = known.live('runner_groups', 'here')
  const registered = (groups?.[0]?.ref as RunnerGroupRef | undefined)?.runners
  if (!registered) return { wanted, findings: [] }
  const asked = runnersAsked(wanted)
  const here = (name: string): boolean => Object.hasOwn(registered, name)
  const missing = asked.filter((name) => !here(name))
  if (missing.length === 0) return { wanted, findings: [] }
  const { runners: edit, ...edits } = wanted.edits
  return {
    wanted: {
      ...wanted,
      spec: wanted.spec.runners ? { ...wanted.spec, runners: wanted.spec.runners.filter(here) } : wanted.spec,
      edits: edit ? { ...edits, runners: { ...edit, add: edit.add.filter(here) } } : edits,
    },
    findings: missing.map((name) => {
      const one = isGlob(name) ? ', and runners are written one by one' : ''
      const near = didYouMean(name.replace(/[*?]/g, ''), Object.keys(registered))
      const message = `no runner is registered as ${name}: it is left out until there is one${one}${near}`
      return { severity: 'warning', field: 'runners', entry: name, message }
    }),
  }
}

/** Contradictions within itself, with another group or with GitHub's state. */
export function checkRunnerGroup(
  wanted: Wanted<RunnerGroup>,
  live: Live<RunnerGroup, RunnerGroupRef> | undefined,
  known: Known,
  scope: Scope,
): readonly Finding[] {
  if (wanted.spec.inherited === true) return checkInherited(wanted, live, known, scope)
  if (live?.fixed === 'inherited') {
    const message = `${wanted.key} is inherited from the enterprise and managed there`
    const help = `Write inherited: true for it, with no more than the repositories that may use it, or take ${wanted.key} out.`
    return [{ severity: 'held back', message, help }]
  }
  const own = [
    ...checkNames(wanted, live, known, scope),
    ...[...checkAccess(wanted, live), ...checkWorkflows(wanted), ...checkRunners(wanted, live, known)],
  ]
  return own.some(({ field }) => field === undefined) ? own : [...checkPlan(wanted, live, known), ...own]
}

/**
 * An organization on the plan Free has the default group alone; Team may have others
 * (https://docs.github.com/actions/hosting-your-own-runners/managing-self-hosted-runners/managing-access-to-self-hosted-runners-using-groups).
 */
function checkPlan(
  { key }: Wanted<RunnerGroup>,
  live: Live<RunnerGroup, RunnerGroupRef> | undefined,
  known: Known,
): readonly Finding[] {
  if (live || known.plan !== 'free') return []
  const message = `the organization is on GitHub's plan Free, which has no runner group beside the default one`
  const help = `Upgrade to GitHub Team, or take ${key} out of the YAML.`
  return [{ severity: 'held back', message, help }]
}

function checkAccess(wanted: Wanted<RunnerGroup>, live: Live<RunnerGroup> | undefined): readonly Finding[] {
  const findings = (['repositories', 'organizations'] as const).flatMap((list) =>
    checkSelected(wanted, 'visibility', list),
  )
  const given = wanted.spec.visibility
  const visibility = given ?? live?.spec.visibility
  const letsIn = wanted.spec.allows_public_repositories === true
  const isSo = wanted.spec.visibility === undefined && live?.spec.allows_public_repositories === true
  if (visibility === 'private' && letsIn && !isSo) {
    const message = 'visibility: private shuts public repositories out, allows_public_repositories: true lets them in'
    const help = 'Write visibility: all, or take allows_public_repositories out.'
    const about = { field: 'allows_public_repositories', message }
    findings.push(given === undefined ? { severity: 'held back', ...about, help } : { severity: 'error', ...about })
  }
  return findings
}

function checkWorkflows(wanted: Wanted<RunnerGroup>): readonly Finding[] {
  if (!isMentioned(wanted, 'selected_workflows')) return []
  const findings: Finding[] = []
  const restricted = wanted.spec.restricted_to_workflows
  const listed = [...(wanted.spec.selected_workflows ?? []), ...(wanted.edits.selected_workflows?.add ?? [])]
  if (restricted === false && listed.length > 0) {
    const message = 'selected_workflows needs restricted_to_workflows: true; GitHub ignores it otherwise'
    findings.push({ severity: 'error', field: 'selected_workflows', message })
  }
  return findings
}

function checkRunners(
  wanted: Wanted<RunnerGroup>,
  live: Live<RunnerGroup> | undefined,
  known: Known,
): readonly Finding[] {
  const findings: Finding[] = []
  if (live?.fixed === 'default' && isMentioned(wanted, 'runners')) {
    const message = `${wanted.key} is the default group: it holds every runner that no other group lists`
    const help = 'Take runners out: name the other runners in the groups that are to hold them.'
    findings.push({ severity: 'held back', field: 'runners', message, help })
  }
  const groups = known.live('runner_groups', 'here')
  if (groups && !live && wanted.key.toLowerCase() === 'default') {
    const home = groups.find((group) => group.fixed === 'default')
    if (home) {
      const message = `the default group is named ${home.key} here: write ${home.key} for ${wanted.key}`
      findings.push({ severity: 'held back', message, help: `Write ${home.key} in the YAML.` })
    }
  }
  const leaving = leavingRunners(known)
  const gone = runnersAsked(wanted).filter((name) => leaving.has(name))
  findings.push(
    ...gone.map((name): Finding => {
      const message = `${name} is absent under runners: a group cannot hold what is removed`
      return { severity: 'error', field: 'runners', entry: name, message }
    }),
  )
  return [...findings, ...checkUnclear(wanted, live, groups), ...checkShared(wanted, known)]
}

/** Reports each runner that other groups list too, once, at the group whose name comes first. */
function checkShared(wanted: Wanted<RunnerGroup>, known: Known): readonly Finding[] {
  const listed = known.once?.('groups by runner', () => groupsByRunner(known)) ?? groupsByRunner(known)
  return [...new Set(runnersAsked(wanted))].flatMap((name): Finding[] => {
    const { first = wanted.key, groups = [] } = listed.get(name) ?? {}
    if (first < wanted.key) return []
    const others = groups.filter((key) => key !== wanted.key)
    if (others.length === 0) return []
    const more = others.length > MOST_GROUPS ? ` and ${others.length - MOST_GROUPS} more` : ''
    const message = `${name} is listed in ${others.slice(0, MOST_GROUPS).join(' and ')}${more} too, and a runner is in exactly one group`
    return [{ severity: 'error', field: 'runners', entry: name, message }]
  })
}

const MOST_GROUPS = 3

interface Listing {
  /** Of `groups`, by name. */
  first: string
  readonly groups: string[]
}

/** The groups that list each runner. */
function groupsByRunner(known: Known): ReadonlyMap<string, Readonly<Listing>> {
  const listings = new Map<string, Listing>()
  for (const { key, state, spec, edits } of known.desired('runner_groups', 'here') ?? []) {
    if (state !== 'present') continue
    for (const name of new Set(runnersAsked({ spec, edits }))) {
      const there = listings.get(name)
      if (there === undefined) listings.set(name, { first: key, groups: [key] })
      else {
        there.groups.push(key)
        if (key < there.first) there.first = key
      }
    }
  }
  return listings
}
