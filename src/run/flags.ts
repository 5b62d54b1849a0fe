import { parseAccepted } from '../core/accepted.ts'
import { whyNoAddress } from '../core/address-glob.ts'
import { ALLOWANCE_WORDS, type Allowance, parseAllowance } from '../core/allowance.ts'
import type { Family } from '../core/family.ts'
import { SetupError } from '../core/setup-error.ts'
import { isRotatedSource } from './rotation.ts'

/** The flags that `plan`, `apply` and `drift` share. */
export interface RunFlags {
  readonly config: readonly string[]
  readonly apiUrl?: string
  readonly insecureHttp?: boolean
  readonly owner?: readonly string[]
  readonly target?: readonly string[]
  readonly rotate?: readonly string[]
  readonly parallelism: number
  /** In milliseconds. */
  readonly maxWait?: number
  readonly protect?: readonly string[]
  /** Names with the ids that are let in, such as `acme/web=777`. */
  readonly accept?: readonly string[]
  readonly allow?: readonly string[]
  readonly values?: string
  readonly debug?: boolean
  /** Whether all names are printed, and all that is left alone. */
  readonly verbose?: boolean
  /** Whether errors and the last line alone are printed. */
  readonly quiet?: boolean
  /** The branch that `apply` applies in GitHub Actions, in place of the default branch. */
  readonly branch?: string
}

/** The guards that `--allow` goes past. */
export interface Allowed extends Allowance {
  readonly incomplete?: boolean
  /** A configuration that a pull request of another repository brings. */
  readonly fork?: boolean
  /** The most objects that `cleanup` deletes. */
  readonly cleanup?: number
  /** `cleanup` of objects of the last seven days. */
  readonly 'cleanup-recent'?: boolean
}

/**
 * Refuses globs that can match no address: a saved plan behind one of these flags is taken for its word, and the run
 * would not be held to it.
 * @throws SetupError
 */
export function checkGlobs(flags: Pick<RunFlags, 'target' | 'rotate' | 'protect'>, families: readonly Family[]): void {
  for (const name of ['target', 'rotate', 'protect'] as const) {
    for (const glob of flags[name] ?? []) {
      if (name === 'rotate' && isRotatedSource(glob)) continue
      const why = whyNoAddress(glob, families)
      const hint = glob.endsWith('.json') ? '. A saved plan is a word of its own, with no flag before it.' : ''
      if (why !== undefined) throw new SetupError(`--${name} ${glob} ${why}${hint}`)
    }
  }
}

/** Guards that only a flag goes past, and no line of the configuration. */
const FLAGS_ALONE = ['incomplete', 'fork', 'cleanup-recent'] as const

/** @throws SetupError for text that accepts nothing */
export function parseAccept(texts: readonly string[] = []): readonly string[] {
  const wrong = texts.find((text) => parseAccepted(text) === undefined)
  if (wrong === undefined) return texts
  throw new SetupError(`--accept ${wrong} lets nothing in: write acme/web=777, or acme=55 for an owner.`)
}

/** @throws SetupError for a word that names no guard */
export function parseAllow(words: readonly string[] = []): Allowed {
  let allowed: Allowed = {}
  for (const word of words) {
    const alone = FLAGS_ALONE.find((known) => known === word)
    const [, cleanup] = /^cleanup=(\d{1,6})$/.exec(word) ?? []
    const counted = cleanup === undefined ? undefined : { cleanup: Number(cleanup) }
    const found = alone === undefined ? (counted ?? parseAllowance(word)) : { [alone]: true }
    const known = [...ALLOWANCE_WORDS, ...FLAGS_ALONE, 'cleanup=N'].join(', ')
    if (found === undefined) throw new SetupError(`--allow ${word} is unknown: write ${known}.`)
    allowed = { ...allowed, ...found }
  }
  return allowed
}
