import fc from 'fast-check'
import { families } from '../../../src/families/index.ts'
import type { Body } from '../../worlds/world.ts'
import { randomBy } from '../random.ts'
import { type Place, placesOf } from './places.ts'
import { worldBy } from './seed.ts'
import { configurationBy } from './wishes.ts'

/** The families by level, as `FAMILY of the LEVEL`, that are never in a random world, or never in a random configuration. */
export function neverMade(parameters: { readonly numRuns: number; readonly seed: number }): {
  readonly seeds: string[]
  readonly wishes: string[]
} {
  const [seeds, wishes] = [new Set<string>(), new Set<string>()]
  const property = fc.property(fc.gen(), (generate) => {
    const random = randomBy(generate)
    const world = worldBy(random, 'ghec')
    const configuration = configurationBy(random, 'ghec', world)
    for (const place of placesOf(world, configuration)) {
      note(seeds, place, at(world, place.path))
      note(wishes, place, place.wish)
    }
  })
  fc.assert(property, parameters)
  const all = families.flatMap(({ name, scopes }) => Object.keys(scopes).map((scope) => `${name} of the ${scope}`))
  return { seeds: all.filter((each) => !seeds.has(each)), wishes: all.filter((each) => !wishes.has(each)) }
}

function note(made: Set<string>, { scope }: Place, body: Body): void {
  for (const family of Object.keys(body)) made.add(`${family} of the ${scope}`)
}

function at(world: Body, path: readonly string[]): Body {
  return path.reduce<Body>((value, key) => value[key] as Body, world)
}
