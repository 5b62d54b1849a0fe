import { type Diagnostic, formatSource, type Source } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import type { Part } from './parts.ts'
import { type SealedBox, sealedBox, valueSource } from './value-source.ts'
import { valuesIn } from './values-in.ts'
import type { Path } from './yaml-file.ts'

/**
 * The sealed values of a configuration, by their source. A box is for one address: in a set, or under a second address,
 * an author of the YAML there could have the value of another secret put where they can read it.
 */
export function sealedValues(
  parts: readonly Part[],
  families: readonly Family[],
): { readonly boxes: ReadonlyMap<string, SealedBox>; readonly problems: readonly Diagnostic[] } {
  const boxes = new Map<string, SealedBox>()
  const first = new Map<string, { readonly address: string; readonly source: Source }>()
  const problems: Diagnostic[] = []
  for (const { part, path, address, box, source } of allBoxes(parts, families)) {
    boxes.set(source, box)
    const place = part.file.place([...path, 'sealed'])
    if (part.match !== undefined || part.organizations !== undefined) {
      const message = '`sealed` is for one secret: a value in a set comes from `env` or `file`'
      problems.push({ severity: 'error', message, source: place })
      continue
    }
    const known = first.get(source)
    if (known === undefined) first.set(source, { address, source: place })
    else if (known.address !== address) {
      const message = `this sealed value is also at ${formatSource(known.source)}: seal it for each secret by itself`
      problems.push({ severity: 'error', message, source: place })
    }
  }
  return { boxes, problems }
}

interface FoundBox {
  readonly part: Part
  readonly path: Path
  /** Distinguishes secrets; has no other use. */
  readonly address: string
  readonly box: SealedBox
  readonly source: string
}

function allBoxes(parts: readonly Part[], families: readonly Family[]): readonly FoundBox[] {
  return parts.flatMap((part) =>
    valuesIn(part.body, families).flatMap(({ family, name, leaf, value }): FoundBox[] => {
      const box = sealedBox(value)
      if (box === undefined) return []
      const scope = [part.owner, part.repository, part.environment].map((text) => text?.toLowerCase())
      const address = JSON.stringify([...scope, family.name, family.fold(name)])
      return [
        { part, path: [...part.path, family.name, name, ...leaf.split('.')], address, box, source: valueSource(value) },
      ]
    }),
  )
}
