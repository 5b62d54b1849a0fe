import { answerOf, descriptionOf, requiredOf, typeOf } from './described.mjs'
import { Problem } from './problem.mjs'
import { formsOf } from './words.mjs'

/** Names of a request's fields that are no fields of the document: they have other names there, or are the member's own. */
const NOT_OF_THE_DOCUMENT = [
  'name',
  'encrypted_value',
  'key_id',
  'selected_repository_ids',
  'selected_organization_ids',
]

/**
 * All that the templates need to know of a family, from GitHub's descriptions: for each level its routes, the products that
 * have them, and the fields of its documents.
 * @throws Problem where GitHub describes no field that can be read and written
 */
export function makeModel(coming, name, places) {
  const [{ kind }] = places
  const other = places.find((place) => place.kind !== kind)
  if (other !== undefined) {
    throw new Problem(
      `${places[0].path} is ${kindWords(kind)}, and ${other.path} ${kindWords(other.kind)}: these are two families.`,
    )
  }
  const levels = places.map((place) => levelOf(coming, place))
  const names = [...new Set(levels.flatMap(({ fields }) => fields.map((field) => field.name)))]
  const isSecret = levels.some(({ seals }) => seals)
  if (names.length === 0 && !isSecret) {
    throw new Problem(`GitHub describes no field of ${places[0].path} that a family could read and write.`)
  }
  return {
    ...formsOf(name),
    kind,
    isSecret,
    levels,
    fields: names.map((each) => levels.flatMap(({ fields }) => fields).find((field) => field.name === each)),
    documentation: coming.endpoints[`GET ${places[0].path}`].documentation
      .replace(/#.*$/, '')
      .replace(/com\/[\w-]+@[^/]+\//, 'com/'),
  }
}

function kindWords(kind) {
  return kind === 'settings' ? 'a settings document' : 'a list of members'
}

function levelOf(coming, place) {
  const { level, path, item, kind } = place
  const routes = Object.keys(coming.endpoints).filter((route) => belongs(route.split(' ')[1], place))
  const has = (route) => (routes.includes(route) ? route : undefined)
  const get = `GET ${path}`
  const { products, envelope, permission } = coming.endpoints[get]
  const newest = descriptionOf(coming, products.at(-1))
  const writes = kind === 'settings' ? [has(`PUT ${path}`) ?? has(`PATCH ${path}`)] : memberWrites(has, path, item)
  const body = Object.assign({}, ...writes.map((route) => coming.bodies[route]).reverse())
  const answer = wholeAnswer(coming, get)
  const lists = ['repositories', 'organizations'].filter((list) => has(`PUT ${item}/${list}`) !== undefined)
  const fields = Object.entries(body)
    .filter(([field]) => !NOT_OF_THE_DOCUMENT.includes(field))
    .map(([field, schema]) => {
      const shown = answer.fields.find((each) => each.name === field)
      const prose = schema.description ?? ''
      return {
        name: field,
        ...withWords(typeOf(newest, schema), wordsTaken(coming, writes, field)),
        prose,
        ...(shown ? { shown } : {}),
        since: sinceOf(coming, writes, field),
      }
    })
  return {
    level,
    path,
    item,
    routes,
    get,
    write: writes[0],
    create: has(`POST ${path}`) ?? has(`PUT ${item}`),
    update: has(`PATCH ${item}`) ?? has(`PUT ${item}`),
    remove: has(`DELETE ${item}`),
    single: has(`GET ${item}`),
    key: has(`GET ${path}/public-key`),
    list: lists[0],
    envelope,
    products,
    permission,
    permissions: Object.fromEntries(routes.map((route) => [route, coming.endpoints[route].permission])),
    answer: answer.fields,
    statuses: Object.fromEntries(routes.map((route) => [route, answerOf(newest, route, null).status])),
    required: requiredOf(newest, kind === 'settings' ? writes[0] : (has(`POST ${path}`) ?? writes[0])),
    seals: 'encrypted_value' in body,
    fields: fields.filter(({ type, shown }) => shown !== undefined && type !== 'other' && type !== 'ids'),
    left: fields
      .filter(({ type, shown }) => shown === undefined || type === 'other' || type === 'ids')
      .map((each) => each.name),
  }
}

/** The answer of the newest product, its fields with the words of all products, and the products that have each. */
function wholeAnswer(coming, get) {
  const { products, envelope } = coming.endpoints[get]
  const all = products.map((product) => ({ product, ...answerOf(descriptionOf(coming, product), get, envelope) }))
  const { status, fields } = all.at(-1)
  const answered = fields.map((field) => {
    const having = all.flatMap(({ product, fields: own }) =>
      own.filter(({ name }) => name === field.name).map(({ words }) => ({ product, words })),
    )
    return {
      ...withWords(
        field,
        having.map(({ words }) => words ?? []),
      ),
      since: having.map(({ product }) => product),
    }
  })
  return { status, fields: answered }
}

/** By product, the words that requests take. */
function wordsTaken(coming, writes, field) {
  return writes.flatMap((route) => coming.endpoints[route].request).map(({ fields }) => fields[field] ?? [])
}

/** All words, first the `common` ones, which every product has. */
function withWords(field, lists) {
  if (field.type !== 'words') return field
  const given = lists.filter((list) => list.length > 0)
  const all = [...new Set([field.words, ...given].flat())]
  const isCommon = (word) => given.every((list) => list.includes(word))
  const common = all.filter(isCommon)
  return { ...field, common, words: [...common, ...all.filter((word) => !isCommon(word))] }
}

/** The routes of a place: its path, of members what stands below it too. */
function belongs(path, { path: own, item }) {
  if (path === own) return true
  return (
    item !== undefined &&
    (path === `${own}/public-key` ||
      path === item ||
      path.startsWith(`${item}/repositories`) ||
      path.startsWith(`${item}/organizations`))
  )
}

function memberWrites(has, path, item) {
  return [has(`POST ${path}`), has(`PATCH ${item}`), has(`PUT ${item}`)].filter((route) => route !== undefined)
}

/** The products on which a field can be written. */
function sinceOf(coming, writes, field) {
  const groups = writes.flatMap((route) => coming.endpoints[route].request)
  return [...new Set(groups.filter(({ fields }) => field in fields).flatMap(({ products }) => products))]
}
