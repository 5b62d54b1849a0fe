/** The signals that end a process: Ctrl-C, another process (a runner that cancels a job), a terminal that is closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** npm and npx hand on the Ctrl-C that the terminal gave to their child as well. In milliseconds. */
const ECHO_MS = 50

/**
 * Resolves at the first signal, so that a begun write can be finished; any second one ends the process at once, as if
 * there were no handler.
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-cancellation for the signals of a
 * runner
 */
export function untilStopped(process: Pick<NodeJS.Process, 'on' | 'off' | 'kill' | 'pid'>): Promise<void> {
  return new Promise((resolve) => {
    let first: { readonly signal: NodeJS.Signals; readonly at: number } | undefined
    const onSignal = (signal: NodeJS.Signals): void => {
      if (first === undefined) {
        first = { signal, at: performance.now() }
        resolve()
        return
      }
      if (signal === first.signal && performance.now() - first.at < ECHO_MS) return
      for (const each of SIGNALS) process.off(each, onSignal)
      process.kill(process.pid, signal)
    }
    for (const each of SIGNALS) process.on(each, onSignal)
  })
}
