import type { Body } from '../../worlds/world.ts'
import type { Random } from '../random.ts'

/**
 * One of the documents, some of its fields left out and some taken from others: what the worlds have by itself comes
 * together here.
 */
export function mixed(random: Random, documents: readonly Body[]): Body {
  const first = random.oneOf(documents)
  if (random.chance(55)) return first
  const others = documents.filter((each) => typeof each === 'object' && Object.keys(each).length > 0)
  const kept = Object.entries(first).filter(() => random.chance(75))
  const taken = others.length === 0 ? [] : Object.entries(random.oneOf(others)).filter(() => random.chance(40))
  return { ...Object.fromEntries(kept), ...Object.fromEntries(taken) }
}

/** The members of all documents: their names, and what is said of any of them. */
export function membersOf(documents: readonly Body[]): { readonly names: string[]; readonly said: Body[] } {
  const names = [...new Set(documents.flatMap((each) => Object.keys(each)))]
  const said = documents.flatMap((each) => Object.values(each)).filter((one) => one !== null && typeof one === 'object')
  return { names, said: said as Body[] }
}
