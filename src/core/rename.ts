import { encodeName } from './address.ts'
import type { DesiredMember, DesiredSection } from './desired.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { Family, Wanted } from './family.ts'
import { type Document, withPath } from './json.ts'
import type { Live } from './live.ts'

/**
 * The field by which the YAML gives the former name of a member, in each family whose members GitHub renames in place. It
 * is no part of GitHub's document: where GitHub has the former name alone, it differs, and its request brings the new name.
 */
export const RENAMED_FROM = 'renamed_from'

/** The former name of a desired member, as GitHub compares it. */
export function formerKey({ state, spec }: Pick<DesiredMember, 'state' | 'spec'>): string | undefined {
  const { [RENAMED_FROM]: given } = spec
  return state === 'present' && typeof given === 'string' ? given : undefined
}

/** The address of a desired member under its former name. */
export function formerAddress(member: Pick<DesiredMember, 'address' | 'state' | 'spec'>): string | undefined {
  const former = formerKey(member)
  return former === undefined ? undefined : sibling(member.address, former)
}

/** A change, as a plan has it. */
interface ChangedMember {
  readonly address: string
  readonly before: Document | null
  readonly after: Document | null
}

/** The address that is free once a change is made, because the change renames its member. */
export function addressLeft({ address, before, after }: ChangedMember): string | undefined {
  const { [RENAMED_FROM]: former } = after ?? {}
  return typeof former === 'string' && before?.[RENAMED_FROM] === undefined && before !== null
    ? sibling(address, former)
    : undefined
}

function sibling(address: string, name: string): string {
  return `${address.slice(0, address.lastIndexOf('/') + 1)}${encodeName(name)}`
}

/** The contradictions of former names within one section. */
export function renameFaults(
  family: Pick<Family, 'fold' | 'nameFault'>,
  members: readonly DesiredMember[],
): Diagnostic[] {
  const byKey = new Map(members.map((member) => [member.key, member]))
  const taken = new Map<string, string>()
  return members.flatMap((member): Diagnostic[] => {
    const former = formerKey(member)
    if (former === undefined) return []
    const first = taken.get(former)
    taken.set(former, member.key)
    const message = faultOf(member.key, former, byKey.has(former), first) ?? family.nameFault?.(former)
    const { address, source, sources } = member
    return message === undefined
      ? []
      : [{ severity: 'error', message, source: sources[RENAMED_FROM] ?? source, address }]
  })
}

function faultOf(key: string, former: string, isListed: boolean, first: string | undefined): string | undefined {
  if (former === key) return `${key} cannot be renamed from itself`
  if (isListed) return `${key} is renamed from ${former}, which stands here as well: take that out, or this`
  return first && `${key} is renamed from ${former}, and so is ${first}: one of them can be`
}

interface Renamed {
  readonly section: DesiredSection
  /** Members that are to be renamed stand here by their new names. */
  readonly live: readonly Live[]
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Live members under the names that the configuration gives them, for what others know of them: of two names the one that
 * GitHub has stands.
 */
export function liveAsRenamed(wanted: readonly Wanted[] | undefined, live: readonly Live[]): readonly Live[] {
  const renames = new Map<string, string>()
  for (const member of wanted ?? []) {
    const former = formerKey(member as Wanted & Pick<DesiredMember, 'spec'>)
    if (former !== undefined) renames.set(former, member.key)
  }
  if (renames.size === 0) return live
  const own = new Set(live.flatMap(({ key, fixed }) => (fixed === 'inherited' ? [] : [key])))
  return live.map((each) => {
    const to = each.fixed === undefined ? renames.get(each.key) : undefined
    return to === undefined || own.has(to) ? each : { ...each, key: to }
  })
}

/**
 * Finds the live members that a section desires under other names. GitHub has
 * - the former name alone: that member is the desired one, and is renamed.
 * - the new name: it was renamed before. One that has the former name again, or still, is another member.
 * - neither: it is created.
 * @param shown whether GitHub shows the members: where it does not, a member may be there that is known by neither name
 */
export function settleRenames(
  family: Family,
  section: DesiredSection,
  live: readonly Live[],
  shown: 'shown' | 'not shown' = 'shown',
): Renamed {
  if (!Object.hasOwn(family.fields, RENAMED_FROM)) return { section, live, diagnostics: [] }
  const diagnostics: Diagnostic[] = renameFaults(family, section.members)
  const own = new Map(live.filter(({ fixed }) => fixed !== 'inherited').map((member) => [member.key, member]))
  const replaced = new Map<Live, Live>()
  const members = section.members.map((member) => {
    const former = formerKey(member)
    if (former === undefined) return member
    const [now, before] = [own.get(member.key), own.get(former)]
    const source = member.sources[RENAMED_FROM] ?? member.source
    if (now !== undefined) {
      replaced.set(now, { ...now, spec: withPath(now.spec as Document, RENAMED_FROM, former) })
      if (before !== undefined) {
        const message = `${member.key} is there, and so is ${former}, which is another one: \`renamed_from\` may be taken out`
        diagnostics.push({ severity: 'warning', message, source, address: member.address })
      }
      return member
    }
    if (before === undefined) return shown === 'shown' ? withoutFormer(member) : member
    if (before.fixed !== undefined) {
      const message = `${former} is ${before.fixed} and cannot be renamed`
      diagnostics.push({ severity: 'error', message, source, address: member.address })
      return withoutFormer(member)
    }
    replaced.set(before, { ...before, key: member.key })
    return member
  })
  return { section: { ...section, members }, live: live.map((each) => replaced.get(each) ?? each), diagnostics }
}

function withoutFormer(member: DesiredMember): DesiredMember {
  const { [RENAMED_FROM]: _, ...sources } = member.sources
  return { ...member, spec: withPath(member.spec, RENAMED_FROM, undefined), sources }
}
