import type { Family } from '../core/family.ts'
import type { Json } from '../core/json.ts'
import { withoutPlaceholders } from '../core/placeholders.ts'
import type { ValueAt } from '../core/value-text.ts'
import type { Configuration, Layer } from './configuration.ts'
import { namesOfLayer } from './layers.ts'
import { fillTemplate, holdsTemplate, isOpenTemplate } from './templates.ts'
import { valueSource } from './value-source.ts'
import { type GivenValue, valuesIn } from './values-in.ts'
import type { Path } from './yaml-file.ts'

export interface DeclaredValues {
  /** Each once. */
  readonly values: readonly ValueAt[]
  /** Sources that are named after repositories of sets: `env:{REPOSITORY}_QUEUE`. The names come from GitHub. */
  readonly open: readonly ValueAt[]
}

/** Every value that any layer of the configuration names, whether or not it wins. */
export function declaredValues({ layers }: Pick<Configuration, 'layers'>, families: readonly Family[]): DeclaredValues {
  const values = new Map<string, ValueAt>()
  const open = new Map<string, ValueAt>()
  for (const { layer, value, isOpen } of filledValues({ layers }, families)) {
    const at: ValueAt = { source: valueSource(value), declaredIn: layer.file }
    const into = isOpen ? open : values
    into.set(JSON.stringify(at), at)
  }
  return { values: [...values.values()], open: [...open.values()] }
}

/** Whether any layer names a value by placeholders. */
export function holdsTemplates({ layers }: Pick<Configuration, 'layers'>, families: readonly Family[]): boolean {
  return layers.some(({ body }) => valuesIn(body, families).some(({ value }) => holdsTemplate(value)))
}

interface FilledValue {
  readonly layer: Layer
  /** Of the value in the layer's file. */
  readonly path: Path
  /** With the names that the YAML tells in place of placeholders. */
  readonly value: Json
  /** Whether placeholders are left, for which GitHub's repositories have the names. */
  readonly isOpen: boolean
}

/** The values of all layers. One without placeholders that a set gives to many organizations comes once. */
export function* filledValues(
  { layers }: Pick<Configuration, 'layers'>,
  families: readonly Family[],
): Iterable<FilledValue> {
  const templates = new Map<object, readonly GivenValue[]>()
  for (const layer of layers) {
    const { body } = layer
    const known = templates.get(body)
    const given = known ?? valuesIn(body, families)
    if (known === undefined) {
      templates.set(
        body,
        given.filter(({ value }) => holdsTemplate(value)),
      )
    }
    for (const { family, name, leaf, value } of given) {
      const path = [...layer.path, family.name, name, ...leaf.split('.')]
      const names = holdsTemplate(value) ? namesOfLayer(layer, family, family.fold(name)) : {}
      yield { layer, path, value: fillTemplate(value, names), isOpen: isOpenTemplate(value, names) }
    }
  }
}

/** Whether a source may be one of those that a source with placeholders comes to. */
export function mayBecome(template: string): (source: string) => boolean {
  const parts = withoutPlaceholders(template, '\0').split('\0')
  const [first = '', ...rest] = parts
  const last = rest.pop() ?? ''
  return (source) => {
    if (!source.startsWith(first) || !source.endsWith(last) || source.length < first.length + last.length) return false
    let at = first.length
    for (const part of rest) {
      at = source.indexOf(part, at)
      if (at < 0) return false
      at += part.length
    }
    return at <= source.length - last.length
  }
}
