import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Family, Route } from '../src/core/family.ts'
import { leavesOf } from '../src/core/leaves.ts'
import type { ScopeType } from '../src/core/scope.ts'
import { families } from '../src/families/index.ts'
import { endpoint } from '../src/github/endpoints.ts'

const ROOT = new URL('../', import.meta.url)

/** A file of the house, with its place under `src/`. */
interface Source {
  readonly path: string
  readonly text: string
  /** Without comments. */
  readonly code: string
  /** What it imports, as written. */
  readonly imports: readonly string[]
}

const sources = readdirSync(new URL('src', ROOT), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .sort()
  .map((path): Source => {
    const text = read(`src/${path}`)
    const code = withoutComments(text)
    const imports = [...code.matchAll(/\bfrom '([^']+)'/g)].map(([, from = '']) => from)
    return { path, text, code, imports }
  })

/** A string may hold what looks like the beginning of a comment: an address glob does. */
function withoutComments(text: string): string {
  const stringOrComment = /(['"`])(?:\\.|(?!\1)[^\\])*\1|\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm
  return text.replaceAll(stringOrComment, (found, quote) => (quote === undefined ? '' : found))
}

function read(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8')
}

function inFolder(...folders: readonly string[]): readonly Source[] {
  return sources.filter(({ path }) => folders.some((folder) => path.startsWith(`${folder}/`)))
}

/** The file of a family, such as `runner-groups.ts`. */
function fileOf({ name }: Family): string {
  return `${name.replaceAll('_', '-')}.ts`
}

test('every folder is searched', () => {
  const folders = new Set(sources.map(({ path }) => path.split('/')[0]))
  expect([...folders].sort()).toEqual([
    'accept',
    'action',
    'cli.ts',
    'commands',
    'config',
    'core',
    'engine',
    'event',
    'families',
    'github',
    'init',
    'lock',
    'publish',
    'render',
    'review',
    'sandbox',
    'secrets',
    'shipped',
  ])
})

/** Where a family's name stands without meaning that family. Each must be found, so that the list never outlives its reasons. */
const NOT_THE_FAMILY: Readonly<Record<string, string>> = {
  'commands/validate.ts: orgs/acme/permissions.': 'an example of an address in a message',
  'commands/init.ts: permissions': 'what a GitHub App is given',
  'commands/init.ts: secrets': 'what an environment of a workflow holds',
  'commands/own-run.ts: /secrets': 'an expression of a workflow',
  'commands/own-run.ts: s*secrets': 'an expression of a workflow',
  'commands/own-run.ts: secrets': 'what a workflow names',
  'core/own-run.ts: own.secrets': 'what the workflow of the run names, of whichever family',
  'core/own-run.ts: secrets': 'what the workflow of the run names, of whichever family',
  'core/make-plan.ts: secrets': 'the part of a plan about values, of whichever family has them',
  'core/plan.ts: secrets': 'the part of a plan about values, of whichever family has them',
  'core/plan-of-owner.ts: secrets': 'the part of a plan about values, of whichever family has them',
  'render/last-line.ts: plan.secrets.unknown.length': 'the part of a plan about values, of whichever family has them',
  'render/html.ts: secrets': 'the heading of that part',
  'render/remainder.ts: plan.secrets': 'the part of a plan about values, of whichever family has them',
  'render/comment.ts: secrets': 'the heading of that part',
  'render/row.ts: secrets': 'the heading of that part',
  'render/summary.ts: secrets': 'the heading of that part',
  'render/view.ts: secrets': 'the heading of that part',
  'commands/program-flags.ts: secrets': 'the word, in the help of --rotate',
  'commands/program.ts: secrets': 'the word, in the help of ledger adopt',
}

test('engine, core, config, render and commands hold no name of a family', () => {
  const names = families.flatMap(({ name }) => [name, name.replaceAll(/_(\w)/g, (_, letter) => letter.toUpperCase())])
  const named = new RegExp(
    `[\\w./*-]*\\b(${[...names, ...families.map(({ name }) => name.replaceAll('_', '-'))].join('|')})\\b[\\w./*-]*`,
    'g',
  )
  const found = inFolder('engine', 'core', 'config', 'render', 'commands').flatMap(({ path, code }) => {
    const outside = code.replaceAll(/\bfrom '[^']+'/g, '')
    return [...outside.matchAll(named)].map(([word]) => `${path}: ${word}`)
  })
  expect([...new Set(found)].sort()).toEqual(Object.keys(NOT_THE_FAMILY).sort())
})

describe('imports go one way', () => {
  const allowed: Readonly<Record<string, readonly string[]>> = {
    core: [],
    families: ['core'],
    github: ['core'],
    lock: ['core'],
    sandbox: [],
    secrets: ['core'],
    render: ['core'],
    shipped: [],
    init: [],
    event: ['core'],
    review: ['core', 'event', 'github'],
    publish: ['core', 'github', 'render', 'review'],
    config: ['core', 'shipped'],
    accept: ['core', 'config'],
    engine: ['core', 'github', 'secrets', 'shipped'],
    commands: [
      'accept',
      'core',
      'config',
      'engine',
      'event',
      'families',
      'github',
      'init',
      'lock',
      'publish',
      'render',
      'review',
      'sandbox',
      'secrets',
      'shipped',
    ],
    action: ['commands', 'core', 'secrets'],
  }

  test.each(Object.entries(allowed))('%s imports no folder but %j', (folder, others) => {
    const found = inFolder(folder).flatMap(({ path, imports }) =>
      imports
        .filter((from) => from.startsWith('.'))
        .map((from) => new URL(from, `file:///${path}`).pathname.split('/')[1] ?? '')
        .filter((into) => into !== folder && !others.includes(into))
        .map((into) => `${path} imports ${into}`),
    )
    expect(found).toEqual([])
  })

  test('commands know families by their list alone', () => {
    const found = inFolder('commands').flatMap(({ imports }) => imports.filter((from) => from.includes('/families/')))
    expect(new Set(found)).toEqual(new Set(['../families/index.ts']))
  })

  test('core reaches neither network nor files nor the clock', () => {
    const impure = /\bfetch\(|\bDate\.now|new Date\(\)|Math\.random|\bprocess\.|from 'node:/
    expect(
      inFolder('core', 'families')
        .filter(({ code }) => impure.test(code))
        .map(({ path }) => path),
    ).toEqual([])
  })
})

describe.each(families.map((family) => ({ family, name: family.name })))('the family $name', ({ family, name }) => {
  const scopes = Object.keys(family.scopes) as ScopeType[]

  test('has one line in the list of families, one source file, one schema, one test', () => {
    const list = read('src/families/index.ts')
    expect(list.split('\n').filter((line) => line.includes(`'./${fileOf(family)}'`))).toHaveLength(1)
    expect(existsSync(new URL(`schemas/${name}.json`, ROOT))).toBe(true)
    expect(existsSync(new URL(`test/families/${name}.test.ts`, ROOT))).toBe(true)
  })

  test('stands in the schema of the configuration once for each of its scopes', () => {
    const { $defs } = JSON.parse(read('schemas/octoform.json'))
    for (const scope of scopes) {
      expect($defs[`${scope}_keys`].properties[name], scope).toEqual({ $ref: `${name}.json#/$defs/${scope}` })
    }
    const referenced = read('schemas/octoform.json').split(`"${name}.json#`).length - 1
    expect(referenced).toBe(scopes.length)
  })

  test.each(scopes)('has the fields of the schema, and the schema its fields: %s', (scope) => {
    const expected = leavesOf(family, scope).flatMap((path) => {
      const { list } = family.fields[path] ?? {}
      return list ? [path, beside('add_', path), beside('remove_', path)] : [path]
    })
    expect(schemaLeaves(family, scope).sort()).toEqual(expected.sort())
  })

  const routes = [...new Set(scopes.flatMap((scope) => [...readsOf(family, scope), ...writesOf(family, scope)]))]

  test.each(routes)('its route is in the endpoint table, with a permission: %s', (route) => {
    const { permission, documentation, products, list, envelope } = endpoint(route)
    expect(permission.classic, 'the scope of a classic token').toEqual(expect.any(String))
    expect(permission.app, 'the permission of an App').toMatchObject({
      level: expect.stringMatching(/^(organization|repository)$/),
      access: route.startsWith('GET ') ? 'read' : 'write',
    })
    expect(documentation).toMatch(/^https:\/\/docs\.github\.com\//)
    expect(products.length).toBeGreaterThan(0)
    if (list) expect(envelope).toEqual(expect.any(String))
  })

  test.each(scopes)('reads by GET, and writes each field by a route that it names: %s', (scope) => {
    expect(readsOf(family, scope).filter((route) => !route.startsWith('GET '))).toEqual([])
    for (const path of leavesOf(family, scope)) {
      expect(writesOf(family, scope), path).toContain(family.fields[path]?.written[scope]?.route)
    }
  })

  test('says of every field which direction is wider', () => {
    expect(Object.entries(family.fields).filter(([, { wider }]) => wider === undefined)).toEqual([])
  })

  test('needs only families that there are', () => {
    expect(families.map((each) => each.name)).toEqual(
      expect.arrayContaining((family.needs ?? []).map((need) => need.family)),
    )
  })
})

test('the list of families is nothing but one import and one name for each', () => {
  const lines = read('src/families/index.ts').split('\n')
  expect(lines.filter((line) => line.startsWith('import ')).length).toBe(families.length + 1)
  const all = readdirSync(new URL('src/families', ROOT))
  expect(all).toEqual(expect.arrayContaining(families.map(fileOf)))
})

test('no list of unknown length becomes the arguments of a call: more than some 120,000 overflow the stack', () => {
  const spread = /\.(?:push|unshift)\(\.\.\.(?!\[)|Math\.(?:max|min)\(\.\.\./
  const found = sources.filter(({ path, code }) => !path.startsWith('sandbox/') && spread.test(code))
  expect(found.map(({ path }) => path)).toEqual([])
})

test('no source file is longer than 250 lines', () => {
  const long = sources.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
  expect(long.filter(({ lines }) => lines > 250)).toEqual([])
})

function readsOf(family: Family, scope: ScopeType): readonly Route[] {
  return family.scopes[scope]?.reads ?? []
}

function writesOf(family: Family, scope: ScopeType): readonly Route[] {
  return family.scopes[scope]?.writes ?? []
}

function beside(prefix: string, path: string): string {
  const steps = path.split('.')
  return [...steps.slice(0, -1), `${prefix}${steps.at(-1)}`].join('.')
}

interface Schema {
  readonly $ref?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema | boolean
}

/** The dotted paths of all that a member's schema takes. What stands in common.json is a value, not a level of names. */
function schemaLeaves(family: Family, scope: ScopeType): string[] {
  const { $defs } = JSON.parse(read(`schemas/${family.name}.json`)) as { $defs: Readonly<Record<string, Schema>> }
  const resolved = ({ $ref, ...schema }: Schema): Schema =>
    $ref?.startsWith('#/$defs/') ? { ...$defs[$ref.slice('#/$defs/'.length)], ...schema } : schema
  const leaves = (schema: Schema, path: string): string[] => {
    const { properties } = resolved(schema)
    if (!properties) return [path]
    return Object.entries(properties).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`))
  }
  const whole = $defs[scope] ?? {}
  const member = family.shape === 'members' ? (whole.additionalProperties as Schema) : whole
  return leaves(member, '')
}
