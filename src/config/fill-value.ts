import { formatScope } from '../core/address.ts'
import type { DesiredMember } from '../core/desired.ts'
import type { Diagnostic, Source } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import type { HeldBack } from '../core/held-back.ts'
import { withPath } from '../core/json.ts'
import { fillPlaceholders, type Placeholder, type PlaceholderNames, placeholderNames } from '../core/placeholders.ts'
import type { Scope } from '../core/scope.ts'
import { parseValueText, valueText } from '../core/value-text.ts'
import { filledFault, namesFilled } from './fill-member.ts'

/** The source of a value that has placeholders, in a member that may be the same in thousands of repositories. */
export interface OpenValue {
  /** The dotted path of the field. */
  readonly path: string
  /** With the placeholders: `env:{REPOSITORY}_QUEUE version two`. */
  readonly text: string
  /** Of the placeholders. */
  readonly words: readonly Placeholder[]
  /** Whether the YAML alone decides the names: GitHub's repositories come to a set without it. */
  readonly isWritten: boolean
  readonly source: Source
}

interface FilledValue {
  readonly member: DesiredMember
  readonly heldBack?: Omit<HeldBack, 'address'>
  readonly problem?: Diagnostic
}

/** Fills the source of a value in one scope; what comes to no source there is held back, or an error of the YAML. */
export function fillValue(
  scope: Scope,
  family: Family,
  member: DesiredMember,
  { path, text, words, isWritten, source }: OpenValue,
  known: Map<Scope, Map<string, readonly string[]>>,
): FilledValue {
  const names = placeholderNames(scope, family.name, member.key)
  const { source: template, ...version } = parseValueText(text)
  const value = valueText({ ...version, source: fillPlaceholders(template, names) })
  const spec = withPath(member.spec, path, value)
  const filled = sharedNames(scope, names, words, known)
  const fault = filledFault(template, parseValueText(value).source)
  if (fault === undefined) return { member: { ...member, spec, filled } }
  if (isWritten) {
    return {
      member: { ...member, spec, filled },
      problem: { severity: 'error', message: fault, source, address: member.address },
    }
  }
  const reason = `with the names of ${formatScope(scope)}, ${fault}`
  return {
    member: { ...member, spec, filled, withheld: 'all' },
    heldBack: { field: null, reason, source, help: OTHER_SOURCE },
  }
}

const OTHER_SOURCE = 'Give it a value of its own in an entry of the repository, or leave it out of the set.'

/** One list for all secrets of a scope: of two hundred thousand, most have the same. */
function sharedNames(
  scope: Scope,
  names: PlaceholderNames,
  words: readonly Placeholder[],
  known: Map<Scope, Map<string, readonly string[]>>,
): readonly string[] {
  const key = words.includes('name') ? undefined : words.join()
  const own = known.get(scope) ?? new Map<string, readonly string[]>()
  known.set(scope, own)
  const filled = (key === undefined ? undefined : own.get(key)) ?? namesFilled(scope, names, words)
  if (key !== undefined) own.set(key, filled)
  return filled
}
