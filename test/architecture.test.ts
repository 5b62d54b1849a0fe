import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Family } from '../src/core/family.ts'
import { leavesOf, routeOf } from '../src/core/leaves.ts'
import type { Route } from '../src/core/routes.ts'
import { alternativesOf } from '../src/core/routes.ts'
import type { ScopeType } from '../src/core/scope.ts'
import { families } from '../src/families/index.ts'
import { ANSWER_FIELDS } from '../src/github/answer-fields.ts'
import { endpoint } from '../src/github/endpoints.ts'

const ROOT = new URL('../', import.meta.url)
/** The scripts are plain JavaScript without types. */
const load = (name: string) => import(new URL(`scripts/descriptions/${name}.mjs`, ROOT).href)
const { ROWS } = (await load('permission-rows')) as { ROWS: readonly { readonly app: string | null }[] }
const { matches } = (await load('route-pattern')) as { matches: (row: object, route: string) => boolean }

/** A file of the house, with its place under `src/`. */
interface Source {
  readonly path: string
  readonly text: string
  /** Without comments. */
  readonly code: string
  /** Its imports, as written, and what it imports while it runs. */
  readonly imports: readonly string[]
}

const sources = readdirSync(new URL('src', ROOT), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .sort()
  .map((path): Source => {
    const text = read(`src/${path}`)
    const code = withoutComments(text)
    const imports = [...code.matchAll(/\b(?:from |import\()'([^']+)'/g)].map(([, from = '']) => from)
    return { path, text, code, imports }
  })

/** A string may hold what looks like the beginning of a comment: an address glob does. */
function withoutComments(text: string): string {
  const stringOrComment = /(['"`])(?:\\.|(?!\1)[^\\])*\1|\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm
  return text.replaceAll(stringOrComment, (found, quote) => (quote === undefined ? '' : found))
}

/** The comments of a file with their first lines; adjoining `//` lines are one comment. */
function commentsOf(text: string): readonly { readonly line: number; readonly comment: string }[] {
  const stringOrComment = /(['"`])(?:\\.|(?!\1)[^\\])*\1|\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*(?:\n[ \t]*\/\/.*)*$/gm
  return [...text.matchAll(stringOrComment)]
    .filter(([, quote]) => quote === undefined)
    .map(({ 0: found, index }) => {
      const words = found.replaceAll(/^\s*(?:\/\*\*?|\*\/|\*|\/\/)|\*\/$/gm, ' ').replaceAll(/\s+/g, ' ')
      return { line: text.slice(0, index).split('\n').length, comment: words.trim() }
    })
}

function read(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8')
}

function inFolder(...folders: readonly string[]): readonly Source[] {
  return sources.filter(({ path }) => folders.some((folder) => path.startsWith(`${folder}/`)))
}

/** The folder of a family, such as `runner-groups`. */
function folderOf({ name }: Family): string {
  return name.replaceAll('_', '-')
}

test('every folder is searched', () => {
  const folders = new Set(sources.map(({ path }) => path.split('/')[0]))
  expect([...folders].sort()).toEqual([
    'accept',
    'action',
    'apply',
    'cleanup',
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
    'operate',
    'operations',
    'publish',
    'render',
    'report',
    'review',
    'run',
    'sandbox',
    'secrets',
    'shipped',
    'survey',
  ])
})

/** The packages that are built into octoform; package.json has them among the others, because a user installs none. */
const BUILT_IN = [
  '@commander-js/extra-typings',
  '@octokit/auth-app',
  'canonicalize',
  'commander',
  'diff',
  'fast-json-patch',
  'fastest-levenshtein',
  'libsodium-wrappers',
  'p-limit',
  'read',
  'string-width',
  'undici',
  'yaml',
  'yocto-spinner',
]

test('src imports no package that only development needs', () => {
  const { devDependencies }: { devDependencies: Readonly<Record<string, string>> } = JSON.parse(read('package.json'))
  expect(BUILT_IN.filter((name) => !/^\d/.test(devDependencies[name] ?? ''))).toEqual([])
  const packages = sources.flatMap(({ code }) =>
    [...code.matchAll(/\b(?:from |import\()'((?:@[^/']+\/)?[^./'][^/']*)/g)].map(([, name = '']) => name),
  )
  const foreign = packages.filter((name) => !name.startsWith('node:'))
  expect(foreign).toContain('undici')
  expect(foreign.filter((name) => !BUILT_IN.includes(name))).toEqual([])
})

/** Where a literal equals a family's name and means something else. Each must be found, so that the list never outlives its reasons. */
const NOT_THE_FAMILY: Readonly<Record<string, string>> = {
  "commands/gh-habits.ts: 'runners'": 'the command of that name',
  "commands/gh-habits.ts: 'workflows'": 'the command of that name',
  "core/scope.ts: 'environments'": 'the level, whose scopes are members of the family of that name',
  "render/comment-folds.ts: 'secrets'": 'the part of a report about values, of any family that has them',
  "render/html.ts: 'secrets'": 'the same part',
  "render/row.ts: 'secrets'": 'the same part',
  "render/summary.ts: 'secrets'": 'the same part',
  "render/text.ts: 'secrets'": 'the same part',
}

describe('engine, core, config, render and commands hold no name of a family', () => {
  const inspected = inFolder('engine', 'core', 'config', 'render', 'run', 'report', 'apply', 'commands')
  const forms = families.flatMap(({ name }) => [
    name,
    name.replaceAll('_', '-'),
    name.replaceAll(/_(\w)/g, (_, letter) => letter.toUpperCase()),
  ])
  const found = inspected.flatMap(({ path, code }) => namesIn(code, forms).map((name) => `${path}: ${name}`))
  /** A member that a type of these folders declares is theirs, such as the part `secrets` of a plan. */
  const declared = new Set(inspected.flatMap(({ code }) => membersIn(code)))

  test('as a literal', () => {
    const literals = found.filter((each) => each.endsWith("'"))
    expect([...new Set(literals)].sort()).toEqual(Object.keys(NOT_THE_FAMILY).sort())
  })

  test('as the key of an object or a property', () => {
    const keys = found.filter((each) => !each.endsWith("'") && !declared.has(each.split(': ')[1] ?? ''))
    expect(keys).toEqual([])
  })

  test.each([
    ["if (family.name === 'a_b') write()", ["'a_b'"]],
    ['const order = [`a-b`, "aB", \'a\']', ["'a-b'", "'aB'"]],
    ['const order = { a_b: 1, a: 2 }', ['a_b']],
    ["const order = { 'a_b': 1 }", ["'a_b'"]],
    ["const own = families.a_b ?? families['a_b']", ["'a_b'", 'a_b']],
    ['const text = `the a_b of all: a-b`', []],
    ["const text = 'an a_b: one'", []],
    ['const a_b = read(a_b)', []],
    ["const type: Plan['a_b'] = one", ['a_b']],
  ])('finds in %s: %j', (code, expected) => {
    expect(namesIn(code, ['a_b', 'a-b', 'aB']).sort()).toEqual([...expected].sort())
  })

  test('finds the members that a type declares', () => {
    const code = 'interface Plan {\n  readonly a_b: {\n    b?: string\n  }\n}\nconst of = { c: 1 }'
    expect(membersIn(code)).toEqual(['a_b'])
  })
})

/** Which of the names code holds: quoted where a string is equal to it, bare where it is a key or a property. */
function namesIn(code: string, names: readonly string[]): string[] {
  // `Plan['secrets']` names a member of a type.
  const plain = code.replaceAll(/\b([A-Z]\w*)\['(\w+)'\]/g, '$1.$2')
  const strings = /(['"`])((?:\\.|(?!\1)[^\\])*)\1/g
  const literals = [...plain.matchAll(strings)].map(([, , text = '']) => text).filter((text) => names.includes(text))
  const keys = [...plain.replaceAll(strings, "''").matchAll(/\.(\w+)\b|[{,]\s*(\w+)\s*:/g)]
  const named = keys.map(([, property, key]) => property ?? key ?? '').filter((name) => names.includes(name))
  return [...literals.map((text) => `'${text}'`), ...named]
}

/** The members of the interfaces and types in this code, which the house writes with `readonly`. */
function membersIn(code: string): string[] {
  return [...code.matchAll(/\breadonly (\w+)\??:/g)].map(([, name = '']) => name)
}

/** Folders that join the steps may import each of them. */
const STEPS = [
  'config',
  'core',
  'engine',
  'event',
  'github',
  'lock',
  'publish',
  'render',
  'review',
  'secrets',
  'shipped',
]

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
    cleanup: ['core', 'github', 'render'],
    run: [...STEPS, 'families', 'cleanup'],
    report: [...STEPS, 'families', 'run', 'survey'],
    apply: [...STEPS, 'families', 'run', 'report'],
    commands: [
      ...STEPS,
      'families',
      'run',
      'report',
      'apply',
      'accept',
      'cleanup',
      'init',
      'operate',
      'operations',
      'sandbox',
      'survey',
    ],
    survey: ['config', 'core', 'engine', 'github', 'render', 'shipped'],
    operations: ['core'],
    operate: ['config', 'core', 'event', 'github', 'operations', 'render', 'run'],
    action: ['commands', 'core', 'run', 'secrets'],
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
    const found = inFolder('run', 'report', 'apply', 'commands').flatMap(({ imports }) =>
      imports.filter((from) => from.includes('/families/')),
    )
    expect(new Set(found)).toEqual(new Set(['../families/index.ts']))
  })

  test('the floors of the sandbox: world, http, resources, and the server that joins them', () => {
    const floors = ['world', 'http', 'resources', 'server.ts']
    const found = inFolder('sandbox').flatMap(({ path, imports }) =>
      imports
        .filter((from) => from.startsWith('.'))
        .map((from) => new URL(from, `file:///${path}`).pathname.split('/')[2] ?? '')
        .filter((into) => floors.indexOf(into) < 0 || floors.indexOf(into) > floors.indexOf(path.split('/')[1] ?? ''))
        .map((into) => `${path} imports ${into}`),
    )
    expect(found).toEqual([])
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

  test('has one line in the list of families, one folder, one schema, one test', () => {
    const list = read('src/families/index.ts')
    expect(list.split('\n').filter((line) => line.includes(`'./${folderOf(family)}/index.ts'`))).toHaveLength(1)
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
    if (/ \/(users|apps)\/\{\w+\}$/.test(route))
      return expect(permission, 'any token').toEqual({ classic: null, app: null })
    expect(permission.classic, 'the scope of a classic token').toEqual(expect.any(String))
    if (route.includes(' /enterprises/')) expect(permission.app, 'GitHub admits no App to enterprises').toBeNull()
    else
      expect(permission.app, 'the permission of an App').toMatchObject({
        level: expect.stringMatching(/^(organization|repository)$/),
        access: statedAccess(route) ?? (route.startsWith('GET ') ? 'read' : 'write'),
      })
    expect(documentation).toMatch(/^https:\/\/docs\.github\.com\//)
    expect(products.length).toBeGreaterThan(0)
    const { in: bare } = (ANSWER_FIELDS[route] ?? {}) as { readonly in?: string | null }
    if (list) expect(envelope).toEqual(bare === null ? null : expect.any(String))
  })

  test.each(scopes)('reads by GET, and writes each field by a route that it names: %s', (scope) => {
    expect(readsOf(family, scope).filter((route) => !route.startsWith('GET '))).toEqual([])
    for (const path of leavesOf(family, scope)) {
      expect(writesOf(family, scope), path).toContain(routeOf(family, path, scope))
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
  expect(all).toEqual(expect.arrayContaining(families.map(folderOf)))
})

test('diagnostics are returned, never added to an argument', () => {
  // What happens while a lock is held or a request waits is an event: `lock/` and `github/` report it when it happens.
  const pure = sources.filter(({ path }) => /^(accept|config|core|families|render)\//.test(path))
  const adding = pure.flatMap(({ path, text }) => {
    const parameters = text.match(/^ {2}\w+: (Diagnostic\[\]|\([^)]*message: string[^)]*\) => void),$/gm) ?? []
    const inline = text.match(/^(export )?(async )?function\*? \w+\([^)]*\w+: Diagnostic\[\][^)]*\)/gm) ?? []
    return [...parameters, ...inline].filter((found) => !found.includes('readonly')).map((found) => `${path}: ${found}`)
  })
  expect(adding).toEqual([])
})

test('a place is asked of the layer that it is in', () => {
  expect(sources.filter(({ text }) => text.includes('configuration.place(')).map(({ path }) => path)).toEqual([])
})

test('no type name stands for more than three things', () => {
  const declared = sources.flatMap(({ text }) => {
    const names = text.match(/^(?:export )?(?:interface|type) \w+/gm) ?? []
    return names.map((found) => found.split(' ').at(-1) ?? '')
  })
  const often = new Set(declared.filter((name) => declared.filter((each) => each === name).length > 3))
  expect([...often]).toEqual([])
})

test('no list of unknown length becomes the arguments of a call: more than some 120,000 overflow the stack', () => {
  const spread = /\.(?:push|unshift)\(\.\.\.(?!\[)|Math\.(?:max|min)\(\.\.\./
  const found = sources.filter(({ path, code }) => !path.startsWith('sandbox/') && spread.test(code))
  expect(found.map(({ path }) => path)).toEqual([])
})

describe('a comment names its subject', () => {
  const comments = sources.flatMap(({ path, text }) =>
    commentsOf(text).map(({ line, comment }) => `${path}:${line}: ${comment}`),
  )
  const commentsWith = (pattern: RegExp): readonly string[] => comments.filter((each) => pattern.test(each))

  test('both kinds of comment are read, and no text in quotes', () => {
    const source = "const a = '// no'\n/**\n * One\n * two.\n */\nconst b = 1 // three\n  // four\n  // five\n"
    expect(commentsOf(source)).toEqual([
      { line: 2, comment: 'One two.' },
      { line: 6, comment: 'three four five' },
    ])
    expect(comments.length).toBeGreaterThan(3000)
  })

  test('without a vague word: write who or what it is', () => {
    const vague = /\b(?:(?:who|what|which)(?:so)?ever|whomever|(?:no|some|any)body|all the same|of no account)\b/i
    expect(commentsWith(vague)).toEqual([])
    expect(commentsWith(/\b(?:is|are|was|were|be|been|being) told\b/i)).toEqual([])
  })

  test('and begins with a noun or a verb, not with `What` or `Who`', () => {
    expect(commentsWith(/^\S+: (?:what|who)\b/i)).toEqual([])
  })
})

test('no source file is longer than 250 lines', () => {
  const long = sources.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
  expect(long.filter(({ lines }) => lines > 250)).toEqual([])
})

/** The access that a row of permissions states, where it is not that of the method: GitHub lists some things to writers alone. */
function statedAccess(route: Route): string | undefined {
  const stated = ROWS.filter((row) => matches(row, route)).map(({ app }) => /=(\w+)$/.exec(app ?? '')?.[1])
  return stated.find((access) => access !== undefined)
}

function readsOf(family: Family, scope: ScopeType): readonly Route[] {
  return (family.scopes[scope]?.reads ?? []).flatMap(alternativesOf)
}

function writesOf(family: Family, scope: ScopeType): readonly Route[] {
  return (family.scopes[scope]?.writes ?? []).flatMap(alternativesOf)
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
