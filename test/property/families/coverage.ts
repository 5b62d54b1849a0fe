import fc from 'fast-check'
import { families } from '../../../src/families/index.ts'
import type { Body } from '../../worlds/world.ts'
import { randomBy } from '../random.ts'
import { merged } from './merged.ts'
import { mapAt } from './names.ts'
import { placesOf } from './places.ts'
import { OTHER, worldBy } from './seed.ts'
import { configurationBy } from './wishes.ts'

/** The families by level, as `FAMILY of the LEVEL`, that never are in a random world, in a configuration, or in a set of one. */
interface NeverMade {
  readonly seeds: string[]
  readonly wishes: string[]
  /** Of the levels that sets are about. */
  readonly sets: string[]
  /** In an organization beside the first. */
  readonly others: string[]
}

export function neverMade(parameters: { readonly numRuns: number; readonly seed: number }): NeverMade {
  const [seeds, wishes, sets, others] = [new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>()]
  const property = fc.property(fc.gen(), (generate) => {
    const random = randomBy(generate)
    const world = worldBy(random, 'ghec')
    const configuration = configurationBy(random, 'ghec', world)
    for (const { scope, path, wish } of placesOf(world, merged(configuration, world))) {
      note(seeds, scope, at(world, path))
      note(wishes, scope, wish)
      if (path[1] === OTHER) note(others, scope, wish)
    }
    const owners = [configuration, ...Object.values(mapAt(configuration, 'enterprises'))]
    const organizations = owners.flatMap((owner) => Object.values(mapAt(owner, 'organizations')))
    const ofOrganizations = listAt(configuration, 'organization_sets')
    for (const set of ofOrganizations) note(sets, 'organization', set)
    for (const holder of [...organizations, ...ofOrganizations]) {
      for (const set of listAt(holder as Body, 'repository_sets')) note(sets, 'repository', set)
    }
  })
  fc.assert(property, parameters)
  const all = families.flatMap(({ name, scopes }) => Object.keys(scopes).map((scope) => `${name} of the ${scope}`))
  const lackedBy = (made: ReadonlySet<string>, levels = /./): string[] =>
    all.filter((each) => levels.test(each) && !made.has(each))
  return {
    seeds: lackedBy(seeds),
    wishes: lackedBy(wishes),
    sets: lackedBy(sets, / of the (organization|repository)$/),
    others: lackedBy(others, / of the (organization|repository|environment)$/),
  }
}

function note(made: Set<string>, scope: string, body: Body): void {
  for (const family of Object.keys(body)) made.add(`${family} of the ${scope}`)
}

function listAt(body: Body, key: string): readonly Body[] {
  return (body[key] ?? []) as readonly Body[]
}

function at(world: Body, path: readonly string[]): Body {
  return path.reduce<Body>((value, key) => value[key] as Body, world)
}
