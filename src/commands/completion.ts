import type { Command } from '@commander-js/extra-typings'
import { writtenAddresses } from '../config/written-addresses.ts'
import { printable } from '../render/printable.ts'
import { DEFAULT_CONFIG } from '../run/default-config.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import type { Io } from '../run/io.ts'
import { load } from '../run/load.ts'
import { candidates, type Nameable } from './candidates.ts'
import { completionScript, type Shell } from './completion-scripts.ts'

/** Prints the script that a shell reads once. */
export function completionCommand(io: Io, shell: Shell): ExitCode {
  io.stdout(completionScript(shell))
  return EXIT.ok
}

/**
 * Prints what may stand at the cursor, a line each: the word, and behind a tab what it is. Reads the configuration at most,
 * offline. A mistake in it leaves the line without candidates, rather than with an error in the middle of typing.
 */
export async function completeCommand(io: Io, program: Command, words: readonly string[]): Promise<ExitCode> {
  const found = await candidates(program, words, () => nameable(io, words))
  const lines = found.map(({ value, about }) => (about === undefined ? value : `${value}\t${about}`))
  // A name in a file of someone else must not end the line, or move the cursor.
  io.stdout(lines.map((line) => `${line.split('\t').map(printable).join('\t')}\n`).join(''))
  return EXIT.ok
}

async function nameable(io: Io, words: readonly string[]): Promise<Nameable> {
  try {
    const given = words.flatMap((word, index) => (word === '--config' ? (words[index + 1] ?? []) : []))
    const configuration = await load({ cwd: io.cwd, registry: io.registry }, given.length > 0 ? given : DEFAULT_CONFIG)
    const owners = configuration.owners.map(({ name }) => name)
    return { addresses: writtenAddresses(configuration), owners }
  } catch {
    return { addresses: [], owners: [] }
  }
}
