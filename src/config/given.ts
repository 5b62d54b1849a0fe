import type { Source } from '../core/diagnostic.ts'
import type { Json } from '../core/json.ts'
import type { Layer } from './configuration.ts'
import type { Path } from './yaml-file.ts'

/** Something that the YAML gives, and by whom. */
export interface Given {
  readonly value: Json
  readonly layer: Layer
  readonly path: Path
  readonly source: Source
  /** The value as the YAML has it, where it holds placeholders (`fill-member.ts`). */
  readonly template?: Json
}

/** The state that a statement wants of a member. */
export type State = 'present' | 'absent' | 'unmanaged'
