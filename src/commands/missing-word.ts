import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import { commandLine } from '../core/shell-word.ts'
import { EXAMPLES } from './command-examples.ts'

/**
 * The line to write where a command lacks a word that it needs: `init` with the names that are given as owners, else the first
 * example of the command.
 * @param program the program with the flags' commands
 * @param args without the program's name
 */
export function lineInstead(program: CommandUnknownOpts, args: readonly string[]): string | undefined {
  const words = args.filter((arg) => !arg.startsWith('-'))
  const names: string[] = []
  let command = program
  for (const word of words) {
    const below = command.commands.find((each) => each.name() === word)
    if (below === undefined) break
    command = below
    names.push(word)
  }
  const name = names.join(' ')
  const owners = name === 'init' ? words.slice(1).flatMap((owner) => ['--owner', owner]) : []
  if (owners.length > 0) return commandLine(['init', ...owners, '--import'])
  return EXAMPLES[name]?.[0]?.replace(/\s+# .*$/, '')
}
