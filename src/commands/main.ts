import { CommanderError } from '@commander-js/extra-typings'
import { RefusedRun } from '../core/refused-run.ts'
import { SetupError } from '../core/setup-error.ts'
import { GitHubError } from '../github/errors.ts'
import { problemAnnotations } from '../render/annotations.ts'
import { EXIT, type ExitCode } from './exit-codes.ts'
import { commandMeant } from './habits.ts'
import { type Io, type World, withHiding } from './io.ts'
import { ConfigurationError } from './load.ts'
import { createProgram } from './program.ts'

/**
 * Runs one command line and tells its exit code. Every error ends here: what a person can mend is one message, what is
 * octoform's own mistake comes with its stack.
 * @param args without the program's name
 */
export async function main(args: readonly string[], outer: World): Promise<ExitCode> {
  const io = withHiding(outer)
  let code: ExitCode = EXIT.ok
  const program = createProgram(io, args, (ended) => {
    code = ended
  })
  try {
    await program.parseAsync([...args], { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError && error.code === 'commander.unknownOption') {
      const meant = commandMeant(program, args)
      if (meant !== undefined) io.stderr(`Write: ${meant}\n`)
    }
    code = await explain(error, io)
  }
  // A limit is told before the read that it stopped: a longer --max-wait is the only remedy.
  if (code === EXIT.unread && io.pace.hasGivenUp()) io.tell?.({ failure: 'rate_limit' })
  return code
}

async function explain(error: unknown, io: Io): Promise<ExitCode> {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.ok
    io.tell?.({ failure: 'could_not_run' })
    return EXIT.failed
  }
  if (error instanceof RefusedRun) {
    const failure = error.code === EXIT.stale ? 'plan_changed' : 'event_refused'
    io.tell?.({ failure })
    io.stderr(`${error.message}\n`)
    await (await import('./job-report.ts')).reportRefusalToJob(io, failure)
    return error.code
  }
  if (error instanceof ConfigurationError) {
    io.tell?.({ failure: 'invalid_configuration' })
    for (const command of problemAnnotations(error.problems)) io.annotate(command)
    io.stderr(`${error.message}\n`)
    return EXIT.failed
  }
  if (error instanceof SetupError) {
    io.tell?.({ failure: error.failure })
    io.stderr(`error: ${error.message}\n`)
    return EXIT.failed
  }
  if (error instanceof GitHubError) {
    io.tell?.({ failure: error.kind === 'refused' ? 'refused_by_github' : 'unread' })
    io.stderr(`error: ${error.message}\n`)
    return error.kind === 'refused' ? EXIT.failed : EXIT.unread
  }
  if (error instanceof Error && 'syscall' in error) {
    io.tell?.({ failure: 'could_not_run' })
    io.stderr(`error: ${error.message}\n`)
    return EXIT.failed
  }
  io.tell?.({ failure: 'bug' })
  const bug = error instanceof Error ? (error.stack ?? error.message) : String(error)
  io.stderr(`error: this is a bug in octoform, please report it:\n${bug}\n`)
  return EXIT.failed
}
