import { formatScope } from './address.ts'
import type { DesiredMember, DesiredSection } from './desired.ts'
import { at } from './family-at.ts'
import type { Finding } from './finding.ts'
import type { HeldBack } from './held-back.ts'
import { type Document, getPath, hasAny } from './json.ts'
import { mentionedLeaves, overlay, secretLeaf } from './leaves.ts'
import type { Live } from './live.ts'
import type { SectionFacts } from './section-facts.ts'
import type { Work } from './work.ts'

/** Lists that additions to GitHub's entries would make longer than GitHub takes. */
export function overfullLists(
  { family, scope }: Pick<SectionFacts, 'family' | 'scope'>,
  desired: Pick<DesiredMember, 'spec' | 'edits'>,
  live: Live | undefined,
): readonly Finding[] {
  // Of a list that is given whole the entries were counted when the configuration was resolved.
  if (live === undefined || !hasAny(desired.edits)) return NONE
  return mentionedLeaves(family, scope.type, desired).flatMap((path): readonly Finding[] => {
    const most = family.fields[path]?.most
    if (most === undefined || getPath(desired.spec, path) !== undefined) return []
    const before = lengthOf(getPath(live.spec, path))
    const count = lengthOf(getPath(overlay(live.spec as Document, {}, desired.edits, [path]), path))
    if (count <= Math.max(most, before)) return []
    const name = path.split('.').at(-1)
    const message = `${name} would have ${numeral(count)} entries with those that GitHub has, and GitHub takes ${numeral(most)}`
    return [{ severity: 'held back', field: path, message, help: `Take entries out of ${name}, or add fewer.` }]
  })
}

const NONE: readonly Finding[] = []

/** Why a section can never come about: it creates more members than GitHub takes. */
export function overfullSection(
  { family, scope }: Pick<SectionFacts, 'family' | 'scope'>,
  { members }: Pick<DesiredSection, 'members'>,
): string | undefined {
  const most = at(family, scope)?.most
  const value = secretLeaf(family)
  if (most === undefined || members.length <= most) return undefined
  const count = members.filter(({ state, spec }) => {
    return state === 'present' && (value === undefined || getPath(spec, value) !== undefined)
  }).length
  if (count <= most) return undefined
  return `\`${family.name}\` of ${formatScope(scope)} has ${numeral(count)} members, and GitHub takes ${numeral(most)}`
}

/**
 * The creates that GitHub has no room for, the last by name. Deletes of the same run make room only for the next one:
 * they come at the end, so that nothing that runs meanwhile lacks both the old one and the new.
 * @param works all changes of the section
 */
export function withoutRoom(
  { family, scope }: SectionFacts,
  works: readonly Work[],
  live: readonly Live[],
): readonly { readonly work: Work; readonly held: HeldBack }[] {
  const most = at(family, scope)?.most
  const creates = works.filter(({ change }) => change.action === 'create')
  if (most === undefined || creates.length === 0) return []
  const own = live.filter(({ fixed }) => fixed !== 'inherited').length
  const deletes = works.filter(({ change }) => change.action === 'delete')
  const reason = `${formatScope(scope)} has ${numeral(own)} ${family.name}, and GitHub takes ${numeral(most)}`
  return creates.slice(Math.max(most - own, 0)).map((work, index) => {
    const { address, source } = work.change
    const help =
      index < deletes.length
        ? `Deleting ${namesOf(deletes)} makes room at the end of an apply: run it again after that.`
        : `Delete ${family.name} that are not needed any more, and run again.`
    return { work, held: { address, field: null, reason, source, help } }
  })
}

const MOST_NAMES = 3

function namesOf(works: readonly Work[]): string {
  const names = works.slice(0, MOST_NAMES).map(({ key }) => key)
  const others = works.length - names.length
  return others === 0 ? names.join(', ') : `${names.join(', ')} and ${numeral(others)} more`
}

function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0
}

function numeral(count: number): string {
  return count.toLocaleString('en')
}
