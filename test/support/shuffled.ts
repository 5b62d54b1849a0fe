import type { Body } from '../worlds/world.ts'

/** Numbers from 0 to 1, always the same ones for a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/**
 * The same configuration with its keys and lists in another order, cut in two files that each hold a part.
 * @param ordered the keys of lists in which the order counts
 */
export function shuffledFiles(
  configuration: Body,
  random: () => number,
  ordered: readonly string[] = [],
): readonly [Body, Body] {
  const { version, ...rest } = shuffled(configuration, random, ordered) as Body
  const [first, second] = cut(rest, random)
  return [{ ...second, version }, first]
}

/** The same with every map's keys in reverse order. */
export function reversed(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  )
}

function shuffled(value: unknown, random: () => number, ordered: readonly string[]): unknown {
  if (value === null || typeof value !== 'object') return value
  const inner = <T>(items: readonly T[]): T[] => {
    const keyed = items.map((item) => ({ item, key: random() }))
    return keyed.sort((left, right) => left.key - right.key).map(({ item }) => item)
  }
  if (Array.isArray(value)) return inner(value.map((each) => shuffled(each, random, ordered)))
  const entries = Object.entries(value).map(([key, each]) => {
    return [key, ordered.includes(key) ? each : shuffled(each, random, ordered)] as const
  })
  return Object.fromEntries(inner(entries))
}

/** Maps are shared out key by key; a list or a `value` goes to one side as a whole. */
function cut(body: Body, random: () => number): [Body, Body] {
  const sides: [Record<string, unknown>, Record<string, unknown>] = [{}, {}]
  for (const [key, value] of Object.entries(body)) {
    const inner = value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Body) : undefined
    if (inner === undefined || key === 'value' || Object.keys(inner).length === 0) {
      sides[random() < 0.5 ? 0 : 1][key] = value
      continue
    }
    for (const [index, part] of cut(inner, random).entries()) {
      if (Object.keys(part).length > 0) (sides[index] as Record<string, unknown>)[key] = part
    }
  }
  return sides
}
