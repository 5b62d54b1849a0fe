import { byText } from '../core/address.ts'
import { type Document, getPath, isDocument, type Json, sameJson } from '../core/json.ts'
import type { Change } from '../core/plan.ts'
import { formatScalar, formatValue, type Shown } from './value.ts'

/** One field of a change, by dotted path, in words that every renderer can print. */
export type FieldView = { readonly path: string; readonly wider: 'wider' | null } & (
  | { readonly kind: 'whole'; readonly side: 'before' | 'after'; readonly value: Shown }
  | {
      readonly kind: 'changed'
      readonly before: Shown | null
      readonly after: Shown | null
      /** GitHub does not show what it was before. */
      readonly hidden?: true
    }
  | {
      readonly kind: 'members'
      readonly added: readonly string[]
      readonly removed: readonly string[]
      readonly unchanged: number
    }
  | { readonly kind: 'put'; readonly value: Shown; readonly why: 'again' | 'with' }
)

/** Whether nothing differs and the change is there only to put a secret's value again. */
export function onlyPutsAgain(change: Change, fields: readonly FieldView[]): boolean {
  const again = change.value === 'again' || change.value === 'rotate'
  return change.action === 'update' && again && fields.every(({ kind }) => kind === 'put')
}

/** The shown fields of a change: every field of a create or delete, the differing ones of an update. */
export function viewFields(change: Change): readonly FieldView[] {
  const before = leaves(change.before)
  const after = leaves(change.after)
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort(byText)
  const fields: FieldView[] = []
  for (const path of paths) {
    const field = viewField(change, path, before.get(path), after.get(path))
    if (field) fields.push(field)
  }
  const put = viewPut(change, fields)
  return put ? [...fields, put] : fields
}

function viewField(
  change: Change,
  path: string,
  before: Json | undefined,
  after: Json | undefined,
): FieldView | undefined {
  if (change.action !== 'update') {
    const side = change.action === 'create' ? 'after' : 'before'
    const value = side === 'after' ? after : before
    return value === undefined ? undefined : { kind: 'whole', path, wider: null, side, value: formatValue(value) }
  }
  if (sameJson(before, after) || isUnknownValue(change, path, before)) return undefined
  const wider = change.widens.some((wide) => path === wide || path.startsWith(`${wide}.`)) ? 'wider' : null
  const members = Array.isArray(before) && Array.isArray(after) ? compareMembers(before, after) : undefined
  if (members) return { kind: 'members', path, wider, ...members }
  const show = (value: Json | undefined): Shown | null => (value === undefined ? null : formatValue(value))
  const hidden = change.hidden && before === undefined ? { hidden: true as const } : {}
  return { kind: 'changed', path, wider, before: show(before), after: show(after), ...hidden }
}

/** Undefined where the members are the same: then only their order or number differs, and the lists are shown whole. */
function compareMembers(before: readonly Json[], after: readonly Json[]) {
  const had = new Set(before.map(formatScalar))
  const has = new Set(after.map(formatScalar))
  const added = [...has].filter((member) => !had.has(member))
  const removed = [...had].filter((member) => !has.has(member))
  if (added.length === 0 && removed.length === 0) return undefined
  return { added, removed, unchanged: has.size - added.length }
}

/** A secret's value that cannot be read: without one to compare with, it is shown as sent, not as a difference. */
function isUnknownValue(change: Change, path: string, before: Json | undefined): boolean {
  return path === 'value' && before === undefined && change.value !== null
}

/** Adds the value's write where no difference of the field shows it. */
function viewPut(change: Change, fields: readonly FieldView[]): FieldView | undefined {
  if (change.action !== 'update' || change.value === null) return undefined
  const value = getPath(change.after ?? {}, 'value')
  if (value === undefined || fields.some(({ path }) => path === 'value')) return undefined
  const why = change.value === 'put' ? 'with' : 'again'
  return { kind: 'put', path: 'value', wider: null, value: formatValue(value), why }
}

/** The document's leaves by dotted path; an empty map is a leaf. */
function leaves(document: Document | null): ReadonlyMap<string, Json> {
  const found = new Map<string, Json>()
  const visit = (inner: Document, prefix: string): void => {
    for (const key of Object.keys(inner)) {
      const value = inner[key]
      if (value === undefined) continue
      if (isDocument(value) && Object.keys(value).length > 0) visit(value, `${prefix}${key}.`)
      else found.set(`${prefix}${key}`, value)
    }
  }
  if (document) visit(document, '')
  return found
}
