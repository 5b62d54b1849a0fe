import { cloudsWithout, firstRelease } from './products.mjs'
import {
  callImports,
  holderOf,
  READERS,
  readersOf,
  routeLine,
  termConstants,
  typeImports,
  WHOLE,
} from './sandbox-parts.mjs'

/** `src/sandbox/resources/NAME.ts` of a settings document: GET and PUT of each level, kept in its holder. */
export function sandboxSettings(model) {
  const { levels, camel, name, words, documentation } = model
  const type = `${camel[0].toUpperCase()}${camel.slice(1)}`
  const fields = allFields(levels)
  const own = fields.filter(({ isOwn }) => isOwn)
  const readers = readersOf(own)
  const others = readersOf(fields)
  const isRequired = ({ name: field }) =>
    levels.every(({ required }) => required.includes(field)) &&
    !laterFields(levels).some(({ name: each }) => each === field)
  const later = laterFields(levels)
  const differ = new Set(levels.map((level) => shownOf(level).join(' '))).size > 1 || later.length > 0
  const bodyNames = [
    ...readers.body,
    ...(own.some(isRequired) ? ['required'] : []),
    ...(readers.hasWhole ? ['type Body'] : []),
  ]
  const routes = levels.flatMap((level) => {
    const { slot, inCall, path } = holderOf(level)
    const state = `${slot}(${inCall})`
    const shown = differ
      ? `only(call, ${state}, ${JSON.stringify(shownOf(level)).replaceAll('"', "'")})`
      : `{ ...${state} }`
    return [
      routeLine(level, level.get, path, `(call) => ok(${shown})`),
      routeLine(level, level.write, path, `(call) => change(call, ${state})`),
    ]
  })
  const status = levels[0].statuses[level0(levels).write]
  return `import { ${bodyNames.sort(byImport).join(', ')} } from '../http/body.ts'
import { ${['type Answer', 'bodyOf', 'type Call', ...(status === 204 ? ['NO_CONTENT'] : []), 'ok', ...callImports(levels)].sort(byImport).join(', ')} } from '../http/call.ts'
${readers.hasWhole ? "import { invalidRequest } from '../http/errors.ts'\n" : ''}${typeImports(levels)
  .filter((line) => line.includes('owners'))
  .join('\n')}
import type { Part } from '../world/part.ts'
${productImports(later)}import { ${[...others.seed, 'inner'].sort(byImport).join(', ')} } from '../world/seed-reader.ts'
import { type Holder, slot } from '../world/slot.ts'
${typeImports(levels)
  .filter((line) => line.includes('store'))
  .join('\n')}
import type { Resource } from './resource.ts'

${levels.map((level) => `const ${holderOf(level).path} = '${level.path}'`).join('\n')}
${termConstants(levels).join('\n')}
const KEY = '${name}'

/** By GitHub's names. */
interface ${type} {
${fields.map(({ name: field, type }) => `  ${field}: ${READERS[type].of}`).join('\n')}
}

const FIRST: ${type} = { ${fields.map(({ name: field, type, words: values }) => `${field}: ${READERS[type].first(values)}`).join(', ')} }

${levels.map((level) => `const ${holderOf(level).slot} = slot<${holderOf(level).type}, ${type}>(() => ({ ...FIRST }))`).join('\n')}

/**
 * The ${words} of ${placesOf(levels)} (${documentation}).
 * FILL IN, from that page: GitHub's defaults, the requests that it refuses, and the settings that the level above decides.
 */
export const ${camel}: Resource = {
  routes: [
${routes.join('\n')}
  ],
${levels.map((level) => `  ${level.level}: part(${holderOf(level).slot}),`).join('\n')}
}

function part<Of extends Holder>(settingsOf: (holder: Of) => ${type}): Part<Of> {
  return {
    keys: [KEY],
    seed(holder, given) {
      const entry = inner(given, KEY, Object.keys(FIRST))
      const settings = settingsOf(holder)
${fields.map(({ name: field, type }) => `      settings.${field} = ${READERS[type].seed}(entry, '${field}') ?? settings.${field}`).join('\n')}
    },
    dump(holder) {
      const settings = settingsOf(holder)
      return JSON.stringify(settings) === JSON.stringify(FIRST) ? {} : { [KEY]: { ...settings } }
    },
  }
}

function change(call: Call, settings: ${type}): Answer {
  const body = bodyOf(call)
  Object.assign(settings, {
${own.map((field) => `    ${field.name}: ${given(field, isRequired(field))},`).join('\n')}
  })
  return ${status === 204 ? 'NO_CONTENT' : status === 201 ? '{ status: 201, body: {} }' : 'ok({ ...settings })'}
}
${differ ? onlyText(later, type) : ''}${readers.hasWhole ? WHOLE : ''}`
}

function onlyText(later, type) {
  const lines = later.map(({ name, has }) => `  ${name}: ${has},`)
  const table = `
/** The products that have the fields which not all have. */
const LATER: { readonly [Name in keyof ${type}]?: (product: Product) => boolean } = {
${lines.join('\n')}
}
`
  const filter = lines.length === 0 ? 'names' : 'names.filter((name) => LATER[name]?.(product) ?? true)'
  return `${lines.length === 0 ? '' : table}
/** The fields that the level and the product have. */
function only(${lines.length === 0 ? '_' : '{ product }'}: Call, settings: ${type}, names: readonly (keyof ${type})[]): object {
  return Object.fromEntries(${filter}.map((name) => [name, settings[name]]))
}
`
}

/** Fields of answers that some products of their level lack, and how the sandbox asks for the others. */
function laterFields(levels) {
  const found = levels.flatMap(({ answer, products, fields }) =>
    answer
      .filter(({ name, since }) => since.join() !== products.join() && fields.some((field) => field.name === name))
      .map(({ name, since }) => [name, { name, has: productTest(since) }]),
  )
  return [...new Map(found).values()]
}

function productTest(products) {
  const release = firstRelease(products)
  if (release === undefined) return '({ release }) => release === undefined'
  if (cloudsWithout(products).length === 2) return '({ release }) => release !== undefined'
  return `(product) => hasSince(product, [${release.join(', ')}])`
}

function productImports(later) {
  if (later.length === 0) return ''
  const asks = later.some(({ has }) => has.includes('hasSince'))
  return `import { ${asks ? 'hasSince, ' : ''}type Product } from '../world/products.ts'\n`
}

function level0([level]) {
  return level
}

function given({ name, type, words }, isRequired) {
  const read = READERS[type].body(name, words ?? [])
  return isRequired ? `required(${read}, '${name}')` : `${read} ?? settings.${name}`
}

/** The fields of the documents, and those that answers alone hold. */
function allFields(levels) {
  const own = new Map(levels.flatMap(({ fields }) => fields.map((field) => [field.name, { ...field, isOwn: true }])))
  const more = levels
    .flatMap(({ answer }) => answer)
    .filter(({ name, type, isRequired }) => isRequired && !own.has(name) && type in READERS)
    .map((field) => [field.name, { ...field, isOwn: false }])
  return [...own.values(), ...new Map(more).values()]
}

function shownOf({ answer, fields }) {
  const own = fields.map(({ name }) => name)
  return answer
    .filter(({ name, type, isRequired }) => own.includes(name) || (isRequired && type in READERS))
    .map(({ name }) => name)
}

export function placesOf(levels) {
  const words = levels.map(({ level }) => `${/^[eo]/.test(level) ? 'an' : 'a'} ${level}`)
  return words.length === 1 ? words[0] : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

/** The order of Biome: without \`type\`, capitals first as it has them. */
export function byImport(one, other) {
  const plain = (name) => name.replace(/^type /, '')
  return plain(one).localeCompare(plain(other), 'en', { sensitivity: 'base' })
}
