import type { Edit } from '../../core/family.ts'
import { scopeParams } from '../../core/scope.ts'
import type { Params, Send } from '../../core/send.ts'
import { type GroupName, groupIds, type HostedRunner, type HostedRunnerRef } from './document.ts'
import type { HostedRoutes } from './routes.ts'

type HostedEdit = Edit<HostedRunner, HostedRunnerRef>
type HostedSend = Send<HostedRunnerRef>

/** The requests that make a change of a hosted runner: PATCH takes every field, the image and the size too. */
export function writeHosted(routes: HostedRoutes, edit: HostedEdit): readonly HostedSend[] {
  const params = (ref: HostedRunnerRef | undefined): Params => {
    if (!ref) throw new Error(`bug: the hosted runner ${edit.key} has no id`)
    return { ...scopeParams(edit.scope), hosted_runner_id: ref.id }
  }
  if (edit.action === 'delete') {
    return [{ route: routes.remove, fields: [], params, goneAt: { route: routes.get, params } }]
  }
  if (edit.action === 'create') return [create(routes, edit)]
  if (edit.changed.size === 0) return []
  const { image, size, maximum_runners, enable_static_ip, image_gen, runner_group } = edit.after ?? {}
  const changes = (field: string): boolean => edit.changed.has(field)
  const moves = changes('runner_group')
  const otherImage = changes('image.id') || changes('image.source')
  return [
    {
      route: routes.update,
      fields: [...edit.changed],
      params,
      rereads: moves ? [groupsOf(routes, edit)] : [],
      ...(moves ? intoGroup(runner_group, edit.before?.runner_group) : {}),
      body: (_, reread) => ({
        ...(otherImage ? { image_id: image?.id, image_source: image?.source } : {}),
        ...(changes('image.version') ? { image_version: image?.version } : {}),
        ...(changes('size') ? { size } : {}),
        ...(moves ? { runner_group_id: groupIdIn(reread, runner_group) } : {}),
        ...(changes('maximum_runners') ? { maximum_runners } : {}),
        ...(changes('enable_static_ip') ? { enable_static_ip } : {}),
        ...(changes('image_gen') ? { image_gen } : {}),
      }),
    },
  ]
}

function create(routes: HostedRoutes, edit: HostedEdit): HostedSend {
  const { image, size, runner_group, ...rest } = edit.after ?? {}
  return {
    route: routes.create,
    fields: [...edit.changed],
    params: () => scopeParams(edit.scope),
    rereads: [groupsOf(routes, edit)],
    ...intoGroup(runner_group),
    body: (_, reread) => {
      return { name: edit.key, image, size, runner_group_id: groupIdIn(reread, runner_group), ...rest }
    },
  }
}

/** Only once it is settled who may use the group: it may be new, or shared with an organization only now. */
function intoGroup(key: string | undefined, from?: string): Pick<HostedSend, 'fills'> {
  return key === undefined ? {} : { fills: { family: 'runner_groups', key, from } }
}

/** The groups as they are just before: one may have been created by this run. */
function groupsOf({ groups }: HostedRoutes, { scope }: HostedEdit): NonNullable<HostedSend['rereads']>[number] {
  return { route: groups, params: () => scopeParams(scope) }
}

/** Left out, and so refused by GitHub, where the group is gone by now. */
function groupIdIn(reread: readonly unknown[] | undefined, name: string | undefined): number | undefined {
  return groupIds((reread?.[0] ?? []) as readonly GroupName[]).get(name ?? '')
}
