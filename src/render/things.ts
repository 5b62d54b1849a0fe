import { type Address, parseAddress } from '../core/address.ts'
import { LADDER, namesOf, type Scope } from '../core/scope.ts'
import { breakable, fewNames } from './cell-text.ts'
import { kindOf } from './counts.ts'
import { groupBy } from './group-by.ts'

/** The most names of a row. */
const NAMES = 5

/** Where one thing is, or several of one kind: what they are called, and in which scopes. */
interface Thing {
  readonly address: Address
  /** The address as it stands in the plan. */
  readonly text: string
}

/** Things of several kinds in words, by their numbers: `5 variables, 5 secrets of 5 repositories`. */
export function kindsWords(addresses: readonly [string, ...string[]]): string {
  const kinds = groupBy(addresses, (address) => kindOf({ address }))
  if (kinds.size === 1) return thingWords(addresses)
  const counted = [...kinds.values()].map((same) => {
    const scopes = new Set(same.flatMap((text) => placeText(text)))
    const parsed = parseAddress(same[0])
    if (!parsed) return fewNames(same, 1)
    const { scope, family, key } = parsed
    const where = scopes.size === 1 ? inside(scope) : ` of ${scopes.size} ${LADDER[scope.type].key}`
    return key === ''
      ? `${inWords(family)}${where}`
      : `${same.length} ${same.length === 1 ? one(family) : inWords(family)}${where}`
  })
  return counted.join(', ')
}

function placeText(text: string): readonly string[] {
  const parsed = parseAddress(text)
  return parsed ? [placeOf(parsed.scope)] : []
}

/**
 * Things of one kind in words: `secret NPM_TOKEN`, `secret KEY of 40 repositories: a, b, …`, `permissions of web`. Their owner is not named.
 * @param addresses of one family and one level
 */
export function thingWords(addresses: readonly [string, ...string[]]): string {
  const placed = addresses.flatMap((text): Thing[] => {
    const address = parseAddress(text)
    return address ? [{ address, text }] : []
  })
  const [first, ...others] = placed
  if (first === undefined || placed.length < addresses.length) return fewNames(addresses, NAMES)
  const { scope, family, key } = first.address
  if (others.length === 0)
    return key === '' ? `${inWords(family)}${inside(scope)}` : `${one(family)} ${breakable(key)}${inside(scope)}`
  const keys = groupBy(placed, ({ address }) => address.key)
  const scopes = groupBy(placed, ({ address }) => placeOf(address.scope))
  if (keys.size === 1) {
    const what = key === '' ? inWords(family) : `${one(family)} ${breakable(key)}`
    return `${what} of ${scopes.size} ${LADDER[scope.type].key}: ${few([...scopes.keys()])}`
  }
  const names = `${keys.size} ${inWords(family)}`
  if (scopes.size === 1) return `${names}${inside(scope)}: ${fewNames([...keys.keys()], NAMES)}`
  const each = placed.slice(0, NAMES).map(({ address }) => `${breakable(address.key)}${inside(address.scope)}`)
  return `${placed.length} ${inWords(family)} of ${scopes.size} ${LADDER[scope.type].key}: ${few(each, placed.length)}`
}

/** The family as words: `runner groups`. */
function inWords(family: string): string {
  return /^[a-z][a-z_]*$/.test(family) ? family.replaceAll('_', ' ') : breakable(family)
}

function one(family: string): string {
  return inWords(family).replace(/s$/, '')
}

/** Where below the owner a thing is; empty for the owner itself. */
function inside(scope: Scope): string {
  return LADDER[scope.type].owns ? '' : ` of ${placeOf(scope)}`
}

/** The scope in words, its own name first: `prod` of `web`. */
function placeOf(scope: Scope): string {
  if (LADDER[scope.type].owns) return `the ${scope.type}`
  return namesOf(scope)
    .slice(1)
    .toReversed()
    .map((name) => breakable(name))
    .join(' of ')
}

function few(shown: readonly string[], all = shown.length): string {
  const first = shown.slice(0, NAMES)
  return all > first.length ? [...first, `${all - first.length} more`].join(', ') : first.join(', ')
}
