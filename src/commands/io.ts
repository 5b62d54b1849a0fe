import { printableLines } from '../render/printable.ts'

/** The world around a command: what it reads and where it prints. Results go to `stdout`, everything else to `stderr`. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  stdout(text: string): void
  stderr(text: string): void
  /** Asks a person; undefined where there is no terminal to ask at. */
  readonly ask: ((question: string) => Promise<string>) | undefined
  /** Whether people see colours on `stdout`. */
  readonly colour: 'ansi' | 'plain'
  /** Resolves when the process is asked to end; for what serves until stopped. */
  stopped(): Promise<void>
}

/** A world in which nothing that is to be hidden is printed. */
export interface Io extends World {
  /** From now on everything printed, errors too, goes through `clean` first. */
  hide(clean: (text: string) => string): void
}

/** The same world with a way to hide what must not be printed. */
export function withHiding(world: World): Io {
  const filters: ((text: string) => string)[] = []
  const clean = (text: string): string => {
    let cleaned = text
    for (const filter of filters) cleaned = filter(cleaned)
    return cleaned
  }
  return {
    ...world,
    stdout: (text) => world.stdout(isJson(text) ? cleanJson(text, clean) : clean(text)),
    stderr: (text) => world.stderr(printableLines(clean(text))),
    hide: (filter) => void filters.push(filter),
  }
}

/** Every text in it by itself: a value such as `true` or `12345` must not make the document unreadable. */
function cleanJson(json: string, clean: (text: string) => string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"/g, (token) => {
    const text: string = JSON.parse(token)
    const cleaned = clean(text)
    return cleaned === text ? token : JSON.stringify(cleaned)
  })
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
