/**
 * Fields that servers take and show, and no description has. test/descriptions/deviations.ts has the sources.
 */
const BYPASS = ['can_admins_bypass']
const ENVIRONMENTS = '/repos/{owner}/{repo}/environments'
const BEFORE_3_9 = /^ghes-(2\.\d+|3\.[4-8])$|^ghae(-2021)?$/

const FIELDS = {
  [`GET ${ENVIRONMENTS}`]: BYPASS,
  [`GET ${ENVIRONMENTS}/{environment_name}`]: BYPASS,
  [`PUT ${ENVIRONMENTS}/{environment_name}`]: BYPASS,
}

/** The fields of a route on a product, for its request and its answer. */
export function undescribed(route, product) {
  return BEFORE_3_9.test(product) ? [] : (FIELDS[route] ?? [])
}
