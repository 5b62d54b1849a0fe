import { describe, expect, it } from 'vitest'
import type { ScopeType } from '../../src/core/scope.ts'
import { endpointTable } from '../../src/github/endpoint-table.ts'
import { accepts, filters, has, returns } from '../../src/github/endpoints.ts'
import { nameOf, type Operation, routesAt } from '../../src/operations/operation.ts'
import { OPERATIONS } from '../../src/operations/table.ts'
import { SERVED_PRODUCTS } from '../support/served-products.ts'
import { shop } from './runs-world.ts'

const levelsOf = (operation: Operation): readonly ScopeType[] => Object.keys(operation.at) as ScopeType[]
const cells = OPERATIONS.flatMap((operation) => levelsOf(operation).map((level) => ({ operation, level })))
const rows = (endpointTable() as { readonly endpoints: Readonly<Record<string, unknown>> }).endpoints

/** The routes to which the flags of an operation go: its own, and those of ways. */
function sentTo(operation: Operation): readonly string[] {
  const { subject, flags = [] } = operation
  const ways = [...(subject?.way ? [subject.way] : []), ...flags.flatMap(({ way }) => way ?? [])]
  return [operation.at, ...ways.map(({ at }) => at)].flatMap((at) => Object.values(at))
}

describe('the data of operations', () => {
  it.each(cells.map((cell) => [`${nameOf(cell.operation)} at ${cell.level}`, cell] as const))(
    '%s: each route is one of GitHub, on some product',
    (_, { operation, level }) => {
      const routes = routesAt(operation, level)
      expect(routes.length).toBeGreaterThan(0)
      expect(routes.filter((route) => !Object.hasOwn(rows, route))).toEqual([])
      expect(routes.filter((route) => !SERVED_PRODUCTS.some((product) => has(product, route)))).toEqual([])
    },
  )

  it('each flag that is sent is one of GitHub, on some product', () => {
    const unknown = OPERATIONS.flatMap((operation) =>
      (operation.flags ?? [])
        .filter(({ own, way, inPath }) => !own && !way && !inPath)
        .filter(
          ({ field }) =>
            !SERVED_PRODUCTS.some((product) =>
              sentTo(operation).some((route) => filters(product, route, field) || accepts(product, route, field)),
            ),
        )
        .map(({ flag }) => `${nameOf(operation)} ${flag}`),
    )
    expect(unknown).toEqual([])
  })

  it('each column reads a field of GitHub, on some product', () => {
    const missing = OPERATIONS.flatMap((operation) => {
      if (operation.kind !== 'list' && operation.kind !== 'show') return []
      const { subject, flags = [] } = operation
      const ways = [...(subject?.way ? [subject.way] : []), ...flags.flatMap(({ way }) => way ?? [])]
      const own = { at: operation.at, columns: operation.columns }
      const tables = [own, ...ways.map(({ at, columns = operation.columns }) => ({ at, columns }))]
      return tables.flatMap(({ at, columns }) =>
        columns.flatMap(({ head, reads }) =>
          reads
            .map((path) => path.split('.')[0] ?? path)
            .filter((field) => {
              const routes = Object.values(at)
              return !routes.some((route) => SERVED_PRODUCTS.some((product) => returns(product, route, field)))
            })
            .map((field) => `${nameOf(operation)} ${head}: ${field}`),
        ),
      )
    })
    expect(missing).toEqual([])
  })

  it('no two operations have one name, and no two flags of one', () => {
    const names = OPERATIONS.map(nameOf)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
    for (const { flags = [] } of OPERATIONS) expect(new Set(flags.map(({ flag }) => flag)).size).toBe(flags.length)
  })
})

const SCOPES: Readonly<Partial<Record<ScopeType, string>>> = {
  enterprise: 'enterprises/acme-inc',
  organization: 'orgs/acme',
  repository: 'acme/web',
}

/** A word for the subject, and a value for each flag of the path. */
function wordsFor(operation: Operation): string {
  const { subject, flags = [] } = operation
  const inPath = flags.flatMap(({ flag, inPath: isInPath }) => (isInPath ? [`${flag.split(' ')[0]} 1`] : []))
  return [...(subject && !subject.optional ? ['1'] : []), ...inPath].join(' ')
}

describe('an operation that a product lacks', () => {
  it.each(SERVED_PRODUCTS)('%s: is said, with those that have it, and no request of its own', async (product) => {
    const lacked = cells.flatMap(({ operation, level }) => {
      const route = operation.at[level]
      return route === undefined || has(product, route) ? [] : [{ operation, level, route }]
    })
    // The generation of AE, and whether an owner is on Enterprise Cloud, no server tells.
    const flag = /^ghes/.test(product) ? '' : ` --product ${product}`
    const { run, sandbox } = await shop(product)
    for (const { operation, level, route } of lacked) {
      const line = `${nameOf(operation)} ${SCOPES[level]} ${wordsFor(operation)} --yes${flag}`
      const { code, stderr } = await run(line)
      expect({ line, code, stderr }).toEqual({ line, code: 1, stderr })
      expect(stderr).toContain(`${nameOf(operation)}: ${product} has no ${route}; `)
      expect(stderr).toContain('Nothing was sent.')
    }
    const asked = new Set(sandbox.asked.map(({ path }) => path))
    asked.delete('/meta')
    expect([...asked]).toEqual([])
  })

  it('is told by the configuration, of GitHub AE in 2021', async () => {
    const yaml = 'version: 1\ngithub: { product: ghae-2021 }\norganizations: { acme: {} }\n'
    const { run } = await shop('ghae-2021', { files: { 'octoform.yaml': yaml } })
    const refused = await run('runners token orgs/acme --yes')
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('runners token: ghae-2021 has no POST') })
  })

  it('is none of another product than the server', async () => {
    const { run } = await shop('ghes-3.19')
    const refused = await run('runs list acme/web --product ghec')
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--product ghec: the server is ghes-3.19'),
    })
  })

  it('is an attempt, where the product has none', async () => {
    const { run } = await shop('ghes-2.22')
    const refused = await run('runs show acme/web 101 --attempt 1')
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('runs show --attempt: ghes-2.22 has no') })
  })

  it('is a filter, where the product would pass over it', async () => {
    const { run } = await shop('ghes-2.22')
    const refused = await run('runs list acme/web --created 2026-11-01')
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('ghes-2.22 does not know --created') })
  })
})
