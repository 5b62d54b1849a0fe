import { type Diagnostic, formatSource, type Source } from '../core/diagnostic.ts'
import { LADDER } from '../core/scope.ts'
import type { Part } from './parts.ts'

interface Membership {
  /** Folded, as `ownerOf` has it. */
  readonly enterprise: string
  readonly source: Source
}

/**
 * An error for each place that puts an organization into another enterprise than an earlier one does: GitHub has it in one,
 * whose policy binds it. Names compare without case. A place for each enterprise is enough.
 */
export function checkEnterprises(parts: readonly Part[]): readonly Diagnostic[] {
  const known = new Map<string, Membership>()
  const told = new Set<string>()
  return parts.flatMap((part): Diagnostic[] => {
    const { owner, enterprise: of } = part
    // Settings inside an organization have its enterprise, too.
    if (owner === undefined || of === undefined || !LADDER[part.level].owns) return []
    const [organization, enterprise] = [owner.toLowerCase(), of.toLowerCase()]
    const source = part.file.place(part.path)
    const first = known.get(organization)
    if (first === undefined) known.set(organization, { enterprise, source })
    if (first === undefined || first.enterprise === enterprise) return []
    const both = `${organization} ${enterprise}`
    if (told.has(both)) return []
    told.add(both)
    const message = `\`${owner}\` is in ${first.enterprise} at ${formatSource(first.source)}: an organization is in one enterprise, so name it under one`
    return [{ severity: 'error', message, source }]
  })
}
