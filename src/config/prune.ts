import { formatScope } from '../core/address.ts'
import type { Prune } from '../core/desired.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import { compileGlob, isGlob } from '../core/glob.ts'
import type { Scope } from '../core/scope.ts'
import type { Layer } from './configuration.ts'
import type { Spend } from './limits.ts'
import type { MergedSection } from './merge.ts'
import { isPrunable, pruneParts } from './prune-rules.ts'
import { isSet, sortLayers } from './ranks.ts'

/**
 * The `prune` globs of a scope as whole address globs, by family. The strongest rank that has `prune` decides; the
 * globs of several files in it join. A glob that names a family whose key is not in this scope is an error: it is not
 * declared which members are to stay.
 */
export function prunesOf(
  scope: Scope,
  layers: readonly Layer[],
  sections: readonly MergedSection[],
  spend: Spend,
): { readonly prunes: ReadonlyMap<string, readonly Prune[]>; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  const prunes = new Map<string, Prune[]>()
  for (const layer of deciding(layers)) {
    const globs = Array.isArray(layer.body.prune) ? layer.body.prune : []
    spend('prunes', globs.length, () => layer.place([...layer.path, 'prune']))
    for (const [index, glob] of globs.entries()) {
      if (typeof glob !== 'string') continue
      const source = layer.place([...layer.path, 'prune', index])
      const { family, members } = pruneParts(glob)
      const reached = sections.filter(
        (section) => isPrunable(section.family) && compileGlob(family)(section.family.name),
      )
      if (reached.length === 0) {
        diagnostics.push({ severity: 'error', message: `\`${glob}\` ${complaint(family)}`, source })
        continue
      }
      for (const {
        family: { name },
      } of reached) {
        const prune: Prune = { glob: `${formatScope(scope)}/${name}/${members}`, source }
        const there = prunes.get(name)
        if (there === undefined) prunes.set(name, [prune])
        else there.push(prune)
      }
    }
  }
  return { prunes, diagnostics }
}

/** The layers of the strongest rank that has `prune`; of several sets in one file the last. */
export function deciding(layers: readonly Layer[]): readonly Layer[] {
  const having = sortLayers(layers.filter(({ body }) => body.prune !== undefined))
  const strongest = having.filter(({ rank }) => rank === having.at(-1)?.rank)
  return strongest.filter((layer, index) => !(isSet(layer) && strongest[index + 1]?.file === layer.file))
}

/** `checkPrune` has reported globs that name no family. */
function complaint(family: string): string {
  if (isGlob(family)) return 'reaches nothing: no family with members stands in this scope'
  const name = family.toLowerCase()
  return `needs \`${name}\` in this scope; \`${name}: {}\` says that none is to stay`
}
