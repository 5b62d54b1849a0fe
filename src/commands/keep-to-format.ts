import { SetupError } from '../core/setup-error.ts'
import type { Io } from '../run/io.ts'

/** The flags of a command that are about what it prints. */
interface PrintFlags {
  readonly json?: boolean
  readonly format?: string
  readonly quiet?: boolean
}

/**
 * Sets what holds for all that a command prints.
 * @throws SetupError for two formats
 */
export function keepToFormat(io: Pick<Io, 'hush'>, { json, format, quiet }: PrintFlags): void {
  if (quiet) io.hush()
  if (json && format !== undefined && format !== 'json') {
    throw new SetupError(`--json is --format json: leave it out, or --format ${format}.`)
  }
}
