import type { FlagValues } from '../operations/operation.ts'

/** The flags that all operations have, beside their own. */
export interface OperateFlags {
  readonly apiUrl?: string
  readonly insecureHttp?: boolean
  readonly parallelism: number
  readonly maxWait?: number
  readonly debug?: boolean
  readonly allow?: readonly string[]
  readonly config?: readonly string[]
  /** Where the server leaves it open. */
  readonly product?: string | undefined
  /** GitHub's own objects, for programs. */
  readonly json?: boolean | undefined
  /** The most items of a listing. */
  readonly limit?: number | undefined
  /** The answer to the question. */
  readonly yes?: boolean | undefined
  /** The most things that are changed without a person who was asked. */
  readonly max: number
  /** Where a credential or a download goes. */
  readonly out?: string | undefined
  readonly protect?: readonly string[] | undefined
  /** Those of the operation itself. */
  readonly own: FlagValues
}
