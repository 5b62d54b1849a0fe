import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
// @ts-expect-error: a script without types
import { jsonLines } from '../../scripts/descriptions/lines.mjs'
// @ts-expect-error: a script without types
import { referenced } from '../../scripts/descriptions/trim.mjs'

/**
 * Routes that GitHub does not have, made like those of families that it has: a family for `npm run new:family` to begin is
 * there whichever families are still to come. By the end of their path, with that of the routes that they are made like.
 */
const INVENTED: readonly (readonly [like: string, path: string])[] = [
  ['/actions/variables', '/actions/crates'],
  ['/actions/permissions/workflow', '/actions/permissions/cranes'],
  ['/orgs/{org}/codespaces/secrets', '/orgs/{org}/codespaces/charms'],
]

type Schema = { readonly $ref?: string; readonly properties?: Readonly<Record<string, Schema>> }

interface Description {
  readonly operations: Readonly<Record<string, { readonly body?: { readonly schema: Schema } }>>
  readonly schemas: Readonly<Record<string, Schema>>
}

/** Writes the invented routes into a checkout as routes to come, with their token permission. */
export function inventRoutes(folder: string): void {
  const read = (path: string) => readFileSync(join(folder, path), 'utf8')
  const edit = (path: string, editor: (text: string) => string) => writeFileSync(join(folder, path), editor(read(path)))
  const { products, endpoints } = JSON.parse(read('src/github/endpoints.json')) as {
    readonly products: readonly string[]
    readonly endpoints: Readonly<Record<string, unknown>>
  }
  const descriptions = products.map((product) => ({
    product,
    description: JSON.parse(read(`test/descriptions/${product}.json`)) as Description,
  }))
  const known = Object.keys(endpoints).flatMap((route) => {
    const [like, path] = INVENTED.find(([end]) => route.endsWith(end) || route.includes(`${end}/`)) ?? []
    return like === undefined || path === undefined ? [] : [{ route, made: route.replace(like, path) }]
  })
  edit('scripts/descriptions/coming.json', (text) => {
    const coming = JSON.parse(text)
    for (const { route, made } of known) {
      const having = descriptions.filter(({ description }) => description.operations[route] !== undefined)
      coming.endpoints[made] = endpoints[route]
      coming.operations[made] = having.map(({ product, description }) => ({
        products: [product],
        is: description.operations[route],
      }))
      const body = having.at(-1)?.description.operations[route]?.body?.schema
      for (const { product, description } of having) addSchemas(coming.schemas, product, description, route)
      if (body !== undefined) coming.bodies[made] = fieldsOf(having.at(-1)?.description, body)
    }
    return jsonLines(coming)
  })
  const lines = known.map(({ made }) => `  '${made}',`).join('\n')
  edit('scripts/descriptions/coming-routes.mjs', (text) => text.replace(/\n\](?![\s\S]*\n\])/, `\n${lines}\n]`))
  edit('scripts/descriptions/permission-rows.mjs', (text) =>
    text
      .replaceAll(/`(\$\{\w+\}\S*\/)variables\/\*\*`/g, '$&, `$1crates/**`')
      .replaceAll(
        /'(?:GET )?\/orgs\/\{org\}\/codespaces\/secrets\/\*\*'/g,
        (row) => `${row}, ${row.replace('secrets', 'charms')}`,
      ),
  )
}

/** Adds the schemas that an operation refers to, where those of the routes to come lack them. */
function addSchemas(
  known: Record<string, { readonly products: readonly string[]; readonly is: Schema }[]>,
  product: string,
  { operations, schemas }: Description,
  route: string,
): void {
  for (const [name, is] of Object.entries(referenced(schemas, { [route]: operations[route] }) as object)) {
    known[name] ??= []
    if (!known[name].some(({ products }) => products.includes(product))) known[name].push({ products: [product], is })
  }
}

/** The fields of a request, with a sentence for each. */
function fieldsOf(description: Description | undefined, schema: Schema): object {
  const whole = (given: Schema): Schema => {
    const name = given.$ref?.split('/').at(-1)
    return name === undefined ? given : (description?.schemas[name] ?? given)
  }
  const fields = Object.entries(whole(schema).properties ?? {})
  return Object.fromEntries(fields.map(([name, one]) => [name, { ...whole(one), description: `Says its ${name}.` }]))
}
