import type { FamilyAt } from '../../core/family.ts'
import { type ScopeOf, type ScopeType, scopeParams } from '../../core/scope.ts'
import { alignHosted, checkHosted } from './check.ts'
import {
  documentOf,
  type GroupName,
  type HostedRunner,
  type HostedRunnerRef,
  type ShownHostedRunner,
} from './document.ts'
import { lookUp, mayBeCustom } from './look-up.ts'
import { reachHosted, reachHostedBelow } from './reach.ts'
import type { HostedRoutes } from './routes.ts'
import { writeHosted } from './write.ts'

/** The hosted runners of one level. */
export function hostedRunnersAt<S extends ScopeType>(routes: HostedRoutes): FamilyAt<S, HostedRunner, HostedRunnerRef> {
  const { list, groups, selected, images, versions, sizes, limits, get: GET, create, update, remove } = routes
  return {
    presence: list,
    reads: [list, groups, selected.read, ...Object.values(images), versions, sizes, limits],
    readsFor: [
      { field: 'runner_group', routes: [selected.read], onlyToCheck: true },
      { field: 'image', routes: [images.github, images.partner], onlyToCheck: true },
      { field: 'image', routes: [images.custom], when: mayBeCustom, onlyToCheck: true },
      { field: 'image.version', routes: [versions], when: (version) => version !== 'latest', onlyToCheck: true },
      { field: 'size', routes: [sizes], onlyToCheck: true },
      { field: 'enable_static_ip', routes: [limits], onlyToCheck: true },
    ],
    writes: [GET, create, update, remove],
    required: ['image.id', 'image.source', 'size', 'runner_group'],
    async read(scope, get, known) {
      const shown = await get.list<ShownHostedRunner>(list, scopeParams(scope))
      const isRead = shown.length > 0 && known.mentions('runner_group')
      const named = isRead ? await get.list<GroupName>(groups, scopeParams(scope)) : []
      const wanted = new Set((known.desired('hosted_runners', 'here') ?? []).map(({ key }) => key))
      // One that is on its way out counts only where the YAML names it.
      const members = shown.filter(({ name, status }) => status !== 'Deleting' || wanted.has(name))
      return members.map((each) => {
        return {
          key: each.name,
          spec: documentOf(each, named),
          ref: { id: each.id, deleting: each.status === 'Deleting' },
        }
      })
    },
    offered: (scope, get, known) => lookUp(routes, scope, get, known),
    align: alignHosted,
    check: checkHosted,
    reach: reachHosted,
    reachBelow: reachHostedBelow,
    occupied: ({ key, ref }) => {
      if (!ref.deleting) return undefined
      return { message: `GitHub is deleting the hosted runner ${key} already`, help: 'Wait until it is gone.' }
    },
    write: (edit) => writeHosted(routes, { ...edit, scope: edit.scope as ScopeOf<ScopeType> }),
  }
}
