import { dateRange } from '../../http/date-range.ts'
import type { AuditEvent } from './events.ts'

type Matches = (event: AuditEvent, organization: string | undefined) => boolean

/**
 * The search of the log: qualifiers, of which those of one name are alternatives and those of different names must all hold, and
 * `-` before one that must not
 * (https://docs.github.com/enterprise-cloud@latest/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/reviewing-the-audit-log-for-your-organization#searching-the-audit-log).
 * "You cannot search for entries using text": other words are not read.
 */
export function phraseOf(phrase: string): Matches {
  const wanted = new Map<string, Matches[]>()
  const unwanted: Matches[] = []
  for (const [, minus, name = '', quoted, bare = ''] of phrase.matchAll(/(-?)(\w+):(?:"([^"]*)"|(\S+))/g)) {
    const matches = qualifier(name, quoted ?? bare)
    if (matches === undefined) continue
    if (minus === '-') unwanted.push(matches)
    else wanted.set(name, [...(wanted.get(name) ?? []), matches])
  }
  return (event, organization) =>
    [...wanted.values()].every((some) => some.some((matches) => matches(event, organization))) &&
    !unwanted.some((matches) => matches(event, organization))
}

/** `action:` takes a category, too. */
function qualifier(name: string, value: string): Matches | undefined {
  const low = value.toLowerCase()
  switch (name) {
    case 'action':
      return ({ action }) => action === value || action.startsWith(`${value}.`)
    case 'actor':
      return ({ actor }) => actor.toLowerCase() === low
    case 'repo':
      return ({ repository }) => repository?.toLowerCase() === low
    case 'org':
      return (_event, organization) => organization?.toLowerCase() === low
    case 'created': {
      const isIn = dateRange(value)
      return ({ at }) => isIn(at)
    }
    default:
      return undefined
  }
}
