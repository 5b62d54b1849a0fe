import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { alternativesOf } from '../src/core/routes.ts'
import { families } from '../src/families/index.ts'
import { sampled, sampledByKind } from './support/by-night.ts'
import { LEDGER_KEY } from './support/octoform.ts'
import { randomFrom, reversed, shuffledFiles } from './support/shuffled.ts'
import { turningPoints } from './support/turning-points.ts'
import type { Asked } from './support/watched-sandbox.ts'
import {
  type Case,
  configurationOf,
  inEnterprise,
  isAe,
  isSupported,
  lackingFields,
  planted,
  reached,
  stagesOf,
} from './worlds/case.ts'
import { worlds } from './worlds/index.ts'
import {
  ALLOWED,
  expectImportHolds,
  expectNoChanges,
  expectRefused,
  importsOf,
  planOf,
  start,
  TOKEN,
  withoutSources,
} from './worlds/run.ts'
import { type Body, LIVE_VALUE } from './worlds/world.ts'

const cases = families.flatMap(({ name: family, scopes }) =>
  Object.entries(worlds[family]?.scopes ?? {}).flatMap(([scope, all]) =>
    all.flatMap((world, index) =>
      placesOf({ scope: scope as Case['scope'], world }, productsOf(scopes)).map(({ product, owner }) => {
        const given: Case = {
          family,
          scope: scope as Case['scope'],
          product,
          owner,
          world,
          since: { ...worlds[family]?.since, ...world.since },
          ae: { ...worlds[family]?.ae, ...world.ae },
        }
        const name = `${family} of ${owner === 'personal' ? 'a personal repository' : `the ${scope}`}`
        return { name: `${name}${index > 0 ? `, world ${index + 1}` : ''}, ${product}`, given }
      }),
    ),
  ),
)

/** The cloud, GitHub AE, and the releases at which something changes for the family. */
function productsOf(scopes: (typeof families)[number]['scopes']): readonly string[] {
  const routes = Object.values(scopes).flatMap(({ reads, writes }) => [...reads, ...writes].flatMap(alternativesOf))
  return ['dotcom', 'ghec', 'ghae-2021', 'ghae', ...turningPoints(routes)]
}

function placesOf(
  { scope, world }: Pick<Case, 'scope' | 'world'>,
  products: readonly string[],
): Pick<Case, 'product' | 'owner'>[] {
  const isAlone =
    (scope === 'repository' || scope === 'environment') && (world.above === undefined || world.personal === true)
  const personal = isAlone ? [{ product: 'dotcom', owner: 'personal' as const }] : []
  // On github.com what has an enterprise is ghec.
  const own = products
    .filter((product) => !inEnterprise({ scope, world }) || product !== 'dotcom')
    .filter((product) => world.on?.includes(product) ?? !world.notOn?.includes(product))
  return [...own.map((product) => ({ product, owner: 'organization' as const })), ...personal]
}

describe('every family has a world in each of its scopes (test/worlds/index.ts)', () => {
  test.each(families.flatMap(({ name, scopes }) => Object.keys(scopes).map((scope) => ({ name, scope }))))(
    '$name of the $scope',
    ({ name, scope }) => {
      const given: Readonly<Record<string, readonly unknown[] | undefined>> = worlds[name]?.scopes ?? {}
      expect(given[scope] ?? [], `add ${name} of the ${scope} to test/worlds/index.ts`).not.toHaveLength(0)
    },
  )
})

/** By day each world in the cloud, on GitHub AE and on one release of Enterprise Server, and each family on each product. */
function kindsOf({ given: { family, scope, product, owner, world } }: (typeof cases)[number]): readonly string[] {
  const index = worlds[family]?.scopes[scope]?.indexOf(world)
  const server = isAe(product) ? product : product.startsWith('ghes-') ? 'GHES' : undefined
  const kind = server ?? (owner === 'personal' ? 'personal' : 'cloud')
  return [`${family} ${scope} ${index} ${kind}`, `${family} ${product}`]
}

const supported = cases.filter(({ given }) => isSupported(given))

describe('the contract of a family', () => {
  test.each(sampledByKind(supported, kindsOf))(
    'apply, no changes; import, no changes; no secret printed: $name',
    async ({ given }) => {
      const { sandbox, place, printed } = await start(given)
      const stages = stagesOf(given)
      for (const [index, stage] of stages.entries()) {
        await place.write('octoform.yaml', stringify(configurationOf(given, stage)))
        if (index === 0) expect(await place.run(['plan', '--out', 'plan.json', '--debug'])).toMatchObject({ code: 0 })
        const plan = index === 0 ? ['plan.json'] : []
        expect(await place.run(['apply', ...plan, '--debug', ...ALLOWED]), `stage ${index + 1}`).toMatchObject({
          code: 0,
        })
        const writes = sandbox.writes().length
        if (index === 0) expect(writes).toBeGreaterThan(0)
        expect(await place.run(['apply', '--format', 'json', ...ALLOWED])).toMatchObject({ code: 0 })
        expect(sandbox.writes(), 'a second apply writes nothing').toHaveLength(writes)
        await expectNoChanges(place, ['--debug'])
        const addresses = importsOf(given)
        const checked = index === stages.length - 1 ? addresses : addresses.slice(0, 1)
        for (const address of checked) await expectImportHolds(given, address, sandbox, printed)
      }
      const ledger = await place.read('.octoform/ledger.json').catch(() => '')
      const outputs = [...printed, ledger, await place.read('plan.json')].join('\n')
      const told = planted([LIVE_VALUE, TOKEN, LEDGER_KEY]).filter((text) => outputs.includes(text))
      expect(told).toEqual([])
    },
  )

  test.each(sampled(supported, 9))('the order of keys, lists and files is of no account: $name', async ({ given }) => {
    const { place } = await start(given)
    const [first = {}] = stagesOf(given)
    const configuration = configurationOf(given, first)
    const plan = await planOf(place, [configuration])
    expect(plan.changes).not.toEqual([])
    for (const seed of [1, 2]) {
      const other = await planOf(place, shuffledFiles(configuration, randomFrom(seed), worlds[given.family]?.ordered))
      expect(other.digest).toBe(plan.digest)
      expect(withoutSources(other)).toEqual(withoutSources(plan))
    }
    const { place: elsewhere } = await start(given, (seed) => reversed(seed) as Body)
    const again = await planOf(elsewhere, [configuration])
    expect(withoutSources({ ...again, host: plan.host, digest: plan.digest })).toEqual(withoutSources(plan))
  })
})

describe('what GitHub does not let come about', () => {
  const faulty = supported.flatMap(({ name, given }) =>
    (given.world.faults ?? [])
      .filter(({ since = [2, 22] }) => reached(given.product, since))
      .filter(({ owner = given.owner }) => owner === given.owner)
      .map((fault) => ({ name: `${fault.name}: ${name}`, given, fault })),
  )
  test.each(
    sampledByKind(faulty, ({ given, fault }) => [`${given.family} ${given.scope} ${fault.name}`, given.product]),
  )('$name', async ({ given, fault }) => {
    const { sandbox, place } = await start(given)
    if (fault.answer) await sandbox.fault(fault.answer)
    const [stage = {}] = stagesOf({ ...given, world: { ...given.world, stages: [fault.stage] } })
    await place.write('octoform.yaml', stringify(configurationOf(given, stage)))
    const { code, stdout, stderr } = await place.run(['apply', ...ALLOWED])
    expect({ code, told: stdout + stderr }).toEqual({ code: fault.code, told: expect.stringMatching(fault.told) })
    if (fault.answer) {
      // One request of this run fared badly; the next run does the rest.
      expect(await place.run(['apply', ...ALLOWED])).toMatchObject({ code: 0 })
      await expectNoChanges(place)
    } else {
      // That is how a personal account answers the question whether it is an organization.
      const isAsked = ({ route, status }: Asked): boolean => route === '/orgs/{org}' && status === 404
      const refused = sandbox.asked.filter((each) => each.status >= 400 && !isAsked(each))
      expect(refused.map(({ method, path }) => `${method} ${path}`)).toEqual(fault.lookUps ?? [])
    }
  })
})

describe('what a product lacks is told with its place and never asked for', () => {
  test.each(cases.filter(({ given }) => !isSupported(given)))('$name', async ({ given }) => {
    const { sandbox, place } = await start(given)
    const [first = {}] = given.world.stages
    const text = stringify(configurationOf(given, first))
    await place.write('octoform.yaml', text)
    await expectRefused(place, given.product, placed(text, given.family))
    const family = families.find(({ name }) => name === given.family)
    const { reads = [], writes = [] } = family?.scopes[given.scope] ?? {}
    const routes = [...reads, ...writes].flatMap(alternativesOf)
    expect(sandbox.asked.filter(({ method, route }) => routes.some((each) => each === `${method} ${route}`))).toEqual(
      [],
    )
  })

  const lacking = supported.flatMap(({ name, given }) =>
    lackingFields(given).flatMap((field) => {
      const stages = given.world.stages.filter((stage) => holds(stage[given.family], field))
      return stages.slice(0, 1).map((stage) => ({ name: `${field} of ${name}`, given, field, stage }))
    }),
  )
  test.each(lacking)('$name', async ({ given, field, stage }) => {
    const { sandbox, place } = await start(given)
    const since = Object.fromEntries(Object.entries(given.since).filter(([path]) => path !== field))
    const [body = {}] = stagesOf({ ...given, since, world: { ...given.world, stages: [stage] } })
    const text = stringify(configurationOf(given, body))
    await place.write('octoform.yaml', text)
    await expectRefused(place, given.product, placed(text, given.family, field.split('.').at(-1)))
    expect(sandbox.writes()).toEqual([])
  })
})

/** The message of an error at the place where a family stands in the YAML, or a key of it. */
function placed(yaml: string, family: string, key = family): RegExp {
  const lines = yaml.split('\n')
  const begin = lines.findIndex((text) => text.trim().startsWith(`${family}:`))
  const line = lines.findIndex((text, index) => index >= begin && text.trim().startsWith(`${key}:`))
  const col = (lines[line] ?? '').indexOf(key) + 1
  return new RegExp(`octoform\\.yaml:${line + 1}:${col}: error: `)
}

function holds(value: unknown, path: string): boolean {
  return JSON.stringify(value ?? {}).includes(`"${path.split('.').at(-1)}":`)
}

describe('on GHES 2.22 lists of selected repositories', () => {
  const old = supported.filter(({ given }) => given.product === 'ghes-2.22' && given.scope === 'organization')
  test('are written as whole numbers and read back', async () => {
    const asked: string[] = []
    for (const { given } of old) {
      const { sandbox, place } = await start(given)
      await place.write('octoform.yaml', stringify(configurationOf(given, stagesOf(given)[0] ?? {})))
      expect(await place.run(['apply', ...ALLOWED])).toMatchObject({ code: 0 })
      for (const { method, route, body } of sandbox.asked) {
        const ids = (body as { selected_repository_ids?: unknown[] } | undefined)?.selected_repository_ids ?? []
        asked.push(`${method} ${route}${ids.length > 0 && ids.every(Number.isInteger) ? ' with ids' : ''}`)
      }
    }
    expect(asked).toEqual(
      expect.arrayContaining([
        'PUT /orgs/{org}/actions/secrets/{secret_name} with ids',
        'GET /orgs/{org}/actions/secrets/{secret_name}/repositories',
        'GET /orgs/{org}/actions/runner-groups/{runner_group_id}/repositories',
      ]),
    )
  })
})
