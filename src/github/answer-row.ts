import type { Route } from '../core/routes.ts'
import type { Fields } from './shape.ts'

/** The fields that octoform reads of one answer. */
export type AnswerFields =
  /** An object; where there is `orItems`, or a list. */
  | { readonly fields: Fields; readonly orItems?: Fields }
  /** A list: of the answer itself, or in it under a key, beside `total_count`. */
  | {
      readonly items: Fields
      readonly in: string | null
      /** The field by which two members are one to octoform, and how it compares. */
      readonly alone?: {
        readonly by: string
        readonly fold: 'case' | 'none'
        /** Only where this field of the member is false. */
        readonly where?: string
        /** Members with other ids may have one name: the family decides what that means. */
        readonly repeats?: true
      }
    }

/** Rows by route. */
export type AnswerTable = { readonly [route: Route]: AnswerFields }
