import { compileGlob, isGlob } from '../core/glob.ts'
import type { KnownNames } from '../core/known-names.ts'

/**
 * What a list of names says of one repository. `former`: by a name that it does not have any more. `captured`: by a name
 * that is another repository's than it was, so that nothing is to change for either.
 */
export type NameVerdict = 'yes' | 'no' | { readonly former: string } | { readonly captured: string }

/** What one positive or negative text says of a name. */
type Says = (name: string) => NameVerdict

/**
 * Matches names by a name or glob, or a list of them: any of the positive ones and none of the negated. A name written out
 * means the repository that it meant: see `core/known-names.ts`.
 */
export function compileNames(texts: readonly string[], names: KnownNames | undefined): Says {
  const positive = texts.filter((text) => !text.startsWith('!')).map((text) => compileText(text, names))
  const negative = texts.filter((text) => text.startsWith('!')).map((text) => compileText(text.slice(1), names))
  return (name) => {
    const without = negative.map((says) => says(name))
    if (without.some((verdict) => verdict === 'yes' || isFormer(verdict))) return 'no'
    const within = strongest(
      name,
      positive.map((says) => says(name)),
    )
    return within === 'no' ? 'no' : (without.find(isCaptured) ?? within)
  }
}

/** Of what several entries say: another one's name holds whatever else is said of who has it now. */
export function strongest(name: string, verdicts: readonly NameVerdict[]): NameVerdict {
  const taken = verdicts.find((verdict) => isCaptured(verdict) && verdict.captured.toLowerCase() === name)
  if (taken) return taken
  if (verdicts.includes('yes')) return 'yes'
  return verdicts.find(isCaptured) ?? verdicts.find(isFormer) ?? 'no'
}

export function isFormer(verdict: NameVerdict): verdict is { readonly former: string } {
  return typeof verdict === 'object' && 'former' in verdict
}

export function isCaptured(verdict: NameVerdict): verdict is { readonly captured: string } {
  return typeof verdict === 'object' && 'captured' in verdict
}

/** What one name or glob says. */
function compileText(text: string, names: KnownNames | undefined): Says {
  const matches = compileGlob(text)
  const fact = isGlob(text) ? undefined : names?.fact(text.toLowerCase())
  switch (fact?.kind) {
    case undefined:
      return (name) => (matches(name) ? 'yes' : 'no')
    case 'renamed':
      return (name) => (name === fact.to ? { former: text } : 'no')
    case 'captured':
      return (name) => (matches(name) || name === fact.now ? { captured: text } : 'no')
    case 'elsewhere':
      return () => 'no'
  }
}
