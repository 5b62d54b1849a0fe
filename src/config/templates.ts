import type { Field } from '../core/field.ts'
import { isDocument, type Json } from '../core/json.ts'
import {
  fillPlaceholders,
  holdsBraces,
  type Placeholder,
  type PlaceholderNames,
  placeholdersIn,
} from '../core/placeholders.ts'

/** Whether placeholders may stand in a field: in the source of a secret's value, and in lists of plain names. */
export function takesPlaceholders({ secret, list }: Pick<Field, 'secret' | 'list'>): boolean {
  return secret === true || list === 'names'
}

/** Whether a value of such a field holds placeholders. */
export function holdsTemplate(value: Json): boolean {
  if (typeof value === 'string') return holdsBraces(value)
  if (Array.isArray(value)) return value.some((entry: Json) => typeof entry === 'string' && holdsBraces(entry))
  return isDocument(value) && SOURCES.some((key) => holdsTemplate(value[key] ?? null))
}

/** Whether any of the values that the YAML gives a field holds placeholders that may stand there. */
export function isTemplate(field: Field | undefined, values: readonly { readonly value: Json }[]): boolean {
  return field !== undefined && takesPlaceholders(field) && values.some(({ value }) => holdsTemplate(value))
}

/** The same value with names in place of its placeholders; those without a name here stay. */
export function fillTemplate(value: Json, names: PlaceholderNames): Json {
  if (typeof value === 'string') return fillPlaceholders(value, names)
  if (Array.isArray(value)) {
    return value.map((entry: Json) => (typeof entry === 'string' ? fillPlaceholders(entry, names) : entry))
  }
  if (!isDocument(value)) return value
  const filled = SOURCES.flatMap((key) => (value[key] === undefined ? [] : [[key, fillTemplate(value[key], names)]]))
  return { ...value, ...Object.fromEntries(filled) }
}

/** The words of the placeholders in the source of a secret's value. */
export function wordsOfTemplate(value: Json): readonly Placeholder[] {
  const texts = isDocument(value) ? SOURCES.map((key) => value[key]) : [value]
  return texts.flatMap((text) => (typeof text === 'string' ? placeholdersIn(text) : []))
}

/** The keys of a value's source that are text; a sealed box is for one secret, and holds none. */
const SOURCES = ['env', 'file'] as const
