import type { Scope } from './scope.ts'

/** One family of a scope that an import could not read beside the others: GitHub does not show it there. */
export interface PartNotRead {
  readonly scope: Scope
  readonly family: string
  readonly reason: string
}
