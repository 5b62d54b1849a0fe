import type { Configuration } from '../config/configuration.ts'
import { checkGlobs, type RunFlags } from './flags.ts'
import type { Io } from './io.ts'
import { load } from './load.ts'

/**
 * The configuration of a run: of families, of which plans are made, or of policies, of which none is.
 * @throws ConfigurationError; SetupError for a glob of a flag that can match nothing of them
 */
export async function loadFor(io: Io, flags: RunFlags, about: 'families' | 'policies'): Promise<Configuration> {
  const { families, policies = [] } = await io.registry()
  const chosen = about === 'policies' ? policies : families
  checkGlobs(flags, chosen)
  return { ...(await load(io, flags.config)), families: chosen }
}
