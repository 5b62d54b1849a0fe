import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import type { Typed } from './check-arguments.ts'
import { REPEATED } from './program-flags.ts'

/** A command as `checkArguments` takes it. */
export function typed(args: readonly string[], command: CommandUnknownOpts): Typed {
  const { parent, args: words, registeredArguments, options } = command
  const name = parent?.parent ? `${parent.name()} ${command.name()}` : command.name()
  const [own] = registeredArguments
  const valued = options.flatMap(({ long, required, optional }) => (long && (required || optional) ? [long] : []))
  return {
    args,
    command: name,
    words,
    takes: own && (own.name() === 'plan' ? 'plan' : 'address'),
    valued,
    repeated: valued.filter((flag) => REPEATED.has(flag)),
  }
}
