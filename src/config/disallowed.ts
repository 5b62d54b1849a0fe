import { formatAddress, formatScope } from '../core/address.ts'
import { append } from '../core/append.ts'
import type { Prune } from '../core/desired.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Scope } from '../core/scope.ts'
import type { Configuration, Layer } from './configuration.ts'
import { type Disallowed, disallowedProblems } from './disallowed-problems.ts'
import { type Allowance, allowances } from './grants.ts'
import type { Spend } from './limits.ts'
import type { MergedSection } from './merge.ts'
import { deciding } from './prune.ts'

/** A scope as its layers came out. */
interface MergedScope {
  readonly scope: Scope
  readonly layers: readonly Layer[]
  readonly sections: readonly MergedSection[]
  /** By family. */
  readonly prunes: ReadonlyMap<string, readonly Prune[]>
}

/** Looks at scopes one by one, and returns the denials at the end. */
export interface Judge {
  look(scope: MergedScope): void
  verdict(): readonly Diagnostic[]
}

/**
 * Finds declarations that `files` does not permit, once the reach of sets is known: every file with a statement about
 * an address must be allowed that address, also where another file's statement decides.
 */
export function judgeOf(configuration: Configuration, spend: Spend): Judge {
  const { grants } = configuration
  if (grants === undefined) return { look: () => undefined, verdict: () => [] }
  const allowance = allowances(grants, spend)
  const disallowed: Disallowed[] = []
  return {
    look: (scope) => void append(disallowed, disallowedIn(configuration, scope, allowance)),
    verdict: () => disallowedProblems(disallowed, grants, allowance),
  }
}

function disallowedIn(
  configuration: Configuration,
  { scope, layers, sections, prunes }: MergedScope,
  allowance: (file: string) => Allowance,
): readonly Disallowed[] {
  const disallowed: Disallowed[] = []
  for (const { family, members } of sections) {
    for (const { key, mentions } of members) {
      const what = formatAddress(scope, family.name, key)
      for (const { layer, source } of mentions) {
        if (!allowance(layer.file).declares(what)) disallowed.push({ file: layer.file, source, kind: 'address', what })
      }
    }
  }
  for (const { glob, source } of [...prunes.values()].flat()) {
    if (!allowance(source.file).covers(glob)) disallowed.push({ file: source.file, source, kind: 'prune', what: glob })
  }
  return [...disallowed, ...suspended(configuration, scope, layers, allowance)]
}

/** Finds `prune` of a stronger rank that replaces a weaker one: it needs the permission to prune there. */
function suspended(
  configuration: Configuration,
  scope: Scope,
  layers: readonly Layer[],
  allowance: (file: string) => Allowance,
): readonly Disallowed[] {
  const winners = deciding(layers)
  const losers = layers.filter((layer) => Array.isArray(layer.body.prune) && !winners.includes(layer))
  return losers.flatMap(({ file: loser, body }) => {
    const globs = Array.isArray(body.prune) ? body.prune.filter((glob) => typeof glob === 'string') : []
    return winners.flatMap(({ file, path }) => {
      const source = configuration.place(file, [...path, 'prune'])
      return globs
        .map((glob) => `${formatScope(scope)}/${glob === '**' ? '*/*' : glob}`)
        .filter((glob) => file !== loser && !allowance(file).covers(glob))
        .map((what): Disallowed => ({ file, source, kind: 'prune', what }))
    })
  })
}
