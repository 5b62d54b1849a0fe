import { expect, it } from 'vitest'
import type { Family } from '../../src/core/family.ts'
import { fieldAt, leavesOf, routesOf, supportsLeaf } from '../../src/core/leaves.ts'
import { alternativesOf, hasSome, pickRoute } from '../../src/core/routes.ts'
import { LEVELS, type Scope } from '../../src/core/scope.ts'
import { supportOf } from '../../src/engine/get.ts'
import { lacking } from '../../src/engine/lacking.ts'
import { families } from '../../src/families/index.ts'
import { SERVED_PRODUCTS } from '../support/served-products.ts'

const all: readonly Family[] = families
const SOURCE = { file: 'octoform.yaml', line: 1, col: 1 }

/** Every family at each level of each product at which a route changes something. */
const cells = SERVED_PRODUCTS.flatMap((product) => {
  const support = supportOf(product)
  return all.flatMap((family) =>
    LEVELS.flatMap((level) => {
      const entry = family.scopes[level]
      const isWritten = entry?.writes
        .flatMap(alternativesOf)
        .some((route) => !route.startsWith('GET ') && support.has(route))
      return entry && isWritten
        ? [{ name: `${product} ${level} ${family.name}`, product, support, family, level, entry }]
        : []
    }),
  )
})

it('a product that takes writes of a family shows it, or the ledger knows it, or its line is an error', () => {
  const found = { hidden: [] as string[], refused: [] as string[] }
  for (const { name, product, support, family, level, entry } of cells) {
    const scope = { type: level } as Scope
    const section = { scope, family: family.name, members: [], prune: [], source: SOURCE }
    const refusal = lacking(family, section, support, product)
    if (refusal) {
      expect(refusal, name).toMatchObject({ severity: 'error', source: SOURCE })
      found.refused.push(name)
    } else if (entry.unreadable?.(support) !== undefined) found.hidden.push(name)
    else
      expect(
        entry.reads.some((route) => hasSome(support, route)),
        name,
      ).toBe(true)
  }
  expect(found).toEqual({
    hidden: ['ghae-2021 organization runner_groups', 'ghec enterprise oidc_issuer'],
    refused: ['ghae-2021 organization runners'],
  })
})

/** A list with a route of its own, which is read from the list of what it is of. */
const READ_WITH_MEMBERS = ['runners.labels']

it('a product that takes a field shows it, or the ledger knows what it is of', () => {
  const unread = new Set<string>()
  for (const { name, support, family, level, entry } of cells) {
    if (entry.unreadable?.(support) !== undefined) continue
    const reads = entry.reads.flatMap(alternativesOf).filter((route) => support.has(route))
    const paths = reads.map((route) => route.slice(route.indexOf(' ') + 1))
    for (const leaf of leavesOf(family, level)) {
      const routes = routesOf(family, leaf, level, support)
      if (routes === undefined || !supportsLeaf(family, leaf, level, support)) continue
      const route = pickRoute(routes, support)
      const path = route.slice(route.indexOf(' ') + 1)
      const isOwnList =
        fieldAt(family, leaf).list !== undefined && /\/(repositories|organizations|runners|labels)$/.test(path)
      const isRead = paths.some((read) => (isOwnList ? read === path : isBeside(read, path)))
      if (!isRead && !READ_WITH_MEMBERS.includes(`${family.name}.${leaf}`)) unread.add(`${name}.${leaf} by ${route}`)
    }
  }
  expect([...unread]).toEqual([])
})

/** Whether a read is of the thing that a path writes, of the list that it is in, or of a document beside it. */
function isBeside(read: string, path: string): boolean {
  const above = (of: string): string => of.slice(0, of.lastIndexOf('/'))
  return path.startsWith(read) || above(read) === above(path)
}
