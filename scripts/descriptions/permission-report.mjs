import { comparePermission } from './compare-permission.mjs'
import { EXCEPTIONS } from './permission-exceptions.mjs'
import { permissionOf } from './permissions.mjs'

/**
 * The whole permission table, compared with GitHub's documentation.
 * @param said by route, what the descriptions say (test/permissions/said.json)
 * @param page by permission, the routes that GitHub's page of permissions lists (test/permissions/page.json)
 */
export function permissionReport(said, page) {
  const listed = new Map(Object.entries(page).flatMap(([name, routes]) => routes.map((route) => [route, name])))
  const rows = Object.keys(said).map((route) => {
    const permission = permissionOf(route)
    return { route, permission, ...comparePermission(route, permission, said[route], listed.get(route)) }
  })
  const used = new Set(rows.flatMap(({ exceptions }) => exceptions))
  return {
    rows,
    /** Both halves stand in the descriptions. */
    exact: rows.filter(({ classic, app }) => classic === 'descriptions' && app === 'descriptions'),
    /** The scope stands in the descriptions, the permission on the page. */
    byPage: rows.filter(({ classic, app }) => classic === 'descriptions' && app === 'page'),
    byJudgement: rows.filter(({ classic, app }) => classic === 'judgement' || app === 'judgement'),
    contradicted: rows.filter(({ contradictions }) => contradictions.length > 0),
    unusedExceptions: EXCEPTIONS.filter((exception) => !used.has(exception)),
    unknownOnPage: [...listed.keys()].filter((route) => !Object.hasOwn(said, route)),
  }
}
