import { byText } from './address.ts'
import { byPlace, type Source } from './diagnostic.ts'
import type { Json } from './json.ts'

/**
 * A setting of the configuration that a run leaves as it is, because of GitHub's present state though the YAML is
 * right. It stops nothing else and is in no digest.
 */
export interface HeldBack {
  readonly address: string
  /** The dotted path of the field, which its companions wait with; null where the whole member is held back. */
  readonly field: string | null
  readonly reason: string
  /** The place in the YAML. */
  readonly source: Source | null
  /** The remedy. */
  readonly help: string
}

/**
 * Whether a path is the field, or is in the same nested map, which is held back as a whole; a map's own name belongs to
 * it.
 */
export function fallsWith(path: string, field: string): boolean {
  return path === field || (path.includes('.') && path.split('.')[0] === field.split('.')[0])
}

/** Adds the further findings of planning, at the first entry of each address. */
export function withExplanations(
  all: readonly HeldBack[],
  more: ReadonlyMap<string, readonly string[]>,
): readonly HeldBack[] {
  const explained = new Set<string>()
  return all.map((held) => {
    const words = held.field === null || explained.has(held.address) ? undefined : more.get(held.address)
    if (words === undefined) return held
    explained.add(held.address)
    return { ...held, reason: [held.reason, ...words].join('; ') }
  })
}

/** In the order of the files, then by address and field, each once. */
export function sortHeldBack(all: readonly HeldBack[]): HeldBack[] {
  const unique = new Map(all.map((held) => [JSON.stringify([held.address, held.field, held.reason]), held]))
  return [...unique.values()].sort(
    (left, right) =>
      byPlace(left.source, right.source) ||
      byText(left.address, right.address) ||
      byText(left.field ?? '', right.field ?? ''),
  )
}

/** Settings that are held back only with the change: compared by address, field and reason, not by their lines. */
export function newlyHeldBack(now: readonly HeldBack[], base: readonly HeldBack[] | undefined): readonly HeldBack[] {
  const textOf = ({ address, field, reason }: HeldBack): string => JSON.stringify([address, field, reason] as Json)
  const before = new Set((base ?? []).map(textOf))
  return now.filter((held) => !before.has(textOf(held)))
}
