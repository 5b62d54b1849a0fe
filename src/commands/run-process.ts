import { createInterface } from 'node:readline'
import { askHidden } from '../run/ask-hidden.ts'
import { showsColour } from '../run/colour.ts'
import { readerOf } from '../run/reader.ts'
import { untilStopped } from '../run/stop-signals.ts'
import { main } from './main.ts'

/** Runs the command line of a process, with all that it has: its terminal, its signals, its exit code. */
export async function runProcess(process: NodeJS.Process): Promise<void> {
  const { env, stdin, stdout, stderr } = process
  const coloured = showsColour({ env, isTerminal: stdout.isTTY, isRefused: process.argv.includes('--no-color') })

  // `octoform apply | head` closes the pipe early: the run is finished, and its exit code is still right.
  const printed = { whole: true }
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') return
      printed.whole = false
      process.exitCode = 1
    })
  }

  const reader = readerOf(stdout)
  const code = await main(process.argv.slice(2), {
    env,
    cwd: process.cwd(),
    stdout: reader.write,
    stdoutReady: reader.ready,
    stderr: (text) => void stderr.write(text),
    ...(stderr.isTTY
      ? { status: (text) => void stderr.write(`\r\u001b[K${text.slice(0, Math.max(0, stderr.columns - 1))}`) }
      : {}),
    ask: stdin.isTTY && stderr.isTTY ? (question) => ask(process, question) : undefined,
    ...(stdin.isTTY ? { askHidden: (question) => askHidden({ input: stdin, output: stderr }, question) } : {}),
    stdin: async () => Buffer.concat(await stdin.toArray()),
    columns: stdout.isTTY ? stdout.columns : undefined,
    colour: coloured ? 'ansi' : 'plain',
    stopped: () => untilStopped(process),
  })
  process.exitCode = printed.whole ? code : 1
}

/** Closing the terminal and Ctrl-C count as no. */
function ask({ stdin, stderr }: NodeJS.Process, question: string): Promise<string> {
  return new Promise((resolve) => {
    const terminal = createInterface({ input: stdin, output: stderr })
    terminal.once('close', () => resolve(''))
    terminal.once('SIGINT', () => terminal.close())
    terminal.question(question, (answer) => {
      resolve(answer)
      terminal.close()
    })
  })
}
