/** Of validators.js, which scripts/validators.mjs makes from schemas/. */

/** A wrong place of a document, in the form of Ajv. It may hold data, so that it must not be printed as it is. */
export interface SchemaError {
  /** A JSON pointer to the place. */
  readonly instancePath: string
  /** The keyword of the schema that does not hold. */
  readonly keyword: string
  // biome-ignore lint/suspicious/noExplicitAny: the keyword determines what there is
  readonly params: Readonly<Record<string, any>>
  /** Left out where the check has no words for people. */
  readonly message?: string
}

/** Checks a document. Leaves its errors at itself, as Ajv does; null after a document without any. */
export interface Validate {
  (document: unknown): boolean
  readonly errors?: readonly SchemaError[] | null
}

/** A map that the schemas know: its possible places (`*` for any name or list entry) and its keys. */
export interface KnownMap {
  readonly path: readonly string[]
  readonly keys: readonly string[]
}

/** Checks the document of one file of a configuration, and finds all that is wrong. */
export declare const validateConfiguration: Validate

/** Checks a saved plan, up to the first thing that is wrong. */
export declare const validatePlan: Validate

/** Checks a saved reading of a report, up to the first thing that is wrong. */
export declare const validateReading: Validate

/** Every map that the schemas of a configuration describe by its keys. */
export declare const KNOWN_MAPS: readonly KnownMap[]
