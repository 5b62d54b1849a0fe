import type { Checks } from '../config/load.ts'
import type { Failure } from '../core/failure.ts'
import type { Family } from '../core/family.ts'
import type { Outcome } from '../core/outcome.ts'
import type { Plan } from '../core/plan.ts'
import type { AnswerLimits } from '../github/client.ts'
import type { Clock } from '../github/clock.ts'
import { openPace, type Pace } from '../github/pace.ts'
import type { Transport } from '../github/transport.ts'
import { cleanJson, isClean } from '../render/clean-json.ts'
import { printable, printableJson, printableLines } from '../render/printable.ts'
import { stableJsonParts } from '../render/stable-json.ts'
import { withoutWorkflowCommands, workflowCommand } from '../render/workflow-commands.ts'
import { wrapText } from '../render/wrap-text.ts'
import { inPieces } from './in-pieces.ts'
import { credentialScrubber } from './own-credentials.ts'

/** The families that a command knows, and how files are checked that configure them. */
export interface Registry {
  readonly families: readonly Family[]
  /** Policies that a configuration may declare beside families, and no plan is about; none where left out. */
  readonly policies?: readonly Family[]
  /** The shipped schemas where left out. */
  readonly checks?: Checks
}

/** The world around a command: its inputs and its outputs. Results go to `stdout`, everything else to `stderr`. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  stdout(text: string): void
  /** Resolves once the reader of `stdout` has taken enough that more may be printed; it always has where left out. */
  stdoutReady?(): Promise<void>
  stderr(text: string): void
  /** Shows a text in one line of a terminal, in place of the one before; none where `stderr` is no terminal. */
  status?(text: string): void
  /** Asks a person; undefined where there is no terminal to ask at. */
  readonly ask: ((question: string) => Promise<string>) | undefined
  /**
   * Asks a person for text that the terminal does not show; undefined where standard input is no terminal. Gives
   * undefined after Ctrl-C. @throws SetupError for several lines
   */
  readonly askHidden?: (question: string) => Promise<string | undefined>
  /** All of standard input, to its end. */
  stdin(): Promise<Uint8Array>
  /** How much is read of GitHub's answers, and for how long of one, where that is not the usual. */
  readonly limits?: Partial<AnswerLimits & { readonly timeoutMs: number }> | undefined
  /** How many columns the terminal on `stdout` has; undefined where it is none. */
  readonly columns?: number | undefined
  /** The same of the terminal on `stderr`. */
  readonly errorColumns?: number | undefined
  /** Whether `stdout` is the log of a job and nothing else: no program, no file. */
  readonly isJobLog?: boolean
  /** Whether people see colours on `stdout`. */
  readonly colour: 'ansi' | 'plain'
  /**
   * Gets, before anything else is printed, the commands that have GitHub's runner hide every value in its logs; only the
   * action has it, because they hold the values.
   */
  mask?(commands: string): void
  /** Gets the results of a command; for the outputs of the action. */
  record?(facts: OutputFacts): void
  /** Resolves when the process is asked to end, by SIGINT, SIGTERM or SIGHUP; a second one ends it at once. */
  stopped(): Promise<void>
  /** The way to the network, used where the environment names no proxy; Node's own where it is left out. */
  readonly transport?: Transport
  /** The clock that paces requests and times the waits for limits; this machine's where it is left out. */
  readonly clock?: Clock
  /** Octoform's own families where left out. */
  readonly registry?: Registry
}

/** The results of a command. */
export interface OutputFacts {
  readonly plan?: Plan
  readonly outcome?: Outcome
  /** The file of the plan that `plan` saved. */
  readonly saved?: string
  /** The file of a plan's page, or of the page with the reason for there being none. */
  readonly html?: string
  /** How much a report found to mend; left out where not all could be read. */
  readonly findings?: number
  readonly failure?: Failure
}

/** A world in which nothing that is to be hidden is printed. */
export interface Io extends Omit<World, 'registry'> {
  /** Octoform's own families take a tenth of a second to load, which `--help` does not need. */
  registry(): Promise<Registry>
  /** From now on everything printed, errors too, goes through `clean` first. */
  hide(clean: (text: string) => string): void
  /** The same value, with nothing in its texts that is to be hidden. */
  cleaned<T>(value: T): T
  /**
   * Prints data as JSON, part after part, at the pace of the reader: a plan may come to more than one text can hold, or
   * memory keep.
   */
  json(document: object): Promise<void>
  /** Prints a page that was made from results of `cleaned`: hiding more in it would break its markup. */
  page(text: string): void
  /** Prints as `stdout` does, in parts of whole lines, at the pace of the reader. */
  lines(parts: Iterable<string>): Promise<void>
  /** Prints the parts of a page as {@link page} prints one text, at the pace of the reader. */
  parts(parts: Iterable<string>): Promise<void>
  /** Prints text on `stdout`, in a log of a job folded under a title. */
  group(title: string, parts: Iterable<string>): Promise<void>
  /** Prints on `stderr` a fact that is no error: nothing once {@link hush} was called. */
  note(text: string): void
  /** From now on there is neither a note nor a line of progress. */
  hush(): void
  /** Prints a command of GitHub's runner, such as `::error file=…`; outside GitHub Actions nothing. */
  annotate(command: string): void
  /** Paces the requests of all connections of the command. */
  readonly pace: Pace
}

async function ownRegistry(): Promise<Registry> {
  const [{ families }, { cleanup }] = await Promise.all([
    import('../families/index.ts'),
    import('../cleanup/policy.ts'),
  ])
  return { families, policies: [cleanup] }
}

/** The same, but that results go to `stderr`, because `stdout` is for something else that programs read. */
export function besideResults(io: Io): Io {
  const { stderr } = io
  const lines: Io['lines'] = async (parts) => {
    for (const piece of inPieces(parts)) stderr(piece)
  }
  return { ...io, stdout: stderr, lines, group: (_, parts) => lines(parts), colour: 'plain', columns: undefined }
}

/** The same world with a way to hide secret values; the environment's own credentials are always hidden. */
export function withHiding(world: World): Io {
  const filters: ((text: string) => string)[] = [credentialScrubber(world.env)]
  const clean = (text: string): string => {
    let cleaned = text
    for (const filter of filters) cleaned = filter(cleaned)
    return cleaned
  }
  const inActions = world.env.GITHUB_ACTIONS === 'true'
  const inert = inActions ? withoutWorkflowCommands : (text: string) => text
  // The line goes before anything else is printed.
  let shown = false
  let hushed = false
  const status = (text: string): void => {
    if (!shown && (text === '' || hushed)) return
    shown = text !== ''
    world.status?.(printableLines(clean(text)))
  }
  const stderr = (text: string): void => {
    status('')
    world.stderr(inert(wrapText(clean(text), world.errorColumns)))
  }
  const note = (text: string): void => {
    if (!hushed) stderr(text)
  }
  const stdout = (text: string): void => {
    status('')
    world.stdout(text)
  }
  const printed = (text: string): void => {
    stdout(isJson(text) ? printableJson(cleanJson(text, clean)) : inert(clean(text)))
  }
  const lines = async (parts: Iterable<string>): Promise<void> => {
    for (const piece of inPieces(parts)) {
      stdout(inert(clean(piece)))
      await world.stdoutReady?.()
    }
  }
  const { ask, askHidden } = world
  const asked = (question: string): string => {
    status('')
    return `${wrapText(clean(question).trimEnd(), world.errorColumns)} `
  }
  return {
    ...world,
    registry: async () => world.registry ?? (await ownRegistry()),
    pace: openPace({ clock: world.clock, tell: (line) => note(`${line}\n`) }),
    stdout: printed,
    group: async (title, parts) => {
      const isFolded = inActions && world.isJobLog === true
      if (isFolded) stdout(`${workflowCommand('group', {}, printable(clean(title)))}\n`)
      await lines(parts)
      if (isFolded) stdout(`${workflowCommand('endgroup', {}, '')}\n`)
    },
    stderr,
    note,
    ask: ask && ((question) => ask(asked(question))),
    ...(askHidden && { askHidden: (question: string) => askHidden(asked(question)) }),
    hush: () => {
      hushed = true
    },
    ...(world.status ? { status } : {}),
    cleaned: <T>(value: T): T => {
      if (typeof value === 'string') return clean(value) as T & string
      // A copy of a large plan has no lists in common any more, and takes many times its memory.
      return isClean(value, clean) ? value : (JSON.parse(cleanJson(JSON.stringify(value), clean)) as T)
    },
    json: async (document) => {
      const print = isClean(document, clean)
        ? stdout
        : (part: string): void => stdout(printableJson(cleanJson(part, clean)))
      for (const part of stableJsonParts(document)) {
        print(part)
        await world.stdoutReady?.()
      }
    },
    page: stdout,
    lines,
    parts: async (parts) => {
      for (const piece of inPieces(parts)) {
        stdout(piece)
        await world.stdoutReady?.()
      }
    },
    hide: (filter) => void filters.push(filter),
    // Results go to stdout, and the runner reads commands from either stream.
    annotate: (command) => {
      if (inActions) world.stderr(`${clean(command)}\n`)
    },
  }
}

function isJson(text: string): boolean {
  if (!text.startsWith('{')) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
