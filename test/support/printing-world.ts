import type { World } from '../../src/run/io.ts'

/** A world that keeps its output. */
export interface PrintingWorld {
  readonly world: World
  /** So far. */
  printed(): { readonly stdout: string; readonly stderr: string }
}

/** A world without a terminal, with an empty standard input, in which no signal ends a command. */
export function printingWorld(given: Pick<World, 'env' | 'cwd'> & Partial<World>): PrintingWorld {
  let stdout = ''
  let stderr = ''
  const world: World = {
    stdout: (text) => {
      stdout += text
    },
    stderr: (text) => {
      stderr += text
    },
    stdin: () => Promise.resolve(new Uint8Array()),
    ask: undefined,
    colour: 'plain',
    stopped: () => new Promise(() => undefined),
    ...given,
  }
  return { world, printed: () => ({ stdout, stderr }) }
}
