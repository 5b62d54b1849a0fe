import { byText, formatAddress, formatScope } from '../core/address.ts'
import { canonicalJson } from '../core/canonical-json.ts'
import type { Family } from '../core/family.ts'
import { type Document, isDocument, type Json } from '../core/json.ts'
import type { Configuration, Layer } from './configuration.ts'
import { scopeOfLayer } from './layers.ts'
import { isSet } from './ranks.ts'

type Layered = Pick<Configuration, 'layers'>

/**
 * Describes how the sets, `unmanaged` entries and `prune` globs of a configuration differ from another version: its
 * reach, and deletions that no line names.
 */
export function layerChanges(base: Layered, own: Layered, families: readonly Family[]): readonly string[] {
  return [
    ...setChanges(base.layers, own.layers),
    ...differences(unmanagedIn(base.layers, families), unmanagedIn(own.layers, families)).map(
      ([text, how]) => `\`unmanaged\` ${how === 'gone' ? 'does not stand any more' : 'stands'} at ${text}.`,
    ),
    ...differences(prunesIn(base.layers), prunesIn(own.layers)).map(
      ([text, how]) => `\`prune\` ${how === 'gone' ? 'loses' : 'gains'} ${text}.`,
    ),
  ]
}

/**
 * Describes how the rules of policies differ, outside of sets, which {@link layerChanges} names: no plan shows what they do.
 */
export function policyChanges(base: Layered, own: Layered, policies: readonly Family[]): readonly string[] {
  const [before, after] = [rulesIn(base.layers, policies), rulesIn(own.layers, policies)]
  return [...new Set([...before.keys(), ...after.keys()])].sort(byText).flatMap((address) => {
    const [had, has] = [before.get(address), after.get(address)]
    if (had === has) return []
    if (had === undefined) return [`The rule \`${address}\` is new: \`${has}\`.`]
    return [`The rule \`${address}\` is ${has === undefined ? 'gone' : `\`${has}\``}, and was \`${had}\`.`]
  })
}

function rulesIn(layers: readonly Layer[], policies: readonly Family[]): ReadonlyMap<string, string> {
  const rules = layers
    .filter((layer) => !isSet(layer))
    .flatMap((layer) =>
      policies.flatMap((policy) => {
        const body = layer.body[policy.name]
        if (!isDocument(body)) return []
        const { name } = policy
        return Object.entries(body).map(
          ([key, rule]) => [formatAddress(scopeOfLayer(layer), name, policy.fold(key)), textOf(rule)] as const,
        )
      }),
    )
  return new Map(rules)
}

/** Names the subject of a layer: a scope, or a set by its `match`. */
function placeOf(layer: Layer): string {
  const { owner, environment, match } = layer
  const inside = environment === undefined ? '' : `environment ${environment} in `
  if (match !== undefined) return `${inside}the set ${codeOf(match)} of ${owner}`
  const scope = formatScope(scopeOfLayer(layer))
  return isSet(layer) ? `the organization set that reaches ${scope}` : scope
}

/** A set with another `match` counts as new; of one with the same, the families with other content are named. */
function setChanges(base: readonly Layer[], own: readonly Layer[]): readonly string[] {
  const [before, after] = [setsIn(base), setsIn(own)]
  return [...new Set([...before.keys(), ...after.keys()])].sort(byText).flatMap((place) => {
    const [had, has] = [before.get(place), after.get(place)]
    if (had === undefined) return [`${capital(place)} is new: it gives ${keysOf(has ?? {})}.`]
    if (has === undefined) return [`${capital(place)} is gone: it gave ${keysOf(had)}.`]
    const changed = Object.keys({ ...had, ...has }).filter((key) => textOf(had[key]) !== textOf(has[key]))
    return changed.length === 0 ? [] : [`${capital(place)} gives other ${quoted(changed)}.`]
  })
}

/** The bodies of sets, by their `match`; several with the same join. */
function setsIn(layers: readonly Layer[]): ReadonlyMap<string, Readonly<Record<string, Json>>> {
  const sets = new Map<string, Record<string, Json>>()
  for (const layer of layers) {
    if (!isSet(layer)) continue
    const place = placeOf(layer)
    const joined = sets.get(place) ?? {}
    for (const [key, value] of Object.entries(layer.body))
      joined[key] = key in joined ? [joined[key] ?? null, value] : value
    sets.set(place, joined)
  }
  return sets
}

function keysOf(body: Readonly<Record<string, Json>>): string {
  const keys = Object.keys(body)
  return keys.length === 0 ? 'nothing' : quoted(keys)
}

function unmanagedIn(layers: readonly Layer[], families: readonly Family[]): ReadonlySet<string> {
  return new Set(
    layers.flatMap((layer) =>
      families.flatMap((family) => {
        const value = layer.body[family.name]
        if (value === 'unmanaged') return [addressOf(layer, family, '')]
        if (!isDocument(value) || family.shape === 'settings') return []
        const names = Object.entries(value).filter(([, member]) => member === 'unmanaged')
        return names.map(([name]) => addressOf(layer, family, family.fold(name)))
      }),
    ),
  )
}

function addressOf(layer: Layer, { name }: Family, key: string): string {
  if (!isSet(layer)) return `\`${formatAddress(scopeOfLayer(layer), name, key)}\``
  return `\`${key === '' ? name : `${name}/${key}`}\` in ${placeOf(layer)}`
}

function prunesIn(layers: readonly Layer[]): ReadonlySet<string> {
  return new Set(
    layers.flatMap((layer) => {
      const globs: Json = layer.body.prune ?? []
      return (Array.isArray(globs) ? globs : []).map((glob) => `\`${String(glob)}\` in ${placeOf(layer)}`)
    }),
  )
}

/** The texts in just one of the two, sorted. */
function differences(
  base: ReadonlySet<string>,
  own: ReadonlySet<string>,
): readonly (readonly [text: string, how: 'gone' | 'new'])[] {
  const all = [...new Set([...base, ...own])].sort(byText)
  return all.flatMap((text) => {
    if (base.has(text) === own.has(text)) return []
    return [[text, base.has(text) ? 'gone' : 'new'] as const]
  })
}

function codeOf(match: Document): string {
  return `\`${textOf(match)}\``
}

function textOf(value: Json | undefined): string {
  return canonicalJson(value)
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

function quoted(texts: readonly string[]): string {
  return texts.map((text) => `\`${text}\``).join(', ')
}
