import type { Aligned, Edit, Family, Known, Wanted } from '../../core/family.ts'
import type { Field } from '../../core/field.ts'
import type { Finding } from '../../core/finding.ts'
import type { Document, Json } from '../../core/json.ts'
import type { Live } from '../../core/live.ts'
import { scopeFrom } from '../../core/need.ts'
import type { Scope, ScopeType } from '../../core/scope.ts'
import type { Send } from '../../core/send.ts'
import { applyFirst, seeWhatFollows, settingsAbove } from './settings-above.ts'

/** Whether the first value admits more than the second. */
type Looser = (value: Json, limit: Json) => boolean

/**
 * Fields of which no level may admit more than the level above does. GitHub refuses a looser value, and shows the stricter
 * of both: while the level above is as strict as the answer, the level's own setting may be looser and unseen.
 */
export interface Bound extends Required<Pick<Family<Document, Document>, 'needs' | 'boundBy'>> {
  /** A value that the level above may have hidden until this run is unknown, so that it is written. */
  align(wanted: Wanted<Document>, live: Live<Document> | undefined, known: Known, scope: Scope): Aligned<Document>
  /** Wishes that a level above, as it will be, does not admit. */
  check(wanted: Wanted<Document>, known: Known, scope: Scope): readonly Finding[]
  /** The requests that `write` makes of a change: what the level above is about to bring into force is closed before. */
  closing<S extends ScopeType>(
    edit: Edit<Document, Document, S>,
    write: (edit: Edit<Document, Document, S>) => readonly Send<Document>[],
  ): readonly Send<Document>[]
}

/**
 * @param fields of the family; values are ordered by `wider`, numbers by size
 * @param bounded those that the level above bounds
 */
export function withinAbove(
  name: string,
  fields: Readonly<Record<string, Omit<Field, 'written'>>>,
  bounded: readonly string[],
): Bound {
  const policyAbove = (known: Known, from: 'above' | 'further above' = 'above'): PolicyAbove => {
    const { now, desired, isWritten, isInForce, following } = settingsAbove<Document>(known, name, from)
    const given = desired?.spec as Document | undefined
    const future = { ...now, ...given }
    const next = isInForce ? future : (now ?? future)
    return { now, desired: given, future, next, isWritten, following }
  }
  return {
    needs: [{ family: name, from: 'above' }],
    boundBy: ({ spec }, above) =>
      bounded.filter((field) => {
        const value = spec[field]
        return value !== undefined && (!isNarrowest(fields[field], value) || above?.spec[field] !== undefined)
      }),
    align(wanted, live, known) {
      const { now, future: then, isWritten } = policyAbove(known)
      const hidden = bounded.filter((field) => {
        const [value, seen, limit, next] = [wanted.spec[field], live?.spec[field], now?.[field], then[field]]
        if (value === undefined || seen === undefined || limit === undefined || next === undefined) return false
        return value === seen && seen === limit && looser(fields[field], next, limit)
      })
      if (!live || !isWritten || hidden.length === 0) return { wanted, live: live?.spec, findings: [] }
      const shown = Object.entries(live.spec).filter(([field]) => !hidden.includes(field))
      return { wanted, live: Object.fromEntries(shown), findings: [] }
    },
    check(wanted, known, scope) {
      const policies = (['above', 'further above'] as const).map((from) => {
        return { ...policyAbove(known, from), from, level: scopeFrom(scope, from)?.type ?? 'level above' }
      })
      const judge = (field: string, policy: (typeof policies)[number]): Finding[] => {
        const { now, desired, future, next, from, level, following } = policy
        const value = wanted.spec[field]
        const exceeds = (limit: Json | undefined): boolean =>
          value !== undefined && limit !== undefined && looser(fields[field], value, limit)
        const exceeded = [future, next].find(({ [field]: limit }) => exceeds(limit))
        const isUnsure = exceeded === undefined && following.includes(field) && exceeds(now?.[field])
        if (exceeded === undefined && !isUnsure) return []
        const limit = (exceeded ?? now)?.[field]
        const message = `${field}: ${value} is more than the ${level}'s ${limit} allows`
        if (isUnsure) {
          const further = scopeFrom(scope, 'further above')?.type ?? 'level above'
          return [{ severity: 'held back', field, message, help: seeWhatFollows(field, level, further) }]
        }
        const isGiven = desired?.[field] !== undefined
        if (isGiven && exceeded === future) {
          const isFurther = from === 'further above' ? ({ againstIn: from } as const) : {}
          return [{ severity: 'error', field, message, against: field, ...isFurther }]
        }
        const help = isGiven ? applyFirst(level) : `Change ${field} of the ${level} first, or write ${limit}.`
        return [{ severity: 'held back', field, message, help }]
      }
      // Where both forbid it, the message is about the next level, which is to change in any case.
      return bounded.flatMap((field) => {
        const [near = [], far = []] = policies.map((policy) => judge(field, policy))
        return near.length > 0 ? near : far
      })
    },
    closing(edit, write) {
      const first = bounded.filter((field) => edit.changed.has(field) && edit.before?.[field] === undefined)
      if (!edit.before || first.length === 0) return write(edit)
      const others = [...edit.changed].filter((field) => !first.includes(field))
      const closed = { ...edit.after, ...pickFrom(edit.before, others) }
      const given = new Set([...edit.given].filter((field) => !others.includes(field)))
      const closes = write({ ...edit, after: closed, changed: new Set(first), given }).map(
        (send): Send<Document> => ({ ...send, phase: 'narrow', closesFirst: true }),
      )
      return [...closes, ...write({ ...edit, changed: new Set(others) })]
    },
  }
}

interface PolicyAbove {
  readonly now: Document | undefined
  /** The fields that the YAML gives. */
  readonly desired: Document | undefined
  /** With all that the YAML wants. */
  readonly future: Document
  /** After this run, as far as it is known. */
  readonly next: Document
  readonly isWritten: boolean
  readonly following: readonly string[]
}

function pickFrom(document: Document, fields: readonly string[]): Document {
  return Object.fromEntries(
    fields.flatMap((field) => (document[field] === undefined ? [] : [[field, document[field]]])),
  ) as Document
}

function isNarrowest(field: Pick<Field, 'wider'> | undefined, value: Json): boolean {
  return Array.isArray(field?.wider) && field.wider[0] === value
}

const looser = (field: Pick<Field, 'wider'> | undefined, ...[value, limit]: Parameters<Looser>): boolean => {
  const order = field?.wider
  if (Array.isArray(order)) return order.indexOf(value) > order.indexOf(limit)
  return Number(value) > Number(limit)
}
