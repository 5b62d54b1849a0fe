import { parseAccepted } from '../core/accepted.ts'
import { ownerPlace, ownerWritten } from '../core/address.ts'
import { type Diagnostic, formatSource } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import { isGlob } from '../core/glob.ts'
import { isDocument } from '../core/json.ts'
import type { KnownNames } from '../core/known-names.ts'
import { LADDER, TOP_KEYS } from '../core/scope.ts'
import { didYouMean } from '../core/similar.ts'
import type { Configuration, DeclaredOwner } from './configuration.ts'
import { isInSets, organizationsMatched } from './layers.ts'
import type { Spend } from './limits.ts'
import { nearestAmong } from './nearest.ts'
import type { Part } from './parts.ts'
import type { Pool } from './pool.ts'
import type { Path, YamlFile } from './yaml-file.ts'

/**
 * The error for a configuration that names no owner: there is nothing to compare. Its place is that of a key which
 * names none.
 */
export function noOwner({ files, place }: Pick<Configuration, 'files' | 'place'>): Diagnostic {
  const places = files.flatMap((file) => TOP_KEYS.map((key) => ({ top: place(file, []), at: place(file, [key]) })))
  const found = places.find(({ top, at }) => formatSource(at) !== formatSource(top)) ?? places[0]
  const message =
    'the configuration names no organization and no repository, so that nothing is managed: name one under ' +
    '`organizations`, or under `repositories` as `owner/name`; give the files that do with --config or `include`; ' +
    '`octoform import orgs/NAME` prints what is there, and `octoform init --owner NAME` begins a configuration'
  return { severity: 'error', message, ...(found ? { source: found.at } : {}) }
}

/**
 * A warning for each owner without any settings, so that all of it is left alone. An organization that stands below its
 * enterprise is named so that the enterprise's lists choose from it.
 */
export function idleOwners(
  { owners, layers }: Pick<Configuration, 'owners' | 'layers'>,
  families: readonly Family[],
): readonly Diagnostic[] {
  const busy = new Set(
    layers.filter(({ body }) => families.some(({ name }) => Object.hasOwn(body, name))).map(({ owner }) => owner),
  )
  const named = new Set(layers.filter(({ enterprise }) => enterprise !== undefined).map(({ owner }) => owner))
  return owners
    .filter(({ name }) => !busy.has(name) && !named.has(name))
    .map(({ name, by, source }): Diagnostic => {
      const place = ownerPlace({ name, by })
      const scope = LADDER[by].owns ? place : `${place}/NAME`
      const message = `nothing is said of ${name}, so that all of it is left alone: \`octoform import ${scope}\` prints what is there`
      return { severity: 'warning', message, source, address: place }
    })
}

/** A warning for each organization set that matches none of the organizations that are named. */
export function vainOrganizationSets(
  parts: readonly Part[],
  owners: readonly DeclaredOwner[],
  spend: Spend,
): readonly Diagnostic[] {
  const names = owners.filter(isInSets).map(({ name }) => name)
  const matched = organizationsMatched(names, spend)
  const nearest = nearestAmong(() => names)
  return parts.flatMap((part): Diagnostic[] => {
    if (part.rank !== 'organization_set' || matched(part).length > 0) return []
    const [only, ...others] = [part.organizations?.name ?? []].flat().filter((name) => typeof name === 'string')
    const near = only === undefined || others.length > 0 ? '' : nearest(only.replace(/[*?]/g, ''))
    const message = `\`match\` matches no organization under \`organizations\`; the set is skipped${near}`
    return [{ severity: 'warning', message, source: part.file.place([...part.path, 'match']) }]
  })
}

/**
 * A warning for each glob of `guards` and `files`, and each line of `accept`, that is about an owner whom no file names: it
 * guards, gives or lets in nothing.
 */
export function strangeOwners(files: readonly YamlFile[], owners: readonly DeclaredOwner[]): readonly Diagnostic[] {
  const nearest = nearestAmong(() => owners.map(({ name }) => name))
  const isKnown = knownAmong(owners)
  return files.flatMap((file) =>
    ownersWritten(file).flatMap(({ owner, text, path }): Diagnostic[] => {
      if (isKnown(owner)) return []
      const message = `\`${text}\` is about ${owner}, and no file of the configuration names it${nearest(owner)}`
      return [{ severity: 'warning', message, source: file.place(path) }]
    }),
  )
}

/**
 * A warning for each line of `accept` that lets in a missing repository, under any known name.
 * @param acceptPlace the place of a line; missing for those of the flag `--accept`
 */
export function vainAccepts(
  { accept, acceptPlace }: Pick<Configuration, 'accept'> & Partial<Pick<Configuration, 'acceptPlace'>>,
  { owner, byName, names, seen, nearest }: Pool,
): readonly Diagnostic[] {
  if (seen !== 'all') return []
  return accept.flatMap((text, index): Diagnostic[] => {
    const [account = '', name] = (parseAccepted(text)?.name ?? '').split('/')
    if (account !== owner || name === undefined || byName.has(name) || names?.fact(name) !== undefined) return []
    const said = acceptPlace === undefined ? `--accept ${text}` : `\`${text}\``
    const message = `${said} lets nothing in: no repository of ${owner} is named so${nearest.name(name)}`
    return [{ severity: 'warning', message, ...(acceptPlace ? { source: acceptPlace(index) } : {}) }]
  })
}

/**
 * A warning for each line of `accept` in the YAML that an apply has taken note of: the name has its id in the ledger and at
 * GitHub, so that it is let in without the line.
 * @param owner the account's own name, and whether its line is such a one
 */
export function staleAccepts(
  { accept, acceptPlace }: Pick<Configuration, 'accept' | 'acceptPlace'>,
  owner: { readonly name: string; readonly letIn: boolean },
  names: KnownNames,
): readonly Diagnostic[] {
  return accept.flatMap((text, index): Diagnostic[] => {
    const { name = '', id } = parseAccepted(text) ?? {}
    const [account, repository] = name.split('/')
    if (account !== owner.name) return []
    if (repository === undefined ? !owner.letIn : !names.letIn.has(repository)) return []
    const message = `\`${text}\` is let in: the ledger knows ${name} by the id ${id} now, and the line may be removed`
    return [{ severity: 'warning', message, source: acceptPlace(index) }]
  })
}

/** The same for the globs of a flag, or the names in `--accept`. */
export function strangeOwnersIn(
  flag: string,
  globs: readonly string[],
  owners: readonly DeclaredOwner[],
): readonly Diagnostic[] {
  const names = owners.map(({ name }) => name)
  const isKnown = knownAmong(owners)
  return globs.flatMap((glob): Diagnostic[] => {
    const owner = flag === '--accept' ? ownerOfAccept(glob) : ownerOfGlob(glob)
    if (owner === undefined || isKnown(owner)) return []
    const message = `${flag} ${glob} is about ${owner}, and no file of the configuration names it${didYouMean(owner, names)}`
    return [{ severity: 'warning', message }]
  })
}

function ownersWritten({
  value,
}: YamlFile): readonly { readonly owner: string; readonly text: string; readonly path: Path }[] {
  if (!isDocument(value)) return []
  const grants = isDocument(value.files) ? Object.keys(value.files) : []
  const lists: readonly Path[] = [
    ['guards', 'protect'],
    ['guards', 'never_public'],
    ...grants.map((glob): Path => ['files', glob, 'addresses']),
  ]
  const globs = lists.flatMap((path) =>
    textsAt(value, path).flatMap(({ text, index }) => {
      const owner = ownerOfGlob(text)
      return owner === undefined ? [] : [{ owner, text, path: [...path, index] }]
    }),
  )
  const accepted = textsAt(value, ['accept']).flatMap(({ text, index }) => {
    const owner = ownerOfAccept(text)
    return owner === undefined ? [] : [{ owner, text, path: ['accept', index] }]
  })
  return [...globs, ...accepted]
}

function textsAt(value: unknown, path: Path): readonly { readonly text: string; readonly index: number }[] {
  const list = path.reduce<unknown>((at, step) => (isDocument(at) ? at[step] : undefined), value)
  if (!Array.isArray(list)) return []
  return list.flatMap((text, index) => (typeof text === 'string' ? [{ text, index }] : []))
}

/** Undefined of a person or an App, which belong to no owner. */
function ownerOfAccept(text: string): string | undefined {
  return /^(?:user|app):/i.test(text) ? undefined : /^(?:team:)?([^/=]*)/i.exec(text)?.[1]
}

/** Globs about an enterprise count as known until the configuration names one: they guard it from then on. */
function knownAmong(owners: readonly DeclaredOwner[]): (owner: string) => boolean {
  const names = new Set(owners.map(({ name }) => name))
  const isAccount = (name: string): boolean => !name.includes('/')
  const hasNoEnterprise = [...names].every(isAccount)
  return (owner) => names.has(owner.toLowerCase()) || (hasNoEnterprise && !isAccount(owner))
}

/** The owner that an address glob writes out. */
function ownerOfGlob(glob: string): string | undefined {
  const [root = '', owner = ''] = glob.split('/')
  return isGlob(root) || isGlob(owner) || owner === '' ? undefined : ownerWritten(root.toLowerCase(), owner)
}
