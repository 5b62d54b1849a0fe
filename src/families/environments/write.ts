import type { Edit } from '../../core/family.ts'
import type { Params, Send } from '../../core/send.ts'
import { pick } from '../common/carried.ts'
import { type Environment, type EnvironmentRef, environmentIn, type ListedEnvironment, WHOLE } from './document.ts'
import { kindOf } from './entries.ts'
import { paramsOf, patternBody } from './read.ts'
import { ROUTES } from './routes.ts'

export type EnvironmentEdit = Edit<Environment, EnvironmentRef, 'repository'>
type EnvironmentSend = Send<EnvironmentRef>

/** The requests that make a change of an environment. */
export function writeEnvironment(edit: EnvironmentEdit): readonly EnvironmentSend[] {
  const params = (): Params => paramsOf(edit.scope, edit.name)
  // A workflow that names it makes it anew without protection.
  if (edit.action === 'delete') return [{ route: ROUTES.remove, fields: [], params, phase: 'widen' }]
  const put = putSend(edit, params)
  const [patterns, rules] = [patternSends(edit, params), ruleSends(edit, params)]
  if (edit.action === 'create') {
    // Closed at first: no branch may deploy before its pattern is there, and no secret is in it.
    const rest = [...patterns.added, ...rules.added].map((send) => ({ ...send, needsPrevious: true as const }))
    return [put, ...rest]
  }
  const puts = WHOLE.some((field) => edit.changed.has(field)) ? [put] : []
  // Patterns that GitHub kept would come into force with the switch, so that they go before it.
  const gone = patterns.removed.map((send) => ({ ...send, phase: 'narrow' as const }))
  const added = switches(edit)
    ? patterns.added.map((send) => ({ ...send, needsPrevious: true as const }))
    : patterns.added
  return [
    ...rules.added.map((send) => ({ ...send, phase: 'narrow' as const })),
    ...gone,
    ...puts,
    ...added,
    ...rules.removed.map((send) => ({ ...send, phase: 'widen' as const })),
  ]
}

function switches({ changed }: EnvironmentEdit): boolean {
  return changed.has('deployment_branch_policy')
}

/**
 * GitHub's PUT replaces all of it: fields that the YAML leaves out are sent as they are on GitHub right before.
 * https://docs.github.com/rest/deployments/environments#create-or-update-an-environment
 */
function putSend(edit: EnvironmentEdit, params: () => Params): EnvironmentSend {
  const { action, changed, given } = edit
  const later = ['deployment_branch_policies', 'deployment_protection_rules']
  const carries = action === 'update' && WHOLE.some((field) => !given.has(field))
  const made: { body?: Body } = {}
  return {
    route: ROUTES.put,
    fields: [...changed].filter((field) => !later.includes(field)),
    params,
    ...(carries ? { rereads: [{ route: ROUTES.get, params }] } : {}),
    body: (_, [now]: readonly unknown[] = []) => {
      made.body = bodyOf(edit, now as ListedEnvironment | undefined)
      return made.body
    },
    shortfall: (answer) => shortfallOf(edit, made.body, answer as ListedEnvironment | undefined),
  }
}

interface Body {
  readonly wait_timer?: number
  readonly prevent_self_review?: boolean
  readonly can_admins_bypass?: boolean
  readonly reviewers: readonly { readonly type: 'Team' | 'User'; readonly id: number }[]
  readonly deployment_branch_policy: object | null
}

function bodyOf(edit: EnvironmentEdit, now: ListedEnvironment | undefined): Body {
  const { after, before, given, known, ref } = edit
  const fresh = now === undefined ? { spec: before ?? {}, ids: ref?.ids ?? {}, hidden: [] } : environmentIn(now, known)
  const lost = fresh.hidden.filter((field) => !given.has(field))
  if (lost.length > 0) throw new Error(`GitHub does not show all of its ${lost.join(' and ')} any more`)
  const kept = WHOLE.filter((field) => !given.has(field))
  const spec: Environment = { ...pick(after, WHOLE), ...pick(fresh.spec, kept) }
  const entries = given.has('reviewers') ? (after?.reviewers ?? []) : edited(edit, fresh.spec.reviewers ?? [])
  const idOf = (entry: string): number => {
    const id = fresh.ids[entry] ?? known.ids?.get(entry) ?? ref?.ids[entry]
    if (id === undefined) throw new Error(`bug: ${entry} has no id`)
    return id
  }
  const reviewers = entries.map((entry) => {
    return { type: kindOf(entry) === 'team' ? ('Team' as const) : ('User' as const), id: idOf(entry) }
  })
  const policy = spec.deployment_branch_policy ?? 'all'
  const isCustom = policy === 'custom_branch_policies'
  const takes = (field: string): boolean => known.product.accepts(ROUTES.put, field)
  return {
    wait_timer: spec.wait_timer ?? 0,
    ...(takes('prevent_self_review')
      ? { prevent_self_review: spec.prevent_self_review === true && reviewers.length > 0 }
      : {}),
    ...(takes('can_admins_bypass') && spec.can_admins_bypass !== undefined
      ? { can_admins_bypass: spec.can_admins_bypass }
      : {}),
    reviewers,
    deployment_branch_policy:
      policy === 'all' ? null : { protected_branches: !isCustom, custom_branch_policies: isCustom },
  }
}

/** The present reviewers with the YAML's additions and removals. */
function edited({ before, after, changed }: EnvironmentEdit, now: readonly string[]): readonly string[] {
  if (!changed.has('reviewers')) return now
  const [had, has] = [before?.reviewers ?? [], after?.reviewers ?? []]
  const added = has.filter((entry) => !had.includes(entry))
  return [...new Set([...now.filter((entry) => has.includes(entry) || !had.includes(entry)), ...added])].sort()
}

/** The protection that was sent and that GitHub's answer lacks. */
function shortfallOf(
  { key, known }: EnvironmentEdit,
  sent: Body | undefined,
  answer: ListedEnvironment | undefined,
): string | undefined {
  if (sent === undefined || answer === undefined) return undefined
  const { spec, ids } = environmentIn(answer, known)
  const has = new Set(Object.values(ids))
  const lacking = [
    ...((spec.wait_timer ?? 0) < (sent.wait_timer ?? 0) ? ['wait_timer'] : []),
    ...(sent.prevent_self_review && !spec.prevent_self_review ? ['prevent_self_review'] : []),
    ...(sent.can_admins_bypass === false && spec.can_admins_bypass === true ? ['can_admins_bypass'] : []),
    ...(sent.reviewers.some(({ id }) => !has.has(id)) ? ['reviewers'] : []),
    ...(sent.deployment_branch_policy !== null && spec.deployment_branch_policy === 'all'
      ? ['deployment_branch_policy']
      : []),
  ]
  if (lacking.length === 0) return undefined
  return `GitHub took the protection of ${key} without ${lacking.join(' and ')}: its plan may lack that for this repository.`
}

interface Sends {
  readonly added: readonly EnvironmentSend[]
  readonly removed: readonly EnvironmentSend[]
}

function patternSends({ changed, before, after, ref, known }: EnvironmentEdit, params: () => Params): Sends {
  const field = 'deployment_branch_policies'
  if (!changed.has(field)) return { added: [], removed: [] }
  const wanted = after?.[field] ?? []
  const kept = ref?.patterns ?? {}
  const had = before?.[field] ?? Object.keys(kept)
  const takesType = known.product.accepts(ROUTES.addPattern, 'type')
  return {
    added: wanted
      .filter((entry) => !had.includes(entry))
      .map((entry) => {
        const body = (): object => patternBody(entry, takesType)
        return { route: ROUTES.addPattern, fields: [field], params, body, mayBeThere: true }
      }),
    removed: had
      .filter((entry) => !wanted.includes(entry) && kept[entry] !== undefined)
      .map((entry) => {
        const own = (): Params => ({ ...params(), branch_policy_id: kept[entry] as number })
        return { route: ROUTES.removePattern, fields: [field], params: own }
      }),
  }
}

function ruleSends({ changed, before, after, ref, known }: EnvironmentEdit, params: () => Params): Sends {
  const field = 'deployment_protection_rules'
  if (!changed.has(field)) return { added: [], removed: [] }
  const [had, has] = [before?.[field] ?? [], after?.[field] ?? []]
  return {
    added: has
      .filter((slug) => !had.includes(slug))
      .map((slug) => {
        const id = known.ids?.get(slug) ?? ref?.ids[slug]
        if (id === undefined) throw new Error(`bug: the App ${slug} has no id`)
        return { route: ROUTES.addRule, fields: [field], params, body: () => ({ integration_id: id }) }
      }),
    removed: had
      .filter((slug) => !has.includes(slug) && ref?.rules[slug] !== undefined)
      .map((slug) => {
        const own = (): Params => ({ ...params(), protection_rule_id: ref?.rules[slug] as number })
        return { route: ROUTES.removeRule, fields: [field], params: own }
      }),
  }
}
