import { scopeParams } from '../../core/scope.ts'
import type { Params, Send } from '../../core/send.ts'
import type { Support } from '../../core/support.ts'
import { pick } from '../common/carried.ts'
import { listedIn } from '../common/group-access.ts'
import { idsOf } from '../common/selected-list.ts'
import type { GroupEdit, RunnerGroupRef } from './document.ts'
import { learntId } from './learnt-id.ts'
import { type GroupLevel, ROUTES } from './routes.ts'
import { accepted } from './update.ts'

/** Why the product does not show the groups that it takes: the GitHub AE of 2021 documents no GET of them. */
export function whyHidden(level: GroupLevel, product: Support): string | undefined {
  if (product.has(ROUTES[level].list)) return undefined
  return `${product.name ?? 'this product'} has no request that shows runner groups`
}

/**
 * The requests that make a change of a group that the product does not show: nothing can be read again, and the list of those
 * that may use it is taken with the create alone, so that the group is created as it is to be.
 */
export function writeHiddenGroup(
  edit: GroupEdit,
  params: (ref: RunnerGroupRef | undefined) => Params,
): Send<RunnerGroupRef>[] {
  const { action, after = {}, changed, name, known, scope } = edit
  const { create, update, selected } = ROUTES[scope.type]
  const { visibility } = after
  if (action === 'update') {
    const body = { name, ...accepted(edit, update, pick(after, ['visibility'])) }
    return [{ route: update, fields: [...changed], params, body: () => body }]
  }
  const ids = visibility === 'selected' ? { [selected.as]: idsOf(listedIn(after) ?? [], known) } : {}
  return [
    {
      route: create,
      fields: [...changed],
      params: () => scopeParams(scope),
      body: () => ({ name, visibility, ...ids }),
      learn: (answer) => ({ id: learntId(answer), runners: {} }),
    },
  ]
}
