import { Argument, type Command } from '@commander-js/extra-typings'
import type { ExitCode } from '../run/exit-codes.ts'
import type { Io } from '../run/io.ts'
import { SHELLS } from './completion-scripts.ts'

/** Adds what shells need to complete a line: the command that prints their script, and the hidden one that it asks. */
export function addCompletion(program: Command, io: Io, done: (code: ExitCode) => void): void {
  program
    .command('completion')
    .description('print the script by which a shell completes commands, flags and addresses')
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .action(async (shell) => done((await import('./completion.ts')).completionCommand(io, shell)))
  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .action(async (words) => done(await (await import('./completion.ts')).completeCommand(io, program, words)))
}
