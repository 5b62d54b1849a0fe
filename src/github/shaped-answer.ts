import type { Route } from '../core/routes.ts'
import type { Answer } from './answer.ts'
import { ANSWER_FIELDS } from './answer-fields.ts'
import type { AnswerFields } from './answer-row.ts'
import { type Fields, property, type Shaped, type ShapeOf } from './shape.ts'

/** Whether the answers of a product never have a field. */
export type Lacks = (route: Route, field: string) => boolean

/**
 * The described fields of an answer's body, as far as octoform reads them.
 * @param shapeOf made once for all answers of a client
 * @returns the deviation from the description, as the end of a sentence that begins with the request
 */
export function shapedAnswer(route: Route, { status, body }: Answer, lacks: Lacks, shapeOf: ShapeOf): Shaped {
  const row: AnswerFields | undefined = Object.hasOwn(ANSWER_FIELDS, route) ? ANSWER_FIELDS[route] : undefined
  if (row === undefined) return { value: body }
  // Of none of these routes a description has an answer without a body.
  if (status === 204 || body === undefined) return { says: 'the answer is empty.' }
  const without = (field: string): boolean => lacks(route, field)
  if ('items' in row) return listOf(row.items, row.in, body, { lacks: without, shapeOf })
  if (row.orItems !== undefined && Array.isArray(body))
    return listOf(row.orItems, null, body, { lacks: without, shapeOf })
  const shaped = shapeOf(row.fields, body, without)
  return 'says' in shaped ? { says: `the answer ${shaped.says}.` } : shaped
}

function listOf(
  fields: Fields,
  key: string | null,
  body: unknown,
  { lacks, shapeOf }: { readonly lacks: (field: string) => boolean; readonly shapeOf: ShapeOf },
): Shaped {
  const list = key === null ? body : property(body, key)
  if (!Array.isArray(list)) {
    if (key === null) return { says: 'the answer is not a list.' }
    return { says: `the answer has no list "${key}".` }
  }
  const items: unknown[] = []
  for (const item of list) {
    const shaped = shapeOf(fields, item, lacks)
    if ('says' in shaped) return { says: `item ${items.length + 1} ${shaped.says}.` }
    items.push(shaped.value)
  }
  if (key === null) return { value: items }
  const total = shapeOf(TOTAL, body)
  if ('says' in total) return { says: `the answer ${total.says}.` }
  return { value: { ...(total.value as object), [key]: items } }
}

const TOTAL: Fields = { total_count: 'count' }

/** The names that tell the members of a list apart. */
export interface Naming {
  /** The name by which a member is one of its own; undefined where it may be there twice. */
  readonly nameOf: (member: unknown) => string | undefined
  /** Whether members may have one name, with other ids. */
  readonly repeats: boolean
}

export function namingOf(route: Route): Naming {
  const row = Object.hasOwn(ANSWER_FIELDS, route) ? ANSWER_FIELDS[route] : undefined
  const alone = row !== undefined && 'items' in row ? row.alone : undefined
  if (alone === undefined) return UNNAMED
  const { by, fold, where, repeats = false } = alone
  const nameOf = (member: unknown): string | undefined => {
    if (where !== undefined && property(member, where) !== false) return undefined
    const name = property(member, by)
    if (typeof name !== 'string') return undefined
    return fold === 'case' ? name.toLowerCase() : name
  }
  return { nameOf, repeats }
}

const UNNAMED: Naming = { nameOf: () => undefined, repeats: false }
