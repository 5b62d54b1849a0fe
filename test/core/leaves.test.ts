import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ListEdit } from '../../src/core/desired.ts'
import { type Document, getPath } from '../../src/core/json.ts'
import {
  fieldAt,
  leavesOf,
  mentionedLeaves,
  overlay,
  pickLeaves,
  routeOf,
  secretLeaf,
  supportsLeaf,
} from '../../src/core/leaves.ts'
import type { Support } from '../../src/core/support.ts'
import { permissions } from '../../src/families/permissions/index.ts'
import { secrets } from '../../src/families/secrets/index.ts'
import { stubFamily } from '../support/stub-family.ts'

const boxes = stubFamily()
const PATHS = Object.keys(boxes.fields)

describe('the fields of a scope', () => {
  it('are those that have a route there', () => {
    expect(leavesOf(permissions, 'organization')).not.toContain('enabled')
    expect(leavesOf(permissions, 'repository')).not.toContain('repositories')
    expect(leavesOf(secrets, 'repository')).toEqual(['value'])
    expect(leavesOf(secrets, 'enterprise')).toEqual([])
  })

  it.each([
    [{}, {}, []],
    [{ level: 'low', open: false, colour: '' }, {}, ['level', 'open', 'colour']],
    [{ repositories: [] }, {}, ['repositories']],
    [{ inner: {} }, {}, []],
    [{ inner: { size: 0 } }, {}, ['inner.size']],
    [{}, { 'inner.tags': { add: [], remove: ['x'] } }, ['inner.tags']],
    [{ unknown: 1, constructor: 1 }, {}, []],
  ])('mentions %j with edits %j: %j', (spec, edits, expected) => {
    expect(mentionedLeaves(boxes, 'organization', { spec: spec as Document, edits })).toEqual(expected)
  })

  it('mentions nothing that the scope has not', () => {
    const member = { spec: { repositories: ['web'], level: 'low' }, edits: {} }
    expect(mentionedLeaves(boxes, 'repository', member)).toEqual(['level'])
  })
})

it('a path that is no field is a mistake of the code', () => {
  expect(() => fieldAt(boxes, 'nothing')).toThrow('bug: boxes has no field nothing')
  expect(routeOf(boxes, 'repositories', 'repository')).toBeUndefined()
})

it('secretLeaf names the field that holds a value', () => {
  expect([secretLeaf(secrets), secretLeaf(permissions)]).toEqual(['value', undefined])
})

const documents = fc.record(
  {
    level: fc.constantFrom('low', 'high'),
    open: fc.boolean(),
    repositories: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')).map((names) => names.sort()),
    inner: fc.record(
      { size: fc.nat(3), tags: fc.uniqueArray(fc.constantFrom('x', 'y')).map((tags) => tags.sort()) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Document>
const paths = fc.subarray(PATHS)
const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'))
const edits = fc.dictionary(fc.constantFrom('repositories', 'inner.tags'), fc.record({ add: names, remove: names }))

describe('pickLeaves', () => {
  it('has the given fields and no other, and not even an empty map of another', () => {
    fc.assert(
      fc.property(documents, paths, (document, picked) => {
        const result = pickLeaves(document, picked)
        for (const path of PATHS) {
          expect(getPath(result, path)).toEqual(picked.includes(path) ? getPath(document, path) : undefined)
        }
        expect(pickLeaves(result, picked)).toEqual(result)
        expect(result.inner).not.toEqual({})
      }),
    )
  })
})

describe('overlay', () => {
  it('gives what is asked for, else what was live, and is done once and for all', () => {
    fc.assert(
      fc.property(documents, documents, edits, paths, (live, spec, changes, asked) => {
        const result = overlay(live, spec, changes, asked)
        for (const path of PATHS) {
          const given = asked.includes(path) ? getPath(spec, path) : undefined
          if (given !== undefined) expect(getPath(result, path)).toEqual(given)
          else if (!asked.includes(path) || changes[path] === undefined) {
            expect(getPath(result, path)).toEqual(getPath(live, path))
          }
        }
        expect(overlay(result, spec, changes, asked)).toEqual(result)
        expect(pickLeaves(overlay(live, live, {}, PATHS), PATHS)).toEqual(pickLeaves(live, PATHS))
      }),
    )
  })

  it('an edit adds, then takes away, and leaves everybody else’s entries', () => {
    fc.assert(
      fc.property(names, names, names, (base, add, remove) => {
        const live = { repositories: [...base].sort() }
        const result = getPath(overlay(live, {}, { repositories: { add, remove } }, PATHS), 'repositories')
        const expected = [...base, ...add].filter((name) => !remove.includes(name))
        expect(result).toEqual([...new Set(expected)].sort())
      }),
    )
  })

  it.each<[string, Document, ListEdit, Document]>([
    ['adds to a list that is not there', {}, { add: ['b', 'a'], remove: ['c'] }, { repositories: ['a', 'b'] }],
    ['takes nothing from a list that is not there', {}, { add: [], remove: ['c'] }, {}],
    ['adds nothing that it takes away again', {}, { add: ['c'], remove: ['c'] }, {}],
    ['may empty a list', { repositories: ['c'] }, { add: [], remove: ['c'] }, { repositories: [] }],
    ['keeps an empty list', { repositories: [] }, { add: [], remove: ['c'] }, { repositories: [] }],
    [
      'puts the weird among the rest',
      { repositories: ['__proto__'] },
      { add: ['constructor'], remove: [] },
      {
        repositories: ['__proto__', 'constructor'],
      },
    ],
  ])('an edit %s', (_, live, edit, expected) => {
    expect(overlay(live, {}, { repositories: edit }, PATHS)).toEqual(expected)
  })

  it('an exact list wins over an edit of it', () => {
    const edit = { repositories: { add: ['b'], remove: [] } }
    expect(overlay({ repositories: ['x'] }, { repositories: ['a'] }, edit, PATHS)).toEqual({ repositories: ['a'] })
  })
})

describe('supportsLeaf', () => {
  const product = (rest: Partial<Support>): Support => {
    return { has: () => true, accepts: () => true, returns: () => true, ...rest }
  }

  it('asks for the route, and for the field by its name in the body', () => {
    const asked: string[] = []
    const accepts: Support['accepts'] = (route, field) => asked.push(`${route} ${field}`) > 0
    expect(supportsLeaf(secrets, 'repositories', 'organization', product({ accepts }))).toBe(true)
    expect(supportsLeaf(permissions, 'selected_actions.verified_allowed', 'repository', product({ accepts }))).toBe(
      true,
    )
    expect(asked).toEqual([
      'PUT /orgs/{org}/actions/secrets/{secret_name}/repositories selected_repository_ids',
      'PUT /repos/{owner}/{repo}/actions/permissions/selected-actions verified_allowed',
    ])
  })

  it('is false without the scope, the route or the field', () => {
    expect(supportsLeaf(boxes, 'repositories', 'repository', product({}))).toBe(false)
    expect(supportsLeaf(boxes, 'level', 'organization', product({ has: () => false }))).toBe(false)
    const bare = stubFamily({
      fields: { on: { written: { organization: { route: 'PUT /orgs/{org}/boxes/on', bare: true } } } },
    })
    expect(supportsLeaf(bare, 'on', 'organization', product({ accepts: () => false }))).toBe(true)
    expect(supportsLeaf(bare, 'on', 'organization', product({ has: () => false }))).toBe(false)
    expect(supportsLeaf(boxes, 'level', 'organization', product({ accepts: () => false }))).toBe(false)
  })
})
