import { byText } from './address.ts'
import type { DesiredMember, DesiredSection, ListEdit } from './desired.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { Family, Known } from './family.ts'
import type { Field } from './field.ts'
import type { HeldBack } from './held-back.ts'
import { identityName } from './identity.ts'
import { getPath, withPath } from './json.ts'
import type { RecordedName } from './known-names.ts'
import { fieldAt, identityLeaves } from './leaves.ts'
import type { Live } from './live.ts'
import type { Scope } from './scope.ts'

/** The ids that the ledger has, and those that are let in, by full name. */
export interface RecordedIds {
  readonly recorded: ReadonlyMap<string, RecordedName>
  readonly accepted: ReadonlyMap<string, number>
}

export interface SettledIdentities {
  readonly section: DesiredSection
  readonly heldBack: readonly HeldBack[]
  readonly diagnostics: readonly Diagnostic[]
}

interface Facts {
  readonly family: Family
  readonly known: Known
  readonly scope: Scope
  readonly ids: RecordedIds
}

/**
 * Decides about teams, persons and Apps that lists name, once GitHub's state is known. One whose name has another id than
 * the ledger knows is held back: it neither gains nor loses. One that GitHub has under another name now is that one. While
 * one cannot be found, those of its kind that GitHub has stay, since it may be among them: not found is not deleted.
 */
export function settleIdentities(section: DesiredSection, live: readonly Live[], facts: Facts): SettledIdentities {
  const { family, known, scope } = facts
  const paths = identityLeaves(family, scope, known.product)
  if (paths.length === 0) return { section, heldBack: [], diagnostics: [] }
  const heldBack: HeldBack[] = []
  const diagnostics: Diagnostic[] = []
  const members = section.members.map((member) => {
    if (member.state !== 'present') return member
    const now = live.find(({ key }) => key === member.key)
    return paths.reduce((all, path) => settledList(all, path, now, facts, { heldBack, diagnostics }), member)
  })
  return { section: { ...section, members }, heldBack, diagnostics }
}

function settledList(
  member: DesiredMember,
  path: string,
  live: Live | undefined,
  facts: Facts,
  report: { readonly heldBack: HeldBack[]; readonly diagnostics: Diagnostic[] },
): DesiredMember {
  const exact = getPath(member.spec, path) as readonly string[] | undefined
  const edit = member.edits[path]
  const wanted = exact ?? edit?.add ?? []
  if (wanted.length === 0) return member
  const field = fieldAt(facts.family, path)
  const present = idsIn(live, path, facts.family)
  const found = wanted.map((entry) => verdictOf(entry, field, present, facts))
  const at = (entry: string) => member.entries?.[path]?.get(entry) ?? member.sources[path] ?? member.source
  for (const [index, verdict] of found.entries()) {
    const entry = wanted[index] ?? ''
    const name = identityName(field, entry, facts.scope) ?? entry
    if (verdict.kind === 'renamed') {
      const to = identityName(field, verdict.to, facts.scope)
      const message = `${name} is called ${to} now: write that`
      report.diagnostics.push({ severity: 'warning', message, source: at(entry), address: member.address })
    }
    if (verdict.kind === 'another') {
      const { reason, help } = anotherNow(name, verdict)
      report.heldBack.push({ address: member.address, field: path, reason, source: at(entry), help })
    }
    if (verdict.kind === 'missing') {
      const message = `${name} cannot be found with these credentials (or does not exist): it is left out, and those of its kind that GitHub has stay`
      report.diagnostics.push({ severity: 'warning', message, source: at(entry), address: member.address })
    }
  }
  const sound = found.flatMap((verdict) => ('to' in verdict ? [verdict.to] : []))
  if (exact === undefined) {
    const edits: Readonly<Record<string, ListEdit>> = {
      ...member.edits,
      [path]: { add: sorted(sound), remove: edit?.remove ?? [] },
    }
    return { ...member, edits }
  }
  const kept = found.flatMap((verdict, index) => keptBy(verdict, wanted[index] ?? '', present))
  const list = sorted([...sound, ...kept])
  if (list.length > 0) return { ...member, spec: withPath(member.spec, path, list) }
  const reason = `\`${path}\` comes to nothing: a list is never emptied by that`
  const help = 'Name some that are there, or write [] where none is wanted.'
  report.heldBack.push({ address: member.address, field: path, reason, source: member.sources[path] ?? null, help })
  const withheld = member.withheld === 'all' ? 'all' : [...(member.withheld ?? []), path]
  return { ...member, spec: withPath(member.spec, path, undefined), withheld }
}

/** The ids of the entries that GitHub has in a list. */
function idsIn(live: Live | undefined, path: string, family: Family): ReadonlyMap<string, number> {
  const names = live === undefined ? undefined : getPath(live.spec, path)
  const listed = (live && family.listed?.(live.ref)) ?? {}
  return new Map(
    (Array.isArray(names) ? (names as readonly string[]) : []).flatMap((name) => {
      const id = Object.hasOwn(listed, name) ? listed[name] : undefined
      return id === undefined ? [] : [[name, id] as const]
    }),
  )
}

type Verdict =
  | { readonly kind: 'itself' | 'renamed'; readonly to: string }
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'another'
      readonly id: number
      readonly meant: number
      readonly from: 'ledger' | 'accept'
      readonly authentic: boolean
    }

function verdictOf(entry: string, field: Field, present: ReadonlyMap<string, number>, facts: Facts): Verdict {
  const { known, scope, ids } = facts
  const name = identityName(field, entry, scope) ?? entry
  const record = ids.recorded.get(name)
  const accepted = ids.accepted.get(name)
  const id = present.get(entry) ?? known.ids?.get(entry)
  if (id === undefined) {
    const meant = accepted ?? (record?.authentic ? record.id : undefined)
    const [to] = [...present].find(([, each]) => each === meant) ?? []
    return to === undefined ? { kind: 'missing' } : { kind: 'renamed', to }
  }
  const meant = record?.id ?? accepted
  if (meant === undefined || id === accepted || (record?.authentic && record.id === id)) {
    return { kind: 'itself', to: entry }
  }
  const authentic = record?.authentic ?? true
  return { kind: 'another', id, meant, from: record === undefined ? 'accept' : 'ledger', authentic }
}

/** The entries that GitHub has and that an entry in doubt must not take out. */
function keptBy(verdict: Verdict, entry: string, present: ReadonlyMap<string, number>): readonly string[] {
  if (verdict.kind === 'missing') return [...present.keys()].filter((name) => kindOf(name) === kindOf(entry))
  if (verdict.kind !== 'another') return []
  return [...present].flatMap(([name, id]) => (id === verdict.id || id === verdict.meant ? [name] : []))
}

/** `team` of `team:release`; empty where a list holds one kind alone. */
function kindOf(entry: string): string {
  return entry.includes(':') ? entry.slice(0, entry.indexOf(':')) : ''
}

function anotherNow(name: string, { id, meant, from, authentic }: Verdict & { readonly kind: 'another' }) {
  const by = from === 'accept' ? '`accept` lets in' : 'the ledger knows'
  const knows = authentic ? `and ${by} ${meant}` : 'and the id in the ledger is not authentic'
  return {
    reason: `${name} has the id ${id} now, ${knows}: it may be another one than was meant`,
    help: `If it is meant, write accept: ["${name}=${id}"] beside guards, or give --accept ${name}=${id}.`,
  }
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort(byText)
}
