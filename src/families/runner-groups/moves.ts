import type { Consequence, RunnerMove } from '../../core/consequence.ts'
import type { Known, Wanted } from '../../core/family.ts'
import type { Live } from '../../core/live.ts'
import { type NamedGroup, settingsAfter } from '../common/group-below.ts'
import { isWiderThan, whoMayUse } from './access.ts'
import { opensFor } from './below.ts'
import type { GroupEdit, RunnerGroup, RunnerGroupRef } from './document.ts'
import { hostedFalling, hostedMoves } from './hosted.ts'

type LiveGroup = Live<RunnerGroup, RunnerGroupRef>
type WantedGroup = Wanted<RunnerGroup>

/** The runners that a group is to hold, by its list or by `add_runners`. */
export function runnersAsked({ spec, edits }: Pick<WantedGroup, 'spec' | 'edits'>): readonly string[] {
  return [...(spec.runners ?? []), ...(edits.runners?.add ?? [])]
}

/** The runners that the configuration puts in any group. */
export function claimedRunners(known: Known): ReadonlySet<string> {
  return new Set(wantedGroups(known).flatMap(runnersAsked))
}

/** The runners that the configuration puts in another group. */
export function runnersElsewhere(key: string, known: Known): ReadonlySet<string> {
  return new Set(wantedGroups(known).flatMap((group) => (group.key === key ? [] : runnersAsked(group))))
}

/** The runners that the run removes from GitHub: they are in no group then. */
export function leavingRunners(known: Known): ReadonlySet<string> {
  const wanted = known.desired('runners', 'here') ?? []
  return new Set(wanted.flatMap(({ key, state }) => (state === 'absent' ? [key] : [])))
}

/** The runners that change groups by the change of one group: those that it takes up, and those that fall from it. */
export function runnerMoves(edit: GroupEdit): readonly RunnerMove[] {
  return [...arrivals(edit), ...falls(edit)]
}

/** Whether a runner, or a hosted one, leaves the group: by the list of either group, or because another group takes it up. */
export function leavesAny(edit: GroupEdit): boolean {
  const elsewhere = runnersElsewhere(edit.key, edit.known)
  const taken = (edit.ref?.holds ?? edit.before?.runners ?? []).some((name) => elsewhere.has(name))
  return taken || fallen(edit).length > 0 || hostedMoves(edit).leave
}

/** Whether a runner comes to the group; into the default group one may always fall. */
export function takesAny(edit: GroupEdit): boolean {
  return arrivals(edit).length > 0 || hostedMoves(edit).come || defaultGroup(edit.known)?.key === edit.key
}

/** Describes the moves; and that a group's runners fall where they were not read. */
export function moveNotes(edit: GroupEdit): readonly Consequence[] {
  const byText = new Map<string, RunnerMove[]>()
  for (const move of runnerMoves(edit)) {
    const alike = JSON.stringify({ ...move, runner: '' })
    const same = byText.get(alike)
    if (same === undefined) byText.set(alike, [move])
    else same.push(move)
  }
  const moves = [...byText.values()].map((same): Consequence => {
    return { message: moveText(same, edit), widens: same.some(({ widens }) => widens) }
  })
  return [...moves, ...unreadFall(edit)]
}

function arrivals(edit: GroupEdit): RunnerMove[] {
  const { action, after, before, changed, key, known } = edit
  if (after === undefined || !(action === 'create' || changed.has('runners'))) return []
  const had = new Set(before?.runners)
  const added = (after.runners ?? []).filter((name) => !had.has(name))
  const homes = homesOf(new Set(added), known)
  // The same for all runners of one group.
  const moves = new Map<LiveGroup | undefined, Omit<RunnerMove, 'runner'>>()
  const moveFrom = (home: LiveGroup | undefined): Omit<RunnerMove, 'runner'> => {
    const opens = opensFor(edit, { key, spec: after }, home)
    return {
      from: home?.key ?? null,
      from_default: home?.fixed === 'default',
      from_managed: home !== undefined && isManaged(home, known),
      leaves_none: home !== undefined && isLeftEmpty(home, known),
      to: key,
      to_default: false,
      widens: opens || isWiderThan(after, home?.spec, known),
      opens,
    }
  }
  return added.map((runner) => {
    const home = homes.get(runner)
    const move = moves.get(home) ?? moveFrom(home)
    moves.set(home, move)
    return { runner, ...move }
  })
}

function falls(edit: GroupEdit): RunnerMove[] {
  const { known } = edit
  const home = defaultGroup(known)
  const own = liveGroups(known).find(({ key, fixed }) => key === edit.key && fixed === undefined)
  const to = groupAfter(home, known)
  const selfHosted = fallen(edit).map((runner) => ({ runner }))
  const hosted = hostedFalling(edit).map((runner) => ({ runner, hosted: true as const }))
  const all = [...selfHosted, ...hosted]
  if (all.length === 0) return []
  const opens = opensFor(edit, to, edit.before && { key: edit.key, spec: edit.before })
  // The same for all of them.
  const move = {
    from: edit.key,
    from_default: false,
    from_managed: true,
    leaves_none: edit.action !== 'delete' && own !== undefined && isLeftEmpty(own, known),
    to: home?.key ?? null,
    to_default: true,
    widens: opens || isWiderThan(to?.spec, edit.before, known),
    opens,
  }
  return all.map((moved) => ({ ...moved, ...move }))
}

/** The runners of a group that no group keeps. */
function fallen(edit: GroupEdit): readonly string[] {
  if (edit.action === 'create' || (edit.action === 'update' && !edit.changed.has('runners'))) return []
  const kept = new Set([...(edit.after?.runners ?? []), ...claimedRunners(edit.known)])
  return (edit.before?.runners ?? []).filter((name) => !kept.has(name))
}

/** The consequence of deleting a group whose runners, or whose hosted ones, could not be read. */
function unreadFall(edit: GroupEdit): readonly Consequence[] {
  const { action, before, known, ref } = edit
  const unread = [
    ...(before?.runners === undefined ? ['runners'] : []),
    ...(ref?.hosted === 'not shown' ? ['hosted runners, if it has any,'] : []),
  ]
  if (action !== 'delete' || unread.length === 0) return []
  const home = defaultGroup(known)
  const settings = home && settingsAfter(home, known)
  const message = `its ${unread.length > 1 ? 'runners, hosted ones too,' : unread[0]} fall to the default group${home ? ` ${home.key}` : ''}, ${whoMayUse(settings, edit, 'them')}`
  const opens = opensFor(edit, groupAfter(home, known), before && { key: edit.key, spec: before })
  return [{ message, widens: opens || isWiderThan(settings, before, known), ...(opens ? { opens } : {}) }]
}

function moveText(same: readonly RunnerMove[], edit: GroupEdit): string {
  const { after, known } = edit
  const [move] = same as [RunnerMove]
  const verb = (words: string): string => `${words}${same.length === 1 ? 's' : ''}`
  const who = `${move.hosted ? 'hosted ' : ''}runner${same.length === 1 ? '' : 's'} ${same.map(({ runner }) => runner).join(', ')}`
  const them = same.length === 1 ? 'it' : 'them'
  const emptied = move.leaves_none ? `; ${move.from} is left with no runner` : ''
  if (move.to_default) {
    const home = defaultGroup(known)
    const access = whoMayUse(home && settingsAfter(home, known), edit, them)
    return `${who} ${verb('fall')} to the default group${home ? ` ${home.key}` : ''}, ${access}${emptied}`
  }
  return `${who} ${verb('move')} from ${origin(move)} to ${move.to}, ${whoMayUse(after, edit, them)}${emptied}`
}

function origin({ from, from_default, from_managed }: RunnerMove): string {
  if (from === null) return 'a group that GitHub does not tell'
  const kind = [...(from_default ? ['the default group'] : []), ...(from_managed ? [] : ['not managed here'])]
  return kind.length === 0 ? from : `${from} (${kind.join(', ')})`
}

function isManaged({ key, fixed }: LiveGroup, known: Known): boolean {
  const wanted = (known.desired('runner_groups', 'here') ?? []).find((group) => group.key === key)
  if (wanted) return wanted.state !== 'unmanaged'
  return fixed === undefined && known.concerns(key)
}

/** Whether a group that stays is left without a runner. */
function isLeftEmpty({ key, fixed, ref: { holds } }: LiveGroup, known: Known): boolean {
  const all = known.desired('runner_groups', 'here') ?? []
  const own = all.find((group) => group.key === key) as WantedGroup | undefined
  const goes = own ? own.state === 'absent' : fixed === undefined && known.concerns(key)
  if (holds === undefined || goes) return false
  const elsewhere = runnersElsewhere(key, known)
  const removed = new Set(own?.edits.runners?.remove)
  const kept = own?.state === 'present' && own.spec.runners ? own.spec.runners : holds
  const added = own?.state === 'present' ? (own.edits.runners?.add ?? []) : []
  return [...kept, ...added].every((name) => elsewhere.has(name) || removed.has(name))
}

/** A group with its future settings: they decide the access to runners that fall into it. */
function groupAfter(group: LiveGroup | undefined, known: Known): NamedGroup<RunnerGroup> | undefined {
  return group && { key: group.key, spec: settingsAfter(group, known) ?? group.spec }
}

/** The group that holds each of these runners, the first where several do. */
export function homesOf(runners: ReadonlySet<string>, known: Known): ReadonlyMap<string, LiveGroup> {
  const homes = new Map<string, LiveGroup>()
  for (const group of runners.size === 0 ? [] : liveGroups(known)) {
    for (const name of group.ref.holds ?? []) if (runners.has(name) && !homes.has(name)) homes.set(name, group)
  }
  return homes
}

function defaultGroup(known: Known): LiveGroup | undefined {
  return liveGroups(known).find(({ fixed }) => fixed === 'default')
}

function liveGroups(known: Known): readonly LiveGroup[] {
  return (known.live('runner_groups', 'here') ?? []) as readonly LiveGroup[]
}

function wantedGroups(known: Known): readonly WantedGroup[] {
  const wanted = (known.desired('runner_groups', 'here') ?? []) as readonly WantedGroup[]
  return wanted.filter(({ state }) => state === 'present')
}
