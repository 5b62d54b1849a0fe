import { stat } from 'node:fs/promises'
import { relative, resolve as resolvePath } from 'node:path'
import type { Configuration } from '../config/configuration.ts'
import { declaredValues, mayBecome } from '../config/declared-values.ts'
import { allowances } from '../config/grants.ts'
import { nearName } from '../config/near-name.ts'
import { SetupError } from '../core/setup-error.ts'
import { whyUnreadable } from '../core/unreadable.ts'
import type { ValueAt } from '../core/value-text.ts'
import { openValues, type Values } from '../secrets/values.ts'
import type { Io } from './io.ts'
import { ledgerKeyScrubber } from './own-credentials.ts'

/**
 * Opens the values of a run, as far as they are at hand. From here on none of them is printed, and the action has its
 * runner mask them all before it prints anything else.
 * @param resolve `ignored` on events that carry a pull request: its author chose the sources
 */
export async function openRunValues(
  io: Io,
  configuration: Configuration,
  { dir, resolve }: { readonly dir: string | undefined; readonly resolve: 'read' | 'ignored' },
): Promise<Values> {
  if (dir !== undefined && resolve === 'read') await checkFolder(io.cwd, dir)
  const { grants } = configuration
  const allowed = grants && allowances(grants)
  const values = openValues({
    env: io.env,
    cwd: io.cwd,
    ...(dir === undefined ? {} : { valuesDir: dir }),
    resolve,
    sealed: configuration.sealed,
    ...(allowed && { mayTake: (declaredIn, source) => allowed(declaredIn).takes(source) }),
  })
  io.hide((text) => values.scrub(text))
  if (resolve === 'read') io.hide(ledgerKeyScrubber(io.env))
  // All of them at once: answers of GitHub that are read before a value is due may repeat it.
  for (const request of atHand(io, configuration)) {
    const commands = await values.maskCommands(request)
    io.mask?.(commands)
  }
  return values
}

/** The values that the run may put: of those named after GitHub's repositories, each variable that may be one. */
function atHand(io: Io, configuration: Configuration): readonly ValueAt[] {
  const { values, open } = declaredValues(configuration, configuration.families)
  const sources = Object.keys(io.env).map((name) => `env:${name}`)
  return [
    ...values,
    ...open.flatMap((at) => {
      const matches = mayBecome(at.source)
      return sources.filter(matches).map((source) => ({ ...at, source }))
    }),
  ]
}

/** Checks the folder of `--values` now: a misspelt one would otherwise be reported only once a value is due. */
async function checkFolder(cwd: string, dir: string): Promise<void> {
  const path = resolvePath(cwd, dir)
  try {
    if ((await stat(path)).isDirectory()) return
  } catch (error) {
    const near = await nearName(path, (other) => relative(cwd, other))
    throw new SetupError(`--values ${dir} cannot be read (${whyUnreadable(error)}${near}).`)
  }
  throw new SetupError(`--values ${dir} is not a folder.`)
}
