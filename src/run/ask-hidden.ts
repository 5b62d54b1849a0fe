import { StringDecoder } from 'node:string_decoder'
import { SetupError } from '../core/setup-error.ts'
import { type HiddenLine, NOTHING_TYPED, typed } from './hidden-line.ts'

/** The parts of a terminal that are used. */
interface Terminal {
  readonly input: {
    setRawMode(raw: boolean): unknown
    on(event: string, listener: (chunk: Buffer) => void): unknown
    off(event: string, listener: (chunk: Buffer) => void): unknown
    resume(): unknown
    pause(): unknown
  }
  readonly output: { write(text: string): unknown }
}

/** Input that arrives within this time after a line end belongs to a paste: typing is slower. In milliseconds. */
const PASTE_MS = 50

/**
 * Asks for a line that the terminal does not show, and leaves the terminal as it was. Packages that do so take the first
 * line of a paste for all of it and leave the others to the shell (`read`, `@inquirer/password`), move the cursor with each
 * letter, which tells how many there are (`@inquirer/password`), or put pasted lines together (`prompts`).
 * @returns undefined after Ctrl-C, or when the terminal was closed
 * @throws SetupError where several lines were pasted: the shell would get the rest, and run it
 */
export async function askHidden({ input, output }: Terminal, question: string): Promise<string | undefined> {
  // First, so that nothing of an answer to the question can be shown.
  input.setRawMode(true)
  output.write(question)
  const line = await readLine(input).finally(() => {
    input.setRawMode(false)
    input.pause()
    output.write('\n')
  })
  if (line.state === 'stopped') return undefined
  if (line.state !== 'several lines') return line.text
  throw new SetupError('the value that was pasted has several lines: give it on standard input, such as from a file.')
}

/** Reads on for a moment behind the end of the line, so that nothing of a paste is left over. */
function readLine(input: Terminal['input']): Promise<HiddenLine> {
  const decoder = new StringDecoder('utf8')
  return new Promise((resolve) => {
    let line = NOTHING_TYPED
    let quiet: NodeJS.Timeout | undefined
    const finish = (): void => {
      clearTimeout(quiet)
      input.off('data', onData)
      for (const event of CLOSED) input.off(event, onClosed)
      resolve(line)
    }
    const onData = (chunk: Buffer): void => {
      line = typed(line, decoder.write(chunk))
      if (line.state === 'stopped') finish()
      else if (line.state !== 'open') {
        clearTimeout(quiet)
        quiet = setTimeout(finish, PASTE_MS)
      }
    }
    const onClosed = (): void => {
      if (line.state === 'open') line = { state: 'stopped' }
      finish()
    }
    input.on('data', onData)
    for (const event of CLOSED) input.on(event, onClosed)
    input.resume()
  })
}

const CLOSED = ['end', 'close', 'error'] as const
