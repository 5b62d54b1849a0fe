import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import { leaves } from './command-reference.ts'

const all = leaves()

/** The words of a shell's line, without quotes. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain ?? '',
  )
}

/** The command lines of octoform in a block for a shell: as they stand, or wrapped by another program. */
export function commandLines(block: string): readonly string[] {
  return [...block.matchAll(/(?:^|[\s'"])(octoform (?!@)[a-z].*?)(?=\s+#| [|<>&] | > | && |'\s*$|$)/gm)].map(
    ([, line = '']) => line,
  )
}

/** Why a command line of octoform is none; undefined where it is one. */
export function faultOf(line: string): string | undefined {
  const [, ...words] = wordsOf(line)
  const found = all.findLast(({ name }) => name.split(' ').every((word, index) => words[index] === word))
  if (found === undefined) return `no command: ${line}`
  const { operands, unknown } = parsed(found.command, words.slice(found.name.split(' ').length))
  const { registeredArguments } = found.command
  const fewest = registeredArguments.filter(({ required }) => required).length
  const isOpen = registeredArguments.some(({ variadic }) => variadic)
  if (unknown.length > 0) return `unknown ${unknown.join(' ')}: ${line}`
  const isRight = operands.length >= fewest && (isOpen || operands.length <= registeredArguments.length)
  return isRight ? undefined : `${operands.length} words: ${line}`
}

function parsed(command: CommandUnknownOpts, words: readonly string[]) {
  return command
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .parseOptions([...words])
}
