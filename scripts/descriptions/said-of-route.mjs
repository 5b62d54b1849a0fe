import { operationOf } from './resolve.mjs'
import { saidAbout } from './said.mjs'

/** What the descriptions, the newest last, say about the tokens of a route, and whether the newest that has it admits Apps. */
export function saidOf(descriptions, route) {
  const operations = descriptions
    .map((description) => operationOf(description, route))
    .filter((operation) => operation !== undefined)
  const newest = operations.at(-1)
  if (newest === undefined) throw new Error(`${route}: no description has it. Is it spelt as GitHub spells it?`)
  const path = route.split(' ')[1]
  const said = operations.map((operation) => saidAbout(path, operation.description ?? ''))
  return {
    scopes: [...new Set(said.flatMap(({ scopes }) => scopes))].sort(),
    permissions: [...new Set(said.flatMap(({ permissions }) => permissions))].sort(),
    apps: newest['x-github'].enabledForGitHubApps !== false,
  }
}
