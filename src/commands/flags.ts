import { SetupError } from '../core/setup-error.ts'

/** The flags that `plan`, `apply` and `drift` share. */
export interface RunFlags {
  readonly config: readonly string[]
  readonly apiUrl?: string
  readonly insecureHttp?: boolean
  readonly owner?: readonly string[]
  readonly target?: readonly string[]
  readonly rotate?: readonly string[]
  readonly parallelism: number
  readonly protect?: readonly string[]
  readonly allow?: readonly string[]
  readonly values?: string
  readonly debug?: boolean
  readonly color?: boolean
}

/** What `--allow` goes past. */
export interface Allowed {
  readonly deletions?: number
  readonly protected?: boolean
  readonly self?: boolean
  readonly incomplete?: boolean
}

/** @throws SetupError for a word that names no guard */
export function parseAllow(words: readonly string[] = []): Allowed {
  let allowed: Allowed = {}
  for (const word of words.flatMap((text) => text.split(','))) {
    const deletions = /^deletions=(\d{1,6})$/.exec(word)
    if (deletions) allowed = { ...allowed, deletions: Number(deletions[1]) }
    else if (word === 'protected' || word === 'self' || word === 'incomplete') allowed = { ...allowed, [word]: true }
    else throw new SetupError(`--allow ${word} is unknown: write deletions=N, protected, self or incomplete.`)
  }
  return allowed
}
