import { formatAddress } from '../../core/address.ts'
import type { Consequence } from '../../core/consequence.ts'
import type { Known, Wanted } from '../../core/family.ts'
import { LADDER, scopeNamed } from '../../core/scope.ts'
import { type GroupAccess, letsPublicIn } from '../common/group-access.ts'
import { usersOf } from '../common/public-users.ts'
import { isInCircle } from './circle.ts'
import type { GroupEdit } from './document.ts'
import { hostedIn, hostedWanted } from './hosted.ts'
import { runnersElsewhere } from './moves.ts'
import { ROUTES } from './routes.ts'

/** The most names of one kind that a message has. */
const NAMED = 5

/**
 * Says how long all repositories of an organization may use a group that comes to be shared with it: GitHub lets all in until
 * the organization chooses, and it can choose only then
 * (https://docs.github.com/enterprise-cloud@latest/actions/how-tos/manage-runners/self-hosted-runners/manage-access).
 * Nothing is said where the plan names these repositories as gaining it for good, nor of a new group that the run fills once
 * the organization has chosen.
 */
export function sharingNotes(edit: GroupEdit): readonly Consequence[] {
  const { action, before, after, key, known, scope } = edit
  if (LADDER[scope.type].lists !== 'organizations' || !after) return []
  const had = new Set(before ? usersOf(before, known) : [])
  const coming = usersOf(after, known).filter((name) => !had.has(name))
  const sorted = { chosen: [] as string[], unknown: [] as string[] }
  for (const name of coming) {
    const choice = choiceOf(key, known.below?.(name))
    if (choice !== 'none') sorted[choice].push(name)
  }
  const all = (names: readonly string[]): string => `all repositories of ${listed(names)}`
  const isOpen = letsPublicIn(after, known)
  const notes: string[] = []
  const content = action === 'update' ? contentOf(edit) : undefined
  if (sorted.chosen.length > 0 && content !== undefined) {
    const choices = sorted.chosen.map((name) => formatAddress(scopeNamed('organization', [name]), 'runner_groups', key))
    const who = `${all(sorted.chosen)}${isOpen ? ', public ones too,' : ' but public ones'}`
    notes.push(`until ${listed(choices)} is written, ${who} may use ${content}: GitHub lets all in at first`)
  }
  if (sorted.unknown.length > 0) {
    // Of the public ones another note speaks, where they may.
    const who = `${all(sorted.unknown)}${isOpen ? '' : ' but public ones'}`
    notes.push(`${who} may use it until their organization chooses some of them`)
  }
  return notes.map((message) => ({ message, widens: true }))
}

/** Whether this run chooses some of the organization's repositories; `none` where it is shared already, or nothing chooses. */
function choiceOf(key: string, below: Known | undefined): 'chosen' | 'unknown' | 'none' {
  const groups = below?.live('runner_groups', 'here')
  if (below === undefined || groups === undefined) return 'unknown'
  if (groups.some((group) => group.fixed === 'inherited' && group.key === key)) return 'none'
  const wanted = (below.desired('runner_groups', 'here') ?? []) as readonly Wanted<GroupAccess>[]
  const own = wanted.find((group) => group.key === key && group.state === 'present')
  return own?.spec.repositories || own?.edits.repositories ? 'chosen' : 'none'
}

/**
 * The runners in the group, in words, as far as they are known; undefined where there certainly are none. It is shared once
 * those have left that go to other groups, for which others may come before: where runners move in a circle.
 */
function contentOf({ after, key, known, ref, scope }: GroupEdit): string | undefined {
  const hosted = known.product.has(ROUTES[scope.type].hosted) ? hostedIn(key, known) : []
  const held = [...(ref?.holds ?? []), ...(hosted ?? [])]
  const elsewhere = new Set([...runnersElsewhere(key, known), ...hostedWanted(key, known, 'elsewhere')])
  const staying = held.filter((name) => !elsewhere.has(name))
  const comes = isInCircle(key, known) ? [...(after?.runners ?? []), ...hostedWanted(key, known, 'here')] : []
  const names = [...new Set([...staying, ...comes])]
  if (names.length > 0) return `${names.length === 1 ? 'its runner' : 'its runners'} ${listed(names)}`
  return ref?.holds === undefined || hosted === undefined ? 'what runs in it' : undefined
}

function listed(names: readonly string[]): string {
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : ''
  return `${names.slice(0, NAMED).join(', ')}${more}`
}
