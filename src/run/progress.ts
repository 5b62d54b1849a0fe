import type { Io } from './io.ts'
import { progressText, type Step } from './progress-text.ts'

/** Shows how far a run is, but only of steps that take longer than a second. */
export interface Progress {
  end(): void
}

/** At a terminal one line is rewritten each second; elsewhere each such line stays in a log. */
const INTERVAL_MS = { terminal: 1000, log: 15_000 } as const

/** A run that sends as much is a long one: its estimate is printed before it goes on. */
const LONG = 500

/**
 * At a terminal one line that is rewritten, and is gone in the end; elsewhere a line from time to time, where there is
 * something new.
 * @param now the present state
 */
export function startProgress(io: Pick<Io, 'note' | 'status'>, now: () => Step): Progress {
  const started = { at: performance.now(), done: now().done }
  let said = ''
  let announced = false
  const tell = (): void => {
    const step = now()
    const text = progressText(step, { ms: performance.now() - started.at, done: step.done - started.done })
    const state = `${step.label} ${step.done}`
    if (io.status) io.status(text)
    else if (state !== said) io.note(`${text}\n`)
    said = state
  }
  const announce = (): void => {
    const { label, total } = now()
    if (announced || total === undefined || total < LONG) return
    announced = true
    io.note(`${label}: about ${total.toLocaleString('en')} requests\n`)
  }
  const timers = [
    setInterval(tell, io.status ? INTERVAL_MS.terminal : INTERVAL_MS.log),
    setInterval(announce, INTERVAL_MS.terminal),
  ]
  for (const timer of timers) timer.unref()
  return {
    end() {
      for (const timer of timers) clearInterval(timer)
      io.status?.('')
    },
  }
}
