import { ROWS } from './permission-rows.mjs'
import { matches, weightOf } from './route-pattern.mjs'

/**
 * The permission that a route takes: the scope of a classic token, and the permission of a GitHub App or fine-grained token.
 * Of the rows that stand for a route the most particular one counts. Throws where none does, or two that are equally
 * particular: a route never gets the permission of a row that was not written with it in mind.
 */
export function permissionOf(route, rows = ROWS) {
  const [first, second] = rows
    .filter((row) => matches(row, route))
    .sort((one, other) => weightOf(other) - weightOf(one))
  if (first === undefined)
    throw new Error(`${route}: no row stands for it. Add one to scripts/descriptions/permission-rows.mjs.`)
  if (second !== undefined && weightOf(first) === weightOf(second))
    throw new Error(`${route}: two rows of scripts/descriptions/permission-rows.mjs stand for it alike.`)
  return { classic: first.classic, app: appOf(first.app, route) }
}

function appOf(app, route) {
  if (app === null) return null
  const [, level, name, access] = /^(\w+) (\w+)(?:=(\w+))?$/.exec(app)
  return { level, name, access: access ?? (route.startsWith('GET ') ? 'read' : 'write') }
}
