import type { Operation } from './operation.ts'
import { RUNNERS } from './runners.ts'

/** All operations, in the order of their help. */
export const OPERATIONS: readonly Operation[] = [...RUNNERS]
