import type { Field } from './field.ts'
import { type Json, sameJson } from './json.ts'

/** Whether a field's change gives access; a change that the family does not declare counts as wider. */
export function isWider(field: Field, before: Json | undefined, after: Json | undefined): boolean {
  if (sameJson(before, after)) return false
  const { wider } = field
  if (wider === 'never') return false
  if (typeof wider === 'function') return wider(before, after)
  if (wider === undefined || before === undefined || after === undefined) return true
  if (wider === 'more') return holdsMore(after, before)
  const from = wider.indexOf(before as string | boolean)
  const to = wider.indexOf(after as string | boolean)
  return from === -1 || to === -1 || to > from
}

/** Whether the first list holds a member that the second lacks; one that is unknown or unset has none. */
export function holdsMore(first: Json | undefined, second: Json | undefined): boolean {
  const members = new Set(listOf(second))
  return listOf(first).some((member) => !members.has(member))
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}
