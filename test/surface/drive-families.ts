import { stringify } from 'yaml'
import { type Case, configurationOf, isSupported, stagesOf } from '../worlds/case.ts'
import { worlds } from '../worlds/index.ts'
import { ALLOWED, start } from '../worlds/run.ts'

/** The families of the settings that the four pages document, and the products of these pages beside today's. */
const FAMILIES = ['permissions', 'secrets', 'runner_groups', 'runners', 'workflows']
const PRODUCTS = ['ghes-2.22', 'ghae-2021', 'ghec']

/** An answer without a date, after which a secret is read again: https://docs.github.com/rest/actions/secrets. */
const UNDATED = ['/orgs/{org}/actions/secrets/{secret_name}', '/repos/{owner}/{repo}/actions/secrets/{secret_name}']

const cases = FAMILIES.flatMap((family) =>
  Object.entries(worlds[family]?.scopes ?? {}).flatMap(([scope, all]) =>
    all.flatMap((world) =>
      PRODUCTS.filter((product) => world.on?.includes(product) ?? !world.notOn?.includes(product)).map(
        (product): Case => ({
          family,
          scope: scope as Case['scope'],
          product,
          owner: 'organization',
          world,
          since: { ...worlds[family]?.since, ...world.since },
          ae: { ...worlds[family]?.ae, ...world.ae },
        }),
      ),
    ),
  ),
)

/** The routes that the sandbox logged, and answered without an error, by the families whose worlds were applied. */
export async function driveFamilies(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const logged = new Map<string, Set<string>>()
  for (const given of cases.filter((each) => isSupported(each))) {
    const { sandbox, place } = await start(given)
    for (const route of UNDATED)
      await sandbox.fault({ method: 'PUT', route, nth: 1, times: 1, headers: { date: null } })
    for (const stage of stagesOf(given)) {
      await place.write('octoform.yaml', stringify(configurationOf(given, stage)))
      await place.run(['apply', ...ALLOWED])
    }
    for (const { method, route, status } of sandbox.asked) {
      if (status >= 400) continue
      const key = `${method} ${route}`
      logged.set(key, (logged.get(key) ?? new Set()).add(given.family))
    }
  }
  return logged
}
