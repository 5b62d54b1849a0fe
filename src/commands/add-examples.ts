import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import { EXAMPLES, FIRST_STEPS } from './command-examples.ts'

/** Of a command that has subcommands, so many of them are shown by an example. */
const SHOWN = 6

/**
 * Adds examples to the help of each command.
 * @param program with all commands whose help may be asked for
 * @param width in columns
 */
export function addExamples(program: CommandUnknownOpts, width: number): void {
  program.addHelpText('after', examplesText(FIRST_STEPS, width))
  const visit = (command: CommandUnknownOpts, name: string): void => {
    const lines = EXAMPLES[name] ?? firstOf(command, name)
    if (lines.length > 0) command.addHelpText('after', examplesText(lines, width))
    for (const below of command.commands) visit(below, `${name} ${below.name()}`)
  }
  for (const command of program.commands) visit(command, command.name())
}

function firstOf(command: CommandUnknownOpts, name: string): readonly string[] {
  return command.commands.flatMap((below) => EXAMPLES[`${name} ${below.name()}`]?.slice(0, 1) ?? []).slice(0, SHOWN)
}

/** Examples with their remarks beside them, or above them where that is wider than the terminal. */
export function examplesText(lines: readonly string[], width: number): string {
  const parted = lines.map((line) => {
    const [, command = line, remark] = /^(.*?)\s+# (.*)$/.exec(line) ?? []
    return { command, remark }
  })
  const column = parted.reduce((most, { command, remark }) => (remark ? Math.max(most, command.length) : most), 0)
  const beside = parted.map(({ command, remark }) =>
    remark === undefined ? `  ${command}` : `  ${command.padEnd(column)}  # ${remark}`,
  )
  const fits = beside.every((line) => line.length <= width)
  const above = parted.flatMap(({ command, remark }) => [
    ...(remark === undefined ? [] : [`  # ${remark}`]),
    `  ${command}`,
  ])
  return `\nExamples:\n${(fits ? beside : above).join('\n')}`
}
