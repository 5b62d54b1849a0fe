import { formatScope } from '../core/address.ts'
import type { Prune } from '../core/desired.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import { compileGlob, isGlob } from '../core/glob.ts'
import type { Scope } from '../core/scope.ts'
import type { Configuration, Layer } from './configuration.ts'
import type { MergedSection } from './merge.ts'
import { isSet, sortLayers } from './ranks.ts'

/**
 * The `prune` globs of a scope as whole address globs, by family. The strongest rank that has `prune` decides; what several
 * files say there joins. A glob that names a family whose key is not in this scope is an error: nobody said which members
 * of it are to stay.
 */
export function prunesOf(
  configuration: Configuration,
  scope: Scope,
  layers: readonly Layer[],
  sections: readonly MergedSection[],
  families: readonly Family[],
  diagnostics: Diagnostic[],
): ReadonlyMap<string, readonly Prune[]> {
  const prunes = new Map<string, Prune[]>()
  for (const layer of deciding(layers)) {
    const globs = Array.isArray(layer.body.prune) ? layer.body.prune : []
    for (const [index, glob] of globs.entries()) {
      if (typeof glob !== 'string') continue
      const source = configuration.place(layer.file, [...layer.path, 'prune', index])
      const slash = glob.indexOf('/')
      const family = slash === -1 ? glob : glob.slice(0, slash)
      const members = glob === '**' ? '**' : slash === -1 ? '' : glob.slice(slash + 1)
      const reached = sections.filter(
        (section) => section.family.shape === 'members' && compileGlob(family)(section.family.name),
      )
      const message = complaint(family, members, reached, families)
      if (message !== undefined) {
        diagnostics.push({ severity: 'error', message: `\`${glob}\` ${message}`, source })
        continue
      }
      for (const {
        family: { name },
      } of reached) {
        const prune: Prune = { glob: `${formatScope(scope)}/${name}/${members}`, source }
        prunes.set(name, [...(prunes.get(name) ?? []), prune])
      }
    }
  }
  return prunes
}

/** The layers of the strongest rank that has `prune`; of several sets in one file the last. */
export function deciding(layers: readonly Layer[]): readonly Layer[] {
  const having = sortLayers(layers).filter(({ body }) => body.prune !== undefined)
  const strongest = having.filter(({ rank }) => rank === having.at(-1)?.rank)
  return strongest.filter((layer, index) => !(isSet(layer) && strongest[index + 1]?.file === layer.file))
}

function complaint(
  family: string,
  members: string,
  reached: readonly MergedSection[],
  families: readonly Family[],
): string | undefined {
  if (members === '') return `names no members: write \`${family}/*\` for all of them`
  if (reached.length > 0) return undefined
  if (isGlob(family)) return 'reaches nothing: no family with members stands in this scope'
  const named = families.find(({ name }) => name === family.toLowerCase())
  if (named === undefined) {
    const known = families.filter(({ shape }) => shape === 'members').map(({ name }) => name)
    return `names no family; those with members are ${known.join(', ')}`
  }
  if (named.shape === 'settings') return 'names settings, which cannot be deleted'
  return `needs \`${named.name}\` in this scope; \`${named.name}: {}\` says that none is to stay`
}
