import type { Argument, CommandUnknownOpts, Option } from '@commander-js/extra-typings'
import { EXAMPLES } from '../../src/commands/command-examples.ts'
import { addOperations } from '../../src/commands/operations.ts'
import { createProgram } from '../../src/commands/program.ts'
import { families } from '../../src/families/index.ts'
import type { Io } from '../../src/run/io.ts'
import { IDLE_IO } from '../support/idle-io.ts'

/** A command that does something by itself, with the words that call it. */
export interface Leaf {
  readonly name: string
  readonly command: CommandUnknownOpts
}

/** Every command of octoform that its help shows, as commander knows it, in the order of the help. */
export function leaves(): readonly Leaf[] {
  const io: Io = { ...IDLE_IO, registry: async () => ({ families }) }
  const program = createProgram(io, [], () => {})
  addOperations(program, io, () => {})
  const below = (command: CommandUnknownOpts, name: string): readonly Leaf[] =>
    command.commands.length === 0
      ? [{ name, command }]
      : command.commands.flatMap((each) => below(each, `${name} ${each.name()}`))
  const shown = program.createHelp().visibleCommands(program)
  return program.commands
    .filter((command) => shown.includes(command))
    .flatMap((command) => below(command, command.name()))
}

/** docs/command-reference.md. */
export function commandReference(): string {
  const all = leaves()
  const common = commonTo(all.map(({ command }) => command))
  return [
    '# Every command',
    'Usage, flags and examples of each command, as the program defines them; [commands](commands.md) explains what they share. `npm run reference:commands` makes this page.',
    '## Flags that many commands take',
    `Of commands that talk to GitHub; a command below that takes them says “and the [common flags](#flags-that-many-commands-take)”.`,
    flagTable([...common.values()]),
    '## Exit codes',
    'The same for every command: [what each means](commands.md#output).',
    ...all.flatMap((leaf) => sectionOf(leaf, common)),
  ]
    .join('\n\n')
    .concat('\n')
}

/** The flags that nearly all commands that talk to GitHub have, with one meaning. */
function commonTo(commands: readonly CommandUnknownOpts[]): ReadonlyMap<string, Option> {
  const seen = new Map<string, Option[]>()
  for (const option of commands.flatMap(({ options }) => shown(options))) {
    const key = keyOf(option)
    seen.set(key, [...(seen.get(key) ?? []), option])
  }
  const enough = commands.length * 0.6
  return new Map(
    [...seen].flatMap(([key, [first, ...more]]) => (first && more.length + 1 > enough ? [[key, first]] : [])),
  )
}

function sectionOf({ name, command }: Leaf, common: ReadonlyMap<string, Option>): readonly string[] {
  const options = shown(command.options)
  const own = options.filter((option) => !common.has(keyOf(option)))
  const takesCommon = own.length < options.length
  const words = command.registeredArguments
  const usage = ['octoform', name, ...words.map(shownWord), '[flags]'].join(' ')
  return [
    `## ${name}`,
    sentence(command.description()),
    `\`\`\`text\n${usage}\n\`\`\``,
    ...(words.some(({ description }) => description) ? [wordTable(words)] : []),
    ...(own.length > 0 ? [flagTable(own)] : []),
    ...(takesCommon ? [`${own.length > 0 ? 'And the' : 'The'} [common flags](#flags-that-many-commands-take).`] : []),
    `\`\`\`sh\n${(EXAMPLES[name] ?? []).join('\n')}\n\`\`\``,
  ]
}

function shown(options: readonly Option[]): readonly Option[] {
  return options.filter(({ hidden }) => !hidden)
}

function keyOf({ flags, description }: Option): string {
  return JSON.stringify([flags, description])
}

function shownWord(word: Argument): string {
  const name = `${word.name()}${word.variadic ? '...' : ''}`
  return word.required ? `<${name}>` : `[${name}]`
}

function wordTable(words: readonly Argument[]): string {
  const rows = words
    .filter(({ description }) => description !== '')
    .map((word) => `| \`${shownWord(word)}\` | ${cell(sentence(word.description))} |`)
  return ['| word | is |', '|---|---|', ...rows].join('\n')
}

function flagTable(options: readonly Option[]): string {
  const rows = options.map(
    (option) => `| \`${cell(option.flags)}\` | ${cell(sentence(option.description))} | ${defaultOf(option)} |`,
  )
  return ['| flag | does | default |', '|---|---|---|', ...rows].join('\n')
}

function defaultOf({ defaultValue, argChoices, mandatory }: Option): string {
  const one = Array.isArray(defaultValue) ? defaultValue.join(' ') : defaultValue
  const given = one === undefined || typeof one === 'boolean' ? '' : `\`${String(one)}\``
  const choices = argChoices === undefined ? '' : `one of ${argChoices.map((each) => `\`${each}\``).join(', ')}`
  return [mandatory ? 'required' : given, choices].filter((text) => text !== '').join('; ')
}

function sentence(text: string): string {
  if (text === '') return ''
  // An address, the name of a guard and GitHub's own words begin as they are written.
  const first = /^[a-z]+[ ,;]/.test(text) ? text.slice(0, 1).toUpperCase() : text.slice(0, 1)
  return `${first}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`
}

/** A pipe would end the cell, and an asterisk begin emphasis. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('*', '\\*')
}
