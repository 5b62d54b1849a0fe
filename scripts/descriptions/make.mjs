/**
 * Makes, from GitHub's OpenAPI descriptions in the npm package `@octokit/openapi`:
 *   test/descriptions/PRODUCT.json   what requests and answers of that product look like (for the tests)
 *   src/github/endpoints.json        which product has which endpoint and field, and which permission it takes
 *   test/permissions/said.json       what the descriptions say about the tokens of all routes, coming ones too (for a test)
 *   scripts/descriptions/coming.json what they say about coming routes (for `npm run new:family`)
 *
 * Run with `npm run descriptions`; `-- --from DIR` takes packages that lie unpacked as DIR/VERSION/package.
 * The same packages give the same files, byte for byte.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { makeComing } from './coming.mjs'
import { COMING_ROUTES } from './coming-routes.mjs'
import { withDescriptions } from './fetch.mjs'
import { jsonLines } from './lines.mjs'
import { OLDER, PRODUCTS, ROUTES } from './operations.mjs'
import { saidOf } from './said-of-route.mjs'
import { makeTable } from './table.mjs'
import { trim } from './trim.mjs'

const root = new URL('../../', import.meta.url)
const { values } = parseArgs({ options: { from: { type: 'string' } } })

withDescriptions(values.from, (read) => {
  mkdirSync(new URL('test/descriptions/', root), { recursive: true })
  const described = []
  for (const entry of PRODUCTS) {
    const description = read(entry)
    described.push({ product: entry.product, description })
    const source = `@octokit/openapi ${entry.version}, generated/${entry.file}.json${entry.as ? ', as of 2021' : ''}`
    write(`test/descriptions/${entry.product}.json`, { product: entry.product, source, ...trim(description, ROUTES) })
  }
  write('src/github/endpoints.json', makeTable(described, ROUTES))
  write('scripts/descriptions/coming.json', makeComing(described, COMING_ROUTES))

  const descriptions = [...OLDER.map(read), ...described.map(({ description }) => description)]
  const routes = [...new Set([...ROUTES, ...COMING_ROUTES])].sort()
  const said = routes.map((route) => [route, saidOf(descriptions, route)])
  write('test/permissions/said.json', { source: sources().join(', '), said: Object.fromEntries(said) })
})

function sources() {
  return [...OLDER, ...PRODUCTS.filter(({ as }) => !as)].map(
    ({ version, file }) => `${file} of @octokit/openapi ${version}`,
  )
}

function write(path, document) {
  writeFileSync(fileURLToPath(new URL(path, root)), jsonLines(document))
  console.error(`Wrote ${path}`)
}
