import type { Writable } from 'node:stream'

/** The program, file or person that a stream is read by. */
export interface Reader {
  /** Gives it a text; where it is gone, the text is dropped. */
  write(text: string): void
  /** Resolves once it has taken enough that more may be written, or once it is gone. */
  ready(): Promise<void>
}

/**
 * The reader of a stream. A program that reads slowly must not have a plan of 200 MB wait for it in memory.
 * https://nodejs.org/api/stream.html#event-drain
 */
export function readerOf(stream: Writable): Reader {
  let gone = false
  // After an error no `drain` comes. `head` closes its pipe early, and a pipe that failed once takes nothing more.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') gone = true
  })
  return {
    write(text) {
      if (!gone) stream.write(text)
    },
    async ready() {
      if (gone || !stream.writableNeedDrain) return
      await new Promise<void>((done) => {
        const end = (): void => {
          for (const event of ENDS) stream.off(event, end)
          done()
        }
        for (const event of ENDS) stream.on(event, end)
      })
    },
  }
}

const ENDS = ['drain', 'error', 'close'] as const
