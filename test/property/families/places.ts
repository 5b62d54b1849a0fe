import type { Body, WorldScope } from '../../worlds/world.ts'
import { EXACT, mapAt } from './names.ts'

/** One scope of the world: its state, what the configuration says of it, and its address. */
export interface Place {
  readonly scope: WorldScope
  readonly address: string
  readonly path: readonly string[]
  readonly wish: Body
  readonly archived: boolean
}

/** Every scope that the state has, with the configuration's part for it: empty where it says nothing. */
export function placesOf(state: Body, configuration: Body): Place[] {
  const places: Place[] = []
  const [enterprises, roots] = [mapAt(configuration, 'enterprises'), mapAt(configuration, 'organizations')]
  for (const [name, own] of Object.entries(enterprises)) {
    places.push({
      scope: 'enterprise',
      address: `enterprises/${name}`,
      path: ['enterprises', name],
      wish: own as Body,
      archived: false,
    })
    Object.assign(roots, mapAt(own, 'organizations'))
  }
  for (const [org, organization] of Object.entries(mapAt(state, 'organizations'))) {
    const wish = mapAt(roots, org)
    const path = ['organizations', org]
    places.push({ scope: 'organization', address: `orgs/${org.toLowerCase()}`, path, wish, archived: false })
    for (const [name, repository] of Object.entries(mapAt(organization, 'repositories'))) {
      const own = mapAt(mapAt(wish, 'repositories'), name)
      const below = [...path, 'repositories', name]
      const address = `repos/${org.toLowerCase()}/${name.toLowerCase()}`
      const archived = (repository as Body).archived === true
      places.push({ scope: 'repository', address, path: below, wish: own, archived })
      for (const environment of Object.keys(mapAt(repository, 'environments'))) {
        const inside = memberOf(mapAt(own, 'environments'), 'environments', environment)
        places.push({
          ...{ scope: 'environment', archived, path: [...below, 'environments', environment] },
          address: `${address}/environments/${encodeURIComponent(environment.toLowerCase())}`,
          wish: typeof inside === 'object' ? (inside as Body) : {},
        })
      }
    }
  }
  return places
}

/** What the configuration says of a member, whose name GitHub may write with another case. */
export function memberOf(members: Body, family: string, name: string): unknown {
  const fold = (text: string): string => (EXACT.includes(family) ? text : text.toLowerCase())
  const key = Object.keys(members).find((each) => fold(each) === fold(name))
  return key === undefined ? undefined : members[key]
}
