import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { Configuration } from '../config/configuration.ts'
import type { Plan } from '../core/plan.ts'
import { SetupError } from '../core/setup-error.ts'
import type { OwnerState } from '../engine/owner-state.ts'
import { isChosen } from './chosen-owners.ts'
import type { RunFlags } from './flags.ts'
import type { Io } from './io.ts'
import { ConfigurationError, load } from './load.ts'
import { planWith, type Run } from './run.ts'

/** The configuration of the commit that a change builds on, with its plan. */
export interface BaseRun {
  /** Undefined where it has errors or is not there. */
  readonly configuration: Configuration | undefined
  /** Its changes, against the same live state. */
  readonly plan: Plan | undefined
  /** Of the owners that both name; empty where it cannot be planned. */
  readonly states: readonly OwnerState[]
  /** Its folder, absolute. */
  readonly folder: string
}

/**
 * Plans the configuration of the base commit, to separate the changes that come anyway from those of this change. It
 * decides about nothing: where it cannot be planned, all changes count as those of this change.
 * @param folder a checkout of the base commit; `--config` means the same paths there
 */
export async function planBase(io: Io, flags: RunFlags, run: Run, folder: string): Promise<BaseRun> {
  const there = { ...io, cwd: resolve(io.cwd, folder) }
  let configuration: Configuration | undefined
  try {
    // The first pull request builds on a configuration that names no owner yet.
    configuration = await load({ cwd: there.cwd, registry: io.registry }, pathsThere(io.cwd, flags.config), 'if any')
    const owner = ownersOfBoth(run.configuration, configuration, flags)
    if (owner.length === 0) return { configuration, plan: undefined, states: [], folder: there.cwd }
    const { planned, states } = await planWith(there, { ...flags, owner }, run, configuration)
    return { configuration, plan: planned.plan, states, folder: there.cwd }
  } catch (error) {
    // Such as a product that the server is not: the change may mend it.
    if (!(error instanceof ConfigurationError || error instanceof SetupError)) throw error
    // Only the former is a fault in its files: the latter may be a limit, or a product that the server is not.
    const why = error instanceof ConfigurationError ? 'has errors' : 'cannot be planned'
    io.stderr(
      `The configuration of the base commit in ${folder} ${why}, so nothing is listed apart:\n${error.message}\n`,
    )
    return { configuration, plan: undefined, states: [], folder: there.cwd }
  }
}

/** An absolute path below the working folder names the file of this commit: in the checkout it is the one at its place. */
function pathsThere(cwd: string, config: readonly string[]): readonly string[] {
  return config.map((path) => {
    const below = isAbsolute(path) ? relative(cwd, path) : path
    return isAbsolute(path) && below !== '..' && !below.startsWith(`..${sep}`) ? below || '.' : path
  })
}

/** An organization that only one of them names is no ground for an error here. */
function ownersOfBoth(own: Configuration, base: Configuration, flags: RunFlags): readonly string[] {
  const planned = new Set(own.owners.map(({ name }) => name).filter((name) => isChosen(name, flags.owner)))
  return base.owners.map(({ name }) => name).filter((name) => planned.has(name))
}
