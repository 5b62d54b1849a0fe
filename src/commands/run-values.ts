import type { Configuration } from '../config/configuration.ts'
import { declaredValues } from '../config/declared-values.ts'
import { families } from '../families/index.ts'
import { openValues, type Values } from '../secrets/values.ts'
import type { Io } from './io.ts'

/**
 * The values of a run. From here on none of them is printed, and the action has its runner mask them all before it
 * prints anything else.
 * @param resolve `ignored` on events that carry a pull request: whoever opened it chose the sources
 */
export async function openRunValues(
  io: Io,
  configuration: Configuration,
  { dir, resolve }: { readonly dir: string | undefined; readonly resolve: 'read' | 'ignored' },
): Promise<Values> {
  const values = openValues({
    env: io.env,
    cwd: io.cwd,
    ...(dir === undefined ? {} : { valuesDir: dir }),
    resolve,
    sealed: configuration.sealed,
  })
  io.hide((text) => values.scrub(text))
  if (!io.mask) return values
  for (const request of declaredValues(configuration, families)) io.mask(await values.maskCommands(request))
  return values
}
