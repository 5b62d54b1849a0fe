import { type Entry, idAt, join, SeedError } from './seed-reader.ts'

/** Gives out the ids that a seed leaves open: always the same ones, and none that the seed gives itself. */
export type Ids = (given: number | undefined) => number

/** Prepares the ids of one kind of thing, counting from `first`. @throws SeedError when two entries give the same id. */
export function idsFrom(first: number, entries: Iterable<Entry>): Ids {
  const taken = new Set<number>()
  for (const each of entries) {
    const id = idAt(each, 'id')
    if (id === undefined) continue
    if (taken.has(id)) throw new SeedError(join(each.path, 'id'), `is ${id}, which something else has already.`)
    taken.add(id)
  }
  let next = first
  return (given) => {
    if (given !== undefined) return given
    while (taken.has(next)) next += 1
    taken.add(next)
    return next
  }
}
