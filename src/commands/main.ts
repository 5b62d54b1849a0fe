import { CommanderError } from '@commander-js/extra-typings'
import { SetupError } from '../core/setup-error.ts'
import { GitHubError } from '../github/errors.ts'
import { EXIT, type ExitCode } from './exit-codes.ts'
import { type Io, type World, withHiding } from './io.ts'
import { createProgram } from './program.ts'
import { ConfigurationError } from './run.ts'

/**
 * Runs one command line and tells its exit code. Every error ends here: what a person can mend is one message, what is
 * octoform's own mistake comes with its stack.
 * @param args without the program's name
 */
export async function main(args: readonly string[], outer: World): Promise<ExitCode> {
  const io = withHiding(outer)
  let code: ExitCode = EXIT.ok
  try {
    const program = createProgram(io, (ended) => {
      code = ended
    })
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    return explain(error, io)
  }
}

function explain(error: unknown, io: Io): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.failed
  if (error instanceof ConfigurationError) {
    io.stderr(`${error.message}\n`)
    return EXIT.failed
  }
  if (error instanceof SetupError) {
    io.stderr(`error: ${error.message}\n`)
    return EXIT.failed
  }
  if (error instanceof GitHubError) {
    io.stderr(`error: ${error.message}\n`)
    return error.kind === 'refused' ? EXIT.failed : EXIT.unread
  }
  if (error instanceof Error && 'syscall' in error) {
    io.stderr(`error: ${error.message}\n`)
    return EXIT.failed
  }
  const bug = error instanceof Error ? (error.stack ?? error.message) : String(error)
  io.stderr(`error: this is a bug in octoform, please report it:\n${bug}\n`)
  return EXIT.failed
}
