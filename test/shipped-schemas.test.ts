import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

type Schema = { readonly [key: string]: unknown }

const FOLDER = new URL('../schemas/', import.meta.url)
const SCHEMAS = new Map(
  readdirSync(FOLDER).map((name) => [name, JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Schema]),
)

// Editors show them while one writes, and readers of plans have no other documentation.
test('each property of each schema says what it means', () => {
  const silent: string[] = []
  let count = 0
  for (const [file, schema] of SCHEMAS) {
    for (const [path, property] of propertiesIn(schema)) {
      count += 1
      if (!isDescribed(property, file)) silent.push(`${file}${path}`)
    }
  }
  expect(silent).toEqual([])
  expect(count).toBeGreaterThan(400)
})

function propertiesIn(node: unknown, path = ''): readonly (readonly [string, unknown])[] {
  if (typeof node !== 'object' || node === null) return []
  const { properties } = node as Schema
  const own = isSchema(properties)
    ? Object.entries(properties).map(([key, each]) => [`${path}/${key}`, each] as const)
    : []
  return [...own, ...Object.entries(node).flatMap(([key, each]) => propertiesIn(each, `${path}/${key}`))]
}

/** By itself, or by what it refers to. A property that only forbids is described where it is allowed. */
function isDescribed(property: unknown, file: string): boolean {
  if (!isSchema(property)) return property === false || property === true
  if (typeof property.description === 'string' && property.description !== '') return true
  const { $ref: reference } = property
  if (typeof reference !== 'string') return Object.keys(property).every((key) => key === 'const' || key === 'not')
  const [target = '', pointer = ''] = reference.split('#')
  const other = target === '' ? file : target
  const found = pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((inner, step) => (isSchema(inner) ? inner[step] : undefined), SCHEMAS.get(other))
  return isDescribed(found, other)
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
