import { families } from '../../../src/families/index.ts'
import type { Body } from '../../worlds/world.ts'
import { selects } from '../lists.ts'
import type { RepositoryState } from '../state.ts'
import { EXACT, mapAt } from './names.ts'

/**
 * The configuration without its sets: each scope has there what all places of the YAML want of it. As the contract says, they
 * join field by field, the later over the earlier: organization set, organization, repository set, the repository's own
 * entry; of several sets the later; a list or a `value` is taken whole. Written for the test alone.
 * @param state in which sets find what matches
 */
export function merged(configuration: Body, state: Body): Body {
  const { organization_sets: sets, ...rest } = configuration
  const all = setsIn({ sets }, 'sets')
  const ofEnterprises = Object.values(mapAt(rest, 'enterprises')).map((own) => mapAt(own, 'organizations'))
  const roots = Object.assign({}, ...ofEnterprises, mapAt(rest, 'organizations')) as Body
  const organizations = Object.entries(roots).map(([name, own]) => {
    const matching = all.filter(({ match }) => selects(match as Body, name, NO_REPOSITORY))
    return [name, organizationOf([...matching, own as Body], mapAt(mapAt(state, 'organizations'), name))]
  })
  const enterprises = Object.entries(mapAt(rest, 'enterprises')).map(([name, own]) => {
    return [name, managed({ ...(own as Body), organizations: {} })]
  })
  return {
    ...rest,
    organizations: Object.fromEntries(organizations),
    enterprises: Object.fromEntries(enterprises),
  }
}

/** Of the `match` of organizations the name alone is of account. */
const NO_REPOSITORY = { topics: [], visibility: '', fork: false, archived: false } as unknown as RepositoryState

/** @param layers from weak to strong */
function organizationOf(layers: readonly Body[], state: Body): Body {
  const own = layers.map(({ match: _, repositories: __, repository_sets: ___, ...sections }) => sections)
  const sets = layers.flatMap((layer) => setsIn(layer, 'repository_sets'))
  const repositories = Object.entries(mapAt(state, 'repositories')).map(([name, given]) => {
    const facts = { topics: [], visibility: 'private', fork: false, archived: false, ...(given as Body) }
    const matching = sets.filter(({ match }) => selects(match as Body, name, facts as unknown as RepositoryState))
    const written = layers.map((layer) => mapAt(mapAt(layer, 'repositories'), name))
    const [first, ...others] = [...matching.map(({ match: _, ...sections }) => sections), ...written]
    return [name, managed(others.reduce((under, over) => joined(under, over, ''), first ?? {}))]
  })
  return {
    ...managed(own.reduce((under, over) => joined(under, over, ''), {})),
    repositories: Object.fromEntries(repositories),
  }
}

function setsIn(layer: Body, key: string): readonly Body[] {
  return (layer[key] ?? []) as readonly Body[]
}

/** @param of the key that both stand at, which says how the names in them compare */
function joined(under: Body, over: Body, of: string): Body {
  const fold = (name: string): string => (EXACT.includes(of) ? name : name.toLowerCase())
  const result: Record<string, unknown> = { ...under }
  for (const [key, given] of Object.entries(over)) {
    const same = Object.keys(result).find((each) => fold(each) === fold(key)) ?? key
    const before = result[same]
    delete result[same]
    const isDeep = isMap(before) && isMap(given) && key !== 'value'
    result[key] = isDeep ? joined(before, given, key) : given
  }
  return result
}

function isMap(value: unknown): value is Body {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** Without the settings that are `unmanaged`: what a set gives of them is dropped. */
function managed(sections: Body): Body {
  const isSettings = (key: string): boolean => families.some(({ name, shape }) => name === key && shape === 'settings')
  return Object.fromEntries(Object.entries(sections).filter(([key, own]) => !(isSettings(key) && own === 'unmanaged')))
}
