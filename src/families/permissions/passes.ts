import { isOff, type Permissions } from './document.ts'
import { CHOICES } from './requests.ts'

/**
 * The switches as a change passes them that was interrupted. A policy that is switched on, or whose allowed actions the level
 * above hid, begins with local actions alone; and from none to all it may begin with a list, of no repository. From all to a list,
 * while a list of actions comes or ends, local actions alone run until both are there.
 */
export function passes(before: Partial<Permissions>, after: Partial<Permissions>): Partial<Permissions> {
  const begins = before.allowed_actions === undefined && after.allowed_actions !== undefined
  const enables = Object.values(CHOICES).some(({ main }) => before[main] === 'all' && after[main] === 'selected')
  const turns = new Set([before.allowed_actions, after.allowed_actions])
  const isPassed = enables && turns.has('all') && turns.has('selected')
  const listed = Object.values(CHOICES).filter(({ main }) => isOff(before) === true && after[main] === 'all')
  return {
    ...(begins || isPassed ? { allowed_actions: 'local_only' } : {}),
    ...Object.fromEntries(listed.map(({ main }) => [main, 'selected'])),
  }
}
