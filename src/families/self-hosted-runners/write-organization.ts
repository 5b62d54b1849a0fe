import { scopeParams } from '../../core/scope.ts'
import type { Params, Send } from '../../core/send.ts'
import { replaceSend } from '../common/list-sends.ts'
import { directedSends, idsOf } from '../common/selected-list.ts'
import { type OrganizationEdit, ROUTES, type SelfHostedRunnersRef } from './document.ts'

const { put, selected } = ROUTES.organization

type RunnersSend = Send<SelfHostedRunnersRef>

/**
 * The requests that change the switch and its list. `selected` brings the kept list into force. From `all` that narrows, and
 * the list narrows further; from `none` the list is sent before the switch, too: whether GitHub takes it then is not
 * documented. Where it does not, the kept list is in force between two requests.
 */
export function writeOrganization(edit: OrganizationEdit): readonly RunnersSend[] {
  const { before, after, changed, scope } = edit
  const params = (): Params => scopeParams(scope)
  const [had, has] = [before?.enabled_repositories, after?.enabled_repositories]
  const lists = directedSends(selected, edit, params, { wasOpen: had === 'all' })
  if (!changed.has('enabled_repositories')) return lists
  const narrows = has === 'none' || had === 'all'
  const turn: RunnersSend = {
    route: put,
    fields: ['enabled_repositories'],
    params,
    body: () => ({ enabled_repositories: has }),
    phase: narrows ? 'narrow' : 'widen',
  }
  if (has !== 'selected') return [turn]
  const opens = had === 'none' && lists.length > 0
  const early = replaceSend(selected, params, () =>
    idsOf(after?.repositories ?? [], edit.known, edit.ref?.repositories),
  )
  return [
    ...(opens ? [{ ...early, fields: [], phase: 'widen' as const, mayBeRefused: true as const }] : []),
    turn,
    ...lists,
  ]
}
