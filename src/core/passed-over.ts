import type { Source } from './diagnostic.ts'

/** A glob or selector of the configuration, and the archived repositories that it passes over, because no key asks for them. */
export interface PassedOver {
  /** As the YAML has it; a selector as JSON. */
  readonly pattern: string
  /** Its first place. */
  readonly source: Source
  /** The number of places that have it and pass over the same. */
  readonly places: number
  /** Such as `acme/legacy`, sorted. */
  readonly repositories: readonly string[]
}
