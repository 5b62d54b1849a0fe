import type { Path } from '../config/yaml-file.ts'
import type { Json } from '../core/json.ts'

/** One change of one file's text, as data. */
export type Edit =
  /** Sets a value, in place of the former one; missing maps on the way are made. */
  | { readonly kind: 'set'; readonly file: string; readonly path: Path; readonly value: Json }
  /** Takes a key out of its map. */
  | { readonly kind: 'remove'; readonly file: string; readonly path: Path }
  /** Takes entries out of a list that is written out, by index, and appends others. */
  | {
      readonly kind: 'list'
      readonly file: string
      readonly path: Path
      readonly remove: readonly number[]
      readonly add: readonly Json[]
    }
