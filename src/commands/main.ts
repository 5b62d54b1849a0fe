import { CommanderError } from '@commander-js/extra-typings'
import { namesGroup } from '../operations/groups.ts'
import type { Explained } from '../report/explained.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import { type Io, type World, withHiding } from '../run/io.ts'
import { addToSummary, summarySize } from '../run/job-summary.ts'
import { addExamples } from './add-examples.ts'
import { ghMeant } from './gh-habits.ts'
import { commandMeant } from './habits.ts'
import { lineInstead } from './missing-word.ts'
import { createProgram } from './program.ts'
import { adviceFor } from './terraform-habits.ts'

/** The width of help where there is no terminal; commander wraps it at the same. */
const PAGE_COLUMNS = 80

/**
 * Runs one command line and returns its exit code. Every error ends here: one that a person can mend is one message, a
 * bug of octoform comes with its stack.
 * @param args without the program's name
 */
export async function main(args: readonly string[], outer: World): Promise<ExitCode> {
  const io = withHiding(outer)
  return summarized(io, async () => {
    let code: ExitCode = EXIT.ok
    const done = (ended: ExitCode): void => {
      code = ended
    }
    const program = createProgram(io, args, done)
    if (namesGroup(args)) (await import('./operations.ts')).addOperations(program, io, done)
    addExamples(program, io.columns ?? PAGE_COLUMNS)
    try {
      await program.parseAsync([...args], { from: 'user' })
    } catch (error) {
      // `--help` and `--version` end the parser with an error that is none.
      if (error instanceof CommanderError && error.exitCode === 0) return code
      if (error instanceof CommanderError) {
        const isFlag = error.code === 'commander.unknownOption'
        const meant = ghMeant(args) ?? (isFlag ? commandMeant(program, args) : undefined)
        const names = program.commands.map((command) => command.name())
        const advice = meant === undefined ? adviceFor(args, names) : undefined
        const lacksWord = advice === undefined && error.code.startsWith('commander.missing')
        const line = meant ?? (lacksWord ? lineInstead(program, args) : undefined)
        if (line !== undefined) io.stderr(`Write: ${line}\n`)
        if (advice !== undefined) io.stderr(`${advice}\n`)
      }
      code = await fail(io, args, error)
    }
    // A limit is reported before the read that it stopped: a longer --max-wait is the only remedy.
    if (code === EXIT.unread && io.pace.hasGivenUp()) io.record?.({ failure: 'rate_limit' })
    return code
  })
}

/**
 * Ends a command line that failed before it was parsed, as {@link main} ends one.
 * @param args as much of it as is known
 */
export function endFailed(args: readonly string[], outer: World, error: unknown): Promise<ExitCode> {
  const io = withHiding(outer)
  return summarized(io, () => fail(io, args, error))
}

/** Leaves no job that failed without a word in its summary. */
async function summarized(io: Io, run: () => Promise<ExitCode>): Promise<ExitCode> {
  const before = await summarySize(io)
  const code = await run()
  if (before !== undefined && code !== EXIT.ok && (await summarySize(io)) === before) {
    await addToSummary(io, `**octoform ended with exit code ${code}. The log of the job says why.**\n`)
  }
  return code
}

async function fail(io: Io, args: readonly string[], error: unknown): Promise<ExitCode> {
  const { explained } = await import('../report/explained.ts')
  const failed = explained(error)
  if (failed === undefined) return EXIT.ok
  io.record?.({ failure: failed.failure })
  if (failed.printed !== undefined) io.stderr(`${failed.printed}\n`)
  await record(io, args, failed)
  return failed.code
}

async function record(io: Io, args: readonly string[], failed: Explained): Promise<void> {
  try {
    const { askedReport } = await import('../report/asked-report.ts')
    await (await import('../report/report-failure.ts')).reportFailure(io, askedReport(args), failed)
  } catch (error) {
    io.stderr(
      `The failure could not be reported elsewhere: ${error instanceof Error ? error.message : String(error)}\n`,
    )
  }
}
