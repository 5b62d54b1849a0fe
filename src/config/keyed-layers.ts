import { formatScope } from '../core/address.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { HeldBack } from '../core/held-back.ts'
import type { Layer } from './configuration.ts'
import { knownEntries } from './known-entries.ts'
import { isOutermost } from './layers.ts'
import { heldName, renamedWarning } from './name-messages.ts'
import type { Pool } from './pool.ts'

interface KeyedLayers {
  /** By the present name. */
  readonly byName: ReadonlyMap<string, readonly Layer[]>
  /** Repositories of which nothing is planned, because a key means another one by their name, or them by another's. */
  readonly frozen: ReadonlySet<string>
  readonly diagnostics: readonly Diagnostic[]
  readonly heldBack: readonly HeldBack[]
}

/**
 * The layers of single repositories, by the present repositories of their keys. Of two keys for one repository that
 * with its present name counts.
 */
export function keyedLayers(layers: readonly Layer[], pool: Pool): KeyedLayers {
  const byName = new Map<string, Layer[]>()
  const frozen = new Set<string>()
  const diagnostics: Diagnostic[] = []
  const heldBack: HeldBack[] = []
  const keys = new Set(layers.flatMap(({ repository }) => repository ?? []))
  for (const layer of layers) {
    const { repository: key, source } = layer
    if (key === undefined) continue
    const fact = pool.names?.fact(key)
    const add = (name: string, each: Layer): void => {
      const there = byName.get(name)
      if (there === undefined) byName.set(name, [each])
      else there.push(each)
    }
    if (fact === undefined) add(key, layer)
    else if (fact.kind === 'renamed') {
      const twiceNamed = keys.has(fact.to)
      if (isOutermost(layer)) {
        diagnostics.push(renamedWarning(pool.owner, key, fact.to, source, addressOf(pool, fact.to)))
        if (twiceNamed) heldBack.push(twice(pool, key, fact.to, layer))
      }
      if (!twiceNamed) add(fact.to, { ...layer, repository: fact.to, former: key })
    } else {
      if (isOutermost(layer)) {
        heldBack.push({ address: addressOf(pool, key), field: null, source, ...heldName(pool.owner, key, fact) })
      }
      if (fact.kind === 'elsewhere') continue
      frozen.add(key)
      if (fact.now !== undefined && !keys.has(fact.now)) frozen.add(fact.now)
    }
  }
  return { byName, frozen, diagnostics, heldBack }
}

/** Warnings about names in the `match` of sets. */
export function setWarnings(sets: readonly Layer[], pool: Pool): readonly Diagnostic[] {
  return sets
    .filter(isOutermost)
    .flatMap((layer) =>
      knownEntries(layer.match === undefined ? [] : [layer.match], pool).flatMap(({ written, fact }) =>
        fact.kind === 'renamed' ? [renamedWarning(pool.owner, written, fact.to, layer.source, undefined)] : [],
      ),
    )
}

/** The entries of sets' `match` that are held back, because a name in them belongs to another repository now. */
export function setHolds(sets: readonly Layer[], pool: Pool): readonly HeldBack[] {
  return sets.filter(isOutermost).flatMap((layer) =>
    knownEntries(layer.match === undefined ? [] : [layer.match], pool).flatMap(({ written, negated, fact }) => {
      if (fact.kind === 'renamed' || (fact.kind === 'elsewhere' && negated)) return []
      const address = addressOf(pool, written.toLowerCase())
      return [{ address, field: null, source: layer.source, ...heldName(pool.owner, written, fact) }]
    }),
  )
}

function twice({ owner }: Pool, key: string, to: string, { source }: Layer): HeldBack {
  const address = formatScope({ type: 'repository', owner, repo: to })
  return {
    address,
    field: null,
    reason: `${owner}/${key} is called ${owner}/${to} now, which has a key of its own: that one counts`,
    source,
    help: `Move what is said of ${owner}/${key} to ${owner}/${to}.`,
  }
}

function addressOf({ owner }: Pool, repo: string): string {
  return formatScope({ type: 'repository', owner, repo })
}
