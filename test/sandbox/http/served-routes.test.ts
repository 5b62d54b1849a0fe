import { expect, it } from 'vitest'
import { has } from '../../../src/github/endpoints.ts'
import { findRoute, indexRoutes, segmentsOf } from '../../../src/sandbox/http/router.ts'
import { ROUTES } from '../../../src/sandbox/resources/table.ts'
import { parseProduct } from '../../../src/sandbox/world/products.ts'
import { SERVED_PRODUCTS } from '../../support/served-products.ts'

const described = ROUTES.filter(({ template }) => template !== '/graphql')
const index = indexRoutes(ROUTES)

it.each(SERVED_PRODUCTS)('%s is served what GitHub describes of it, and nothing else', (product) => {
  const name = ({ method, template }: (typeof described)[number]): string => `${method} ${template}`
  const isServed = ({ method, template }: (typeof described)[number]): boolean =>
    findRoute(index, parseProduct(product), method, segmentsOf(template) ?? [])?.route.template === template
  expect(described.filter(isServed).map(name)).toEqual(described.map(name).filter((route) => has(product, route)))
})
