import type { Guards } from '../config/configuration.ts'
import type { GuardSettings } from '../core/guards.ts'
import type { Allowed } from './flags.ts'

/** The guards of a run: the configuration's, what flags add or go past, and the repository that the run works in. */
export function guardSettings(
  guards: Guards,
  protect: readonly string[],
  allow: Allowed,
  env: Readonly<Record<string, string | undefined>>,
): GuardSettings {
  const { incomplete: _, ...allowed } = allow
  const self = ownRepository(env)
  return {
    maxDeletions: guards.max_deletions,
    protect: [...guards.protect, ...protect],
    allow: allowed,
    ...(self ? { self } : {}),
  }
}

/** https://docs.github.com/actions/reference/variables-reference#default-environment-variables */
function ownRepository(env: Readonly<Record<string, string | undefined>>): GuardSettings['self'] {
  if (env.GITHUB_ACTIONS !== 'true') return undefined
  const [owner, repo] = (env.GITHUB_REPOSITORY ?? '').toLowerCase().split('/')
  return owner && repo ? { owner, repo } : undefined
}
