import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
// @ts-expect-error: a script without types
import { COMING_ROUTES } from '../scripts/descriptions/coming-routes.mjs'
// @ts-expect-error: a script without types
import { ROUTES } from '../scripts/descriptions/operations.mjs'
// @ts-expect-error: a script without types
import { permissionOf } from '../scripts/descriptions/permissions.mjs'

interface Variant {
  readonly products: readonly string[]
  readonly is: object
}

/** What `npm run descriptions` keeps of the routes of families to come. */
const coming = JSON.parse(readFileSync('scripts/descriptions/coming.json', 'utf8')) as {
  readonly endpoints: Readonly<Record<string, { readonly products: readonly string[]; readonly permission: object }>>
  readonly operations: Readonly<Record<string, readonly Variant[]>>
  readonly schemas: Readonly<Record<string, readonly Variant[]>>
  readonly bodies: Readonly<Record<string, object>>
}

describe('scripts/descriptions/coming.json', () => {
  it('has coming routes alone, all but those that GitHub withdrew', () => {
    const described = Object.keys(coming.endpoints)
    expect(described.filter((route) => !(COMING_ROUTES as string[]).includes(route))).toEqual([])
    const missing = (COMING_ROUTES as string[]).filter((route) => !described.includes(route))
    expect(missing.filter((route) => !route.includes('/required_workflows'))).toEqual([])
    expect(described.filter((route) => (ROUTES as string[]).includes(route))).toEqual([])
  })

  it('has the permission of the table for each', () => {
    const held = Object.entries(coming.endpoints).map(([route, { permission }]) => [route, permission])
    expect(held).toEqual(held.map(([route]) => [route, permissionOf(route as string)]))
  })

  it('describes each on the products that have it, and every schema that this refers to', () => {
    for (const [route, { products }] of Object.entries(coming.endpoints)) {
      const variants = coming.operations[route] ?? []
      expect(variants.flatMap((variant) => variant.products).sort(), route).toEqual([...products].sort())
      for (const variant of variants) {
        const names = [...JSON.stringify(variant.is).matchAll(/"#\/components\/schemas\/([^"]+)"/g)]
        for (const [, name = ''] of names) {
          const known = (coming.schemas[name] ?? []).flatMap((schema) => schema.products)
          expect(known, `${route}: ${name}`).toEqual(expect.arrayContaining([...variant.products]))
        }
      }
    }
  })
})
