import type { RunnerGroup } from './document.ts'
import { NO_NETWORK, networkOf } from './networks.ts'

export const PATCHED = [
  'visibility',
  'allows_public_repositories',
  'restricted_to_workflows',
  'selected_workflows',
] as const

/** The switches of a group, its network too, which PATCH keeps where it is left out. */
export const SWITCHES = [...PATCHED, 'network_configuration_id'] as const

type Settings = Pick<RunnerGroup, (typeof SWITCHES)[number]>

const WIDTH = ['selected', 'private', 'all'] as const

/** How the switches of a group differ from those of another one. */
export interface Turn {
  readonly narrows: boolean
  readonly widens: boolean
  /** The settings that admit only users of both. */
  readonly meet: Settings
}

/** The change of switches, field by field. Every user of a group through the meet may use it through both. */
export function turnOf(before: RunnerGroup, after: RunnerGroup): Turn {
  const meet = meetOf(before, after)
  return { narrows: differs(meet, before), widens: differs(after, meet), meet }
}

function meetOf(before: RunnerGroup, after: RunnerGroup): Settings {
  const visibility = WIDTH.find((width) => width === before.visibility || width === after.visibility)
  const open = letsPublicIn(before) && letsPublicIn(after)
  const isKnown = before.allows_public_repositories !== undefined || after.allows_public_repositories !== undefined
  return {
    ...(visibility === undefined ? {} : { visibility }),
    ...(isKnown ? { allows_public_repositories: open } : {}),
    ...workflowsOfBoth(before, after),
    ...networkOfBoth(before, after),
  }
}

/** `private` shuts public repositories out, in either position of its other switch. */
function letsPublicIn({ visibility, allows_public_repositories: open }: RunnerGroup): boolean {
  return visibility !== 'private' && open !== false
}

function workflowsOfBoth(before: RunnerGroup, after: RunnerGroup): Settings {
  const [first, second] = [before, after].filter((group) => group.restricted_to_workflows === true)
  if (first === undefined) {
    const known = before.restricted_to_workflows ?? after.restricted_to_workflows
    return known === undefined ? {} : { restricted_to_workflows: false }
  }
  const listed = first.selected_workflows ?? []
  const both = second === undefined ? listed : listed.filter((each) => second.selected_workflows?.includes(each))
  return { restricted_to_workflows: true, selected_workflows: [...both].sort() }
}

function networkOfBoth(before: RunnerGroup, after: RunnerGroup): Settings {
  const { network_configuration_id: id } = after
  if (id === undefined) return {}
  return { network_configuration_id: id === before.network_configuration_id ? id : NO_NETWORK }
}

/** Whether the switches of two groups admit different users; lists that are not in force are not compared. */
function differs(left: Settings, right: Settings): boolean {
  if (left.visibility !== right.visibility || letsPublicIn(left) !== letsPublicIn(right)) return true
  if (networkOf(left) !== networkOf(right)) return true
  if ((left.restricted_to_workflows === true) !== (right.restricted_to_workflows === true)) return true
  if (left.restricted_to_workflows !== true) return false
  return (
    [...(left.selected_workflows ?? [])].sort().join('\n') !== [...(right.selected_workflows ?? [])].sort().join('\n')
  )
}
