import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import { commandLine } from '../core/shell-word.ts'

/** Flags of other programs that users may type, with octoform's names for them. */
const HABITS: Readonly<Record<string, readonly string[]>> = {
  '--yes': ['--auto-approve'],
  '-y': ['--auto-approve'],
  '--force': ['--auto-approve'],
  '-f': ['--config'],
  '--file': ['--config'],
  '-c': ['--config'],
  '-o': ['--out'],
  '--output': ['--out'],
  '--configuration': ['--config'],
  '--org': ['--owner'],
  '--organization': ['--owner'],
  '--no-colour': ['--no-color'],
  '--verbose': ['--debug'],
  '-v': ['--verbose'],
  '-q': ['--quiet'],
  '--silent': ['--quiet'],
}

/**
 * The command line that was probably meant, where a flag of it is one of another program: `-out=x`, `-target=x`,
 * `--yes`.
 * @param program the program with the flags' commands
 * @param args without the program's name
 */
export function commandMeant(program: CommandUnknownOpts, args: readonly string[]): string | undefined {
  const options = [...commandOf(program, args).options, ...program.options]
  const known = new Set(options.flatMap(({ long }) => long ?? []))
  const mended = args.flatMap((arg) => (known.has(nameIn(arg)) ? [arg] : (meant(arg, known) ?? [arg])))
  return mended.join(' ') === args.join(' ') ? undefined : commandLine(mended)
}

function commandOf(program: CommandUnknownOpts, args: readonly string[]): CommandUnknownOpts {
  return args.reduce((command, arg) => command.commands.find((each) => each.name() === arg) ?? command, program)
}

function meant(arg: string, known: ReadonlySet<string>): readonly string[] | undefined {
  const name = nameIn(arg)
  // Terraform's flags have one dash; of many the name is the same.
  const found = HABITS[name] ?? HABITS[`-${name}`] ?? (/^-\w[\w-]+$/.test(name) ? [`-${name}`] : undefined)
  if (found === undefined || !known.has(found[0] ?? '')) return undefined
  return arg === name ? found : [...found, arg.slice(name.length + 1)]
}

function nameIn(arg: string): string {
  return arg.replace(/=.*$/s, '')
}
