import { append } from '../core/append.ts'
import { overfullSection } from '../core/bounds.ts'
import type { DesiredMember, DesiredSection } from '../core/desired.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import { at } from '../core/family-at.ts'
import { openTables } from '../core/field-table.ts'
import { desiredAbove, diagnosticOf } from '../core/finding-place.ts'
import { RENAMED_FROM, renameFaults } from '../core/rename.ts'
import { indexRepositories } from '../core/repository.ts'
import type { Scope } from '../core/scope.ts'
import { unsupportedFields } from '../core/unsupported-fields.ts'
import { ANY_PRODUCT, supportOf } from './get.ts'
import { knownFor, sectionAddress } from './known.ts'
import { lacking } from './lacking.ts'

/** An error that holds only where GitHub knows what it is about by no other name. */
export interface OnNames {
  readonly told: Diagnostic
  readonly scope: Scope
  readonly member: DesiredMember
  /** The settings of the level above whose list lacks it. */
  readonly above: DesiredMember | undefined
}

export interface OfflineFindings {
  /** No name that GitHub has can change these. */
  readonly certain: readonly Diagnostic[]
  readonly onNames: readonly OnNames[]
}

/**
 * Checks desired sections without GitHub: contradictions, and features that a product lacks.
 * @param product undefined leaves out the product's features
 * @param above sections that bound them, such as those of the owner above, and are not checked here
 */
export function checkOffline(
  sections: readonly DesiredSection[],
  families: readonly Family[],
  product: string | undefined,
  above: readonly DesiredSection[] = [],
): OfflineFindings {
  const desired = new Map([...above, ...sections].map((section) => [sectionAddress(section), section]))
  const support = product === undefined ? ANY_PRODUCT : supportOf(product)
  const findings = {
    desired,
    live: new Map(),
    product: support,
    repositories: indexRepositories([], 'complete'),
    inRun: () => true,
  }
  const diagnostics: Diagnostic[] = []
  const onNames: OnNames[] = []
  const ofName = new Map(families.map((family) => [family.name, family]))
  const tableFor = openTables()
  for (const section of sections) {
    const family = ofName.get(section.family)
    if (!family) throw new Error(`bug: no family ${section.family}`)
    const { scope } = section
    const absent = lacking(family, section, support, product ?? 'any product')
    if (absent) {
      diagnostics.push(absent)
      continue
    }
    const overfull = overfullSection({ family, scope }, section)
    if (overfull !== undefined) diagnostics.push({ severity: 'error', message: overfull, source: section.source })
    if (Object.hasOwn(family.fields, RENAMED_FROM)) append(diagnostics, renameFaults(family, section.members))
    const known = knownFor(findings, scope, family.name, section)
    const unsupportedOf = unsupportedFields({ family, known, scope, table: tableFor({ family, scope, known }) })
    const entry = at(family, scope)
    for (const member of section.members) {
      append(diagnostics, unsupportedOf(member))
      if (member.state !== 'present') continue
      for (const finding of entry?.check?.(member, undefined, known, scope) ?? []) {
        // Only GitHub's answers hold something back.
        if (finding.severity === 'held back') continue
        const told = diagnosticOf(finding, member, { known, family })
        if (told === undefined) continue
        if (finding.onNames) onNames.push({ told, scope, member, above: desiredAbove({ known, family }) })
        else diagnostics.push(told)
      }
    }
  }
  return { certain: diagnostics, onNames }
}
