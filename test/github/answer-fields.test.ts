import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Route } from '../../src/core/routes.ts'
import { alternativesOf } from '../../src/core/routes.ts'
import { supportOf } from '../../src/engine/get.ts'
import { families } from '../../src/families/index.ts'
import { ANSWER_FIELDS } from '../../src/github/answer-fields.ts'
import type { AnswerFields } from '../../src/github/answer-row.ts'
import { AUDIT_ANSWERS } from '../../src/github/audit-answers.ts'
import { endpoint, has } from '../../src/github/endpoints.ts'
import { ENVIRONMENT_ANSWERS } from '../../src/github/environment-answers.ts'
import { HOSTED_RUNNER_ANSWERS } from '../../src/github/hosted-runner-answers.ts'
import { JOB_ANSWERS } from '../../src/github/job-answers.ts'
import { MEMBER_ANSWERS } from '../../src/github/member-answers.ts'
import { SECRET_ANSWERS } from '../../src/github/secret-answers.ts'
import { SETTINGS_ANSWERS } from '../../src/github/settings-answers.ts'
import type { Fields, Type } from '../../src/github/shape.ts'
import { type Description, descriptionOf } from '../support/openapi-description.ts'

const PRODUCTS = [
  'ghes-2.22',
  'ghae-2021',
  'ghae',
  'ghes-3.4',
  'ghes-3.7',
  'ghes-3.8',
  'ghes-3.12',
  'ghes-3.13',
  'ghes-3.17',
  'ghes-3.18',
  'ghes-3.19',
  'ghec',
  'dotcom',
]
const ROWS = Object.entries(ANSWER_FIELDS) as [Route, AnswerFields][]

/** Required by the table and not by a description: always there in fact. */
const STRICTER: Readonly<Record<string, string>> = {
  // The descriptions of GHES 3.4 to 3.7 require both, and examples of all products have them.
  github_owned_allowed: 'selected-actions',
  patterns_allowed: 'selected-actions',
  // No product requires a field of a branch policy, and each answer has both.
  id: 'deployment-branch-policies',
  name: 'deployment-branch-policies',
}

/** Null where the descriptions do not say so: https://docs.github.com/rest/actions/self-hosted-runners shows it. */
const NULLABLE = [
  'runner_group_id',
  'suspended_at',
  'pull_request',
  // PATCH takes null for none, so that an answer may well have it.
  'network_configuration_id',
]

/** The descriptions have an act of an account: one of GitHub itself, or of an account that is gone, may lack any of it. */
const VAGUE_ANSWER = /\/audit-log\./

/** Required by descriptions, and octoform does without: the last two only spare requests. */
const SPARED = ['suspended_at', 'archived', 'public_repos', 'owner']

/** A schema as it is written; a boolean one (true, false) has no fields. */
type Schema = Readonly<Record<string, unknown>>

interface Found {
  readonly schema: Schema
  readonly required: boolean
}

/**
 * The properties of an object schema, over all its parts; of alternatives, a property is required where all require it.
 */
function propertiesOf(description: Description, given: Schema): Map<string, Found> {
  const schema = resolved(description, given)
  const found = new Map<string, Found>()
  const required = new Set((schema.required as readonly string[] | undefined) ?? [])
  for (const part of (schema.allOf as readonly Schema[] | undefined) ?? []) {
    for (const [name, each] of propertiesOf(description, part)) found.set(name, each)
  }
  const choices = [...(list(schema.anyOf) ?? []), ...(list(schema.oneOf) ?? [])]
    .map((each) => resolved(description, each))
    .filter(({ type }) => type !== 'array')
    .map((each) => propertiesOf(description, each))
  for (const choice of choices) {
    for (const [name, each] of choice) {
      const inAll = choices.every((other) => other.get(name)?.required === true)
      if (!found.has(name)) found.set(name, { schema: each.schema, required: inAll })
    }
  }
  for (const [name, each] of Object.entries((schema.properties as Record<string, Schema> | undefined) ?? {})) {
    found.set(name, { schema: each, required: required.has(name) })
  }
  return found
}

function list(value: unknown): readonly Schema[] | undefined {
  return Array.isArray(value) ? value : undefined
}

function resolved(description: Description, schema: Schema): Schema {
  const { $ref: ref } = schema as { readonly $ref?: string }
  if (ref === undefined) return schema
  const name = ref.split('/').at(-1) ?? ''
  return resolved(description, (description.schemas[name] ?? {}) as Schema)
}

function answerOf(description: Description, route: Route): Schema | undefined {
  const { responses = {} } = description.operations[route] ?? {}
  const schema = responses['200'] ?? responses['201']
  return schema === undefined || schema === null ? undefined : resolved(description, schema as Schema)
}

const JSON_TYPES: Readonly<Record<string, readonly string[]>> = {
  boolean: ['boolean'],
  id: ['integer', 'number'],
  count: ['integer', 'number'],
  'texts by key': ['object'],
}

/** The differences between the table and the description, in both directions. */
function faults(description: Description, fields: Fields, schema: Schema, at: string): string[] {
  const properties = propertiesOf(description, schema)
  // GHES 2.22 describes most of its answers as examples, in which nothing is required.
  const vague = description.product === 'ghes-2.22'
  return Object.entries(fields).flatMap(([key, type]) => {
    const name = key.replace(/\?$/, '').replace(/\|null$/, '')
    const place = `${at}.${name}`
    const found = properties.get(name)
    if (found === undefined) return []
    const own = resolved(description, found.schema)
    const said: string[] = []
    const optional = key.endsWith('?')
    if (found.required && optional && !SPARED.includes(name)) said.push(`${place} is required`)
    const stricter = STRICTER[name] !== undefined && at.includes(STRICTER[name])
    if (!found.required && !optional && !vague && !stricter) said.push(`${place} is not required`)
    const nullable = key.replace(/\?$/, '').endsWith('|null')
    const maybeNull = own.nullable === true || list(own.type)?.some((each) => (each as unknown) === 'null') === true
    if (maybeNull && !nullable && !vague) said.push(`${place} may be null`)
    const mayLack = NULLABLE.includes(name) || VAGUE_ANSWER.test(place)
    if (nullable && !maybeNull && !vague && !mayLack) said.push(`${place} is never null`)
    return [...said, ...typeFaults(description, type, own, place)]
  })
}

function typeFaults(description: Description, type: Type, schema: Schema, place: string): string[] {
  if (typeof type === 'object' && 'fields' in type) return faults(description, type.fields, schema, place)
  if (typeof type === 'object' && 'list' in type) {
    if (schema.type !== undefined && schema.type !== 'array') return [`${place} is a ${schema.type} and no list`]
    return schema.items === undefined
      ? []
      : typeFaults(description, type.list, resolved(description, schema.items as Schema), `${place}[]`)
  }
  const expected = (typeof type === 'string' ? JSON_TYPES[type] : undefined) ?? ['string']
  if (schema.type !== undefined && !expected.includes(String(schema.type))) {
    return [`${place} is described as ${schema.type}`]
  }
  const choices = (schema.enum as readonly unknown[] | undefined)?.filter((each) => each !== null)
  if (Array.isArray(type) && choices !== undefined) {
    return choices.filter((each) => !type.includes(each as string)).map((each) => `${place} may be ${each}`)
  }
  return []
}

function itemsOf(description: Description, schema: Schema, key: string | null): Schema | undefined {
  const found = key === null ? schema : propertiesOf(description, schema).get(key)?.schema
  const own = found && resolved(description, found)
  return own?.items === undefined ? undefined : resolved(description, own.items as Schema)
}

describe.each(PRODUCTS)('what is read of the answers of %s', (product) => {
  const description = descriptionOf(product)
  if (description === undefined) throw new Error(`${product} is not described`)
  const rows = ROWS.filter(([route]) => has(product, route))

  it.each(rows)('is what is described: %s', (route, row) => {
    const schema = answerOf(description, route)
    if (schema === undefined) throw new Error(`${product} does not describe an answer of ${route}`)
    if (!('items' in row)) {
      expect(faults(description, row.fields, schema, route)).toEqual([])
      return
    }
    const items = itemsOf(description, schema, row.in)
    if (items === undefined) throw new Error(`${product} describes no list ${row.in} in ${route}`)
    expect(faults(description, row.items, items, route)).toEqual([])
    if (row.in !== null) expect(propertiesOf(description, schema).has('total_count')).toBe(true)
    expect(endpoint(route).envelope).toBe(row.in)
  })

  it('is never an answer without a body', () => {
    const empty = rows.filter(([route]) => Object.keys(description.operations[route]?.responses ?? {}).includes('204'))
    expect(empty).toEqual([])
  })

  it('names no field that no product has', () => {
    const lacking = rows.flatMap(([route, row]) => {
      const fields = 'items' in row ? row.items : row.fields
      return Object.keys(fields).flatMap((key) => {
        const name = key.replace(/\?$/, '').replace(/\|null$/, '')
        const known = PRODUCTS.filter((each) => has(each, route)).some((each) => {
          const other = descriptionOf(each)
          const schema = other && answerOf(other, route)
          const own = schema && ('items' in row ? itemsOf(other, schema, row.in) : schema)
          return own !== undefined && propertiesOf(other as Description, own).has(name)
        })
        return known ? [] : [`${route} ${name}`]
      })
    })
    // test/descriptions/deviations.ts has the sources of the first; src/survey/audit-events.ts tells of the others.
    const undescribed = / can_admins_bypass$|\/audit-log (?:key|runner_group_name|environment_name)$/
    expect(lacking.filter((each) => !undescribed.test(each))).toEqual([])
  })
})

/** Every source file but those of the sandbox, which answers. */
function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'sandbox' ? [] : sources(path)
    return path.endsWith('.ts') ? [path] : []
  })
}

it('no route has a row in two tables, of which the later would count', () => {
  const tables = [
    AUDIT_ANSWERS,
    ENVIRONMENT_ANSWERS,
    HOSTED_RUNNER_ANSWERS,
    JOB_ANSWERS,
    MEMBER_ANSWERS,
    SECRET_ANSWERS,
    SETTINGS_ANSWERS,
  ]
  const routes = tables.flatMap((table) => Object.keys(table))
  expect(routes.filter((route, index) => routes.indexOf(route) !== index)).toEqual([])
  expect(new Set(Object.keys(ANSWER_FIELDS)).size).toBeGreaterThan(routes.length)
})

describe('every route that is read has a row', () => {
  // Answers of operations are passed on whole, for programs that want GitHub's own fields.
  const held = sources('src').filter((path) => !path.includes('operations/'))
  const named = held.flatMap((path) => readFileSync(path, 'utf8').match(/'GET \/[^'\s]*[^'/\s]'/g) ?? [])
  const read = new Set(named.map((quoted) => quoted.slice(1, -1)))
  // Only ever a prefix or a member of a list of permitted routes, or answered with a link alone; no code reads its body.
  const unread = ['GET /app', 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/logs']

  it('where it stands in the code', () => {
    expect(read.size).toBeGreaterThan(25)
    expect([...read].filter((route) => !Object.hasOwn(ANSWER_FIELDS, route) && !unread.includes(route))).toEqual([])
  })

  it.each(families)('of the family $name', ({ scopes, fields }) => {
    const reads = Object.values(scopes).flatMap((scope) => [...scope.reads, ...scope.writes].flatMap(alternativesOf))
    const keys = Object.values(fields).flatMap(({ written }) =>
      Object.values(written).flatMap(({ publicKey }) => (publicKey ? alternativesOf(publicKey) : [])),
    )
    const routes = [...reads, ...keys].filter((route) => route.startsWith('GET '))
    const shown = Object.values(scopes).filter(({ unreadable }) => unreadable?.(supportOf('ghec')) === undefined)
    expect(routes.length > 0).toBe(shown.length > 0)
    expect(routes.filter((route) => !Object.hasOwn(ANSWER_FIELDS, route))).toEqual([])
  })
})
