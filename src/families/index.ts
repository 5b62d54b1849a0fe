import type { Family } from '../core/family.ts'
import { permissions } from './permissions.ts'
import { runnerGroups } from './runner-groups.ts'
import { secrets } from './secrets.ts'

/** Every family, in reading order. The engine, the configuration and the tests take them from here. */
export const families: readonly Family[] = [permissions, secrets, runnerGroups]
