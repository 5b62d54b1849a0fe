import { ARTIFACTS } from './artifacts.ts'
import { CACHES } from './caches.ts'
import { IMAGES } from './images.ts'
import { JOBS } from './jobs.ts'
import { LOGS } from './logs.ts'
import type { Operation } from './operation.ts'
import { RUN_REVIEWS } from './run-reviews.ts'
import { RUNNERS } from './runners.ts'
import { RUNS } from './runs.ts'
import { WORKFLOWS } from './workflows.ts'

/** All operations, in the order of their help. */
export const OPERATIONS: readonly Operation[] = [
  ...RUNNERS,
  ...WORKFLOWS,
  ...RUNS,
  ...RUN_REVIEWS,
  ...JOBS,
  ...LOGS,
  ...ARTIFACTS,
  ...CACHES,
  ...IMAGES,
]
