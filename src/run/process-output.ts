import { readerOf } from './reader.ts'

/** The streams that a process prints to. */
export interface ProcessOutput {
  stdout(text: string): void
  /** Resolves once the reader of `stdout` has taken enough that more may be printed. */
  stdoutReady(): Promise<void>
  stderr(text: string): void
  /** Whether nothing was lost but to a reader that wanted no more. */
  isWhole(): boolean
}

/**
 * Prints to a process's streams. `octoform apply | head` closes the pipe early: the run is finished, and its exit code is
 * still right. After any other failure to print the exit code is 1.
 */
export function processOutput(process: NodeJS.Process): ProcessOutput {
  const { stdout, stderr } = process
  const printed = { whole: true }
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') return
      printed.whole = false
      process.exitCode = 1
    })
  }
  const reader = readerOf(stdout)
  return {
    stdout: reader.write,
    stdoutReady: reader.ready,
    stderr: (text) => void stderr.write(text),
    isWhole: () => printed.whole,
  }
}
