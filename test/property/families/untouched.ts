import { families } from '../../../src/families/index.ts'
import type { Body } from '../../worlds/world.ts'
import { type Difference, differencesOf } from './leaves.ts'
import { memberOf, type Place, placesOf } from './places.ts'
import { isSideEffect } from './side-effects.ts'

/** What changed in the world though the configuration does not manage it, and GitHub documents no such side effect. */
export function touched(before: Body, after: Body, configuration: Body): string[] {
  const places = [...placesOf(before, configuration), ...placesOf(after, configuration)]
  return differencesOf(before, after).flatMap((difference) => {
    const place = placeOf(places, difference.path)
    if (place !== undefined && isManaged(places, place, difference, before)) return []
    if (isSideEffect(difference, { before, after, place })) return []
    return [`${difference.path.join(' > ')}: ${difference.before} became ${difference.after}, and nobody asked`]
  })
}

/** The innermost scope that a path is in. */
function placeOf(places: readonly Place[], path: readonly string[]): Place | undefined {
  return places
    .filter((place) => place.path.every((key, index) => path[index] === key))
    .filter((place) => families.some(({ name }) => name === path[place.path.length]))
    .sort((left, right) => right.path.length - left.path.length)[0]
}

function isManaged(places: readonly Place[], place: Place, { path }: Difference, before: Body): boolean {
  if (place.archived) return false
  const [name = '', ...inner] = path.slice(place.path.length)
  if (place.scope === 'environment' && comesOrGoes(places, place, before)) return true
  const family = families.find((each) => each.name === name)
  if (family === undefined || place.wish[name] === undefined) return false
  const wish = place.wish[name] as Body
  if (family.shape === 'settings') return gives(wish, inner)
  const [key = '', ...field] = inner
  const said = memberOf(wish, name, key)
  if (said === 'absent') return true
  if (said === undefined) return isPruned(place.wish, name, key) || isRenamed(wish, key)
  if (said === 'unmanaged') return false
  const isNew = valueAt(before, [...place.path, name, key]) === undefined
  return isNew || field[0] === 'updated_at' || gives(said as Body, field)
}

/** Whether all of an environment is made or removed by the configuration. */
function comesOrGoes(places: readonly Place[], { path }: Place, before: Body): boolean {
  const repository = places.find(
    (each) => each.path.length === path.length - 2 && each.path.every((key, index) => key === path[index]),
  )
  const difference = { path: [...path, 'environment'], before: undefined, after: undefined }
  return repository !== undefined && isManaged(places, repository, difference, before)
}

function valueAt(state: Body, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Body | undefined)?.[key], state)
}

/** A list means its mode, too. */
const MODES: Readonly<Record<string, readonly string[]>> = {
  repositories: ['enabled_repositories', 'visibility'],
  organizations: ['enabled_organizations', 'visibility'],
  selected_actions: ['allowed_actions'],
  selected_workflows: ['restricted_to_workflows'],
  deployment_branch_policies: ['deployment_branch_policy'],
  include_claim_keys: ['use_default'],
}

function gives(wish: Body, [field = '']: readonly string[]): boolean {
  const given = Object.keys(wish).map((key) => key.replace(/^(add|remove)_/, ''))
  return given.some((key) => key === field || (MODES[key] ?? []).includes(field))
}

function isPruned(wish: Body, family: string, key: string): boolean {
  const globs = (wish.prune ?? []) as readonly string[]
  return globs.some((glob) => {
    const [of, pattern = ''] = glob.split('/')
    return of === family && new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 'i').test(key)
  })
}

function isRenamed(members: Body, key: string): boolean {
  return Object.values(members).some((one) => {
    const from = (one as Body | undefined)?.renamed_from
    return typeof from === 'string' && from.toLowerCase() === key.toLowerCase()
  })
}
