import { setFlagsFromString } from 'node:v8'

/** The major versions of V8 whose flags are known: those of Node 20 to 24. */
const KNOWN = [11, 12, 13]

/**
 * Flags of V8 for a run of seconds that reads much. Each is measured.
 * - It collects once the heap has grown by 41 %. By itself it lets a heap of 100 MB grow two to three times, so
 *   that reading 10,000 repositories took 420 MB, and 340 MB with 60 %, for a tenth more of CPU time at most.
 * - It compiles hot functions with less of what they call written into them: a third of the CPU time of 1,000 repositories
 *   went to that, which few of the functions pay back.
 * - It does not optimise WebAssembly: undici's parser of HTTP is one large function, for which the optimiser takes 36 MB
 *   and a tenth of a second after the first few answers.
 */
const FLAGS = ['--heap-growing-percent=41', '--max-inlined-bytecode-size-cumulative=200', '--liftoff-only']

export function tuneV8(version: string): void {
  if (!KNOWN.includes(Number.parseInt(version, 10))) return
  for (const flag of FLAGS) setFlagsFromString(flag)
}
