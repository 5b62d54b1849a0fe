import { integers, required } from '../../http/body.ts'
import { bodyOf, type Call, NO_CONTENT, type Route } from '../../http/call.ts'
import { unprocessable } from '../../http/errors.ts'
import { listAnswer } from '../../http/page.ts'
import { presentRunner } from './present-runner.ts'
import { runnerIn } from './routes.ts'
import type { Runner } from './state.ts'

type RouteAccess = Pick<Route, 'permission' | 'scope' | 'asker' | 'notOn'>

/** The runners of the groups of an organization or an enterprise. */
interface GroupRunners {
  /** The path of a group. */
  readonly group: string
  readonly read: RouteAccess
  readonly write: RouteAccess
  runnersOf(call: Call): ReadonlyMap<number, Runner>
  /** @throws Refusal 404 when the path names no group; when it is about to be written, also where that is another's */
  groupIn(call: Call, use: 'read' | 'write'): { readonly id: number }
  /** The group that holds every runner no other group holds. */
  defaultOf(call: Call): { readonly id: number }
}

/** The routes of the runners in a group: to list and to replace them, to add and to remove one. */
export function groupRunnerRoutes({
  group,
  read,
  write,
  runnersOf,
  groupIn,
  defaultOf,
}: GroupRunners): readonly Route[] {
  const all = `${group}/runners`
  const one = `${all}/{runner_id}`
  return [
    {
      ...read,
      method: 'GET',
      template: all,
      handle(call) {
        const { id } = groupIn(call, 'read')
        const held = [...runnersOf(call).values()].filter(({ groupId }) => groupId === id)
        return listAnswer(call, 'runners', held, (runner) => presentRunner(call, runner))
      },
    },
    {
      ...write,
      method: 'PUT',
      template: all,
      // Replaces the list. A removed runner falls to the default group; so no runner can be removed from that one.
      handle(call) {
        const { id } = groupIn(call, 'write')
        const runners = runnersOf(call)
        const ids = runnerIds(runners, required(integers(bodyOf(call), 'runners'), 'runners'))
        for (const runner of runners.values()) {
          if (ids.has(runner.id)) runner.groupId = id
          else if (runner.groupId === id) runner.groupId = defaultOf(call).id
        }
        return NO_CONTENT
      },
    },
    {
      ...write,
      method: 'PUT',
      template: one,
      // A runner is in exactly one group, so this takes it out of the one it was in.
      handle(call) {
        const { id } = groupIn(call, 'write')
        runnerIn(call, runnersOf(call)).groupId = id
        return NO_CONTENT
      },
    },
    {
      ...write,
      method: 'DELETE',
      template: one,
      handle(call) {
        const { id } = groupIn(call, 'write')
        const runner = runnerIn(call, runnersOf(call))
        if (runner.groupId === id) runner.groupId = defaultOf(call).id
        return NO_CONTENT
      },
    },
  ]
}

/** The ids, once each. @throws Refusal 422, with nothing changed, when one of them is no runner of the owner */
export function runnerIds(runners: ReadonlyMap<number, Runner>, ids: readonly number[]): Set<number> {
  const strange = ids.find((id) => !runners.has(id))
  if (strange !== undefined) throw unprocessable(`There is no runner ${strange} here.`)
  return new Set(ids)
}
