import { ARTIFACTS } from './artifacts.ts'
import { CACHES } from './caches.ts'
import { IMAGES } from './images.ts'
import { LOGS } from './logs.ts'
import type { Operation } from './operation.ts'
import { RUNNERS } from './runners.ts'

/** All operations, in the order of their help. */
export const OPERATIONS: readonly Operation[] = [...RUNNERS, ...LOGS, ...ARTIFACTS, ...CACHES, ...IMAGES]
