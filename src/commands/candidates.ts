import type { CommandUnknownOpts, Option } from '@commander-js/extra-typings'
import { FILES } from './completion-scripts.ts'
import { REPEATED } from './program-flags.ts'

/** A word that may stand at the cursor, with a line about it where there is one. */
export interface Candidate {
  readonly value: string
  readonly about?: string
}

/** The names in a configuration. */
export interface Nameable {
  /** Sorted. */
  readonly addresses: readonly string[]
  readonly owners: readonly string[]
}

/** A list longer than this is shown by the next part of its addresses. */
const MOST_SHOWN = 100

/** The words behind a flag or an argument that are names of files. */
const OF_FILES = /^(?:file|path|dir|folder|plan)s?$/
const OF_ADDRESSES = /^(?:address|glob|what|scope)$/
const OF_OWNERS = /^--owner$/

/**
 * The words that may stand at the cursor, by the definitions of the commands.
 * @param words of the line up to the cursor, without the program's name; the last is the one at the cursor, which may be empty
 * @param nameable read only where something of it may stand there
 */
export async function candidates(
  program: CommandUnknownOpts,
  words: readonly string[],
  nameable: () => Promise<Nameable>,
): Promise<readonly Candidate[]> {
  const joined = joinedWords(words)
  const before = joined.slice(0, -1)
  const current = joined.at(-1) ?? ''
  const { command, others } = placeIn(program, before)
  const [, flag, typed = ''] = /^(--[\w-]+)=(.*)$/s.exec(current) ?? []
  const option = optionOf(command, flag ?? before.at(-1) ?? '')
  if (option !== undefined && takesWord(option) && (flag !== undefined || !option.optional)) {
    const found = await ofOption(option, nameable)
    // bash breaks words at the sign, and completes what follows it alone.
    const isBroken = words.length > joined.length
    const lead = flag === undefined || isBroken ? '' : `${flag}=`
    return shown(found, flag === undefined ? current : typed).map(({ value, ...rest }) => ({
      value: lead + value,
      ...rest,
    }))
  }
  if (current.startsWith('-')) return shown(flagsOf(command, before), current)
  if (command.commands.length > 0 && others.length === 0) {
    // The help of a resource stands under `--help` as well.
    const named = command
      .createHelp()
      .visibleCommands(command)
      .filter((each) => command === program || each.name() !== 'help')
    return shown(
      named.map((each) => ({ value: each.name(), about: firstLine(each.description()) })),
      current,
    )
  }
  const argument = command.registeredArguments[others.length]
  if (argument === undefined) return []
  if (argument.argChoices !== undefined)
    return shown(
      argument.argChoices.map((value) => ({ value })),
      current,
    )
  return shown(await ofKind(argument.name(), nameable), current)
}

/** bash gives `--flag=word` as three words. */
function joinedWords(words: readonly string[]): readonly string[] {
  const joined: string[] = []
  for (const word of words) {
    const last = joined.at(-1)
    if (last !== undefined && /^--[\w-]+(?:=)?$/.test(last) && (word === '=' || last.endsWith('='))) {
      joined[joined.length - 1] = last + word
    } else joined.push(word)
  }
  return joined
}

/** The command that the words name, and those of its words that are no flags and no words of flags. */
function placeIn(
  program: CommandUnknownOpts,
  words: readonly string[],
): { readonly command: CommandUnknownOpts; readonly others: readonly string[] } {
  let command = program
  const others: string[] = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    const option = optionOf(command, word)
    if (option !== undefined) {
      if (option.required) at += 1
    } else if (!word.startsWith('-')) {
      const named = others.length === 0 ? command.commands.find((each) => each.name() === word) : undefined
      if (named === undefined) others.push(word)
      else command = named
    }
  }
  return { command, others }
}

function optionOf(command: CommandUnknownOpts, flag: string): Option | undefined {
  return command.options.find(({ long, short }) => flag !== '' && (long === flag || short === flag))
}

function takesWord({ required, optional }: Option): boolean {
  return required || optional
}

async function ofOption(option: Option, nameable: () => Promise<Nameable>): Promise<readonly Candidate[]> {
  if (option.argChoices !== undefined) return option.argChoices.map((value) => ({ value }))
  if (OF_OWNERS.test(option.long ?? '')) return (await nameable()).owners.map((value) => ({ value }))
  const [, kind = ''] = /[<[]([\w-]+)[>\]]/.exec(option.flags) ?? []
  return ofKind(kind, nameable)
}

async function ofKind(kind: string, nameable: () => Promise<Nameable>): Promise<readonly Candidate[]> {
  if (OF_FILES.test(kind)) return [{ value: FILES }]
  return OF_ADDRESSES.test(kind) ? (await nameable()).addresses.map((value) => ({ value })) : []
}

/** The flags that are not given yet, or may be given again. */
function flagsOf(command: CommandUnknownOpts, given: readonly string[]): readonly Candidate[] {
  const visible = command.createHelp().visibleOptions(command)
  return visible.flatMap(({ long, description }) => {
    if (long == null || (given.includes(long) && !REPEATED.has(long))) return []
    return [{ value: long, about: firstLine(description) }]
  })
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? ''
}

/** Those that begin as the word at the cursor does; of too many addresses the part up to the next slash. */
function shown(all: readonly Candidate[], typed: string): readonly Candidate[] {
  if (all[0]?.value === FILES) return all
  const fitting = all.filter(({ value }) => value.startsWith(typed))
  if (fitting.length <= MOST_SHOWN) return fitting
  const parts = fitting.map(({ value }) => {
    const slash = value.indexOf('/', typed.length)
    return slash === -1 ? value : value.slice(0, slash + 1)
  })
  return [...new Set(parts)].map((value) => ({ value }))
}
