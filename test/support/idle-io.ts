import { openPace } from '../../src/github/pace.ts'
import type { Io } from '../../src/run/io.ts'

/** A world for a program whose definitions alone are wanted: no command runs, and what one would print goes nowhere. */
export const IDLE_IO: Io = {
  env: {},
  cwd: '',
  stdout: () => {},
  stderr: () => {},
  ask: undefined,
  colour: 'plain',
  hide: () => {},
  annotate: () => {},
  note: () => {},
  group: () => Promise.resolve(),
  hush: () => {},
  page: () => {},
  lines: () => Promise.resolve(),
  parts: () => Promise.resolve(),
  json: () => Promise.resolve(),
  cleaned: (value) => value,
  stdin: () => Promise.resolve(new Uint8Array()),
  pace: openPace(),
  registry: () => Promise.reject(new Error('no command runs')),
  stopped: () => Promise.resolve(),
}
