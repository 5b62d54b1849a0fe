import { type Body, required, text } from '../../http/body.ts'
import { type Answer, type Call, param } from '../../http/call.ts'
import { invalidRequest, notFound, Refusal, unprocessable } from '../../http/errors.ts'
import { listAnswer } from '../../http/page.ts'
import { BEGINNING } from '../../world/defaults.ts'
import { variableNameProblem } from '../../world/names.ts'
import { type Entry, momentAt, named, SeedError, textAt } from '../../world/seed-reader.ts'

export interface Variable {
  /** In the case that it was given (https://github.com/github/safe-settings/pull/676). */
  name: string
  value: string
  readonly createdAt: string
  updatedAt: string
}

/** By name in upper case: GitHub compares them without case. */
export type Variables<One extends Variable = Variable> = Map<string, One>

/** 48 KB, in bytes (https://docs.github.com/actions/reference/workflows-and-actions/variables). */
const LARGEST_VALUE = 48 * 1024

/** "The number of results per page (max 30)", by default 10. */
const PAGES = { byDefault: 10, largest: 30 } as const

/** The fields of a variable at any level. */
export function presentVariable({ name, value, createdAt, updatedAt }: Variable): object {
  return { name, value, created_at: createdAt, updated_at: updatedAt }
}

/** A page of a list of variables. */
export function listVariables<One extends Variable>(
  call: Call,
  variables: Variables<One>,
  present: (one: One) => object,
): Answer {
  const sorted = [...variables].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
  return listAnswer(call, 'variables', sorted, present, PAGES)
}

/** The one that the path names. @throws Refusal 404 */
export function variableIn<One extends Variable>(call: Call, variables: Variables<One>): One {
  const found = variables.get(param(call, 'name').toUpperCase())
  if (!found) throw notFound()
  return found
}

/** The variable that a POST brings. @throws Refusal 409 where its name is taken, 422 where it, or its value, cannot be */
export function newVariable(body: Body, variables: Variables, now: string, most: number): Variable {
  const name = nameIn(required(text(body, 'name'), 'name'))
  const value = required(valueIn(body), 'value')
  if (variables.has(name.toUpperCase())) throw taken()
  if (variables.size >= most) throw unprocessable(`There are already ${most} variables here, which is the limit.`)
  return { name, value, createdAt: now, updatedAt: now }
}

/** Applies the name and the value of a PATCH; what it leaves out stays. @throws Refusal, with nothing changed */
export function changeVariable<One extends Variable>(
  body: Body,
  variables: Variables<One>,
  one: One,
  now: string,
): void {
  const given = text(body, 'name')
  const name = given === undefined ? one.name : nameIn(given)
  const value = valueIn(body) ?? one.value
  const holder = variables.get(name.toUpperCase())
  if (holder && holder !== one) throw taken()
  variables.delete(one.name.toUpperCase())
  Object.assign(one, { name, value, updatedAt: now })
  variables.set(name.toUpperCase(), one)
}

/** In these words it is reported (https://github.com/github/safe-settings/issues/1040). */
function taken(): Refusal {
  return new Refusal(409, 'Already exists - Variable already exists')
}

function nameIn(name: string): string {
  const problem = variableNameProblem(name)
  if (problem) throw unprocessable(problem)
  return name
}

function valueIn(body: Body): string | undefined {
  const value = text(body, 'value')
  if (value !== undefined && Buffer.byteLength(value) > LARGEST_VALUE) {
    throw invalidRequest('Variable values must be at most 48 KB.')
  }
  return value
}

const VARIABLE_KEYS = ['value', 'created_at', 'updated_at']

/** The variables of a seed, with the entry of each. @throws SeedError */
export function* seedVariables(given: Entry, key: string, more: readonly string[] = []): Iterable<[Variable, Entry]> {
  const names = new Set<string>()
  for (const [name, one] of named(given, key, [...VARIABLE_KEYS, ...more])) {
    const problem = variableNameProblem(name)
    if (problem) throw new SeedError(one.path, `cannot be: ${problem}`)
    if (names.has(name.toUpperCase())) {
      throw new SeedError(one.path, 'is there twice: GitHub compares names without case.')
    }
    names.add(name.toUpperCase())
    const createdAt = momentAt(one, 'created_at') ?? BEGINNING
    const updatedAt = momentAt(one, 'updated_at') ?? createdAt
    yield [{ name, value: textAt(one, 'value') ?? '', createdAt, updatedAt }, one]
  }
}

/** The same in the seed's shape. */
export function dumpVariable({ value, createdAt, updatedAt }: Variable): object {
  return { value, created_at: createdAt, updated_at: updatedAt }
}
