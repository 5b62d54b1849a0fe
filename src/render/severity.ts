import type { Change } from '../core/plan.ts'
import { sectionsOf } from './changes.ts'

/** The effects of changes on access, the worst first. */
export const SEVERITIES = ['opens_public', 'opens', 'widens', 'overwrites', 'deletes', 'loses', 'new', 'other'] as const

export type Severity = (typeof SEVERITIES)[number]

/** A mark that is seen from afar, and the words that say the same to those who do not see it. */
export const MARKS: Readonly<Record<Severity, { readonly mark: string; readonly words: string }>> = {
  opens_public: { mark: '🔴', words: 'opens to public' },
  opens: { mark: '🟠', words: 'opens' },
  widens: { mark: '🟠', words: 'policy widens' },
  overwrites: { mark: '🟡', words: 'value written over' },
  deletes: { mark: '⚫', words: 'deleted' },
  loses: { mark: '🔵', words: 'loses access' },
  new: { mark: '🟢', words: 'new' },
  other: { mark: '⚪', words: 'changed' },
}

/** All that a change does, the worst first. */
export function severitiesOf(change: Change): readonly [Severity, ...Severity[]] {
  const sections = new Set(sectionsOf(change))
  const gives = sections.has('gains') || sections.has('gains_matched') || sections.has('gains_beside')
  const does: Readonly<Record<Severity, boolean>> = {
    opens_public: opensToPublic(change),
    opens: gives && !opensToPublic(change),
    widens: sections.has('wider'),
    overwrites: sections.has('overwrites'),
    deletes: change.action === 'delete',
    loses: change.action !== 'delete' && change.access.loses.length > 0,
    new: change.action === 'create',
    other: false,
  }
  const [first, ...others] = SEVERITIES.filter((severity) => does[severity])
  return first === undefined ? ['other'] : [first, ...others]
}

/** Whether a public repository newly may use something by it, as far as that is known. */
function opensToPublic({ access, consequences }: Change): boolean {
  return (
    access.gains.some(({ visibility }) => visibility === 'public') ||
    consequences.some(({ widens, opens }) => widens && opens === true)
  )
}
