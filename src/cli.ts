#!/usr/bin/env node
import { createInterface } from 'node:readline'
import { main } from './commands/main.ts'

const { env, stdin, stdout, stderr } = process
const coloured = stdout.isTTY && !env.NO_COLOR && !process.argv.includes('--no-color')

// `octoform plan | head` closes the pipe early, which is no error of ours.
stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

process.exitCode = await main(process.argv.slice(2), {
  env,
  cwd: process.cwd(),
  stdout: (text) => void stdout.write(text),
  stderr: (text) => void stderr.write(text),
  ask: stdin.isTTY && stderr.isTTY ? ask : undefined,
  colour: coloured ? 'ansi' : 'plain',
  stopped: () =>
    new Promise((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
    }),
})

/** Whoever closes the terminal or presses Ctrl-C has not said yes. */
function ask(question: string): Promise<string> {
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
