import type { Aligned, Wanted } from '../../core/family.ts'
import type { Finding } from '../../core/finding.ts'
import type { Document } from '../../core/json.ts'
import type { Live } from '../../core/live.ts'

/**
 * Claim keys are a wish for a template, so that they switch the default off. Beside the default GitHub ignores keys: those
 * that it shows then are in force no more, and are not sent back.
 */
export function alignRepository(wanted: Wanted<Document>, live: Live<Document> | undefined): Aligned<Document> {
  const { include_claim_keys: keys, use_default: given } = wanted.spec
  const spec: Partial<Document> =
    keys === undefined || given !== undefined ? wanted.spec : { ...wanted.spec, use_default: false }
  const isOrWillBe = spec.use_default === true || live?.spec.use_default === true
  return { wanted: { ...wanted, spec }, live: isOrWillBe ? withoutKeys(live?.spec) : live?.spec, findings: [] }
}

function withoutKeys(spec: Document | undefined): Document | undefined {
  if (spec === undefined) return undefined
  const { include_claim_keys: _, ...rest } = spec
  return rest
}

/** "If `true`, the `include_claim_keys` field is ignored". */
export function checkRepository({ spec }: Wanted<Document>): readonly Finding[] {
  if (spec.use_default !== true || spec.include_claim_keys === undefined) return []
  const message = 'use_default: true ignores include_claim_keys: write one of them'
  return [{ severity: 'error', field: 'include_claim_keys', message }]
}
