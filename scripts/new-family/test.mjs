import { documentOf, valuesOf } from './world.mjs'

const PLACES = {
  enterprise: { scope: "{ type: 'enterprise', enterprise: 'inc' }", names: { enterprise: 'inc' } },
  organization: { scope: "{ type: 'organization', org: 'acme' }", names: { org: 'acme' } },
  repository: { scope: "{ type: 'repository', owner: 'acme', repo: 'web' }", names: { owner: 'acme', repo: 'web' } },
  environment: {
    scope: "{ type: 'environment', owner: 'acme', repo: 'web', environment_name: 'prod' }",
    names: { owner: 'acme', repo: 'web', environment_name: 'prod' },
  },
}

/** `test/families/NAME.test.ts`: which direction is wider, and a table from change to requests. */
export function testText(model) {
  const { name, folder, camel, levels, fields, kind } = model
  const product = productOf(levels)
  const rows = levels.flatMap((level) => (kind === 'settings' ? settingsRows(level, product) : memberRows(level)))
  const place = product === 'ghec' ? '{ family, scope }' : `{ family, scope, product: '${product}' }`
  return `import { describe, expect, it } from 'vitest'
import type { Document, Json } from '../../src/core/json.ts'
import { fieldAt } from '../../src/core/leaves.ts'
import type { Scope } from '../../src/core/scope.ts'
import { isWider } from '../../src/core/wider.ts'
import { ${camel} } from '../../src/families/${folder}/index.ts'
import { families } from '../../src/families/index.ts'
import { requestsAt, type Written } from '../support/family-case.ts'

const family = families.find((each) => each.name === '${name}') ?? expect.unreachable()

describe('which direction is wider', () => {
  it.each<[string, Json | undefined, Json | undefined, boolean]>([
${fields.map((field) => `    ['${field.name}', ${widening(field, levels).join(', ')}, true],`).join('\n')}
  ])('%s from %j to %j: %j', (field, before, after, wider) => {
    expect(isWider(fieldAt(${camel}, field), before, after)).toBe(wider)
  })
})

describe('changes as requests', () => {
  it.each<[string, Scope, Document | undefined, Document, Written[]]>([
${rows.map((row) => `    [${row.join(', ')}],`).join('\n')}
  ])('%s', (_, scope, live, wants, expected) => {
    const asked = { key: ${kind === 'settings' ? "''" : "'ONE'"}, wants, ...(live ? { live } : {}) }
    expect(requestsAt(${place}, asked)).toEqual(expected)
  })
})
`
}

/** Two values, the second of which is wider: a start says so of every change but those of a switch with a list. */
function widening(field, levels) {
  const isSwitch = field.name === 'visibility' && levels.some(({ list }) => list !== undefined)
  return isSwitch ? ["'selected'", "'all'"] : valuesOf(field).slice(0, 2)
}

function filled(path, level) {
  return path.replaceAll(/\{(\w+)\}/g, (_, name) => PLACES[level].names[name] ?? 'ONE')
}

/** The product that the test is about: GHEC, but for what Enterprise Server alone has. */
function productOf([{ products }]) {
  return products.includes('ghec') ? 'ghec' : products.at(-1)
}

/** One field changes: PUT carries the others. */
function settingsRows({ level, path, write, fields: all }, product) {
  const fields = all.filter(({ since }) => since.includes(product))
  const [first] = fields
  const [method] = write.split(' ')
  const change = documentOf([first], 1)
  const carried = fields.map((field) => `${field.name}: ${valuesOf(field)[field === first ? 1 : 0]}`)
  const body = method === 'PATCH' ? change : `{ ${carried.join(', ')} }`
  const request = `['${method} ${filled(path, level)}', ${body}]`
  return [[`'of the ${level}'`, PLACES[level].scope, documentOf(fields, 0), change, `[${request}]`]]
}

/** Of members: created, changed; with a list, that alone too. */
function memberRows({ level, path, fields, list }) {
  const plain = fields.filter(({ name }) => list === undefined || name !== 'visibility')
  const inside = (which) => plain.map((field) => `${field.name}: ${valuesOf(field)[which]}`)
  const row = (what, live, wants, ...requests) => [
    `'of the ${level}: ${what}'`,
    PLACES[level].scope,
    live,
    wants,
    `[${requests.join(', ')}]`,
  ]
  const all = `'POST ${filled(path, level)}'`
  const one = filled(`${path}/{name}`, level)
  const access = list === undefined ? [] : ["visibility: 'all'"]
  const document = (which, more = access) => `{ ${[...inside(which), ...more].join(', ')} }`
  const rows = [
    row('a create', 'undefined', document(0), `[${all}, { name: 'ONE', ${[...inside(0), ...access].join(', ')} }]`),
    row('a change', document(0), `{ ${inside(1)[0]} }`, `['PATCH ${one}', { ${inside(1)[0]} }]`),
  ]
  if (list === undefined) return rows
  const selected = (names) => ["visibility: 'selected'", `${list}: [${names}]`]
  const ids = (numbers) => `{ selected_repository_ids: [${numbers}] }`
  return [
    ...rows,
    row(
      'a list alone',
      document(0, selected("'api'")),
      `{ ${list}: ['api', 'web'] }`,
      `['PUT ${one}/${list}', ${ids('2, 1')}]`,
    ),
    row(
      'a list that comes into force',
      document(0),
      `{ ${selected("'api'").join(', ')} }`,
      `['PATCH ${one}', { visibility: 'selected', selected_repository_ids: [2] }]`,
    ),
  ]
}
