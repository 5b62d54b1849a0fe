import type { Family } from './family.ts'
import type { Json } from './json.ts'
import { fieldAt } from './leaves.ts'
import type { Scope } from './scope.ts'

export interface Mode {
  /** The switch. */
  readonly field: string
  /** The value of it that brings the lists into force. */
  readonly is: Json
  readonly lists: readonly string[]
}

/** The switches of a family in a scope, each with the lists that it brings into force. */
export function modesOf(family: Family, { type }: Pick<Scope, 'type'>): readonly Mode[] {
  let modes: { field: string; is: Json; lists: string[] }[] | undefined
  for (const path in family.fields) {
    const { mode, written } = fieldAt(family, path)
    if (mode === undefined || written[type] === undefined) continue
    modes ??= []
    const known = modes.find(({ field }) => field === mode.field)
    if (known === undefined) modes.push({ ...mode, lists: [path] })
    else known.lists.push(path)
  }
  return modes ?? NO_MODES
}

const NO_MODES: readonly Mode[] = []
