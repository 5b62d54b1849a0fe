import { expect, test } from 'vitest'
import { PARTS, ROUTES } from '../../../src/sandbox/resources/table.ts'

/** Those that stand in a list twice or more. */
function twice(names: readonly string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) !== index)
}

test('no two resources read the same key of a seed', () => {
  const own = ['id', 'plan', 'repositories']
  const enterprise = PARTS.enterprise.flatMap(({ keys }) => keys)
  expect(twice(['id', 'name', 'organizations', ...enterprise])).toEqual([])
  const environment = PARTS.environment.flatMap(({ keys }) => keys)
  expect(twice(['id', 'created_at', 'updated_at', ...environment])).toEqual([])
  expect(twice([...own, ...PARTS.organization.flatMap(({ keys }) => keys)])).toEqual([])
  const facts = [
    'id',
    'visibility',
    'description',
    'archived',
    'fork',
    'former_names',
    'created_at',
    'updated_at',
    'environments',
  ]
  const keys = [...PARTS.details, ...PARTS.repository].flatMap((part) => part.keys)
  expect(twice([...facts, ...keys])).toEqual([])
})

test('no two resources serve the same route', () => {
  expect(twice(ROUTES.map(({ method, template }) => `${method} ${template}`))).toEqual([])
  expect(ROUTES.length).toBeGreaterThan(80)
})
