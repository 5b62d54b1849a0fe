import type { Edit, FamilyAt, Known, Wanted } from '../../core/family.ts'
import type { Field } from '../../core/field.ts'
import { type Document, type Json, sameJson } from '../../core/json.ts'
import type { Live } from '../../core/live.ts'
import type { ScopeType } from '../../core/scope.ts'
import type { Send } from '../../core/send.ts'
import { isWider } from '../../core/wider.ts'
import { pick } from './carried.ts'
import { settingsAbove } from './settings-above.ts'

/**
 * Settings that a level has from the level above until they are set there. GitHub shows the effective value, which may be
 * either: a value like the one above goes with it once a run changes that.
 */
export interface Following {
  readonly family: string
  readonly fields: Readonly<Record<string, Omit<Field, 'written'>>>
}

type Align<S extends ScopeType> = NonNullable<FamilyAt<S, Document, Document>['align']>

/** Takes out of the live side those desired values that it has from above perhaps, and would lose by this run. */
export function comparedWithAbove<S extends ScopeType>(following: Following, next: Align<S> | undefined): Align<S> {
  return (wanted, live, known, scope) => {
    const seen = live && { ...live, spec: without(live.spec, followed(following, wanted, live, known)) }
    return next?.(wanted, seen, known, scope) ?? { wanted, live: seen?.spec, findings: [] }
  }
}

function followed({ family, fields }: Following, wanted: Wanted<Document>, live: Live<Document>, known: Known) {
  return Object.keys(fields).filter((field) => {
    const seen = live.spec[field]
    return sameJson(wanted.spec[field], seen) && becomes(family, field, seen, known) !== undefined
  })
}

/** The value that one which is perhaps that of the level above will have after this run; undefined where it stays. */
function becomes(family: string, field: string, seen: Json | undefined, known: Known): Json | undefined {
  const { now: policy, desired, isWritten } = settingsAbove<Document>(known, family)
  const now = policy?.[field]
  const then = isWritten ? desired?.spec[field] : undefined
  return seen === undefined || then === undefined || !sameJson(now, seen) || sameJson(now, then) ? undefined : then
}

function without(spec: Document, fields: readonly string[]): Document {
  return Object.fromEntries(Object.entries(spec).filter(([field]) => !fields.includes(field)))
}

/**
 * The requests of a change, in their order beside those of the level above: a value that is to stay is written before
 * that changes, and one that is to change and would be wider meanwhile is written as it is first.
 * @param write the requests that bring about `after`
 */
export function writtenBesideAbove<S extends ScopeType>(
  { family, fields }: Following,
  edit: Edit<Document, Document, S>,
  write: (edit: Edit<Document, Document, S>) => readonly Send<Document>[],
): readonly Send<Document>[] {
  const { before = {}, after = {}, known } = edit
  const above = (known.live(family, 'above')?.[0]?.spec ?? {}) as Document
  const opens = (field: string): boolean => {
    const then = becomes(family, field, before[field] ?? above[field], known)
    return then !== undefined && isWider({ ...fields[field], written: {} }, after[field], then)
  }
  const widens = (field: string): boolean => isWider({ ...fields[field], written: {} }, before[field], after[field])
  return write(edit).flatMap((send) => {
    const stays = send.fields.every((field) => before[field] === undefined)
    const closes = send.fields.some(opens) ? ({ closesFirst: true } as const) : {}
    if (stays) return [{ ...send, phase: 'narrow' as const, ...closes }]
    if (closes.closesFirst === undefined) return [send]
    if (!send.fields.some((field) => before[field] !== undefined && widens(field))) return [{ ...send, ...closes }]
    const asItIs = write({ ...edit, after: { ...after, ...pick(before, send.fields) } as Document })
    const first = asItIs.filter(({ route }) => route === send.route)
    return [...first.map((each) => ({ ...each, fields: [], phase: 'narrow' as const, ...closes })), send]
  })
}
