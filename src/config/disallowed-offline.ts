import { encodeName, formatAddress, formatScope, pathOf } from '../core/address.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import { getPath, isDocument } from '../core/json.ts'
import { LADDER } from '../core/scope.ts'
import type { Configuration, Layer } from './configuration.ts'
import { type Disallowed, disallowedProblems } from './disallowed-problems.ts'
import { type Allowance, allowances } from './grants.ts'
import { namesOfLayer, scopeOfLayer } from './layers.ts'
import type { Spend } from './limits.ts'
import { fillTemplate, holdsTemplate, isOpenTemplate } from './templates.ts'
import { valueSource } from './value-source.ts'
import type { Path } from './yaml-file.ts'

/**
 * Reports declarations that `files` does not permit, as far as they are written out: addresses, and sources of values.
 * The reach of sets, and sources that are named after repositories, are known only with GitHub's; see `disallowedIn`.
 */
export function disallowedOffline(
  configuration: Configuration,
  families: readonly Family[],
  spend: Spend,
): readonly Diagnostic[] {
  const { grants } = configuration
  if (grants === undefined) return []
  const allowance = allowances(grants, spend)
  const disallowed: Disallowed[] = []
  const opened: Disallowed[] = []
  for (const layer of configuration.layers) {
    const { file, place } = layer
    const at = (path: Path): Pick<Disallowed, 'file' | 'source'> => ({ file, source: place(path) })
    for (const { path, address, values, says, allowed } of statements(layer, families)) {
      const into = says === 'something' ? disallowed : opened
      if (!allowed(allowance(file))) into.push({ ...at(path), kind: 'address', what: address })
      for (const value of values.filter(({ from }) => !allowance(file).takes(from))) {
        disallowed.push({ ...at(value.path), kind: 'value', what: value.from })
      }
    }
  }
  // A file with another denial is not also reported for scopes that it opens on the way: the message would ask for more
  // than is needed.
  const reported = new Set(disallowed.map(({ file }) => file))
  return disallowedProblems([...disallowed, ...opened.filter(({ file }) => !reported.has(file))], grants, allowance)
}

/** One statement of a layer. */
interface Statement {
  readonly path: Path
  readonly address: string
  readonly values: readonly { readonly path: Path; readonly from: string }[]
  /** `nothing`: it only opens a scope or a family. */
  readonly says: 'something' | 'nothing'
  readonly allowed: (allowance: Allowance) => boolean
}

function statements(layer: Layer, families: readonly Family[]): readonly Statement[] {
  const said = families.flatMap((family) => {
    const section = Object.hasOwn(layer.body, family.name) ? layer.body[family.name] : undefined
    if (section === undefined) return []
    const path = [...layer.path, family.name]
    if (family.shape === 'settings') return [statement(layer, family, '', section, path)]
    const members = isDocument(section) ? Object.entries(section) : []
    if (members.length === 0) return [openedFamily(layer, family, path)]
    return members.map(([name, member]) => statement(layer, family, family.fold(name), member, [...path, name]))
  })
  return said.length > 0 ? said : [openedScope(layer)]
}

function statement(layer: Layer, family: Family, key: string, member: unknown, path: Path): Statement {
  const address = layer.match === undefined ? formatAddress(scopeOfLayer(layer), family.name, key) : undefined
  const values = Object.entries(family.fields).flatMap(([leaf, field]) => {
    const value = field.secret && isDocument(member) ? getPath(member, leaf) : undefined
    if (value === undefined) return []
    const names = holdsTemplate(value) ? namesOfLayer(layer, family, key) : {}
    // A source with the names of GitHub's repositories is judged once these are known.
    if (isOpenTemplate(value, names)) return []
    return [{ path: [...path, ...leaf.split('.')], from: valueSource(fillTemplate(value, names)) }]
  })
  if (address !== undefined) {
    return { path, address, values, says: 'something', allowed: (allowance) => allowance.declares(address) }
  }
  const any = `${anyPath(layer)}/${family.name}${key === '' ? '' : `/${encodeName(key)}`}`
  const below = `${repositoriesOf(layer)}/`
  return { path, address: any, values, says: 'something', allowed: (allowance) => allowance.reaches(below) }
}

/** `secrets: {}` lets `prune` delete every member that it reaches. */
function openedFamily(layer: Layer, family: Family, path: Path): Statement {
  if (layer.match !== undefined)
    return opened(path, `${anyPath(layer)}/${family.name}/*`, [`${repositoriesOf(layer)}/`])
  const start = `${formatAddress(scopeOfLayer(layer), family.name, '')}/`
  return opened(path, `${start}*`, [start])
}

/** A scope without a word in it, or an owner, which sets reach from then on. */
function openedScope(layer: Layer): Statement {
  const { level, match, path } = layer
  const repositories = `${repositoriesOf(layer)}/`
  if (match !== undefined) return opened(path, `${repositories}**`, [repositories])
  const start = `${formatScope(scopeOfLayer(layer))}/`
  return opened(path, `${start}**`, LADDER[level].lists === 'repositories' ? [start, repositories] : [start])
}

/** The beginning of the addresses of all repositories of the layer's owner. */
function repositoriesOf({ owner }: Layer): string {
  return pathOf('repository', [owner])
}

/** The address of each scope that a set's layer may be about. */
function anyPath({ level, owner, environment }: Layer): string {
  return pathOf(level, [owner, '*', ...(environment === undefined ? [] : [encodeName(environment)])])
}

function opened(path: Path, address: string, starts: readonly string[]): Statement {
  const allowed = (allowance: Allowance): boolean => starts.some((start) => allowance.reaches(start))
  return { path, address, values: [], says: 'nothing', allowed }
}
