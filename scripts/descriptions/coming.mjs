import { bodyFieldsOf } from './body-fields.mjs'
import { operationOf } from './resolve.mjs'
import { makeTable } from './table.mjs'
import { trim } from './trim.mjs'

/**
 * All that the descriptions say about routes to come, so that `npm run new:family` needs no network: `endpoints` are their
 * rows of the endpoint table, `operations` and `schemas` what test/descriptions/ will hold (each once for all products that
 * agree), `bodies` the fields of their requests with their prose. Routes that no described product has are left out.
 */
export function makeComing(described, routes) {
  const known = routes.filter((route) =>
    described.some(({ description }) => operationOf(description, route) !== undefined),
  )
  const trimmed = described.map(({ product, description }) => ({ product, ...trim(description, known) }))
  return {
    endpoints: makeTable(described, known).endpoints,
    operations: shared(trimmed.map(({ product, operations }) => ({ product, entries: operations }))),
    schemas: shared(trimmed.map(({ product, schemas }) => ({ product, entries: schemas }))),
    bodies: bodyFieldsOf(described, known),
  }
}

/** By name, the variants with the products that each holds for. */
function shared(trimmed) {
  const names = [...new Set(trimmed.flatMap(({ entries }) => Object.keys(entries)))].sort()
  const variantsOf = (name) => {
    const variants = new Map()
    for (const { product, entries } of trimmed) {
      if (!Object.hasOwn(entries, name)) continue
      const text = JSON.stringify(entries[name])
      const variant = variants.get(text) ?? { products: [], is: entries[name] }
      variant.products.push(product)
      variants.set(text, variant)
    }
    return [...variants.values()]
  }
  return Object.fromEntries(names.map((name) => [name, variantsOf(name)]))
}
