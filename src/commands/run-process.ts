import { showsColour } from '../run/colour.ts'
import { processOutput } from '../run/process-output.ts'
import { untilStopped } from '../run/stop-signals.ts'
import type { TurningLine } from '../run/turning-line.ts'
import { main } from './main.ts'

/** Runs the command line of a process, with all that it has: its terminal, its signals, its exit code. */
export async function runProcess(process: NodeJS.Process): Promise<void> {
  const { env, stdin, stdout, stderr } = process
  const coloured = showsColour({ env, isSeen: stdout.isTTY, isRefused: process.argv.includes('--no-color') })

  const { isWhole, ...output } = processOutput(process)
  const status = isRewritten(process) ? lineOf(stderr) : undefined
  const code = await main(process.argv.slice(2), {
    env,
    cwd: process.cwd(),
    ...output,
    ...(status ? { status } : {}),
    ask: stdin.isTTY && stderr.isTTY ? (question) => ask(process, question) : undefined,
    ...(stdin.isTTY ? { askHidden: (question) => askUnseen(process, question) } : {}),
    stdin: async () => Buffer.concat(await stdin.toArray()),
    columns: stdout.isTTY ? stdout.columns : undefined,
    errorColumns: stderr.isTTY ? stderr.columns : undefined,
    colour: coloured ? 'ansi' : 'plain',
    stopped: () => untilStopped(process),
  })
  // A line that still turned would keep the process.
  status?.('')
  process.exitCode = isWhole() ? code : 1
}

/** Whether lines of `stderr` can be written over: a job's log keeps each, though some runners give it a terminal. */
function isRewritten({ env, stderr }: NodeJS.Process): boolean {
  return stderr.isTTY && env.TERM !== 'dumb' && !('CI' in env)
}

/** Loads the line once it has a text: commands that take less than a second have none. */
function lineOf(terminal: NodeJS.WriteStream): TurningLine {
  let text = ''
  let line: TurningLine | undefined
  const load = async (): Promise<void> => {
    const { turningLine } = await import('../run/turning-line.ts')
    line ??= turningLine(terminal)
    if (text !== '') line(text)
  }
  return (next) => {
    text = next
    if (line) line(text)
    else if (text !== '') void load()
  }
}

async function ask({ stdin, stderr }: NodeJS.Process, question: string): Promise<string> {
  const { askLine } = await import('../run/ask-line.ts')
  return askLine(stdin, stderr, question)
}

async function askUnseen({ stdin, stderr }: NodeJS.Process, question: string): Promise<string | undefined> {
  const { askHidden } = await import('../run/ask-hidden.ts')
  return askHidden({ input: stdin, output: stderr }, question)
}
