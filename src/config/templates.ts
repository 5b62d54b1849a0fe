import type { Field } from '../core/field.ts'
import { type Document, isDocument, type Json } from '../core/json.ts'
import {
  fillPlaceholders,
  holdsBraces,
  type Placeholder,
  type PlaceholderNames,
  placeholdersIn,
} from '../core/placeholders.ts'

/** Whether placeholders may stand in a field: in the source of a secret's value, and in every list. */
export function takesPlaceholders({ secret, list }: Pick<Field, 'secret' | 'list'>): boolean {
  return secret === true || list !== undefined
}

/** Whether a value of such a field holds placeholders. */
export function holdsTemplate(value: Json): boolean {
  if (Array.isArray(value)) return value.some((entry: Json) => textsIn(entry).some(([, text]) => holdsBraces(text)))
  return isDocument(value) && SOURCES.some((key) => isTemplateText(value[key]))
}

function isTemplateText(value: Json | undefined): value is string {
  return typeof value === 'string' && holdsBraces(value)
}

type PlaceInEntry = readonly (string | number)[]

/**
 * The texts of an entry of a list, with their places in it: it may be a map such as `{ team: "{repository}-release" }`, or a
 * selector, which holds lists and a map of custom properties.
 */
export function textsIn(entry: Json, at: PlaceInEntry = []): readonly (readonly [path: PlaceInEntry, text: string])[] {
  if (typeof entry === 'string') return [[at, entry]]
  if (Array.isArray(entry)) return entry.flatMap((each: Json, index) => textsIn(each, [...at, index]))
  return isDocument(entry) ? Object.entries(entry).flatMap(([key, inner]) => textsIn(inner, [...at, key])) : []
}

/** Whether a name for some placeholder of it is missing among these. */
export function isOpenTemplate(value: Json, names: PlaceholderNames): boolean {
  return wordsOfTemplate(value).some((word) => names[word] === undefined)
}

/** Whether any of the values that the YAML gives a field holds placeholders that may stand there. */
export function isTemplate(field: Field | undefined, values: readonly { readonly value: Json }[]): boolean {
  return field !== undefined && takesPlaceholders(field) && values.some(({ value }) => holdsTemplate(value))
}

/** The same value with names in place of its placeholders; those without a name here stay. */
export function fillTemplate(value: Json, names: PlaceholderNames): Json {
  if (Array.isArray(value)) return value.map((entry: Json) => filledEntry(entry, names))
  return isDocument(value) ? fillTexts(value, SOURCES, names) : value
}

/** An entry of a list. */
function filledEntry(entry: Json, names: PlaceholderNames): Json {
  if (Array.isArray(entry)) return entry.map((each: Json) => filledEntry(each, names))
  if (!isDocument(entry)) return fillText(entry, names)
  return Object.fromEntries(Object.entries(entry).map(([key, inner]) => [key, filledEntry(inner, names)]))
}

function fillTexts(document: Document, keys: readonly string[], names: PlaceholderNames): Document {
  const filled = keys.flatMap((key) => (isTemplateText(document[key]) ? [[key, fillText(document[key], names)]] : []))
  return filled.length === 0 ? document : { ...document, ...Object.fromEntries(filled) }
}

function fillText(text: Json, names: PlaceholderNames): Json {
  return typeof text === 'string' ? fillPlaceholders(text, names) : text
}

/** The words of the placeholders in the source of a secret's value. */
export function wordsOfTemplate(value: Json): readonly Placeholder[] {
  const texts = isDocument(value) ? SOURCES.map((key) => value[key]) : [value]
  return texts.flatMap((text) => (typeof text === 'string' ? placeholdersIn(text) : []))
}

/** The keys of a value's source that are text; a sealed box is for one secret, and holds none. */
const SOURCES = ['env', 'file'] as const
