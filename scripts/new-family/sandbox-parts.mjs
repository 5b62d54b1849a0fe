import { cloudsWithout, firstRelease } from './products.mjs'

/** How the sandbox calls the holder of a level's state. */
const HOLDERS = {
  enterprise: { type: 'Enterprise', from: 'owners', of: 'enterpriseOf' },
  organization: { type: 'Organization', from: 'owners', of: 'organizationOf' },
  repository: { type: 'Repository', from: 'store', of: 'repositoryOf' },
  environment: { type: 'Environment', from: 'store', of: 'environmentOf' },
}

export function holderOf({ level }) {
  const holder = HOLDERS[level]
  return {
    ...holder,
    /** The name of the slot, such as `ofRepository`. */
    slot: `of${holder.type}`,
    inCall: level === 'environment' ? 'environmentOf(call, repositoryOf(call))' : `${holder.of}(call)`,
    /** The name of the constant with the path. */
    path: level.toUpperCase(),
  }
}

/** What `call.ts` gives for the holders of these levels. */
export function callImports(levels) {
  const names = levels.map((level) => holderOf(level).of)
  return [...new Set([...names, ...(names.includes('environmentOf') ? ['repositoryOf'] : [])])]
}

/** The imports of the holders' types. */
export function typeImports(levels, top = '..') {
  return ['owners', 'store'].flatMap((file) => {
    const types = levels
      .map(holderOf)
      .filter(({ from }) => from === file)
      .map(({ type }) => type)
    return types.length === 0 ? [] : [`import type { ${types.sort().join(', ')} } from '${top}/world/${file}.ts'`]
  })
}

/** One operation of the sandbox, with the constant of its level that has its release, permission and scope. */
export function routeLine(level, route, template, handle) {
  const [method] = route.split(' ')
  const kind = kindOf(route)
  const own = termsOf(level, route)
  const terms = own === sharedTerms(level, kind) ? `...${holderOf(level).path}_${kind}` : own
  return `    { ${terms}, method: '${method}', template: ${template}, handle: ${handle} },`
}

/** The constants that {@link routeLine} names. */
export function termConstants(levels) {
  return levels.flatMap((level) =>
    ['READ', 'WRITE'].map((kind) => `const ${holderOf(level).path}_${kind} = { ${sharedTerms(level, kind)} } as const`),
  )
}

function kindOf(route) {
  return route.startsWith('GET ') ? 'READ' : 'WRITE'
}

/** The terms of the first route of its kind. */
function sharedTerms(level, kind) {
  return termsOf(
    level,
    [level.get, level.write].find((route) => kindOf(route) === kind),
  )
}

function termsOf(level, route) {
  const { app, classic } = level.permissions[route]
  const release = firstRelease(level.products)
  const isFirst = release === undefined || release.join('.') === '2.22'
  const permission =
    app && `permission: '${app.level === 'repository' ? '' : `${app.level}_`}${app.name}=${app.access}'`
  return [
    ...(isFirst ? [] : [`since: [${release.join(', ')}]`]),
    ...notOn(level),
    permission ?? "asker: 'classic token'",
    ...(classic === 'repo' && level.path.startsWith('/repo') ? [] : [`scope: '${classic}'`]),
  ].join(', ')
}

function notOn({ products }) {
  const kinds = [...cloudsWithout(products), ...(firstRelease(products) === undefined ? ['ghes'] : [])]
  return kinds.length === 0 ? [] : [`notOn: [${kinds.map((kind) => `'${kind}'`).join(', ')}]`]
}

/** How a field of a body is read, and of a seed; and a value that it may begin with. */
export const READERS = {
  boolean: { of: 'boolean', body: (name) => `flag(body, '${name}')`, seed: 'flagAt', first: () => 'false' },
  integer: { of: 'number', body: (name) => `whole(body, '${name}')`, seed: 'idAt', first: () => '1' },
  text: { of: 'string', body: (name) => `text(body, '${name}')`, seed: 'textAt', first: () => "''" },
  words: {
    of: 'string',
    body: (name, words) => `choice(body, '${name}', ${listOf(words)})`,
    seed: 'textAt',
    first: (words) => `'${words[0]}'`,
  },
  names: { of: 'readonly string[]', body: (name) => `texts(body, '${name}')`, seed: 'textsAt', first: () => '[]' },
}

function listOf(words) {
  return `[${words.map((word) => `'${word}'`).join(', ')}]`
}

/** The functions of `body.ts` and `seed-reader.ts` that fields need. */
export function readersOf(fields) {
  const body = fields.map(({ type, name, words }) => READERS[type].body(name, words ?? []).replace(/\(.*$/, ''))
  return {
    body: [...new Set(body)].filter((name) => name !== 'whole'),
    seed: [...new Set(fields.map(({ type }) => READERS[type].seed))],
    hasWhole: body.includes('whole'),
  }
}

/** A function of the generated file: `body.ts` reads lists of integers alone. */
export const WHOLE = `
/** @throws Refusal 422 when the field is not a whole number. */
function whole(body: Body, field: string): number | undefined {
  const value = body[field]
  if (value === undefined) return undefined
  if (Number.isInteger(value)) return Number(value)
  throw invalidRequest(\`For 'properties/\${field}', \${JSON.stringify(value)} is not an integer.\`)
}
`
