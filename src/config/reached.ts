import type { Source } from '../core/diagnostic.ts'
import type { Layer } from './configuration.ts'
import { isCaptured, isFormer } from './name-matcher.ts'
import type { Pool } from './pool.ts'
import { matchesOf } from './selector.ts'

/** The reach of sets in the pool. */
interface Reached {
  /** The sets that match a repository, in their order: one list for all repositories that the same sets match. */
  setsOf(name: string): readonly Layer[]
  /** Repositories that a set means another one by. */
  readonly taken: ReadonlySet<string>
}

/** The last of the sets that match a repository. Repositories that the same sets match share the same steps. */
interface Step {
  readonly before: Step | undefined
  readonly layer: Layer
  readonly next: Map<Layer, Step>
  layers?: readonly Layer[]
}

/** @param sets weak to strong */
export function reachedBy(sets: readonly Layer[], pool: Pool): Reached {
  const last = new Map<string, Step>()
  const first = new Map<Layer, Step>()
  const taken = new Set<string>()
  for (const set of sets) {
    const at = (): Source => set.source
    const matches = matchesOf(set.match ?? {}, pool, at)
    pool.spend('reached', matches.length, at)
    for (const { candidate, verdict } of matches) {
      if (isCaptured(verdict)) taken.add(candidate.name)
      const layer = isFormer(verdict) ? { ...set, former: verdict.former } : set
      const before = last.get(candidate.name)
      const steps = before?.next ?? first
      const step = steps.get(layer) ?? { before, layer, next: new Map() }
      steps.set(layer, step)
      last.set(candidate.name, step)
    }
  }
  return { setsOf: (name) => layersOf(last.get(name)), taken }
}

function layersOf(step: Step | undefined): readonly Layer[] {
  if (step === undefined) return NONE
  if (step.layers === undefined) {
    const layers: Layer[] = []
    for (let each: Step | undefined = step; each !== undefined; each = each.before) layers.push(each.layer)
    step.layers = layers.reverse()
  }
  return step.layers
}

const NONE: readonly Layer[] = []
