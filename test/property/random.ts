import fc, { type GeneratorValue } from 'fast-check'

/** Random choices that fast-check makes, remembers and shrinks. */
export interface Random {
  /** True in so many of a hundred cases. */
  chance(percent: number): boolean
  oneOf<T>(items: readonly T[]): T
  /** Some of the items, in their order. */
  some<T>(items: readonly T[]): T[]
  /** A number from 0 to `most`. */
  upTo(most: number): number
}

/** Choices by fast-check's generator. */
export function randomBy(generate: GeneratorValue): Random {
  const upTo = (most: number): number => generate(fc.integer, { min: 0, max: most })
  return {
    upTo,
    chance: (percent) => upTo(99) < percent,
    oneOf: (items) => items[upTo(items.length - 1)] as (typeof items)[number],
    some: (items) => items.filter(() => upTo(99) < 50),
  }
}

/** The entries that are there, as a map. */
export function fields(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}
