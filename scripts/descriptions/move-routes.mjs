import { referenced } from './trim.mjs'

/** A trimmed description of a product with the operations of further routes, as if it had been made with them. */
export function withRoutes(coming, { product, source, operations, schemas }, routes) {
  const added = ofProduct(coming.operations, product, (route) => routes.includes(route))
  const all = byKey({ ...operations, ...added })
  const pool = { ...schemas, ...ofProduct(coming.schemas, product, () => true) }
  return { product, source, operations: all, schemas: byKey({ ...schemas, ...referenced(pool, added) }) }
}

/** What is left to come. Schemas that no other route needs any more go too. */
export function withoutRoutes(coming, routes) {
  const keep = (entries) => Object.fromEntries(Object.entries(entries).filter(([route]) => !routes.includes(route)))
  const operations = keep(coming.operations)
  return {
    endpoints: keep(coming.endpoints),
    operations,
    schemas: neededBy(operations, coming.schemas),
    bodies: keep(coming.bodies),
  }
}

function ofProduct(shared, product, passes) {
  const entries = Object.entries(shared).flatMap(([name, variants]) => {
    const variant = passes(name) ? variants.find(({ products }) => products.includes(product)) : undefined
    return variant === undefined ? [] : [[name, variant.is]]
  })
  return Object.fromEntries(entries)
}

/** The schemas that the operations refer to; each product's error schema is always among them. */
function neededBy(operations, schemas) {
  const products = new Set(Object.values(operations).flatMap((variants) => variants.flatMap((each) => each.products)))
  const perProduct = [...products].map((product) => ({
    product,
    entries: referenced(
      ofProduct(schemas, product, () => true),
      ofProduct(operations, product, () => true),
    ),
  }))
  const needed = Object.entries(schemas).map(([name, variants]) => {
    const left = variants
      .map(({ products: all, is }) => ({
        products: all.filter((each) => perProduct.some(({ product, entries }) => product === each && name in entries)),
        is,
      }))
      .filter(({ products: all }) => all.length > 0)
    return [name, left]
  })
  return Object.fromEntries(needed.filter(([, variants]) => variants.length > 0))
}

function byKey(map) {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The text of coming-routes.mjs or operations.mjs without routes, in whose lines several methods stand before a path. */
export function listWithout(text, routes) {
  return text
    .split('\n')
    .flatMap((line) => {
      const [, indent, methods, path] = /^( +)'([A-Z ]+) (\/\S*)',$/.exec(line) ?? []
      if (methods === undefined) return [line]
      const left = methods.split(' ').filter((method) => !routes.includes(`${method} ${path}`))
      return left.length === 0 ? [] : [`${indent}'${left.join(' ')} ${path}',`]
    })
    .join('\n')
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** The text of operations.mjs with a paragraph of further routes, after those of the families. */
export function listWith(text, routes) {
  const paths = [...new Set(routes.map((route) => route.split(' ')[1]))]
  const lines = paths.map((path) => {
    const methods = METHODS.filter((method) => routes.includes(`${method} ${path}`))
    return `  '${methods.join(' ')} ${path}',`
  })
  const before = "\n  'GET POST /repos/{owner}/{repo}/issues',"
  if (!text.includes(before)) throw new Error('operations.mjs has no paragraph that begins with issues')
  return text.replace(before, () => `\n${lines.join('\n')}\n${before}`)
}
