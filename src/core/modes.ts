import type { DesiredMember } from './desired.ts'
import type { Family } from './family.ts'
import { at } from './family-at.ts'
import type { Mode } from './family-modes.ts'
import { listsOwned } from './field.ts'
import { tableOf } from './field-table.ts'
import type { Finding } from './finding.ts'
import { type Document, getPath, sameJson, withPath } from './json.ts'
import { fieldAt, isMadeWith, supportsLeaf } from './leaves.ts'
import type { Live } from './live.ts'
import type { SectionFacts } from './section-facts.ts'

type Desired = Pick<DesiredMember, 'spec' | 'edits'>

const NOTHING: Document = {}
const NO_FINDINGS: readonly Finding[] = []

/**
 * Whether the YAML wants a list in force. For a boolean switch, an empty list does not. Removals from a list do not
 * either while less than the list is in force.
 */
function asksFor({ spec, edits }: Desired, path: string, { is }: Mode, isNarrower: boolean): boolean {
  const given = getPath(spec, path)
  if (given !== undefined) return is !== true || !Array.isArray(given) || given.length > 0
  const { add = [], remove = [] } = edits[path] ?? {}
  return add.length > 0 || (remove.length > 0 && is !== true && !isNarrower)
}

function isNarrower(family: Family, { field, is }: Mode, live: Live | undefined): boolean {
  const order = family.fields[field]?.wider
  if (!Array.isArray(order) || live === undefined) return false
  return order.indexOf(getPath(live.spec, field)) < order.indexOf(is)
}

/**
 * A list in the YAML implies the mode that brings it into force, even if the mode is not written: the implied fields,
 * where GitHub has another mode now.
 */
export function impliedModes(section: SectionFacts, desired: Desired, live: Live | undefined): Document {
  const { family } = section
  let implied = NOTHING
  for (const mode of tableOf(section).modes) {
    const { field, is, lists } = mode
    if (getPath(desired.spec, field) !== undefined) continue
    const less = isNarrower(family, mode, live)
    if (!lists.some((path) => asksFor(desired, path, mode, less))) continue
    if (live !== undefined && sameJson(getPath(live.spec, field), is)) continue
    implied = withPath(implied, field, is)
  }
  return implied
}

/** The modes that the YAML's lists mean and that GitHub has already: a plan made before they were switched has them. */
export function modesInForce(section: SectionFacts, desired: Desired, live: Live): Document {
  let held = NOTHING
  for (const mode of tableOf(section).modes) {
    const { field, is, lists } = mode
    if (getPath(desired.spec, field) !== undefined || !lists.some((path) => asksFor(desired, path, mode, false)))
      continue
    if (sameJson(getPath(live.spec, field), is)) held = withPath(held, field, is)
  }
  return held
}

/** The lists that cannot go without their mode, where GitHub has another mode now. */
export function listsOf(section: SectionFacts, field: string, live: Live | undefined): readonly string[] {
  const mode = tableOf(section).modes.find((each) => each.field === field)
  if (mode === undefined || (live !== undefined && sameJson(getPath(live.spec, field), mode.is))) return []
  return mode.lists
}

/**
 * Finds switches that would bring into force lists which GitHub kept from an earlier time and does not show: each of
 * these must be in the YAML, whole.
 */
export function unseenLists(section: SectionFacts, desired: Desired, live: Live | undefined): readonly Finding[] {
  const { family, scope, known } = section
  const { modes } = tableOf(section)
  if (live === undefined || modes.length === 0) return NO_FINDINGS
  return modes.flatMap(({ field, is, lists }): readonly Finding[] => {
    const switched = sameJson(getPath(desired.spec, field), is) && !sameJson(getPath(live.spec, field), is)
    if (!switched || at(family, scope)?.dictated?.(field, known)) return []
    const unsaid = lists.filter((path) => getPath(desired.spec, path) === undefined)
    // A list that the product takes with the create alone is kept and not shown, either.
    const takes = (path: string): boolean =>
      supportsLeaf(family, path, scope.type, known.product) && !isMadeWith(family, path, scope.type, known.product)
    // Any other field that the product does not take is not there, while these lists are kept and not shown.
    const untaken = unsaid.find((path) => listsOwned(fieldAt(family, path)) && !takes(path))
    if (untaken !== undefined) {
      const message = `${field}: ${is} would bring into force the ${untaken} that GitHub kept, which ${known.product.name ?? 'the product'} neither shows nor takes`
      return [{ severity: 'held back', field, message, help: `Choose ${is} on GitHub, or take ${field} out.` }]
    }
    const missing = unsaid.filter(takes)
    if (missing.length === 0) return []
    const names = missing.map((path) => path.split('.').at(-1) as string)
    const [branch] = missing.flatMap((path) => (path.includes('.') ? path.split('.').slice(0, 1) : []))
    const within = branch === undefined ? names.join(' and ') : `${branch} with ${names.join(' and ')}`
    const edited = missing.some((path) => desired.edits[path] !== undefined)
    const message = `${field}: ${is} needs ${within}: the list that GitHub kept cannot be seen, and would come into force`
    const help = `Give ${within} in the YAML${edited ? '; what is added to a list or taken from it does not say what else it holds' : ''}.`
    return [{ severity: 'held back', field, message, help }]
  })
}
