import { SetupError } from '../core/setup-error.ts'
import { commandLine } from '../core/shell-word.ts'
import { kindOf, type WordKind } from './word-kind.ts'

/** A command as it was typed. */
export interface Typed {
  /** Without the program's name. */
  readonly args: readonly string[]
  /** Such as `plan`, or `ledger adopt`. */
  readonly command: string
  /** The words that follow no flag. */
  readonly words: readonly string[]
  /** The kind of the one word that it takes; undefined where it takes none. */
  readonly takes: 'plan' | 'address' | undefined
  /** The flags that take a word, such as `--out`. */
  readonly valued: readonly string[]
  /** Those of them that are repeated, such as `--config`. */
  readonly repeated: readonly string[]
}

/** A word that follows no flag. */
interface Word {
  readonly text: string
  /** Its index among the arguments. */
  readonly at: number
  readonly kind: WordKind
  /** The repeated flag whose second word it may be meant for. */
  readonly behind: string | undefined
}

/**
 * Refuses the words that a command does not take, with the probable right command line: most are a file without its
 * `--config`, the second word of a flag that takes one, or a plan for a command that takes none.
 * @throws SetupError
 */
export async function checkArguments(cwd: string, typed: Typed): Promise<void> {
  const words = await wordsIn(cwd, typed)
  const own = ownWord(words, typed.takes)
  const stray = words.filter((word) => word !== own)
  if (stray.length > 0) throw new SetupError(refusal(stray, typed))
}

function refusal(stray: readonly Word[], typed: Typed): string {
  const { command, args } = typed
  const plan = stray.find(({ kind }) => kind === 'a saved plan')?.text
  if (plan !== undefined && typed.takes !== 'plan') {
    const ways = `${commandLine(['apply', plan])} applies it, ${commandLine(['show', plan])} prints it`
    return `${plan} is a saved plan, and ${command} takes none: ${ways}.`
  }
  const flags = new Map(stray.map((word) => [word.at, flagFor(word, typed)]))
  const [first] = stray
  const flag = first && flags.get(first.at)
  if (first === undefined || flag === undefined || [...flags.values()].includes(undefined)) {
    const config = stray.find(isConfiguration)
    if (config !== undefined && typed.takes === 'plan') {
      return `${config.text} is ${config.kind}, no saved plan: ${commandLine(['plan', '--config', config.text, '--out', 'plan.json'])} makes one.`
    }
    const extra = stray.map(({ text }) => text).join(' ')
    return `too many words for ${command}: ${extra}. Its flags: ${commandLine([...command.split(' '), '--help'])}`
  }
  const why = first.behind === flag ? `${flag} takes one word, and is repeated` : `${first.text} is ${first.kind}`
  const mended = args.flatMap((arg, at) => [flags.get(at) ?? [], arg].flat())
  return `${why}: write ${flag} ${first.text}, so\n  ${commandLine(mended)}`
}

/** The flag that the word should have. */
function flagFor(word: Word, { repeated }: Typed): string | undefined {
  return isConfiguration(word) && repeated.includes('--config') ? '--config' : word.behind
}

function isConfiguration({ kind }: Word): boolean {
  return kind === 'a folder' || kind === 'a configuration'
}

/** The word that the command is about. */
function ownWord(words: readonly Word[], takes: Typed['takes']): Word | undefined {
  if (takes === undefined) return undefined
  if (takes === 'address') return words.find(({ text }) => text.includes('/')) ?? words[0]
  const possible = words.filter((word) => !isConfiguration(word))
  return possible.find(({ kind }) => kind === 'a saved plan') ?? possible.find(({ behind }) => behind === undefined)
}

async function wordsIn(cwd: string, { args, words, valued, repeated }: Typed): Promise<readonly Word[]> {
  const places = args.flatMap((arg, at) => (!arg.startsWith('-') && !valued.includes(args[at - 1] ?? '') ? [at] : []))
  // The name of the command is the first of them, and not among the words.
  const own = places.slice(places.length - words.length)
  const behind = (at: number): string | undefined => {
    const flags = args.slice(0, at).filter((arg) => arg.startsWith('--'))
    const last = flags.at(-1)?.replace(/=.*$/s, '')
    return last !== undefined && repeated.includes(last) ? last : undefined
  }
  return Promise.all(
    own.map(async (at) => ({ text: args[at] ?? '', at, kind: await kindOf(cwd, args[at] ?? ''), behind: behind(at) })),
  )
}
