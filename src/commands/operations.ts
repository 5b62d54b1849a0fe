import { type Command, Option } from '@commander-js/extra-typings'
import type { OperateFlags } from '../operate/operate-flags.ts'
import type { FlagValues, Operation, OperationFlag, Subject } from '../operations/operation.ts'
import { OPERATIONS } from '../operations/table.ts'
import type { ExitCode } from '../run/exit-codes.ts'
import type { Io } from '../run/io.ts'
import { helpOutput } from './help-output.ts'
import { integer, withGate } from './program-flags.ts'
import { listed, repeated } from './repeated.ts'

const MOST_SHOWN = 1_000_000
const MOST_CHANGED = 50

/** Adds a command for each resource, with its operations as subcommands. */
export function addOperations(program: Command, io: Io, done: (code: ExitCode) => void): void {
  for (const resource of [...new Set(OPERATIONS.map((each) => each.resource))]) {
    const group = program.commands.find((each) => each.name() === resource) as Command | undefined
    for (const operation of OPERATIONS.filter((each) => each.resource === resource)) {
      if (group !== undefined) addOperation(group, operation, io, done)
    }
  }
}

function addOperation(group: Command, operation: Operation, io: Io, done: (code: ExitCode) => void): void {
  const { verb, about, subject, flags: own = [] } = operation
  const command = group.command(verb).description(about)
  command.argument('<scope>', 'orgs/NAME, OWNER/NAME, or enterprises/NAME; the name of a repository may be a glob')
  if (subject !== undefined) command.argument(wordOf(subject))
  for (const flag of own) command.addOption(optionOf(flag))
  const { kind } = operation
  const asks = kind === 'change' || kind === 'mint' || (kind === 'own' && operation.effect === 'change')
  const isManaged = kind === 'change' && operation.managed !== undefined
  // Each is taken by all, so that a script need not tell them apart; help names those that mean something.
  const common = [
    new Option('--json', "GitHub's own objects, for programs"),
    new Option('--limit <n>', 'show up to so many').argParser(integer(1, MOST_SHOWN)).hideHelp(kind !== 'list'),
    new Option('--yes', 'do it without asking').hideHelp(!asks),
    new Option('--max <n>', 'change up to so many without a terminal to ask at')
      .argParser(integer(1, MOST_SHOWN))
      .default(MOST_CHANGED)
      .hideHelp(!asks),
    new Option('--config <path>', 'the configuration that may manage it; repeat it for several')
      .argParser(listed)
      .hideHelp(!isManaged),
    new Option('--protect <glob>', 'change none of these addresses; repeat it for several')
      .argParser(listed)
      .hideHelp(!isManaged),
    new Option('--out <file>', 'write a credential or a file there').hideHelp(kind !== 'mint' && kind !== 'download'),
  ]
  command.option('--product <product>', 'where the server leaves it open: ghae-2021, or dotcom or ghec')
  for (const option of common) command.addOption(option as Option)
  withGate(command)
  command.exitOverride().configureOutput(helpOutput(io))
  command.allowExcessArguments(false).action(async () => {
    const [scope = '', ...words] = command.args
    const { runOperation } = await import('../operate/run-operation.ts')
    const options = command.opts() as Omit<OperateFlags, 'own'>
    const flags = { ...options, own: valuesOf(own, { ...options }) }
    done(await runOperation(io, operation, { scope, words, flags }))
  })
}

/** The word after the scope, as commander writes it. */
function wordOf(subject: Subject): string {
  const word = subject.several ? `${subject.word.toLowerCase()}...` : subject.word.toLowerCase()
  return subject.optional ? `[${word}]` : `<${word}>`
}

function optionOf({ flag, about, takes }: OperationFlag): Option {
  const option = new Option(flag, about)
  if (takes === 'number') return option.argParser(integer(0, Number.MAX_SAFE_INTEGER)) as Option
  if (takes === 'several') return option.argParser(listed) as Option
  if (takes === 'texts') return option.argParser(repeated) as Option
  return option
}

/** By the name of GitHub's field: commander names them by the flag, in camel case. */
function valuesOf(own: readonly OperationFlag[], options: Readonly<Record<string, unknown>>): FlagValues {
  const entries = own.map(({ flag, field }) => [field, options[new Option(flag).attributeName()]] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as FlagValues
}
