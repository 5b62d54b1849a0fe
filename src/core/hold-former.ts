import type { DesiredMember } from './desired.ts'
import type { HeldBack } from './held-back.ts'
import { withPath } from './json.ts'
import { secretLeaf } from './leaves.ts'
import type { MemberPlan } from './plan-member.ts'
import type { SectionFacts } from './section-facts.ts'
import type { Work } from './work.ts'

/**
 * Plans a member that the YAML gives wholly or in part by a former name of its repository: under that name it gains
 * nothing and is sent no value, while changes that take away go on.
 * @param plan compares a member with GitHub's state
 */
export function holdFormer(
  { family }: Pick<SectionFacts, 'family'>,
  member: DesiredMember,
  plan: (member: DesiredMember) => MemberPlan,
): MemberPlan {
  const { former } = member
  const planned = plan(member)
  const { work } = planned
  if (former === undefined || work === undefined || work.change.action === 'delete') return planned
  const path = secretLeaf(family)
  const sent = path !== undefined && work.change.value !== null ? [path] : []
  const giving = work.change.action === 'create' ? [...former.fields] : [...work.change.widens, ...sent]
  const fields = giving.filter((field) => former.fields.includes(field))
  if (fields.length === 0) return planned
  const rest = work.change.action === 'create' ? undefined : plan(without(member, fields))
  // The rest still gives access by a field that depends on these.
  const isWhole = rest === undefined || gives(rest.work, former.fields)
  const kept = isWhole || rest === undefined ? { diagnostics: planned.diagnostics } : rest
  return {
    ...kept,
    heldBack: [...(kept.heldBack ?? []), ...heldBackOf(member, former.name, isWhole ? [null] : fields)],
  }
}

function gives(work: Work | undefined, fields: readonly string[]): boolean {
  if (work === undefined) return false
  const { widens, value, access } = work.change
  return value !== null || access.gains.length > 0 || widens.some((field) => fields.includes(field))
}

function without(member: DesiredMember, fields: readonly string[]): DesiredMember {
  let { spec } = member
  for (const field of fields) spec = withPath(spec, field, undefined)
  const edits = Object.fromEntries(Object.entries(member.edits).filter(([path]) => !fields.includes(path)))
  return { ...member, spec, edits }
}

function heldBackOf(member: DesiredMember, name: string, fields: readonly (string | null)[]): HeldBack[] {
  return fields.map((field) => ({
    address: member.address,
    field,
    reason: `it is said of ${name}, which is called otherwise now: by that name it gains nothing and is sent no value`,
    source: (field === null ? undefined : member.sources[field]) ?? member.source,
    help: 'Write its name of now.',
  }))
}
