import { createInterface } from 'node:readline'
import { firstColumns } from '../render/columns.ts'
import { askHidden } from '../run/ask-hidden.ts'
import { showsColour } from '../run/colour.ts'
import { processOutput } from '../run/process-output.ts'
import { untilStopped } from '../run/stop-signals.ts'
import { main } from './main.ts'

/** Runs the command line of a process, with all that it has: its terminal, its signals, its exit code. */
export async function runProcess(process: NodeJS.Process): Promise<void> {
  const { env, stdin, stdout, stderr } = process
  const coloured = showsColour({ env, isSeen: stdout.isTTY, isRefused: process.argv.includes('--no-color') })

  const { isWhole, ...output } = processOutput(process)
  const code = await main(process.argv.slice(2), {
    env,
    cwd: process.cwd(),
    ...output,
    ...(stderr.isTTY
      ? { status: (text) => void stderr.write(`\r\u001b[K${firstColumns(text, stderr.columns - 1)}`) }
      : {}),
    ask: stdin.isTTY && stderr.isTTY ? (question) => ask(process, question) : undefined,
    ...(stdin.isTTY ? { askHidden: (question) => askHidden({ input: stdin, output: stderr }, question) } : {}),
    stdin: async () => Buffer.concat(await stdin.toArray()),
    columns: stdout.isTTY ? stdout.columns : undefined,
    errorColumns: stderr.isTTY ? stderr.columns : undefined,
    colour: coloured ? 'ansi' : 'plain',
    stopped: () => untilStopped(process),
  })
  process.exitCode = isWhole() ? code : 1
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
